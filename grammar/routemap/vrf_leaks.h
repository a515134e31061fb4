// `vrf definition`, `ip vrf` and `vrf context` of IOS and NX-OS, as far as they say whether BGP routes of other VRFs
// may come into the table of an instance.
//
//   a VRF      takes what its route targets and import lines name; one without such a line takes nothing
//   default    takes what a VRF exports to it: `export ipv4 unicast map M`, `export vrf default map M`
//
// A VRF that nothing defines, and one whose lines are not known or cannot be told from those around it, may take
// anything.
#pragma once

#include <string_view>

#include "grammar/routemap/syntax.h"

namespace bgproof::routemap {

bool may_be_leaked_into(const Config& config, std::string_view vrf);

}  // namespace bgproof::routemap
