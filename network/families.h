// Which families a policy meets: those of the sessions whose programs reach it, directly or through calls.
#pragma once

#include <set>
#include <vector>

#include "network/device.h"

namespace bgproof {

// One set for each policy of the library; empty where no session uses it.
std::vector<std::set<Family>> families_of_policies(const PolicyLibrary& library, const std::vector<Session>& sessions);

}  // namespace bgproof
