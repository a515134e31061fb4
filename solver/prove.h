// The part of a check that ends with a proof.
#pragma once

#include "solver/property.h"
#include "solver/query.h"

namespace bgproof {

// No offered route breaks the intent, `fixed` given. Fills in which rows are alive. Throws LimitReached.
bool prove(Query& query, const Property& property, const Task& task, const z3::expr& fixed, CheckResult& result);

}  // namespace bgproof
