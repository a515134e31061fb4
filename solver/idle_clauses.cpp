#include "solver/idle_clauses.h"

#include <algorithm>

#include "policy/visit.h"
#include "solver/compare.h"
#include "solver/guessed_routes.h"
#include "solver/unreachable.h"

namespace bgproof {

namespace {

bool only_rejects(const Clause& clause) {
  bool rejects = false, other = false;
  walk(clause.body, [&](const Statement& statement) {
    if (std::holds_alternative<If>(statement.is)) return;
    const auto* disposition = std::get_if<Disposition>(&statement.is);
    if (disposition && disposition->decision == Decision::next_clause) return;
    (disposition && disposition->decision == Decision::reject ? rejects : other) = true;
  });
  return rejects && !other;
}

bool does_something(const Clause& clause) {
  bool does = false;
  walk(clause.body, [&](const Statement& statement) {
    const auto* disposition = std::get_if<Disposition>(&statement.is);
    does = does || !(std::holds_alternative<If>(statement.is) || std::holds_alternative<NoEffect>(statement.is) ||
                     (disposition && disposition->decision == Decision::next_clause));
  });
  return does;
}

Comparison comparison_of(const NamedPolicy& policy, const Program& without) {
  Comparison comparison;
  comparison.policies = {policy.name};
  comparison.sides[0].program = policy.program;
  comparison.sides[1].program = without;
  for (Side& side : comparison.sides) {
    side.policies = {policy.name};
    side.families = {Family::ipv4, Family::ipv6};
  }
  return comparison;
}

}  // namespace

std::vector<uint32_t> idle_clauses(const NamedPolicy& policy, const std::set<uint32_t>& dead, const SourceSet& sources,
                                   const CheckOptions& options) {
  std::vector<uint32_t> idle;
  std::optional<uint32_t> index = policy_of(policy);
  if (!index) return idle;
  const std::vector<Clause>& clauses = policy.program.library->policies[*index].clauses;
  std::vector<Route> routes = guessed_routes(policy.program, *index);
  std::erase_if(routes, [](const Route& route) { return !is_legal(route); });
  std::vector<Outcome> outcomes;
  for (const Route& route : routes) outcomes.push_back(evaluate(policy.program, route, {}));
  CheckOptions quick = options;
  quick.causes = 1;
  for (uint32_t i = 0; i < clauses.size(); ++i) {
    const SourceRange& range = clauses[i].range;
    if (!range.known() || is_made(clauses[i]) || dead.contains(i)) continue;
    std::set<uint32_t> place;
    bool acts = false, may_go = true;
    for (uint32_t n = 0; n < clauses.size(); ++n) {
      if (clauses[n].range != range) continue;
      place.insert(n);
      acts |= does_something(clauses[n]);
      may_go = may_go && !only_rejects(clauses[n]);
    }
    if (*place.begin() != i || !acts || !may_go) continue;
    Program other = without(policy.program, *index, place);
    bool matters = false;
    for (size_t n = 0; n < routes.size() && !matters; ++n) {
      Outcome outcome = evaluate(other, routes[n], {});
      matters = outcome.accepted != outcomes[n].accepted || (outcome.accepted && outcome.route != outcomes[n].route);
    }
    if (matters) continue;
    DiffResult result = compare(comparison_of(policy, other), sources, quick);
    if (result.effect == Effect::equal && !result.undecided) idle.push_back(i);
  }
  return idle;
}

}  // namespace bgproof
