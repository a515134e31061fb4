#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "grammar/junos/conditions.h"
#include "grammar/junos/from.h"
#include "grammar/junos/prefix.h"
#include "grammar/junos/then.h"
#include "grammar/junos/tree.h"

namespace bgproof::junos {

namespace {

bool is_route_filter(std::string_view keyword) {
  return keyword == "route-filter" || keyword == "source-address-filter";
}
bool is_filter_list(std::string_view keyword) {
  return keyword == "route-filter-list" || keyword == "source-address-filter-list";
}
bool is_prefix_condition(std::string_view keyword) {
  return is_route_filter(keyword) || is_filter_list(keyword) || keyword == "prefix-list" ||
         keyword == "prefix-list-filter";
}

// Filters that are looked up together: those of one term, or of one list. Slot 0 leads to `then`, slot i + 1 to
// `bodies[i]`.
struct FilterTable {
  std::vector<SlottedFilter> filters;
  std::vector<std::pair<Body, SourceRange>> bodies;
  std::vector<SourceRange> unknown;  // filters whose match type is not understood
};

// Collects the prefix conditions of one term.
class PrefixGroup {
 public:
  PrefixGroup(Context& context, bool walkup) : context_(context), walkup_(walkup) {}

  bool empty() const { return lists_.empty() && filters_.filters.empty() && free_.empty() && inlines_.empty(); }

  void add(const Statement& statement) {
    const std::string& keyword = statement.keyword();
    if (is_route_filter(keyword)) return add_filter(filters_, statement, 1);
    ++lookups_;
    if (keyword == "prefix-list-filter") return list_filter(statement);
    if (is_filter_list(keyword)) return filter_list(statement);
    std::vector<Line> lines = lines_of(statement);
    if (lines.empty()) unknown(statement, "no list is named");
    for (const Line& line : lines)
      for (const Word* word : line.words)
        lists_.push_back(prefix_list_matches(context_, word->text, MatchType::exact, statement.range));
  }

  void finish(Match& match) {
    std::vector<Condition> kinds;
    if (!lists_.empty()) kinds.push_back(any_of(lists_, cover_all(lists_)));
    if (!filters_.filters.empty()) {
      SourceRange range = filters_.filters.front().filter.range;
      for (const SlottedFilter& each : filters_.filters) range = cover(range, each.filter.range);
      if (auto plain = look_up(filters_, range, match.inlines)) kinds.push_back(std::move(*plain));
    }
    for (InlineActions& each : inlines_) match.inlines.push_back(std::move(each));
    match.actions_compete = !match.inlines.empty() && lookups_ + (filters_.filters.empty() ? 0 : 1) > 1;
    for (Condition& each : free_) kinds.push_back(std::move(each));
    match.has_group = true;
    SourceRange range = cover_all(kinds);
    if (kinds.empty() && !match.inlines.empty()) range = match.inlines.front().range;
    if (kinds.size() < 2) {
      match.group = kinds.empty() ? never(range) : std::move(kinds.front());
    } else {
      auto reading = [&](const char* value, Condition holds) {
        return all_of({condition(AssumptionIs{"junos.prefix-group", value}, range), std::move(holds)}, range);
      };
      match.group = any_of({reading("or", any_of(kinds, range)), reading("and", all_of(kinds, range))}, range);
    }
  }

 private:
  static SourceRange cover_all(const std::vector<Condition>& conditions) {
    SourceRange range;
    for (const Condition& each : conditions) range = range.known() ? cover(range, each.range) : each.range;
    return range;
  }

  // The inline actions: words behind the match type, and what stands in braces.
  static std::vector<Line> actions_of(const Statement& statement, size_t words) {
    std::vector<Line> lines;
    if (statement.words.size() > words) {
      Line line;
      for (size_t i = words; i < statement.words.size(); ++i) line.words.push_back(&statement.words[i]);
      line.range = cover(line.words.front()->range, line.words.back()->range);
      lines.push_back(std::move(line));
    }
    std::vector<Line> below = lines_of(statement, statement.words.size());
    lines.insert(lines.end(), below.begin(), below.end());
    return lines;
  }

