// "Did you mean": the known word nearest to an unknown one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bgproof {

// Insertions, deletions, replacements and swaps of neighbors, without regard to case.
size_t edit_distance(std::string_view a, std::string_view b);

// The nearest of `known`, "" if none is near enough to be meant (a third of the length, at least one, at most three).
// Of equally near ones the first.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

// "`a`", "`a` or `b`", "`a`, `b` or `c`".
std::string quoted_list(const std::vector<std::string>& words);

}  // namespace bgproof
