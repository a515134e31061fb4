// Values as these dialects write them: AS numbers (asdot too), addresses with masks, communities by name.
#pragma once

#include <optional>
#include <string_view>

#include "grammar/routemap/syntax.h"
#include "policy/address.h"
#include "policy/as_path.h"
#include "policy/community.h"
#include "policy/number_text.h"
#include "policy/route.h"

namespace bgproof::routemap {

std::optional<Address> address_of(std::string_view text, Family family);

// One standard community: "64500:1", a name, and where the dialect takes it a 32-bit number.
std::optional<Community> standard_community(std::string_view text, Dialect dialect);
std::optional<Community> large_community(std::string_view text);
// `kind` is "rt" or "soo"; the value "64500:1", "192.0.2.1:1", "4200000000:1" or "1.10:1".
std::optional<Community> extended_community(std::string_view kind, std::string_view text);

// "static", "connected" (direct), "ospf", ...; nullopt: none that the model knows.
std::optional<Protocol> protocol_of(std::string_view word);

}  // namespace bgproof::routemap
