// Visiting the model's variants and walking its trees, in the one order that everything counts by: the order of the
// text.
//
// `visit_with(variant, f, g, ...)` needs one function for every alternative; a new alternative does not compile until
// each visitor knows it. Never give it a generic lambda.
//
// The walks are preorder. A statement's conditions come right after the statement itself, then If::then, then
// If::otherwise. A call is not entered.
#pragma once

#include <functional>
#include <utility>
#include <variant>
#include <vector>

#include "policy/condition.h"
#include "policy/program.h"

namespace bgproof {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

template <class Variant, class... Functions>
decltype(auto) visit_with(Variant&& variant, Functions&&... functions) {
  return std::visit(Overloaded{std::forward<Functions>(functions)...}, std::forward<Variant>(variant));
}

using OnCondition = std::function<void(const Condition&)>;
using OnStatement = std::function<void(const Statement&)>;

// The condition and everything in it.
void walk(const Condition& condition, const OnCondition& on_condition);

// The conditions that stand in the statement itself (not those of the statements nested in it), each as a root.
std::vector<const Condition*> conditions_of(const Statement& statement);

void walk(const Body& body, const OnStatement& on_statement);
void walk(const std::vector<Clause>& clauses, const OnStatement& on_statement);

}  // namespace bgproof
