// Numbers as configs, intents and data files write them: decimal digits alone, of at most 32 bits; nullopt: anything else.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "policy/as_path.h"

namespace bgproof {

std::optional<uint32_t> number_of(std::string_view text);
std::optional<Asn> asn_of(std::string_view text);            // "65000", "1.10" (RFC 5396)
std::optional<Asn> asn_behind_letters(std::string_view text);  // "65000", "AS65000", "as65000"

}  // namespace bgproof
