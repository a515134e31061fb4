#include <fmt/format.h>

#include "grammar/junos/as_path.h"
#include "grammar/junos/lines.h"

namespace bgproof::junos {

// One named expression, with why it has no meaning if it has none.
struct AsPathExpression {
  std::optional<AsPathRegex> regex;
  std::string why;
};

namespace {

AsPathRegex letters(std::vector<NumberRange> ranges) {
  AsPathRegex result;
  result.kind = AsPathRegex::Kind::asns;
  result.ranges = std::move(ranges);
  return result;
}

AsPathRegex sequence(std::vector<AsPathRegex> of) {
  AsPathRegex result;
  result.kind = AsPathRegex::Kind::sequence;
  result.of = std::move(of);
  return result;
}

AsPathRegex anything(uint32_t low = 0) {
  AsPathRegex letter;
  letter.kind = AsPathRegex::Kind::any_letter;
  AsPathRegex result;
  result.kind = AsPathRegex::Kind::repeat;
  result.of.push_back(letter);
  result.low = low;
  result.high = AsPathRegex::kUnbounded;
  return result;
}

AsPathExpression parse(Context& context, const std::string& name, const std::string& text, SourceRange range) {
  auto parsed = parse_as_path(text);
  if (auto* regex = std::get_if<AsPathRegex>(&parsed)) return {std::move(*regex), {}};
  const auto& error = std::get<AsPathError>(parsed);
  context.diagnostics().warning(
      "BP114", range, fmt::format("as-path {}: `{}` at byte {}: {}", name, text, error.position, error.message),
      "matches of it are free choices");
  return {std::nullopt, fmt::format("the expression of as-path {} is not understood", name)};
}

// The words behind the name are the expression: quoted as one word, or unquoted with blanks between.
AsPathExpression define(Context& context, const std::string& name) {
  const auto& texts = context.definitions(Kind::as_path, name);
  if (texts.empty()) return {std::nullopt, fmt::format("as-path {} is not defined", name)};
  std::vector<Line> lines = lines_of(*texts.back(), 2);
  if (lines.size() != 1 || lines[0].word(0) == "dynamic-db" || lines[0].word(0) == "apply-path")
    return {std::nullopt, fmt::format("as-path {} is not modelled", name)};
  return parse(context, name, lines[0].text(), lines[0].range);
}

Condition match(Context& context, const AsPathExpression& expression, SourceRange use) {
  if (!expression.regex) return context.unmodelled(use, expression.why);
  return condition(AsPathMatches{*expression.regex}, use);
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

Condition as_list_matches(Context& context, AsPathPlace place, const std::string& name, SourceRange use) {
  const auto& texts = context.definitions(Kind::as_list, name);
  if (texts.empty()) {
    context.diagnostics().warning("BP113", use, fmt::format("as-list `{}` is not defined", name));
    return context.unmodelled(use, fmt::format("as-list {} is not defined", name));
  }
  std::vector<NumberRange> ranges;
  for (const Statement* text : texts) {
    for (const Line& line : lines_of(*text, 2)) {
      for (size_t i = line.word(0) == "members" ? 1 : 0; i < line.size(); ++i) {
        auto range = range_of(line.word(i));
        if (!range) {
          context.diagnostics().warning("BP116", line.words[i]->range,
                                        fmt::format("`{}` is not an AS number or range", line.word(i)));
          return context.unmodelled(use, fmt::format("as-list {} is not understood", name));
        }
        ranges.push_back(*range);
      }
    }
  }
  switch (place) {
    case AsPathPlace::neighbor:
      return condition(AsPathMatches{sequence({letters(ranges), anything()})}, use);
    case AsPathPlace::origin:
      return condition(AsPathMatches{sequence({anything(), letters(ranges)})}, use);
    case AsPathPlace::transit:
      break;
  }
  // Which ASes count as transit (with or without the neighbor and the origin) is not known.
  Condition somewhere = condition(AsPathMatches{sequence({anything(), letters(ranges), anything()})}, use);
  return all_of({std::move(somewhere), context.unmodelled(use, "which ASes as-path-transits counts is not known")},
                use);
}

}  // namespace bgproof::junos
