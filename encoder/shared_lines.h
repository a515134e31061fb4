// Which unmodelled lines of a first program do the same as one of its twin: those of the same text, where both are
// reached with the same route. Nobody knows what such a line does, but it is one device that does it.
//
// The route is the same if all its terms have the same values. Of AS paths the forms (paths.h) have to be the same, and
// of several communities in one atom whose they are: that may miss equal routes, which leaves more free, never less. So
// does the limit on how many lines are looked at.
#pragma once

#include <z3++.h>

#include <string>
#include <utility>
#include <vector>

#include "encoder/encode_program.h"

namespace bgproof {

// The text that tells which lines are alike, and what an action may do.
std::string text_of(const Program& program, ChoiceId choice, const Havoc* action);

z3::expr same_route(Terms& terms, const SymbolicRoute& a, const SymbolicRoute& b);

// Lines of `first` with the text of `reached`, each with the term that says that it is reached with the same route. The
// clauses of the same name come first: the earlier one counts where several terms hold.
std::vector<std::pair<const Line*, z3::expr>> lines_alike(Terms& terms, const EncodedProgram& first,
                                                          const Reached& reached);

// Where `shared` holds, `to` does what `from` does.
void share(const z3::expr& shared, const FreeAction& from, FreeAction& to);

}  // namespace bgproof