  std::string note_unknown(const Statement& statement, const std::string& why) {
    Line head;
    for (const Word& word : statement.words) head.words.push_back(&word);
    context_.diagnostics().note("BP117", statement.head(), fmt::format("`{}` is not modelled: {}", head.text(), why));
    return fmt::format("from {}", head.text());
  }
  void unknown(const Statement& statement, const std::string& why) {
    free_.push_back(context_.unmodelled(statement.head(), note_unknown(statement, why)));
  }

  void list_filter(const Statement& statement) {
    const auto& words = statement.words;
    if (words.size() < 3) return unknown(statement, "the match type is missing");
    const std::string& type = words[2].text;
    if (type != "exact" && type != "orlonger" && type != "longer")
      return unknown(statement, "the match type is not known");
    MatchType match = type == "exact" ? MatchType::exact : type == "longer" ? MatchType::longer : MatchType::orlonger;
    Condition matches = prefix_list_matches(context_, words[1].text, match, statement.head());
    list_leads_to(std::move(matches), actions_of(statement, 3), statement.range);
  }

  // A filter whose words begin at `first`, with its actions.
  void add_filter(FilterTable& table, const Statement& statement, size_t first) {
    RouteFilter filter = read_route_filter(statement, first);
    std::vector<Line> actions;
    if (!filter.unknown.empty()) {
      // Which words are the match type and which are actions is not known either: both may happen.
      note_unknown(statement, filter.unknown);
      table.unknown.push_back(statement.head());
      if (!statement.children.empty()) actions = actions_of(statement, statement.words.size());
    } else {
      actions = actions_of(statement, filter.rest);
    }
    uint32_t slot = 0;
    if (!actions.empty()) {
      table.bodies.push_back({lower_then(context_, actions), statement.range});
      slot = static_cast<uint32_t>(table.bodies.size());
    }
    table.filters.push_back({std::move(filter), slot});
  }

  // The routes whose lookup leads to `then`, if there are any; those that lead to actions go to `inlines`.
  std::optional<Condition> look_up(const FilterTable& filters, SourceRange range, std::vector<InlineActions>& inlines) {
    auto table = route_filter_table(filters.filters, walkup_);
    bool plain = std::any_of(filters.filters.begin(), filters.filters.end(),
                             [](const SlottedFilter& each) { return each.slot == 0; });
    auto in_slot = [&](uint32_t slot, SourceRange where) {
      if (!table) return context_.unmodelled(where, "the route filters of this term can't be told apart");
      Condition found = condition(PrefixIn{table, {slot}}, where);
      if (filters.unknown.empty()) return found;
      SourceRange lost = filters.unknown.front();
      Condition free = context_.unmodelled(lost, "route filter of an unknown match type");
      Condition perhaps = all_of({condition(PrefixIn{table, {kUnknownSlot}}, lost), std::move(free)}, lost);
      return any_of({std::move(found), std::move(perhaps)}, where);
    };
    for (size_t i = 0; i < filters.bodies.size(); ++i)
      inlines.push_back({in_slot(static_cast<uint32_t>(i + 1), filters.bodies[i].second), filters.bodies[i].first,
                         filters.bodies[i].second});
    if (!plain && filters.unknown.empty() && !filters.filters.empty()) return std::nullopt;
    return in_slot(0, range);
  }

