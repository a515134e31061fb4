// `missing-policy` of EOS: what becomes of the routes of a direction in which a session has no policy.
//
// The line of the most specific level counts: neighbor, group, VRF, and perhaps the process. A direction without any
// filter has no policy (RFC 8212 is what the command is for). Of a route map that nothing defines, of lists beside no
// route map, of internal sessions and of VRFs no page speaks: named assumptions. `include` counts what a map refers to
// among what may be missing; whether that is so is free.
#pragma once

#include <vector>

#include "grammar/routemap/bgp_filters.h"
#include "grammar/routemap/bgp_session.h"

namespace bgproof::routemap {

// In front of the filters of a direction: rejects everything where the direction is closed, by its own line or by a
// `deny-in-out` of the other one. Empty on other dialects.
std::vector<Clause> missing_policy(Context& context, const BgpScope& scope, const SessionSetup& setup, bool import,
                                   const Filters& in, const Filters& out);

}  // namespace bgproof::routemap
