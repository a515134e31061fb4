// Clauses of a policy that no route can ever meet, proved for every legal route of both families, whatever the
// unmodelled lines do.
//
// Guesses, tried in the reference evaluator, show most clauses alive, and the solver is asked only about the rest:
// whether a route meets the probes of the clause.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "network/device.h"
#include "policy/evaluate.h"
#include "solver/check.h"
#include "solver/probes.h"

namespace z3 {
class context;
}

namespace bgproof {

struct Unreachable {
  enum class Why : uint8_t {
    contradiction,  // its conditions exclude each other
    shadowed,       // what would meet it is decided by the clauses of `by`
    cut_off,        // nothing comes to it nor behind it: the clause of `by` decides everything
    passed_over,    // nothing comes to it: jumps lead from the clause of `by` to others behind it
  } why;
  uint32_t clause;           // index into the policy's clauses
  std::vector<uint32_t> by;  // each by itself lets the clause live if it is taken away; empty: only together
};

// A route on whose way a clause does something, and how it comes out.
struct Visitor {
  Route route;
  Choices choices;
  bool accepted;
  Route after;
  bool falls_off;  // no clause of the policy decides it
};

struct Visits {
  // In the order of the clauses. Clauses of one place (a dialect may need several for one entry) are one: dead if all
  // are. A clause about which a limit was reached is left out.
  std::vector<Unreachable> dead;
  std::map<uint32_t, std::vector<Visitor>> visitors;  // some of each clause
};
// The context may have served other policies: what is said does not depend on it.
Visits unreachable(const NamedPolicy& policy, const Probes& probes, z3::context& context, const CheckOptions& options);

// The policy that a named policy is: the one that its program calls; nullopt if the program is otherwise.
std::optional<uint32_t> policy_of(const NamedPolicy& policy);

}  // namespace bgproof
