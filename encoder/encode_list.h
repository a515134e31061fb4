// An expression over the text of all communities of a route, as a term over which atoms it carries.
//
// A decision diagram: at each step of the reading (vocabulary.h), for each state of the machine, does it accept from
// there? Going backwards, a step is taken if one of its atoms is carried; where more communities than one make a
// difference, by their number.
#pragma once

#include <z3++.h>

#include "encoder/terms.h"

namespace bgproof {

z3::expr encode_list(Terms& terms, const SymbolicCommunities& communities, const CommunityText& text);

}  // namespace bgproof
