// Random regular expressions as people write them in FRR's lists, and stranger ones.
#pragma once

#include <string>

#include "tests/generator/random.h"

namespace bgproof::frr {

std::string random_path_regex(Random& random);
std::string random_standard_regex(Random& random);
std::string random_large_regex(Random& random);
// Of one community at most: the order of several in the daemon's text is that of a history, not of a route.
std::string random_extended_regex(Random& random);

}  // namespace bgproof::frr
