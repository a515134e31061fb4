// From `router bgp` to the sessions of the device with the programs that they run in each direction (bgp_programs.h),
// in the order of the text: those of the default instance and of each VRF.
#pragma once

#include <set>
#include <vector>

#include "grammar/routemap/context.h"
#include "network/device.h"

namespace bgproof::routemap {

std::vector<Session> lower_sessions(Context& context);

// The addresses of the device's interfaces, second ones and IPv6 too; not those that it shares with others (HSRP,
// VRRP).
std::set<Address> own_addresses(const Config& config);

}  // namespace bgproof::routemap
