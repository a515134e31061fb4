#include "encoder/automaton/community_list.h"

#include <algorithm>
#include <map>
#include <optional>

#include "encoder/automaton/community_order.h"
#include "encoder/automaton/printed_communities.h"

namespace bgproof {
namespace {

constexpr size_t kMaxPlaces = 48;        // states of the scan between two communities
constexpr size_t kMaxTable = 4'000'000;  // states by classes
constexpr uint32_t kFewMembers = 64;     // spelled out instead of an automaton
constexpr uint32_t kMaxPeriodic = 16;

using State = CommunityList::State;
using Function = std::vector<State>;  // by state

AutomatonLimit limit(std::string_view what, const CommunityText& text) {
  return {std::string(what) + " in the expression `" + text.expression + "` over all communities of a route"};
}

Function then(const Function& first, const Function& second) {
  Function both;
  for (State state : first) both.push_back(second[state]);
  return both;
}

// The machine before anything is merged: a state for every state of the scan behind a community.
struct Table {
  std::vector<char> accepts;
  std::vector<Function> steps;  // by class
};

class Maker {
 public:
  explicit Maker(const CommunityText& text) : text_(text), scan_(text.expression, true) {}

  std::variant<CommunityList, AutomatonLimit> run() {
    if (!find_places()) return limit("too many states", text_);
    const PrintedCommunities communities(text_.kind, text_.names, scan_, places_);
    if (communities.overflowed()) return limit("too many states", text_);
    if ((behind_.size() + 1) * communities.classes().size() > kMaxTable) return limit("too many states", text_);
    Table table = table_of(communities);
    merge_states(table);
    merge_classes(table, communities);
    if (list_.letters.size() > CommunityList::kMaxLetters) return limit("too many kinds of communities", text_);
    if (!count()) return limit("a number of communities that must be exact", text_);
    if (!put_in_order(communities)) return limit("the order of too many communities", text_);
    name_members(communities);
    return std::move(list_);
  }

 private:
  // The states in which the scan can be before a community, and behind one.
  bool find_places() {
    add_place(scan_.start());
    for (size_t i = 0; i < places_.size(); ++i) {
      for (TextScan::State state : reached(text_.kind, text_.names, scan_, places_[i])) {
        if (!behind_.try_emplace(state, 0).second) continue;
        add_place(scan_.next(state, ' '));
      }
      if (places_.size() > kMaxPlaces || scan_.overflowed()) return false;
    }
    State number = 1;
    for (auto& [state, its] : behind_) its = number++;
    return true;
  }

  void add_place(TextScan::State state) {
    if (place_of_.try_emplace(state, places_.size()).second) places_.push_back(state);
  }

  Table table_of(const PrintedCommunities& communities) {
    Table table;
    std::vector<size_t> before = {0};  // the place in which the next community is read, by state
    table.accepts.push_back(scan_.accepts(scan_.start()) ? 1 : 0);
    for (const auto& [state, number] : behind_) {
      table.accepts.push_back(scan_.accepts(state) ? 1 : 0);
      before.push_back(place_of_.at(scan_.next(state, ' ')));
    }
    for (const PrintedCommunities::Class& its : communities.classes()) {
      Function step;
      for (size_t place : before) step.push_back(behind_.at(its.to[place]));
      table.steps.push_back(std::move(step));
    }
    return table;
  }

  // Moore's refinement; the first state stays the first.
  void merge_states(Table& table) {
    std::vector<State> of(table.accepts.begin(), table.accepts.end());
    for (size_t count = 0;;) {
      std::map<std::vector<State>, State> ids;
      std::vector<State> refined;
      for (State state = 0; state < of.size(); ++state) {
        std::vector<State> key = {of[state]};
        for (const Function& step : table.steps) key.push_back(of[step[state]]);
        refined.push_back(ids.try_emplace(std::move(key), static_cast<State>(ids.size())).first->second);
      }
      of = std::move(refined);
      if (ids.size() == count) break;
      count = ids.size();
    }
    // Numbered in the order in which they are first met, so the start is 0.
    std::vector<State> some;
    for (State state = 0; state < of.size(); ++state) {
      if (of[state] != some.size()) continue;
      some.push_back(state);
      list_.accepts.push_back(table.accepts[state]);
    }
    for (Function& step : table.steps) {
      Function merged;
      for (State state : some) merged.push_back(of[step[state]]);
      step = std::move(merged);
    }
  }

