// The exact set of prefixes for which a formula holds, all else being as in one model; and from that the region of a
// cause.
//
// A formula of the encoding sees the prefix through Boolean atoms alone, each of which is a PrefixDiagram. With every
// other constant replaced by its value in the model, the formula is a Boolean function of these atoms, and evaluates to
// a diagram.
#pragma once

#include <z3++.h>

#include <optional>

#include "encoder/encode.h"
#include "solver/finding.h"

namespace bgproof {

class Query;

struct Projection {
  PrefixDiagram::Node set;
  z3::expr term;  // the same, in terms of the atoms
};

// nullopt if the formula looks at address bits otherwise than through atoms.
std::optional<Projection> project(const z3::expr& formula, const z3::model& model, const Encoding& encoding);

// The projection of all offered routes with `what` on family, prefix and length, as conditions of the intent language
// whose union is exactly that.
Region region_of(Query& query, const z3::expr& what);

}  // namespace bgproof
