// Proofs of small tasks, many in one Z3 context: making and ending a context takes longer than most of these proofs.
//
// Only "proved" is taken from here. Witnesses depend on what else a context has held, so what is not proved is asked once
// more in a context of its own (check.h) and has the findings that it would have by itself. Tasks that are not small gain
// nothing and are left to `check`, too.
#pragma once

#include <memory>
#include <optional>

#include "solver/check.h"

namespace bgproof {

// Few conditions and short lists: a matter of milliseconds.
bool is_small(const Task& task);

class Prover {
 public:
  Prover();
  ~Prover();
  Prover(const Prover&) = delete;
  Prover& operator=(const Prover&) = delete;

  // The result of a task that is proved; nullopt says nothing. Questions are not told to CheckOptions::asked.
  std::optional<CheckResult> prove(const Task& task, const CheckOptions& options);

 private:
  struct Parts;  // a Z3 context
  std::unique_ptr<Parts> parts_;
};

}  // namespace bgproof
