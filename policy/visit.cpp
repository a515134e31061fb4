#include "policy/visit.h"

namespace bgproof {

void walk(const Condition& condition, const OnCondition& on_condition) {
  on_condition(condition);
  if (const auto* all = std::get_if<All>(&condition.is))
    for (const Condition& child : all->of) walk(child, on_condition);
  if (const auto* any = std::get_if<Any>(&condition.is))
    for (const Condition& child : any->of) walk(child, on_condition);
  if (const auto* negated = std::get_if<Not>(&condition.is)) walk(*negated->of, on_condition);
}

std::vector<const Condition*> conditions_of(const Statement& statement) {
  if (const auto* test = std::get_if<If>(&statement.is)) return {&test->condition};
  if (const auto* decide = std::get_if<DecideByDefault>(&statement.is)) return {&decide->otherwise};
  if (const auto* set = std::get_if<SetFlag>(&statement.is)) return {&set->value};
  if (const auto* call = std::get_if<Call>(&statement.is))
    if (call->undecided) return {call->undecided.get()};
  return {};
}

void walk(const Body& body, const OnStatement& on_statement) {
  for (const Statement& statement : body) {
    on_statement(statement);
    if (const auto* test = std::get_if<If>(&statement.is)) {
      walk(test->then, on_statement);
      walk(test->otherwise, on_statement);
    }
  }
}

void walk(const std::vector<Clause>& clauses, const OnStatement& on_statement) {
  for (const Clause& clause : clauses) walk(clause.body, on_statement);
}

}  // namespace bgproof
