// Acts of policies that touch no attribute of the model and may matter to a route all the same: they keep it out for a
// while (damping) or put something on it that no condition reads (AIGP, tunnels, labels). Programs that do not differ
// in the model are equal only if they do the same such acts to the same routes.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "policy/program.h"

namespace bgproof {

// In the words of the config, in the order of the policies that the program reaches.
std::vector<std::string> silent_acts(const Program& program, const SourceSet& sources);

// The programs with each such act as a value of a number that neither of them looks at, one number for each kind of
// act. False: there are not so many.
bool show_silent_acts(std::array<Program*, 2> programs, const SourceSet& sources);

}  // namespace bgproof
