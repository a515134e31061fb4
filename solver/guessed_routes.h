// Concrete routes that are likely to come to the clauses of a policy: guesses that spare most questions to the solver.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "policy/program.h"
#include "policy/route.h"

namespace bgproof {

struct GuessedRoute {
  std::optional<uint32_t> clause;  // that it seems to meet; nullopt: one that meets no condition in particular
  Route route;
};

// What the conditions of each clause of the policy seem to ask for, in both families. Some may not be legal.
std::vector<GuessedRoute> guessed_routes(const Program& program, uint32_t policy);

// Some routes like this one, with other values of what policies set and with another protocol. Some may not be legal.
std::vector<Route> variations(const Route& route);

// The program with some clauses of the policy emptied.
Program without(const Program& program, uint32_t policy, const std::set<uint32_t>& clauses);

bool is_made(const Clause& clause);  // "(default)", "(continued)": a clause that stands in no text

}  // namespace bgproof