  // Classes that make the same steps are one letter; the largest is the first.
  void merge_classes(const Table& table, const PrintedCommunities& communities) {
    std::map<Function, uint32_t> ids;
    std::vector<uint32_t> letter_of;
    std::vector<unsigned __int128> sizes;
    for (size_t i = 0; i < table.steps.size(); ++i) {
      const auto [it, is_new] = ids.try_emplace(table.steps[i], static_cast<uint32_t>(ids.size()));
      if (is_new) sizes.push_back(0);
      letter_of.push_back(it->second);
      sizes[it->second] += communities.classes()[i].size;
    }
    std::vector<uint32_t> order;
    for (uint32_t i = 0; i < sizes.size(); ++i) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return sizes[a] > sizes[b]; });
    std::vector<uint32_t> number(order.size());
    for (uint32_t i = 0; i < order.size(); ++i) {
      number[order[i]] = i;
      sizes_.push_back(sizes[order[i]]);
    }
    list_.letters.resize(order.size());
    for (const auto& [function, id] : ids) list_.letters[number[id]].to = function;
    for (uint32_t id : letter_of) letter_of_class_.push_back(number[id]);
  }

  bool count() {
    for (size_t i = 0; i < list_.letters.size(); ++i) {
      CommunityList::Letter& letter = list_.letters[i];
      Function power = letter.to;
      for (letter.most = 1; letter.most < sizes_[i]; ++letter.most) {
        Function more = then(power, letter.to);
        if (more == power) break;
        // It goes in circles.
        if (letter.most > list_.accepts.size() && sizes_[i] > kMaxPeriodic) return false;
        power = std::move(more);
      }
    }
    return true;
  }

  bool put_in_order(const PrintedCommunities& communities) {
    std::vector<uint64_t> excluded(list_.letters.size(), 0);
    bool any = false;
    for (size_t x = 0; x < excluded.size(); ++x) {
      for (size_t y = 0; y < excluded.size(); ++y) {
        const Function &one = list_.letters[x].to, &other = list_.letters[y].to;
        if (then(one, other) == then(other, one)) continue;
        excluded[x] |= uint64_t{1} << y;
        any = true;
      }
    }
    if (!any) return true;
    auto found = boundaries(communities, text_.kind, letter_of_class_, excluded, CommunityList::kMaxBoundaries);
    if (found) list_.boundaries = *std::move(found);
    return found.has_value();
  }

  void name_members(const PrintedCommunities& communities) {
    for (uint32_t i = 1; i < list_.letters.size(); ++i) {
      std::vector<char> wanted;
      for (uint32_t letter : letter_of_class_) wanted.push_back(letter == i ? 1 : 0);
      if (sizes_[i] <= kFewMembers)
        list_.letters[i].members = communities.members(wanted);
      else
        list_.letters[i].texts = communities.automaton(wanted);
    }
  }

  const CommunityText& text_;
  TextScan scan_;
  std::vector<TextScan::State> places_;
  std::map<TextScan::State, size_t> place_of_;
  std::map<TextScan::State, State> behind_;
  CommunityList list_;
  std::vector<unsigned __int128> sizes_;  // by letter
  std::vector<uint32_t> letter_of_class_;
};

}  // namespace

std::variant<CommunityList, AutomatonLimit> community_list(const CommunityText& text) { return Maker(text).run(); }

CommunitySet below(const Community& community) {
  CommunitySet set;
  const size_t count = community.kind == CommunityKind::standard ? 2 : 3;
  CommunityFields fields{community.kind, {}};
  for (size_t i = 0; i < count; ++i) {
    const uint32_t value = community.fields[i];
    CommunityFields part = fields;
    if (value > 0) {
      part.fields[i] = {0, value - 1};
      set.patterns.push_back({part, {}});
    }
    fields.fields[i] = {value, value};
  }
  return set;
}

}  // namespace bgproof
