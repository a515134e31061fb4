// Communities by which a device keeps a route back (RFC 1997): NO_ADVERTISE from every neighbor, NO_EXPORT from those
// of other ASes, NO_EXPORT_SUBCONFED from those of other members of a confederation too.
//
// A route that comes with one of them is taken as offered all the same, which only adds to what may leave: a policy may
// delete it before the device looks. What matters is a route that gets one on the way out. If the device looks at what
// the policies have made of the route it is not sent, so that nobody may call it sent for certain.
#pragma once

#include <optional>
#include <vector>

#include "network/device.h"
#include "policy/community.h"

namespace bgproof {

std::vector<Community> held_back(bool external, bool confederated);

// Those that a policy of the library, or a policy that it calls, may give to a route.
std::vector<Community> added_by(const PolicyLibrary& library, uint32_t policy, const std::vector<Community>& of);
std::vector<Community> added_by(const Program& program, const PolicyLibrary& library, const std::vector<Community>& of);

// One for each community, told apart by flags: `remember` stands in front and tells who came with it, `reject` behind
// keeps back those that carry it and did not come with it, where `when` holds.
struct HeldBack {
  Body remember;
  Body reject;
};
HeldBack hold_back(const std::vector<std::pair<Community, FlagId>>& communities, const Condition& when, SourceRange at);

}  // namespace bgproof
