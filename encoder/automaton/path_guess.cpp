// guess_by_letters of path_sweep.h.
#include <algorithm>
#include <set>

#include "encoder/automaton/path_sweep.h"

namespace bgproof {
namespace {

constexpr size_t kNumbers = 4;  // that are tried of what one goal singles out

uint64_t cost(const PathGoal& goal, PathDfa::State state) {
  const uint32_t distance = goal.automaton->distance(state, goal.in, false);
  return distance == PathDfa::kNever ? UINT32_MAX : distance;
}

// Letters that the goal may want: what it singles out, in a segment of each kind.
std::vector<PathLetter> letters_of(const PathGoal& goal) {
  const PathAlphabet& alphabet = goal.automaton->alphabet();
  std::set<Asn> numbers;
  for (const AsnPartition* partition : {&alphabet.asns, &alphabet.members})
    for (const NumberRange& range : singled_out(*partition))
      if (numbers.size() < kNumbers) numbers.insert(range.low);
  std::vector<PathLetter> letters;
  for (AsSegment::Kind kind :
       {AsSegment::Kind::sequence, AsSegment::Kind::set, AsSegment::Kind::confed_sequence, AsSegment::Kind::confed_set})
    for (Asn number : numbers) letters.push_back({kind, {number}});
  return letters;
}

}  // namespace

std::optional<PathWord> guess_by_letters(const std::vector<PathGoal>& goals, size_t& steps) {
  std::vector<PathDfa::State> states(goals.size(), PathDfa::start());
  PathWord word;
  uint64_t sum = 0;
  for (size_t i = 0; i < goals.size(); ++i) sum += cost(goals[i], states[i]);
  size_t stuck = 0;  // goals in a row that no letter brought nearer
  for (size_t at = 0; sum > 0 && stuck < goals.size(); at = (at + 1) % goals.size()) {
    ++stuck;
    if (cost(goals[at], states[at]) == 0) continue;
    std::optional<PathLetter> best;
    uint64_t best_sum = sum;
    for (const PathLetter& letter : letters_of(goals[at])) {
      if (steps < goals.size()) return std::nullopt;
      steps -= goals.size();
      uint64_t next = 0;
      for (size_t i = 0; i < goals.size() && next < best_sum; ++i)
        next += cost(goals[i], goals[i].automaton->next(states[i], letter));
      if (next >= best_sum) continue;
      best_sum = next;
      best = letter;
    }
    if (!best) continue;
    for (size_t i = 0; i < goals.size(); ++i) states[i] = goals[i].automaton->next(states[i], *best);
    word.push_back(*best);
    sum = best_sum;
    stuck = 0;
  }
  if (sum > 0) return std::nullopt;
  return word;
}

}  // namespace bgproof
