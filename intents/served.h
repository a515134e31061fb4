// Which families without a model are taken through the programs that serve unicast.
//
// Junos takes multicast routes through the same programs, as routes of their family's prefixes in another table: what
// holds of every route in every table holds of them. Facts about a session speak of its unicast tables and have to be
// left out of that. A program that asks for the family does not count: nobody knows whether that is multicast too.
#pragma once

#include <set>
#include <string>

#include "policy/program.h"

namespace bgproof {

// `families`: those of unicast that the program serves; `other` in the words of the config, "inet multicast".
bool serves(const Program& program, const std::set<Family>& families, const std::string& other);

}  // namespace bgproof
