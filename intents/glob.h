// Shell patterns over whole names: `*` any text, `?` one character, `[a-z]` one of these, `[!a-z]` none of these.
#pragma once

#include <string_view>

namespace bgproof {

bool glob_matches(std::string_view pattern, std::string_view text);

}  // namespace bgproof
