// What the reader expected, in words a network engineer uses: not forty keywords but "a condition", not INT but "a
// number".
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace bgproof::intent {

// `tokens`: keywords and signs as they are written ("may", "{"), other tokens by their names in Intent.g4 ("NAME").
// Gives "`;`", "a condition", "`,`, `}` or a modifier". Never empty.
std::string expected_words(std::set<std::string> tokens);

// The keyword among `tokens` that `found` was perhaps meant to be; "" if none is near.
std::string near_keyword(const std::set<std::string>& tokens, std::string_view found);

}  // namespace bgproof::intent
