// Which offered routes a network can hold at all: is_legal of policy/route.h, the families of the task and the roles
// that learned-from can have. An assertion of its own, never part of "accepted": its negation would be wrong.
#pragma once

#include <z3++.h>

#include "encoder/terms.h"

namespace bgproof {

// Looks at the family, but at no bit of the address nor at the length.
z3::expr legal_attributes(Terms& terms);
// No bits beyond the length, and a length that the family has.
z3::expr legal_prefix(Terms& terms);

// "inet.0", "VRF.inet6.2": what the name tells; nullopt if it tells nothing.
std::optional<Family> family_of_rib(const std::string& name);

}  // namespace bgproof
