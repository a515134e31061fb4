// Evaluates Z3 terms for many assignments, far faster than Z3 does: the terms become one list of small operations, each
// node of the shared graph once. Only the operators that the encoder uses; another one is a failed check.
#pragma once

#include <z3++.h>

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "encoder/encode.h"

namespace bgproof {

class TermMachine {
 public:
  using Slot = uint32_t;

  // The slot in which the term's value stands after run().
  Slot add(const z3::expr& term);
  // Wherever the constant is met, the term is meant. To be called before a term with the constant is added.
  void define(const z3::expr& constant, const z3::expr& term);

  // Constants that were not assigned keep the value of the run before (0 at first).
  void assign(const Assignment& assignment);
  void run();
  Bits operator[](Slot slot) const { return values_[slot]; }
  size_t size() const { return operations_.size(); }

 private:
  struct Operation {
    Z3_decl_kind kind;
    uint32_t first, count;  // arguments in arguments_
    unsigned high, low;     // of an extraction; of a concatenation the width of the second
    Bits mask;              // of the result
  };

  Slot make(const z3::expr& term);

  std::unordered_map<unsigned, Slot> slots_;  // by id of the term
  std::vector<z3::expr> kept_;                // so that ids stay theirs
  std::vector<Operation> operations_;         // by slot
  std::vector<Slot> arguments_;
  std::vector<Bits> values_;
};

}  // namespace bgproof
