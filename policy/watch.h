// The reference evaluator with somebody watching: each step is told as it is made, with what the trace does not keep.
#pragma once

#include <functional>

#include "policy/evaluate.h"
#include "policy/evaluate_parts.h"

namespace bgproof {

// The step, its statement, the route as it stands behind the step, and what the statement's conditions are asked with.
using OnStep = std::function<void(const Step&, const Statement&, const Route&, const ConditionContext&)>;

Outcome evaluate_watched(const Program& program, const Route& route, const Choices& choices, const OnStep& on_step);

// Each clause that is come to (no statement), and each statement that is run.
using OnRun = std::function<void(const Statement*, const ClauseRef&)>;

// For who runs a program on many routes: no trace is kept. `numberings` serve all programs with these lists of clauses.
Outcome evaluate_untraced(const Program& program, const Route& route, const Choices& choices, Numberings& numberings,
                          const OnRun& on_run = {});

}  // namespace bgproof
