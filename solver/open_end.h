// A policy by itself, where its dialect lets a route fall off its end: what comes behind it is not known. Another policy
// of a chain may accept or reject what is left, and the default of a protocol other than BGP is another one. Who says
// that two policies do the same has it so for every end.
#pragma once

#include <cstdint>
#include <vector>

#include "policy/program.h"

namespace bgproof {

// Together the first two tell falling off the end from accepting and from rejecting. The others say the same of what
// a policy sets as the default and leaves to those behind it.
enum class End : uint8_t { rejects, accepts, rejects_by_default, accepts_by_default };

// The ends that tell all apart that these two can do; none: both decide every route themselves.
std::vector<End> ends_of(const Program& a, const Program& b);

// The program with this end; itself if no route falls off its end.
Program ended(Program program, End end);

}  // namespace bgproof
