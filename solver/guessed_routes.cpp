#include "solver/guessed_routes.h"

#include "solver/example.h"

namespace bgproof {

namespace {

constexpr uint32_t kRareNumber = 4242;

void guesses(const Body& body, Route route, std::vector<Route>& into) {
  for (const Statement& statement : body) {
    const If* test = std::get_if<If>(&statement.is);
    if (!test) continue;
    Route guessed = guess(test->condition, route);
    into.push_back(guessed);
    // Each alternative by itself: earlier clauses may take the first one.
    if (const Any* any = std::get_if<Any>(&test->condition.is))
      for (const Condition& one : any->of) into.push_back(guess(one, route));
    guesses(test->then, guessed, into);
  }
}

}  // namespace

std::vector<GuessedRoute> guessed_routes(const Program& program, uint32_t policy) {
  const std::vector<Clause>& clauses = program.library->policies[policy].clauses;
  std::vector<GuessedRoute> routes;
  for (Family family : {Family::ipv4, Family::ipv6}) {
    Task task;
    task.families = {family};
    task.roles = {"originated", "unassigned"};
    task.program = program;
    task.offered = always();
    std::optional<Route> start = guess_offered(task);
    if (!start) continue;
    routes.push_back({std::nullopt, *start});
    for (uint32_t i = 0; i < clauses.size(); ++i) {
      std::vector<Route> of_clause;
      guesses(clauses[i].body, *start, of_clause);
      for (Route& route : of_clause) routes.push_back({i, std::move(route)});
    }
  }
  return routes;
}

std::vector<Route> variations(const Route& route) {
  bool is_bgp = route.protocol == Protocol::bgp;
  Route other = route;
  other.communities.clear();
  other.origin = Origin::incomplete;
  other.numbers.fill(kRareNumber);
  return {with_protocol(is_bgp ? Protocol::static_ : Protocol::bgp, route), other};
}

Program without(const Program& program, uint32_t policy, const std::set<uint32_t>& clauses) {
  auto library = std::make_shared<PolicyLibrary>(*program.library);
  for (uint32_t clause : clauses) library->policies[policy].clauses[clause].body.clear();
  Program result = program;
  result.library = library;
  return result;
}

bool is_made(const Clause& clause) { return clause.name.starts_with("(") && clause.name != "(unnamed)"; }

}  // namespace bgproof
