// Breaks the long lines of a text report for a terminal, between words and under what they go on with: the values of
// notes under their values, other lines under their words. Lines of source text and what is drawn under them stay as
// they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bgproof {

std::string wrapped(std::string_view text, size_t width);

}  // namespace bgproof
