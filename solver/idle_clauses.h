// Clauses of a policy that change nothing: without them the policy accepts the same routes with the same attributes,
// proved as `diff` proves it, whatever comes behind the policy (open_end.h) and with all that it does for others than
// BGP. Clauses that only reject are left out: an explicit reject in front of the end of a policy is good style. So are
// those that no route meets (unreachable.h), which are told as such.
#pragma once

#include <cstdint>
#include <vector>

#include "solver/unreachable.h"

namespace bgproof {

// Indices into the policy's clauses, in order; of clauses of one place the first. The routes that were seen to visit a
// clause, and variations of them, mostly show that it matters, so that the solver is asked about few.
std::vector<uint32_t> idle_clauses(const NamedPolicy& policy, const Visits& visits, z3::context& context,
                                   const CheckOptions& options);

}  // namespace bgproof
