// Short forms to write programs in tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "policy/evaluate.h"

namespace bgproof::testing {

inline Condition is(Condition::Is what) { return {std::move(what), {}}; }
inline Statement does(Statement::Is what, SourceRange range = {}) { return {std::move(what), range}; }
inline Statement accept() { return does(Disposition{Decision::accept, 0}); }
inline Statement reject() { return does(Disposition{Decision::reject, 0}); }
inline Statement next_clause() { return does(Disposition{Decision::next_clause, 0}); }
inline Statement next_policy() { return does(Disposition{Decision::next_policy, 0}); }
inline Statement go_to(uint32_t target) { return does(Disposition{Decision::go_to, target}); }
inline Statement when(Condition condition, Body then, Body otherwise = {}) {
  return does(If{std::move(condition), std::move(then), std::move(otherwise)});
}
inline Statement chain(uint32_t policy) { return does(Call{Call::As::chain, policy, 0, nullptr}); }
inline Statement test(uint32_t policy, FlagId flag, Condition undecided) {
  return does(Call{Call::As::test, policy, flag, std::make_shared<const Condition>(std::move(undecided))});
}
inline Statement local_pref(uint32_t value) {
  return does(SetNumber{SetNumber::How::assign, Number::local_pref, value, 0});
}
inline Statement add_community(std::string_view text) { return does(AddCommunities{{parse_community(text).value()}}); }
inline Condition has(std::string_view text) {
  CommunitySet set;
  set.patterns.push_back({parse_community(text).value(), {}});
  return is(CarriesCommunity{set});
}

inline Clause clause(std::string name, Body body) { return {std::move(name), std::move(body), {}, {}}; }
inline Policy policy(std::string name, std::vector<Clause> clauses) {
  return {std::move(name), std::move(clauses), {}};
}

inline Program program(std::vector<Policy> policies, std::vector<Clause> entry, std::vector<Clause> rewrite = {}) {
  auto library = std::make_shared<PolicyLibrary>();
  library->policies = std::move(policies);
  library->unmodelled = {{{}, "line 0"}, {{}, "line 1"}};
  return {library, std::move(entry), std::move(rewrite)};
}

// The clauses of a policy as the whole program, then reject.
inline Program alone(std::vector<Clause> clauses) {
  return program({policy("P", std::move(clauses))}, {clause("chain", {chain(0)}), clause("(default)", {reject()})});
}

inline Route route() {
  Route route;
  route.prefix = parse_prefix("192.0.2.0/24").value();
  route.as_path = path_of({64496});
  return route;
}

}  // namespace bgproof::testing
