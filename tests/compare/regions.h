// Regions read back, for tests: the few forms in which solver/projection.cpp writes conditions.
#pragma once

#include <vector>

#include "policy/prefix_list.h"
#include "solver/finding.h"
#include "tests/generator/random.h"

namespace bgproof {

bool in_region(const Region& region, const Prefix& prefix);

// Some prefixes of the region at and around its constants.
std::vector<Prefix> members_of(const Region& region, Random& random);

}  // namespace bgproof
