// Clauses of a policy that change nothing: without them the policy accepts the same routes with the same attributes,
// proved as `diff` proves it. Clauses that only reject are left out: an explicit reject in front of the end of a policy
// is good style. So are those that no route meets (unreachable.h), which are told as such.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "network/device.h"
#include "solver/check.h"

namespace bgproof {

// Indices into the policy's clauses, in order; of clauses of one place the first. Routes that show that a clause
// matters are guessed first, so that the solver is asked about few. `dead`: clauses to leave out.
std::vector<uint32_t> idle_clauses(const NamedPolicy& policy, const std::set<uint32_t>& dead, const SourceSet& sources,
                                   const CheckOptions& options);

}  // namespace bgproof
