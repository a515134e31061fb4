// How the routes after two programs differ that were offered the same route: one term for each attribute.
//
// Exact where both programs accept and no unmodelled line had a hand in it, but for pairs of AS-path changes that no
// formula compares (path_difference.cpp); there `undecided` holds, and "as-path" counts as different. Of communities
// that unmodelled lines put there, too, "different" is meant where they may be.
#pragma once

#include <z3++.h>

#include <string_view>
#include <utility>
#include <vector>

namespace bgproof {

class Terms;
struct SymbolicRoute;

struct Difference {
  std::vector<std::pair<std::string_view, z3::expr>> attributes;  // those that may differ, by the names of reports
  z3::expr any;
  z3::expr undecided;  // the paths were changed in two ways that nothing compares
};

Difference encode_difference(Terms& terms, const SymbolicRoute& a, const SymbolicRoute& b);

}  // namespace bgproof
