// Where kinds of communities that must not be mixed change places in the order of their numbers.
//
// The order is that of the numbers, not of the texts: a field is read digit by digit, shorter numbers first. What lies
// below some leading digits is one block unless kinds that exclude each other occur in it. The type of an extended
// community comes first and decides how the rest is written.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "encoder/automaton/printed_communities.h"

namespace bgproof {

// Communities, ascending, so that of any two kinds x and y with bit y in `excluded[x]` only one has members at or above
// one of them and below the next. As few as there can be of standard and large ones; nullopt if these are more than
// `most`. `kind_of` by class of `communities`, below 64.
std::optional<std::vector<Community>> boundaries(const PrintedCommunities& communities, CommunityKind kind,
                                                 const std::vector<uint32_t>& kind_of,
                                                 const std::vector<uint64_t>& excluded, size_t most);

}  // namespace bgproof
