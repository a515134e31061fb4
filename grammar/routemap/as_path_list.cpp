// AS path access lists.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/routemap/expressions.h"
#include "grammar/routemap/first_match.h"
#include "grammar/routemap/lists.h"
#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

Lost lost_at(const Line& line) {
  return {line.range, "may be refused or take the place of another line",
          "may be refused or take the place of another line, so that it is not known what the list says",
          "write the expression in another way, or take the line out"};
}

struct PathLine {
  uint32_t sequence = 0;
  bool permit = true;
  std::string_view text;
  SourceRange at;
  std::optional<Origin> origin;  // EOS: the origin that it wants besides
  bool readable = true;
};

constexpr std::string_view kFrrCharacters = "0123456789^$.*+?[](){}|-_,\\ ";

// EOS: `any`, `egp`, `igp`, `incomplete` behind the expression.
size_t take_origin(const Line& line, PathLine& read) {
  size_t size = line.size();
  std::string_view last = line.word(size - 1);
  if (last == "igp") read.origin = Origin::igp;
  if (last == "egp") read.origin = Origin::egp;
  if (last == "incomplete") read.origin = Origin::incomplete;
  return read.origin || last == "any" ? size - 1 : size;
}

std::vector<PathLine> read_list(Context& context, std::string_view name) {
  std::vector<PathLine> lines;
  uint32_t largest = 0;
  auto take = [&](const Line& line, size_t at) {
    PathLine read;
    read.at = line.range;
    std::optional<uint32_t> sequence;
    if (line.word(at) == "seq") sequence = number_of(line.word(++at)), ++at;
    if (line.negated && at >= line.size()) {
      if (sequence) std::erase_if(lines, [&](const PathLine& each) { return each.sequence == *sequence; });
      return;
    }
    std::string_view action = line.word(at++);
    if (action == "remark" || action == "description") return;
    read.permit = action == "permit";
    size_t end = context.dialect() == Dialect::eos ? take_origin(line, read) : line.size();
    read.readable = (read.permit || action == "deny") && at < end;
    if (read.readable) {
      const char* first = end == at + 1 ? line.word(at).data() : line.rest(at).data();
      std::string_view last = line.word(end - 1);
      read.text = std::string_view(first, static_cast<size_t>(last.data() + last.size() - first));
    }
    if (context.dialect() == Dialect::frr && read.text.find_first_not_of(kFrrCharacters) != std::string_view::npos) {
      context.refused(read.at, fmt::format("as-path access-list {}: an expression that bgpd refuses", name));
      return;
    }
    bool frr = context.dialect() == Dialect::frr;
    if (line.negated && frr) {  // the first of that expression, whatever its number and action
      std::ranges::stable_sort(lines, {}, &PathLine::sequence);
      auto gone = std::ranges::find(lines, read.text, &PathLine::text);
      if (gone != lines.end()) lines.erase(gone);
      return;
    }
    if (line.negated) {
      std::erase_if(lines, [&](const PathLine& each) { return each.permit == read.permit && each.text == read.text; });
      return;
    }
    // What FRR has already it does not take again, under no number.
    if (frr && std::ranges::any_of(
                   lines, [&](const PathLine& each) { return each.permit == read.permit && each.text == read.text; }))
      return;
    auto has_number = [&](const PathLine& each) { return sequence && each.sequence == *sequence; };
    // Whether bgpd takes it in place of the other is not known.
    if (frr && std::ranges::any_of(lines, has_number) && !posix_expression(context, read.text, read.at))
      context.lose(lost_at(line));
    std::erase_if(lines, has_number);
    read.sequence = sequence.value_or(largest + 5);
    largest = std::max(largest, read.sequence);
    lines.push_back(read);
  };
  for (const Line* line : context.definitions(Kind::as_path_list, name)) {
    if (line->size() > 4) take(*line, 4);
    for (const Line& child : line->children) take(child, 0);
  }
  std::ranges::stable_sort(lines, {}, &PathLine::sequence);
  return lines;
}

}  // namespace

Condition permits_path(Context& context, std::string_view name, SourceRange use) {
  std::vector<Rule> rules;
  for (const PathLine& line : read_list(context, name)) {
    if (!line.readable) {
      // It matches or not, and permits or not.
      std::string what = fmt::format("a line of as-path access-list {}", name);
      rules.push_back({true, context.unmodelled(line.at, what)});
      rules.push_back({false, context.unmodelled(line.at, what + " (action)")});
      continue;
    }
    Condition matches = path_holds(context, line.text, line.at);
    if (line.origin) matches = all_of({std::move(matches), condition(OriginIs{*line.origin}, line.at)}, line.at);
    rules.push_back({line.permit, std::move(matches)});
  }
  Condition permits = first_match(std::move(rules), use);
  if (!context.hollows_paths()) return permits;
  Condition hollow{FlagIsSet{kHollowPath}, use};
  Condition free = context.given_by_network(
      use, fmt::format("whether as-path access-list {} permits what `remove-private-AS` leaves of segments", name));
  return any_of({all_of({hollow, std::move(free)}, use), all_of({not_(hollow, use), std::move(permits)}, use)}, use);
}

}  // namespace bgproof::routemap
