// The entries of prefix lists by which a route meets a condition. In a clause a list stands by its name; the line of the
// list is what lets the route through.
#pragma once

#include <vector>

#include "policy/condition.h"
#include "policy/route.h"

namespace bgproof {

// In the order of the condition; entries without a place in a text are left out.
std::vector<SourceRange> entries_met(const Condition& condition, const Route& route);

}  // namespace bgproof
