// The numbers by which choices are told apart (ChoiceKey of policy/evaluate.h), defined once for the evaluator and the
// encoder.
//
// They are computed for one list of clauses (a program's entry or rewrite, or a policy) from the text alone, in the
// order of policy/visit.h: Call statements are numbered from 0; the Unmodelled conditions and Havoc statements of one
// choice are numbered from 0 together. A condition object that is shared by two statements counts once in each; one
// that is shared within one statement (through Not) is one meeting and has one number.
//
// A Numbering points into the clauses that it was made from: it must not outlive them, nor may they move.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "policy/program.h"

namespace bgproof {

class Numbering {
 public:
  explicit Numbering(const std::vector<Clause>& clauses);

  uint32_t call(const Statement& call) const;
  uint32_t occurrence(const Statement& havoc) const;
  // `root` is the statement in which the condition stands.
  uint32_t occurrence(const Statement& root, const Condition& unmodelled) const;

 private:
  std::map<const Statement*, uint32_t> calls_;
  std::map<const Statement*, uint32_t> havocs_;
  std::map<std::pair<const Statement*, const Condition*>, uint32_t> unmodelled_;
};

// Of the lists of clauses of a program, each made when it is first asked for. Who runs one program many times keeps
// them from run to run.
class Numberings {
 public:
  const Numbering& of(const std::vector<Clause>& clauses) {
    return known_.try_emplace(&clauses, clauses).first->second;
  }

 private:
  std::map<const std::vector<Clause>*, Numbering> known_;
};

}  // namespace bgproof
