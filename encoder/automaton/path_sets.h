// What one set can lead several automata to, each from where it stands.
//
// A set is read member by member in ascending order. For each combination of places within the set it is enough to
// know the lowest last member with which it can be reached: what can follow a higher one can follow a lower one. So the
// combinations are looked through in the order of their last members, each once. One is given up as soon as some
// automaton is at its end there: when no end of the set leads it to where it still can get to what it wants, with the
// members that are still to come. Automata that treat all sets alike do not multiply the combinations.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <vector>

#include "encoder/automaton/asn_chooser.h"
#include "encoder/automaton/path_dfa.h"

namespace bgproof {

struct PathGoal {
  const PathDfa* automaton;
  bool in = true;  // the path is in the language; else it is not
};

// The kinds of members that some of the automata tell apart together.
struct SetKinds {
  std::vector<size_t> goals;  // those automata, ascending
  AsnPartition members;
  std::vector<std::vector<uint32_t>> tuples;  // by class: the class of each of the goals
  std::unique_ptr<AsnSuccessors> successors;
};

struct SetMove {
  const SetKinds* kinds;          // owned by PathSets
  std::vector<uint32_t> members;  // classes, in the order of the members
  std::vector<PathDfa::State> to;
};

class PathSets {
 public:
  explicit PathSets(const std::vector<PathGoal>& goals);

  // false: the steps were not enough. `blamed`, by goal: where something is given up, one goal for which it is; one
  // that is blamed already if there is such.
  bool moves(const std::vector<PathDfa::State>& from, bool is_confed, std::vector<char>& blamed, size_t& steps,
             std::vector<SetMove>& result);

  // A set that the move stands for, with the numbers that people like best.
  static std::vector<Asn> members_of(const SetMove& move, const AsnChooser& chooser, const std::vector<Asn>& used);

 private:
  const SetKinds* kinds_of(const std::vector<size_t>& goals);  // null: too many
  bool can_live(size_t goal, PathDfa::SetState state, Asn last);
  const std::vector<int64_t>& latest(size_t goal);

  const std::vector<PathGoal>& goals_;
  std::map<std::vector<size_t>, std::unique_ptr<SetKinds>> kinds_;
  // By goal, by set state: the highest member that may come next and still lead somewhere; -1 if none.
  std::vector<std::vector<int64_t>> latest_;
};

}  // namespace bgproof
