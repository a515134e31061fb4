// Where the routes of sessions come from: the addresses of their neighbors, as a list to match against.
#pragma once

#include <memory>
#include <vector>

#include "network/device.h"

namespace bgproof {

// Of each session the neighbor's address or range of addresses; every address if the text names none, because the
// neighbor stands behind an interface or is discovered.
std::shared_ptr<const PrefixList> neighbors_of(const std::vector<const Session*>& sessions);

}  // namespace bgproof
