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

// Numbers that no automaton tells apart: an interval of those that are intervals, a class of the diagrams.
struct Spot {
  size_t interval;
  uint32_t class_index;
  Asn low, high;  // of the interval
};

struct Candidate {
  uint64_t sum;
  Asn low;
  size_t spot;
  auto operator<=>(const Candidate&) const = default;
};

// In every interval the class that most numbers are in, and every class in the widest intervals: enough for a guess.
std::vector<Spot> spots_of(const std::vector<Event>& events, const AsnPartition& classes, AsnSuccessors& successors) {
  constexpr size_t kWide = 8;
  std::vector<Spot> intervals;
  for (const Event& event : events) {
    if (!intervals.empty() && intervals.back().low == event.low) continue;
    if (!intervals.empty()) intervals.back().high = event.low - 1;
    intervals.push_back({intervals.size(), 0, event.low, UINT32_MAX});
  }
  const std::vector<uint64_t> counts = classes.counts();
  const auto usual = static_cast<uint32_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  std::vector<Spot> spots;
  const auto add = [&](Spot spot, uint32_t class_index) {
    const std::optional<Asn> first = successors.next(class_index, spot.low);
    if (!first || *first > spot.high) return false;
    spot.class_index = class_index;
    spots.push_back(spot);
    return true;
  };
  for (const Spot& interval : intervals) {
    if (!add(interval, usual)) add(interval, classes.class_of(interval.low));
  }
  std::vector<Spot> widest = intervals;
  std::stable_sort(widest.begin(), widest.end(),
                   [](const Spot& a, const Spot& b) { return a.high - a.low > b.high - b.low; });
  widest.resize(std::min(kWide, widest.size()));
  for (uint32_t c = 0; c < classes.size(); ++c) {
    for (const Spot& interval : widest) {
      if (c != usual) add(interval, c);
    }
  }
  return spots;
}

uint64_t cost(const PathGoal& goal, PathDfa::State state) {
  const uint32_t distance = goal.automaton->distance(state, goal.in, true);
  return distance == PathDfa::kNever ? kBlocked : distance;
}

}  // namespace

SweepAnswer guess_by_sweep(const std::vector<PathGoal>& goals, const AsnChooser& chooser, size_t& steps) {
  SweepAnswer answer;
  std::vector<Event> events;
  std::vector<uint32_t> by_digits;  // goals
  std::vector<const AsnPartition*> diagrams;
  for (uint32_t i = 0; i < goals.size(); ++i) {
    const AsnPartition& partition = goals[i].automaton->alphabet().asns;
    for (const AsnPartition::Piece& piece : partition.pieces()) events.push_back({piece.low, i, piece.class_index});
    if (partition.diagram() == nullptr) continue;
    by_digits.push_back(i);
    diagrams.push_back(&partition);
  }
  if (events.empty()) events.push_back({0, 0, 0});
  std::sort(events.begin(), events.end());
  std::vector<std::vector<uint32_t>> tuples;
  const std::optional<AsnPartition> joined = AsnPartition::join(diagrams, &tuples);
  if (!joined) return answer;
  AsnSuccessors successors(*joined);
  const std::vector<Spot> spots = spots_of(events, *joined, successors);

  std::vector<PathDfa::State> states(goals.size(), PathDfa::start());
  std::set<std::vector<PathDfa::State>> seen = {states};
  PathWord word;
  std::vector<Asn> used;
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
    const size_t work = events.size() + goals.size() + spots.size() + joined->size() * by_digits.size();
    if (sum >= kBlocked || steps < work) return answer;
    steps -= work;

    const auto cost_of = [&](uint32_t goal, uint32_t class_index) {
      return cost(goals[goal], goals[goal].automaton->next(states[goal], class_index, false));
    };
    std::vector<uint64_t> of_class(joined->size(), 0);
    for (uint32_t c = 0; c < joined->size(); ++c) {
      for (size_t k = 0; k < by_digits.size(); ++k) of_class[c] += cost_of(by_digits[k], tuples[c][k]);
    }
    std::vector<uint64_t> parts(goals.size(), 0), of_interval;
    uint64_t total = 0;
    for (size_t at = 0; at < events.size();) {
      const Asn low = events[at].low;
      for (; at < events.size() && events[at].low == low; ++at) {
        const Event& event = events[at];
        if (goals[event.goal].automaton->alphabet().asns.diagram() != nullptr) continue;  // the one of no interval
        const uint64_t part = cost_of(event.goal, event.class_index);
        total += part - parts[event.goal];
        parts[event.goal] = part;
      }
      of_interval.push_back(total);
    }
    std::vector<Candidate> candidates;
    for (size_t i = 0; i < spots.size(); ++i) {
      const uint64_t at_spot = of_interval[spots[i].interval] + of_class[spots[i].class_index];
      if (at_spot < kBlocked) candidates.push_back({at_spot, spots[i].low, i});
    }
    // Candidates with the same sum in the order of their numbers.
    const size_t few = std::min(kCandidates, candidates.size());
    std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(few), candidates.end());
    candidates.resize(few);
    bool moved = false;
    for (const Candidate& candidate : candidates) {
      std::vector<PathDfa::State> next = states;
      const Spot& spot = spots[candidate.spot];
      const PathLetter letter{AsSegment::Kind::sequence,
                              {chooser.choose(*joined, successors, spot.class_index, used, {spot.low, spot.high})}};
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
