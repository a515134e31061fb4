#include <fmt/format.h>

#include <algorithm>

#include "grammar/junos/as_path.h"
#include "grammar/junos/lines.h"

namespace bgproof::junos {

// One named expression, with why it has no meaning if it has none.
struct AsPathExpression {
  std::optional<AsPathRegex> regex;
  std::optional<AsPathRegex> other;  // with `|` between terms, if that is another expression
  std::string why;
};

namespace {

AsPathRegex letters(std::vector<NumberRange> ranges) {
  AsPathRegex result;
  result.kind = AsPathRegex::Kind::asns;
  result.ranges = std::move(ranges);
  return result;
}

AsPathRegex sets_of(std::vector<NumberRange> ranges) {
  AsPathRegex result;
  result.kind = AsPathRegex::Kind::set_letter;
  result.ranges = std::move(ranges);
  return result;
}

AsPathRegex join(AsPathRegex::Kind kind, std::vector<AsPathRegex> of) {
  AsPathRegex result;
  result.kind = kind;
  result.of = std::move(of);
  return result;
}
AsPathRegex sequence(std::vector<AsPathRegex> of) { return join(AsPathRegex::Kind::sequence, std::move(of)); }

AsPathRegex anything(uint32_t low = 0, uint32_t high = AsPathRegex::kUnbounded) {
  AsPathRegex letter;
  letter.kind = AsPathRegex::Kind::any_letter;
  AsPathRegex result = join(AsPathRegex::Kind::repeat, {letter});
  result.low = low;
  result.high = high;
  return result;
}

bool is_same(const AsPathRegex& a, const AsPathRegex& b) {
  return a.kind == b.kind && a.ranges == b.ranges && a.low == b.low && a.high == b.high &&
         std::equal(a.of.begin(), a.of.end(), b.of.begin(), b.of.end(), is_same);
}

AsPathExpression parse(Context& context, const std::string& name, const std::string& text, SourceRange range) {
  auto parsed = parse_as_path(text);
  if (auto* regex = std::get_if<AsPathRegex>(&parsed)) {
    auto between_terms = parse_as_path(text, AsPathPipe::terms);
    auto* other = std::get_if<AsPathRegex>(&between_terms);
    if (!other || is_same(*regex, *other)) return {std::move(*regex), std::nullopt, {}};
    return {std::move(*regex), std::move(*other), {}};
  }
  const auto& error = std::get<AsPathError>(parsed);
  context.diagnostics().warning(
      "BP114", range, fmt::format("as-path {}: `{}` at byte {}: {}", name, text, error.position, error.message),
      "matches of it are free choices");
  return {std::nullopt, std::nullopt, fmt::format("the expression of as-path {} is not understood", name)};
}

// The words behind the name are the expression: quoted as one word, or unquoted with blanks between.
AsPathExpression define(Context& context, const std::string& name) {
  const auto& texts = context.definitions(Kind::as_path, name);
  if (texts.empty()) return {std::nullopt, std::nullopt, fmt::format("as-path {} is not defined", name)};
  std::vector<Line> lines = lines_of(*texts.back(), 2);
  if (lines.size() != 1 || lines[0].word(0) == "dynamic-db" || lines[0].word(0) == "apply-path")
    return {std::nullopt, std::nullopt, fmt::format("as-path {} is not modelled", name)};
  return parse(context, name, lines[0].text(), lines[0].range);
}

// Every number also matches a set that it is a member of; false if there is no number. `(1|2|3)` is one letter: which
// of its numbers a set has makes no difference to what follows, and an automaton that told them apart would be large.
bool accept_members(AsPathRegex& regex) {
  bool changed = false;
  auto is_letter = [](const AsPathRegex& each) { return each.kind == AsPathRegex::Kind::asns; };
  if (regex.kind == AsPathRegex::Kind::alternative && std::all_of(regex.of.begin(), regex.of.end(), is_letter)) {
    std::vector<NumberRange> ranges;
    for (const AsPathRegex& each : regex.of) ranges.insert(ranges.end(), each.ranges.begin(), each.ranges.end());
    regex = letters(std::move(ranges));
  }
  for (AsPathRegex& each : regex.of) changed = accept_members(each) || changed;
  if (regex.kind != AsPathRegex::Kind::asns) return changed;
  regex = join(AsPathRegex::Kind::alternative, {letters(regex.ranges), sets_of(regex.ranges)});
  return true;
}

// Whether numbers match members of sets is open. As expressions know no negation, that reading only matches more.
Condition match(const AsPathRegex& regex, SourceRange use) {
  Condition matches = condition(AsPathMatches{regex}, use);
  AsPathRegex wider = regex;
  if (!accept_members(wider)) return matches;
  Condition members = all_of(
      {condition(AssumptionIs{"junos.as-path-set", "members"}, use), condition(AsPathMatches{std::move(wider)}, use)},
      use);
  return any_of({std::move(matches), std::move(members)}, use);
}

Condition match(Context& context, const AsPathExpression& expression, SourceRange use) {
  if (!expression.regex) return context.unmodelled(use, expression.why);
  Condition matches = match(*expression.regex, use);
  if (!expression.other) return matches;
  auto read = [&](const char* reading, Condition condition_there) {
    return all_of({condition(AssumptionIs{"junos.as-path-pipe", reading}, use), std::move(condition_there)}, use);
  };
  return any_of({read("sequences", std::move(matches)), read("terms", match(*expression.other, use))}, use);
}

std::optional<NumberRange> range_of(const std::string& text) {
  size_t dash = text.find('-');
  auto low = asn_of(text.substr(0, dash));
  auto high = dash == std::string::npos ? low : asn_of(text.substr(dash + 1));
  if (!low || !high || *low > *high) return std::nullopt;
  return NumberRange{*low, *high};
}

}  // namespace

Condition as_path_matches(Context& context, const std::string& name, SourceRange use) {
  auto& known = context.as_paths[name];
  if (!known) known = std::make_shared<AsPathExpression>(define(context, name));
  if (context.definitions(Kind::as_path, name).empty())
    context.diagnostics().warning("BP113", use, fmt::format("as-path `{}` is not defined", name));
  return match(context, *known, use);
}

Condition as_path_group_matches(Context& context, const std::string& name, SourceRange use) {
  const auto& texts = context.definitions(Kind::as_path_group, name);
  if (texts.empty()) {
    context.diagnostics().warning("BP113", use, fmt::format("as-path-group `{}` is not defined", name));
    return context.unmodelled(use, fmt::format("as-path-group {} is not defined", name));
  }
  std::vector<Condition> members;
  for (const Statement* text : texts) {
    for (const Line& line : lines_of(*text, 2)) {
      if (line.word(0) != "as-path" || line.size() < 3) {
        members.push_back(
            context.unmodelled(use, fmt::format("`{}` in as-path-group {} is not modelled", line.text(), name)));
        continue;
      }
      auto& known = context.as_paths[name + "\n" + line.word(1)];
      if (!known) known = std::make_shared<AsPathExpression>(parse(context, line.word(1), line.text(2), line.range));
      members.push_back(match(context, *known, use));
    }
  }
  return any_of(std::move(members), use);
}

namespace {

// The words behind `members`; an as-list-group has the name of each list in front.
std::optional<std::vector<NumberRange>> members_of(Context& context, Kind kind, const std::string& name) {
  std::vector<NumberRange> ranges;
  for (const Statement* text : context.definitions(kind, name)) {
    for (const Line& line : lines_of(*text, 2)) {
      size_t members = kind == Kind::as_list_group ? 2 : 0;
      if (line.word(members) != "members" || (members > 0 && line.word(0) != "as-list")) {
        context.diagnostics().warning("BP117", line.range, fmt::format("`{}` is not modelled", line.text()));
        return std::nullopt;
      }
      for (size_t i = members + 1; i < line.size(); ++i) {
        auto range = range_of(line.word(i));
        if (!range) {
          context.diagnostics().warning("BP116", line.words[i]->range,
                                        fmt::format("`{}` is not an AS number or range", line.word(i)));
          return std::nullopt;
        }
        ranges.push_back(*range);
      }
    }
  }
  return ranges;
}

Condition list_matches(Context& context, AsPathPlace place, Kind kind, const std::string& name, SourceRange use) {
  std::string what = fmt::format("{} {}", kind == Kind::as_list ? "as-list" : "as-list-group", name);
  if (context.definitions(kind, name).empty()) {
    context.diagnostics().warning("BP113", use, what + " is not defined");
    return context.unmodelled(use, what + " is not defined");
  }
  auto ranges = members_of(context, kind, name);
  if (!ranges) return context.unmodelled(use, what + " is not understood");
  if (ranges->empty()) return never(use);
  AsPathRegex member = join(AsPathRegex::Kind::alternative, {letters(*ranges), sets_of(*ranges)});
  std::vector<AsPathRegex> path;
  if (place != AsPathPlace::neighbor) path.push_back(anything());
  path.push_back(std::move(member));
  if (place != AsPathPlace::origin) path.push_back(anything());
  return condition(AsPathMatches{sequence(std::move(path))}, use);
}

// At least so many different numbers. A set may hold any number of them, and what of it counts is not known.
Condition at_least(Context& context, uint32_t count, SourceRange use) {
  if (count == 0) return always(use);
  std::vector<NumberRange> any = {{0, UINT32_MAX}};
  AsPathRegex enough = anything(count);
  AsPathRegex some_set = sequence({anything(), sets_of(any), anything()});
  Condition possible = condition(AsPathMatches{join(AsPathRegex::Kind::alternative, {enough, some_set})}, use);
  std::vector<Condition> certain = {context.unmodelled(use, "how many different AS numbers a path has")};
  if (count == 1) certain.insert(certain.begin(), condition(AsPathLength{{1, UINT32_MAX}}, use));
  return all_of({std::move(possible), any_of(std::move(certain), use)}, use);
}

}  // namespace

Condition as_list_matches(Context& context, AsPathPlace place, const Line& line) {
  Kind kind = Kind::as_list;
  std::vector<Condition> any;
  for (size_t i = 1; i < line.size(); ++i) {
    if (line.word(i) == "as-list" || line.word(i) == "as-list-group")
      kind = line.word(i) == "as-list" ? Kind::as_list : Kind::as_list_group;
    else
      any.push_back(list_matches(context, place, kind, line.word(i), line.range));
  }
  if (any.empty()) return context.unmodelled(line.range, fmt::format("`{}` names no list", line.text()));
  return any_of(std::move(any), line.range);
}

Condition unique_count_is(Context& context, const NumberRange& count, SourceRange use) {
  Condition enough = at_least(context, count.low, use);
  if (count.high == UINT32_MAX) return enough;
  return all_of({std::move(enough), not_(at_least(context, count.high + 1, use), use)}, use);
}

}  // namespace bgproof::junos
