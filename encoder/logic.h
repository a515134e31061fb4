// Connectives that fold constants away, so that the terms of an encoding stay as small as the program that they came
// from.
#pragma once

#include <z3++.h>

#include <vector>

namespace bgproof {

// Assigns. Z3's own header forgets to release what a move assignment overwrites (4.8.12), and one deep term that stays
// behind makes the deletion of its context slow; copying does not forget.
inline void put(z3::expr& to, const z3::expr& value) { to = value; }

inline bool same(const z3::expr& a, const z3::expr& b) { return z3::eq(a, b); }

inline z3::expr not_of(const z3::expr& a) {
  if (a.is_true()) return a.ctx().bool_val(false);
  if (a.is_false()) return a.ctx().bool_val(true);
  if (a.is_app() && a.decl().decl_kind() == Z3_OP_NOT) return a.arg(0);
  return !a;
}

inline z3::expr and_of(const z3::expr& a, const z3::expr& b) {
  if (a.is_false() || b.is_true() || same(a, b)) return a;
  if (b.is_false() || a.is_true()) return b;
  return a && b;
}

inline z3::expr or_of(const z3::expr& a, const z3::expr& b) {
  if (a.is_true() || b.is_false() || same(a, b)) return a;
  if (b.is_true() || a.is_false()) return b;
  return a || b;
}

inline z3::expr and_of(z3::context& context, const std::vector<z3::expr>& of) {
  z3::expr_vector rest(context);
  for (const z3::expr& a : of) {
    if (a.is_false()) return a;
    if (!a.is_true()) rest.push_back(a);
  }
  if (rest.empty()) return context.bool_val(true);
  return rest.size() == 1 ? rest[0] : z3::mk_and(rest);
}

inline z3::expr or_of(z3::context& context, const std::vector<z3::expr>& of) {
  z3::expr_vector rest(context);
  for (const z3::expr& a : of) {
    if (a.is_true()) return a;
    if (!a.is_false()) rest.push_back(a);
  }
  if (rest.empty()) return context.bool_val(false);
  return rest.size() == 1 ? rest[0] : z3::mk_or(rest);
}

// `a` if the condition holds, else `b`.
inline z3::expr choice_of(const z3::expr& condition, const z3::expr& a, const z3::expr& b) {
  if (condition.is_true() || same(a, b)) return a;
  if (condition.is_false()) return b;
  if (a.is_bool()) {
    if (a.is_true()) return or_of(condition, b);
    if (a.is_false()) return and_of(not_of(condition), b);
    if (b.is_true()) return or_of(not_of(condition), a);
    if (b.is_false()) return and_of(condition, a);
  }
  return z3::ite(condition, a, b);
}

inline z3::expr equal(const z3::expr& a, const z3::expr& b) {
  if (same(a, b)) return a.ctx().bool_val(true);
  if (a.is_bool()) {
    if (a.is_true()) return b;
    if (b.is_true()) return a;
    if (a.is_false()) return not_of(b);
    if (b.is_false()) return not_of(a);
  }
  return a == b;
}

}  // namespace bgproof
