#include "encoder/automaton/path_sweep.h"

#include <algorithm>
#include <set>

namespace bgproof {
namespace {

constexpr uint64_t kBlocked = uint64_t{1} << 32;  // more than any sum of distances
constexpr size_t kCandidates = 8;

struct Event {
  Asn low;
  uint32_t goal;
  uint32_t class_index;
  auto operator<=>(const Event&) const = default;
};

struct Candidate {
  uint64_t sum;
  Asn low;
  Asn high;
  auto operator<=>(const Candidate&) const = default;
};

uint64_t cost(const PathGoal& goal, PathDfa::State state) {
  const uint32_t distance = goal.automaton->distance(state, goal.in, true);
  return distance == PathDfa::kNever ? kBlocked : distance;
}

}  // namespace

SweepAnswer guess_by_sweep(const std::vector<PathGoal>& goals, const AsnChooser& chooser, size_t& steps) {
  std::vector<Event> events;
  for (uint32_t i = 0; i < goals.size(); ++i) {
    for (const AsnPartition::Piece& piece : goals[i].automaton->alphabet().asns().pieces()) {
      events.push_back({piece.low, i, piece.class_index});
    }
  }
  std::sort(events.begin(), events.end());

  std::vector<PathDfa::State> states(goals.size(), PathDfa::start());
  std::set<std::vector<PathDfa::State>> seen = {states};
  PathWord word;
  std::vector<Asn> used;
  SweepAnswer answer;
  uint64_t best = UINT64_MAX;
  for (;;) {
    uint64_t sum = 0;
    for (size_t i = 0; i < goals.size(); ++i) sum += cost(goals[i], states[i]);
    if (sum == 0) {
      answer.word = word;
      return answer;
    }
    if (sum < best) {
      best = sum;
      answer.unsatisfied.clear();
      for (size_t i = 0; i < goals.size(); ++i) {
        if (cost(goals[i], states[i]) != 0) answer.unsatisfied.push_back(i);
      }
    }
    if (sum >= kBlocked || steps < events.size() + goals.size()) return answer;
    steps -= events.size() + goals.size();

    std::vector<uint64_t> parts(goals.size(), 0);
    std::vector<Candidate> candidates;
    uint64_t total = 0;
    for (size_t at = 0; at < events.size();) {
      const Asn low = events[at].low;
      for (; at < events.size() && events[at].low == low; ++at) {
        const Event& event = events[at];
        const PathGoal& goal = goals[event.goal];
        const uint32_t letter = goal.automaton->alphabet().asn_letter(event.class_index, false);
        const uint64_t part = cost(goal, goal.automaton->next(states[event.goal], letter));
        total += part - parts[event.goal];
        parts[event.goal] = part;
      }
      if (total < kBlocked) {
        candidates.push_back({total, low, at < events.size() ? events[at].low - 1 : UINT32_MAX});
      }
    }
    // Candidates with the same sum in the order of their numbers.
    const size_t few = std::min(kCandidates, candidates.size());
    std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(few), candidates.end());
    candidates.resize(few);
    bool moved = false;
    for (const Candidate& candidate : candidates) {
      std::vector<PathDfa::State> next = states;
      const PathLetter letter{AsSegment::Kind::sequence, {chooser.choose({{candidate.low, candidate.high}}, used)}};
      for (size_t i = 0; i < goals.size(); ++i) next[i] = goals[i].automaton->next(states[i], letter);
      if (!seen.insert(next).second) continue;
      states = std::move(next);
      word.push_back(letter);
      used.push_back(letter.asns.front());
      moved = true;
      break;
    }
    if (!moved) return answer;
  }
}

}  // namespace bgproof
