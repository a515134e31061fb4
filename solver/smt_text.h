// Z3 terms as a script in SMT-LIB 2, shared terms by name, in the order in which they are met: the same terms give the
// same bytes, whatever else their context has seen.
#pragma once

#include <z3++.h>

#include <string>
#include <vector>

namespace bgproof {

// Asks whether all the assertions can be true. CHECKs that it knows every operator in them.
std::string to_smt(const std::vector<z3::expr>& assertions);

}  // namespace bgproof
