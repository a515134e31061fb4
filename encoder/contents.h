// Which communities of an atom a route has after an unmodelled line put new ones there, as far as an obligation asks.
//
// "Carries some member" does not say whether the members are the same as before. `keep` asks if those before are still
// among those after, `unchanged` if they are the same: two Booleans for each such line and atom of more than one
// community, and which combinations exist is defined by the numbers of members. Decoding makes them true.
#pragma once

#include <z3++.h>

#include <map>
#include <vector>

#include "encoder/encode_program.h"
#include "encoder/terms.h"

namespace bgproof {

class Contents {
 public:
  struct Relation {
    z3::expr includes;  // if both carry the atom: the line's communities include those of the offered route
    z3::expr equals;    // ... are the same
  };

  Contents(Terms& terms, const std::vector<Line>& lines) : terms_(terms), lines_(lines) {}

  // The communities of the atom that the offered route had are among, or are, those that `after` has; if both have
  // some.
  z3::expr includes(const SymbolicRoute& after, AtomId atom);
  z3::expr equals(const SymbolicRoute& after, AtomId atom);

  // By number of the line (FreeAction::whose) and atom.
  const std::map<std::pair<uint32_t, AtomId>, Relation>& relations() const { return relations_; }

 private:
  const Relation& relation(const FreeAction& action, AtomId atom);
  z3::expr related(const SymbolicRoute& after, AtomId atom, bool equal);

  Terms& terms_;
  const std::vector<Line>& lines_;
  std::map<std::pair<uint32_t, AtomId>, Relation> relations_;
};

}  // namespace bgproof
