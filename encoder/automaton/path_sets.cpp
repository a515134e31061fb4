#include "encoder/automaton/path_sets.h"

#include <algorithm>
#include <optional>
#include <queue>
#include <set>

namespace bgproof {
namespace {

bool spend(size_t count, size_t& steps) {
  const bool enough = steps >= count;
  steps -= std::min(steps, count);
  return enough;
}

}  // namespace

PathSets::PathSets(const std::vector<PathGoal>& goals) : goals_(goals), latest_(goals.size()) {}

const SetKinds* PathSets::kinds_of(const std::vector<size_t>& goals) {
  const auto [at, is_new] = kinds_.try_emplace(goals);
  if (!is_new) return at->second.get();
  std::vector<const AsnPartition*> members;
  for (size_t i : goals) members.push_back(&goals_[i].automaton->alphabet().members);
  auto kinds = std::make_unique<SetKinds>();
  std::optional<AsnPartition> joined = AsnPartition::join(members, &kinds->tuples);
  if (!joined) return nullptr;
  kinds->goals = goals;
  kinds->members = *std::move(joined);
  kinds->successors = std::make_unique<AsnSuccessors>(kinds->members);
  at->second = std::move(kinds);
  return at->second.get();
}

const std::vector<int64_t>& PathSets::latest(size_t goal) {
  std::vector<int64_t>& latest = latest_[goal];
  if (!latest.empty()) return latest;
  const PathDfa& automaton = *goals_[goal].automaton;
  const AsnPartition& members = automaton.alphabet().members;
  constexpr size_t kMostWork = 200'000;
  if (size_t{automaton.set_states()} * automaton.set_states() * members.size() > kMostWork) {
    // Not worth it: as if numbers had no order.
    for (PathDfa::SetState state = 0; state < automaton.set_states(); ++state)
      latest.push_back(automaton.set_distance(state, goals_[goal].in) == PathDfa::kNever ? -1 : UINT32_MAX);
    return latest;
  }
  latest.assign(automaton.set_states(), -1);
  AsnSuccessors successors(members);
  const auto is_live = [&](PathDfa::SetState state) {
    return automaton.distance(automaton.close(state), goals_[goal].in, false) != PathDfa::kNever;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (PathDfa::SetState state = 0; state < automaton.set_states(); ++state) {
      for (uint32_t c = 0; c < members.size(); ++c) {
        const PathDfa::SetState to = automaton.more(state, c);
        const int64_t at_most = is_live(to) ? UINT32_MAX : latest[to] - 1;
        if (at_most < 0) continue;
        const std::optional<Asn> member = successors.previous(c, static_cast<Asn>(at_most));
        if (!member || *member <= latest[state]) continue;
        latest[state] = *member;
        changed = true;
      }
    }
  }
  return latest;
}

bool PathSets::can_live(size_t goal, PathDfa::SetState state, Asn last) {
  const PathDfa& automaton = *goals_[goal].automaton;
  return automaton.distance(automaton.close(state), goals_[goal].in, false) != PathDfa::kNever ||
         latest(goal)[state] > last;
}

bool PathSets::moves(const std::vector<PathDfa::State>& from, bool is_confed, std::vector<char>& blamed, size_t& steps,
                     std::vector<SetMove>& result) {
  const auto automaton = [&](size_t goal) -> const PathDfa& { return *goals_[goal].automaton; };
  std::vector<PathDfa::State> to(from.size());
  std::vector<size_t> sensitive;
  for (size_t i = 0; i < from.size(); ++i) {
    const uint32_t classes = automaton(i).alphabet().members.size();
    if (!spend(classes, steps)) return false;
    const PathDfa::SetState first = automaton(i).open(from[i], 0, is_confed);
    bool is_alike = true;
    for (uint32_t c = 0; c < classes && is_alike; ++c)
      is_alike = automaton(i).open(from[i], c, is_confed) == first && automaton(i).more(first, c) == first;
    to[i] = automaton(i).close(first);
    if (!is_alike) {
      sensitive.push_back(i);
    } else if (automaton(i).distance(to[i], goals_[i].in, false) == PathDfa::kNever) {
      blamed[i] = 1;  // any set is the end
      return true;
    }
  }
  const SetKinds* kinds = kinds_of(sensitive);
  if (kinds == nullptr) return false;

  struct Node {
    const std::vector<PathDfa::SetState>* states;
    uint32_t parent, member_class;
    Asn last;
  };
  constexpr uint32_t kBegin = UINT32_MAX;
  std::vector<Node> nodes;
  std::map<std::vector<PathDfa::SetState>, Asn> lowest;
  std::priority_queue<std::pair<Asn, uint32_t>, std::vector<std::pair<Asn, uint32_t>>, std::greater<>> queue;
  std::set<std::vector<PathDfa::State>> known;
  // All that can be the next member.
  const auto expand = [&](uint32_t node) {
    const bool is_begin = node == kBegin;
    if (!spend(kinds->members.size() * (sensitive.size() + 1), steps)) return false;
    if (!is_begin && nodes[node].last == UINT32_MAX) return true;
    const Asn least = is_begin ? 0 : nodes[node].last + 1;
    for (uint32_t c = 0; c < kinds->members.size(); ++c) {
      const std::optional<Asn> member = kinds->successors->next(c, least);
      if (!member) continue;
      std::vector<PathDfa::SetState> states(sensitive.size());
      std::optional<size_t> dead;
      for (size_t k = 0; k < sensitive.size(); ++k) {
        const size_t i = sensitive[k];
        const uint32_t own = kinds->tuples[c][k];
        states[k] =
            is_begin ? automaton(i).open(from[i], own, is_confed) : automaton(i).more((*nodes[node].states)[k], own);
        if (!can_live(i, states[k], *member) && (!dead || (blamed[*dead] == 0 && blamed[i] != 0))) dead = i;
      }
      if (dead) {
        blamed[*dead] = 1;
        continue;
      }
      const auto [at, is_new] = lowest.try_emplace(std::move(states), *member);
      if (!is_new && at->second <= *member) continue;
      at->second = *member;
      queue.emplace(*member, static_cast<uint32_t>(nodes.size()));
      nodes.push_back({&at->first, node, c, *member});
    }
    return true;
  };
  if (!expand(kBegin)) return false;
  while (!queue.empty()) {
    const uint32_t at = queue.top().second;
    queue.pop();
    if (lowest.at(*nodes[at].states) != nodes[at].last) continue;
    SetMove move{kinds, {}, to};
    for (size_t k = 0; k < sensitive.size(); ++k)
      move.to[sensitive[k]] = automaton(sensitive[k]).close((*nodes[at].states)[k]);
    if (known.insert(move.to).second) {
      for (uint32_t node = at; node != kBegin; node = nodes[node].parent)
        move.members.push_back(nodes[node].member_class);
      std::reverse(move.members.begin(), move.members.end());
      result.push_back(std::move(move));
    }
    if (!expand(at)) return false;
  }
  return true;
}

std::vector<Asn> PathSets::members_of(const SetMove& move, const AsnChooser& chooser, const std::vector<Asn>& used) {
  const SetKinds& kinds = *move.kinds;
  // How high each member may be for the others to find a place behind it.
  std::vector<Asn> highest(move.members.size());
  for (size_t i = move.members.size(); i-- > 0;) {
    const Asn limit = i + 1 < move.members.size() ? highest[i + 1] - 1 : UINT32_MAX;
    highest[i] = *kinds.successors->previous(move.members[i], limit);
  }
  std::vector<Asn> members;
  for (size_t i = 0; i < move.members.size(); ++i) {
    const Asn lowest = members.empty() ? 0 : members.back() + 1;
    members.push_back(chooser.choose(kinds.members, *kinds.successors, move.members[i], used, {lowest, highest[i]}));
  }
  return members;
}

}  // namespace bgproof
