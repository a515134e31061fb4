// A quick guess at a route that meets a condition, so that thousands of rows need no solver to be seen alive. The guess
// follows the condition's first way to be true and proves nothing by itself: the caller asks the reference evaluator.
#pragma once

#include "policy/condition.h"
#include "policy/route.h"

namespace bgproof {

// `start` with as little changed as the condition seems to need.
Route guess(const Condition& condition, Route start);

}  // namespace bgproof
