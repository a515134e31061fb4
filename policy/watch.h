// The reference evaluator with somebody watching: each step is told as it is made, with what the trace does not keep.
#pragma once

#include <functional>

#include "policy/evaluate.h"
#include "policy/evaluate_parts.h"

namespace bgproof {

// The step, its statement, the route as it stands behind the step, and what the statement's conditions are asked with.
using OnStep = std::function<void(const Step&, const Statement&, const Route&, const ConditionContext&)>;

Outcome evaluate_watched(const Program& program, const Route& route, const Choices& choices, const OnStep& on_step);

}  // namespace bgproof
