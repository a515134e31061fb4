#include "intents/reach.h"

#include <vector>

namespace bgproof {
namespace {

void within(const Condition& condition, const std::function<void(const Condition&)>& visit) {
  visit(condition);
  if (const auto* all = std::get_if<All>(&condition.is)) {
    for (const Condition& c : all->of) within(c, visit);
  }
  if (const auto* any = std::get_if<Any>(&condition.is)) {
    for (const Condition& c : any->of) within(c, visit);
  }
  if (const auto* negation = std::get_if<Not>(&condition.is)) within(*negation->of, visit);
}

void for_each_statement(const Body& body, const std::function<void(const Statement&)>& visit) {
  for (const Statement& statement : body) {
    visit(statement);
    if (const auto* branch = std::get_if<If>(&statement.is)) {
      for_each_statement(branch->then, visit);
      for_each_statement(branch->otherwise, visit);
    }
  }
}

}  // namespace

void for_each_condition(const std::vector<Clause>& clauses, const std::function<void(const Condition&)>& visit) {
  for (const Clause& clause : clauses) {
    for_each_statement(clause.body, [&](const Statement& statement) {
      if (const auto* branch = std::get_if<If>(&statement.is)) within(branch->condition, visit);
      if (const auto* decide = std::get_if<DecideByDefault>(&statement.is)) within(decide->otherwise, visit);
      if (const auto* flag = std::get_if<SetFlag>(&statement.is)) within(flag->value, visit);
      const auto* call = std::get_if<Call>(&statement.is);
      if (call && call->undecided) within(*call->undecided, visit);
    });
  }
}

std::set<uint32_t> reached_policies(const Program& program) {
  std::set<uint32_t> reached;
  std::vector<const std::vector<Clause>*> open = {&program.entry, &program.rewrite};
  while (!open.empty()) {
    const std::vector<Clause>* clauses = open.back();
    open.pop_back();
    for (const Clause& clause : *clauses) {
      for_each_statement(clause.body, [&](const Statement& statement) {
        const auto* call = std::get_if<Call>(&statement.is);
        if (call && program.library && reached.insert(call->policy).second)
          open.push_back(&program.library->policies.at(call->policy).clauses);
      });
    }
  }
  return reached;
}

bool tests_neighbor(const Program& program) {
  bool found = false;
  auto look = [&](const Condition& condition) { found = found || std::holds_alternative<NeighborIn>(condition.is); };
  for_each_condition(program.entry, look);
  for_each_condition(program.rewrite, look);
  for (uint32_t policy : reached_policies(program)) for_each_condition(program.library->policies[policy].clauses, look);
  return found;
}

}  // namespace bgproof
