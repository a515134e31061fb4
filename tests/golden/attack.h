// What every golden shows beside its expectation: the verdict stands up to the reference evaluator and judgement on
// routes that nobody chose.
#pragma once

#include <string>
#include <vector>

#include "solver/check.h"

namespace bgproof {

// Each returns complaints, none if all is well.

// A proved task: 200 random routes, biased to what the task mentions, and every route of a small world.
std::vector<std::string> attack_proof(const Task& task, uint64_t seed);

// A violated finding: its witness breaks the task whatever the unmodelled lines do; members of its region do so too,
// and random routes that break the task in the same way lie in the region.
std::vector<std::string> attack_finding(const Task& task, const Finding& finding, uint64_t seed);

// The union of `conditions` holds for the same prefixes as that of `others`: their constants with all that lies around
// them are tried.
std::vector<std::string> compare_regions(const std::vector<std::string>& conditions,
                                         const std::vector<std::string>& others);

}  // namespace bgproof
