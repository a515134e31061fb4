#include "solver/guessed_routes.h"

#include "solver/example.h"

namespace bgproof {

namespace {

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

std::vector<Route> guessed_routes(const Program& program, uint32_t policy) {
  std::vector<Route> routes;
  for (Family family : {Family::ipv4, Family::ipv6}) {
    Task task;
    task.families = {family};
    task.roles = {"originated", "unassigned"};
    task.program = program;
    task.offered = always();
    std::optional<Route> start = guess_offered(task);
    if (!start) continue;
    routes.push_back(*start);
    for (const Clause& clause : program.library->policies[policy].clauses) guesses(clause.body, *start, routes);
  }
  return routes;
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