  // The entries of a list are looked up by themselves, and may have actions. Those of the use win over the entries'.
  void filter_list(const Statement& statement) {
    SourceRange use = statement.range;
    const std::string& name = statement.name();
    const auto& texts = context_.definitions(Kind::route_filter_list, name);
    std::vector<Line> actions = actions_of(statement, 2);
    if (texts.empty()) {
      context_.diagnostics().warning("BP111", use, fmt::format("route-filter-list `{}` is not defined", name));
      Condition free = context_.unmodelled(use, fmt::format("route-filter-list {} is not defined", name));
      return list_leads_to(std::move(free), actions, use);
    }
    FilterTable filters;
    for (const Statement* text : texts)
      for (const Statement& entry : text->children)
        if (!entry.inactive) add_filter(filters, entry, 0);
    std::vector<InlineActions> of_entries;
    std::optional<Condition> plain = look_up(filters, use, of_entries);
    if (actions.empty()) {
      if (plain) lists_.push_back(std::move(*plain));
      for (InlineActions& each : of_entries) inlines_.push_back(std::move(each));
      return;
    }
    std::vector<Condition> any;
    if (plain) any.push_back(std::move(*plain));
    for (InlineActions& each : of_entries) any.push_back(std::move(each.condition));
    list_leads_to(any_of(std::move(any), use), actions, use);
  }

  void list_leads_to(Condition matches, const std::vector<Line>& actions, SourceRange range) {
    if (actions.empty())
      lists_.push_back(std::move(matches));
    else
      inlines_.push_back({std::move(matches), lower_then(context_, actions), range});
  }

  Context& context_;
  bool walkup_;
  std::vector<Condition> lists_;
  FilterTable filters_;
  std::vector<InlineActions> inlines_;
  std::vector<Condition> free_;
  size_t lookups_ = 0;  // beside that of the route filters
};

// The lines of one keyword, in order of the text.
struct Group {
  std::string keyword;
  std::vector<Line> lines;
};

std::vector<Group> groups_of(const std::vector<Line>& lines) {
  std::vector<Group> groups;
  std::map<std::string, size_t> index;
  for (const Line& line : lines) {
    auto [known, fresh] = index.try_emplace(line.word(0), groups.size());
    if (fresh) groups.push_back({line.word(0), {}});
    groups[known->second].lines.push_back(line);
  }
  return groups;
}

}  // namespace

Match lower_from(Context& context, const Statement& term, bool walkup) {
  Match match;
  PrefixGroup prefixes(context, walkup);
  bool names_family = false;
  for (const char* side : {"from", "to"}) {
    std::vector<Line> lines;
    for (const Statement* block : term.all(side)) {
      match.range = match.range.known() ? cover(match.range, block->range) : block->range;
      if (block->words.size() > 1) {
        std::vector<Line> own = lines_of(*block);
        lines.insert(lines.end(), own.begin(), own.end());
        continue;
      }
      for (const Statement& child : block->children) {
        if (child.inactive) continue;
        match.lines.push_back(child.range);
        if (child.keyword() == kUnreadable) continue;  // frees the whole
        if (std::string_view(side) == "from" && is_prefix_condition(child.keyword())) {
          prefixes.add(child);
          continue;
        }
        std::vector<Line> own = lines_of(child, 0);
        lines.insert(lines.end(), own.begin(), own.end());
      }
    }
    for (const Group& group : groups_of(lines)) {
      if (group.keyword == "policy") {
        for (const Line& line : group.lines)
          match.policies.push_back({{line.words.begin() + 1, line.words.end()}, line.range});
        continue;
      }
      names_family = names_family || group.keyword == "family" || group.keyword == "rib";
      match.conjuncts.push_back(std::string_view(side) == "from" ? from_condition(context, group.keyword, group.lines)
                                                                 : to_condition(context, group.keyword, group.lines));
    }
  }
  if (!prefixes.empty()) prefixes.finish(match);
  // A condition without a word on families: both, unless the user assumes otherwise (J12b).
  if (match.range.known() && !names_family && !match.has_group && !match.lines.empty()) {
    Condition both = condition(AssumptionIs{"junos.from-without-family", "both"}, match.range);
    match.conjuncts.push_back(any_of({std::move(both), condition(FamilyIs{Family::ipv4}, match.range)}, match.range));
  }
  return match;
}

}  // namespace bgproof::junos
