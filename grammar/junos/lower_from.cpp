#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "grammar/junos/conditions.h"
#include "grammar/junos/from.h"
#include "grammar/junos/prefix.h"
#include "grammar/junos/then.h"

namespace bgproof::junos {

namespace {

bool has_actions(std::string_view keyword) {
  return keyword == "route-filter" || keyword == "source-address-filter" || keyword == "prefix-list-filter";
}
bool is_prefix_condition(std::string_view keyword) {
  return has_actions(keyword) || keyword == "prefix-list" || keyword == "route-filter-list" ||
         keyword == "source-address-filter-list";
}

// Collects the prefix conditions of one term.
class PrefixGroup {
 public:
  PrefixGroup(Context& context, bool walkup) : context_(context), walkup_(walkup) {}

  bool empty() const {
    return lists_.empty() && filters_.empty() && free_.empty() && inlines_.empty() && !has_filters_;
  }

  void add(const Statement& statement) {
    const std::string& keyword = statement.keyword();
    if (keyword == "prefix-list-filter") return list_filter(statement);
    if (has_actions(keyword)) return route_filter(statement);
    for (const Line& line : lines_of(statement)) {
      for (const Word* word : line.words) {
        SourceRange use = statement.range;
        lists_.push_back(keyword == "prefix-list" ? prefix_list_matches(context_, word->text, MatchType::exact, use)
                                                  : route_filter_list_matches(context_, word->text, walkup_, use));
      }
    }
  }

  void finish(Match& match) {
    std::vector<Condition> kinds;
    if (!lists_.empty()) kinds.push_back(any_of(lists_, cover_all(lists_)));
    finish_filters(match, kinds);
    for (InlineActions& each : inlines_) match.inlines.push_back(std::move(each));
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
    std::vector<Line> actions = actions_of(statement, 3);
    if (actions.empty())
      lists_.push_back(std::move(matches));
    else
      inlines_.push_back({std::move(matches), lower_then(context_, actions), statement.range});
  }

  void route_filter(const Statement& statement) {
    std::vector<const Word*> words;
    for (size_t i = 1; i < statement.words.size(); ++i) words.push_back(&statement.words[i]);
    RouteFilter filter = read_route_filter(words, statement.head());
    has_filters_ = true;
    std::vector<Line> actions;
    if (!filter.unknown.empty()) {
      // Which words are the match type and which are actions is not known either: both may happen.
      note_unknown(statement, filter.unknown);
      unknown_.push_back(statement.head());
      if (!statement.children.empty()) actions = actions_of(statement, statement.words.size());
    } else {
      actions = actions_of(statement, filter.rest + 1);
    }
    uint32_t slot = 0;
    if (!actions.empty()) {
      bodies_.push_back({lower_then(context_, actions), statement.range});
      slot = static_cast<uint32_t>(bodies_.size());
    }
    filters_.push_back({std::move(filter), slot});
  }

  // The table of route filters: slot 0 leads to `then`, each further one to its own actions.
  void finish_filters(Match& match, std::vector<Condition>& kinds) {
    if (filters_.empty()) return;
    SourceRange range = filters_.front().filter.range;
    for (const SlottedFilter& each : filters_) range = cover(range, each.filter.range);
    auto table = route_filter_table(filters_, walkup_);
    bool plain =
        std::any_of(filters_.begin(), filters_.end(), [](const SlottedFilter& each) { return each.slot == 0; });
    auto in_slot = [&](uint32_t slot, SourceRange where) {
      if (!table) return context_.unmodelled(where, "the route filters of this term can't be told apart");
      Condition found = condition(PrefixIn{table, {slot}}, where);
      if (unknown_.empty()) return found;
      SourceRange lost = unknown_.front();
      Condition free = context_.unmodelled(lost, "route filter of an unknown match type");
      Condition perhaps = all_of({condition(PrefixIn{table, {kUnknownSlot}}, lost), std::move(free)}, lost);
      return any_of({std::move(found), std::move(perhaps)}, where);
    };
    if (plain || !unknown_.empty()) kinds.push_back(in_slot(0, range));
    for (size_t i = 0; i < bodies_.size(); ++i)
      match.inlines.push_back(
          {in_slot(static_cast<uint32_t>(i + 1), bodies_[i].second), bodies_[i].first, bodies_[i].second});
  }

  Context& context_;
  bool walkup_;
  bool has_filters_ = false;
  std::vector<Condition> lists_;
  std::vector<SlottedFilter> filters_;
  std::vector<std::pair<Body, SourceRange>> bodies_;
  std::vector<InlineActions> inlines_;
  std::vector<Condition> free_;
  std::vector<SourceRange> unknown_;  // route filters whose match type is not understood
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
