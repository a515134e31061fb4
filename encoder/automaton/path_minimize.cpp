// PathDfa::finished: the one minimal automaton of a language, and its distances.
#include <algorithm>
#include <deque>
#include <map>

#include "encoder/automaton/path_dfa.h"

namespace bgproof {

// Moore's refinement of states and set states together.
struct PathDfa::Classes {
  std::vector<uint32_t> states, sets;  // the class of each
};

PathDfa::Classes PathDfa::refined() const {
  const uint32_t letters = alphabet_.size(), classes = alphabet_.members.size();
  const uint32_t asns = alphabet_.asns.size();
  Classes now{{accepts_.begin(), accepts_.end()}, std::vector<uint32_t>(set_states(), 0)};
  for (size_t count = 0;;) {
    std::map<Key, uint32_t> ids, set_ids;
    const auto number = [](std::map<Key, uint32_t>& of, Key key) {
      return of.try_emplace(std::move(key), static_cast<uint32_t>(of.size())).first->second;
    };
    Classes refined;
    for (State state = 0; state < size(); ++state) {
      Key key = {now.states[state]};
      for (uint32_t i = 0; i < letters; ++i) {
        const uint32_t to = next_[size_t{state} * letters + i];
        key.push_back(i % (asns + classes) < asns ? now.states[to] : now.sets[to]);
      }
      refined.states.push_back(number(ids, std::move(key)));
    }
    for (SetState state = 0; state < set_states(); ++state) {
      Key key = {now.sets[state], now.states[close(state)]};
      for (uint32_t c = 0; c < classes; ++c) key.push_back(now.sets[more(state, c)]);
      refined.sets.push_back(number(set_ids, std::move(key)));
    }
    now = std::move(refined);
    if (ids.size() + set_ids.size() == count) return now;
    count = ids.size() + set_ids.size();
  }
}

PathDfa PathDfa::finished() const {
  const Classes classes = refined();
  const uint32_t letters = alphabet_.size(), asns = alphabet_.asns.size(), members = alphabet_.members.size();
  // One state for each class, in breadth-first order, sets as soon as they are met. All are reachable by construction.
  std::map<uint32_t, uint32_t> numbers, set_numbers;
  std::vector<State> order;
  std::vector<SetState> set_order;
  const auto number = [](auto& in, auto& order_of, uint32_t class_index, uint32_t state) {
    const auto [it, is_new] = in.try_emplace(class_index, static_cast<uint32_t>(order_of.size()));
    if (is_new) order_of.push_back(state);
    return it->second;
  };
  const auto number_state = [&](State state) { return number(numbers, order, classes.states[state], state); };
  const auto number_set = [&](SetState state) { return number(set_numbers, set_order, classes.sets[state], state); };
  number_state(start());
  std::vector<uint32_t> table, more_table, close_table;
  for (size_t at = 0, in_set = 0; at < order.size() || in_set < set_order.size();) {
    if (in_set < set_order.size()) {
      const SetState state = set_order[in_set++];
      for (uint32_t c = 0; c < members; ++c) more_table.push_back(number_set(more(state, c)));
      close_table.push_back(number_state(close(state)));
      continue;
    }
    const State state = order[at++];
    for (uint32_t i = 0; i < letters; ++i) {
      const uint32_t to = next_[size_t{state} * letters + i];
      table.push_back(i % (asns + members) < asns ? number_state(to) : number_set(to));
    }
  }
  // Letters with the same column are one; those of confederations, too, if all are.
  const auto column = [&](const std::vector<uint32_t>& of, uint32_t width, uint32_t i) {
    Key result;
    for (size_t row = 0; row * width < of.size(); ++row) result.push_back(of[row * width + i]);
    return result;
  };
  std::map<Key, uint32_t> column_ids;
  std::vector<uint32_t> columns;
  for (uint32_t i = 0; i < letters; ++i)
    columns.push_back(
        column_ids.try_emplace(column(table, letters, i), static_cast<uint32_t>(column_ids.size())).first->second);
  const uint32_t kinds = alphabet_.tells_confed ? 2 : 1;
  PathDfa result;
  result.alphabet_.tells_confed =
      kinds == 2 && !std::equal(columns.begin(), columns.begin() + asns + members, columns.begin() + asns + members);
  const auto merge = [&](const AsnPartition& partition, uint32_t offset, bool is_member) {
    std::map<Key, uint32_t> ids;
    std::vector<uint32_t> to;
    for (uint32_t c = 0; c < partition.size(); ++c) {
      Key key = {columns[offset + c]};
      if (kinds == 2) key.push_back(columns[offset + c + asns + members]);
      if (is_member) {
        const Key inner = column(more_table, members, c);
        key.insert(key.end(), inner.begin(), inner.end());
      }
      to.push_back(ids.try_emplace(std::move(key), static_cast<uint32_t>(ids.size())).first->second);
    }
    return partition.merged(to);
  };
  result.alphabet_.asns = merge(alphabet_.asns, 0, false);
  result.alphabet_.members = merge(alphabet_.members, asns, true);
  // For each new letter one old one that it stands for.
  std::vector<uint32_t> kept, kept_members;
  for (uint32_t c = 0; c < result.alphabet_.members.size(); ++c)
    kept_members.push_back(alphabet_.members.class_of(result.alphabet_.members.lowest(c)));
  for (bool confed : {false, true}) {
    if (confed && !result.alphabet_.tells_confed) continue;
    for (uint32_t c = 0; c < result.alphabet_.asns.size(); ++c)
      kept.push_back(alphabet_.asn_letter(alphabet_.asns.class_of(result.alphabet_.asns.lowest(c)), confed));
    for (uint32_t c : kept_members) kept.push_back(alphabet_.set_letter(c, confed));
  }
  for (size_t at = 0; at < order.size(); ++at) {
    result.accepts_.push_back(accepts_[order[at]]);
    for (uint32_t letter : kept) result.next_.push_back(table[at * letters + letter]);
  }
  for (size_t at = 0; at < set_order.size(); ++at) {
    for (uint32_t c : kept_members) result.more_.push_back(more_table[at * members + c]);
  }
  result.close_ = std::move(close_table);
  result.measure();
  return result;
}

void PathDfa::measure() {
  const uint32_t letters = alphabet_.size(), asns = alphabet_.asns.size(), members = alphabet_.members.size();
  for (const bool plain : {false, true}) {
    // Where one comes from, with the letters that it costs; set states are behind the states.
    std::vector<std::vector<std::pair<uint32_t, uint32_t>>> before(size() + set_states());
    for (State state = 0; state < size(); ++state) {
      for (uint32_t i = 0; i < (plain ? asns : letters); ++i) {
        const uint32_t to = next_[size_t{state} * letters + i];
        before[i % (asns + members) < asns ? to : size() + to].emplace_back(state, 1);
      }
    }
    for (SetState state = 0; state < set_states() && !plain; ++state) {
      for (uint32_t c = 0; c < members; ++c) before[size() + more(state, c)].emplace_back(size() + state, 0);
      before[close(state)].emplace_back(size() + state, 0);
    }
    for (std::vector<std::pair<uint32_t, uint32_t>>& each : before) {
      std::sort(each.begin(), each.end());
      each.erase(std::unique(each.begin(), each.end()), each.end());
    }
    for (const bool accepting : {false, true}) {
      std::vector<uint32_t> distance(size() + set_states(), kNever);
      std::deque<uint32_t> queue;
      for (State state = 0; state < size(); ++state) {
        if (accepts_at(state) != accepting) continue;
        distance[state] = 0;
        queue.push_back(state);
      }
      while (!queue.empty()) {
        const uint32_t at = queue.front();
        queue.pop_front();
        for (const auto& [from, letter] : before[at]) {
          if (distance[from] <= distance[at] + letter) continue;
          distance[from] = distance[at] + letter;
          letter == 0 ? queue.push_front(from) : queue.push_back(from);
        }
      }
      const auto sets = distance.begin() + size();
      distances_[accepting ? 1 : 0][plain ? 1 : 0].assign(distance.begin(), sets);
      if (!plain) set_distances_[accepting ? 1 : 0].assign(sets, distance.end());
    }
  }
}

}  // namespace bgproof
