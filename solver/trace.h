// One concrete route through a task's program, step by step, with a reason for each condition; and whether the end
// would be another if what is not known were otherwise.
//
// The steps are the reference evaluator's. Whether an unmodelled line or an open assumption matters is asked of the
// solver for this one route, so that "whatever they do" is a proof.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "intents/task.h"
#include "policy/explain.h"
#include "solver/check.h"
#include "solver/finding.h"

namespace bgproof {

struct TracedStep {
  Step step;
  std::vector<Reason> reasons;  // of a test
};

// The end if one thing that is not known were otherwise.
struct Alternative {
  SourceRange range;
  std::string what;  // "if `from condition X` matches", "with junos.community-regex=whole"
  bool accepted = false;
  std::string clause;  // that decides then
};

struct Trace {
  Route input;
  Outcome outcome;
  std::vector<TracedStep> steps;
  std::string clause;  // "POLICY/TERM" of the clause that decided
  // The end is the same whatever unmodelled lines and open assumptions do; nullopt: a limit was reached before that was
  // known.
  std::optional<bool> certain = true;
  std::vector<Alternative> alternatives;  // one for each unmodelled line and open reading that the route met
  std::vector<std::string> not_offered;   // facts of the config by which this route is never offered here
};

Trace trace(const Task& task, const Route& route, const Choices& choices, const CheckOptions& options);

}  // namespace bgproof
