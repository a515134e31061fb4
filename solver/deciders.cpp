#include "solver/deciders.h"

#include <fmt/format.h>

#include "base/check.h"
#include "encoder/logic.h"
#include "solver/cause.h"

namespace bgproof {

namespace {

const Leaf& leaf_of(const Encoding& encoding, const z3::model& model) {
  for (const Leaf& leaf : encoding.leaves())
    if (model.eval(leaf.guard, true).is_true()) return leaf;
  BGPROOF_CHECK(false, "every route is decided by some clause");
  throw InternalError("unreachable");
}

}  // namespace

z3::expr Deciders::alike(const z3::model& model) {
  const std::string& text = text_of(leaf_of(query_.encoding(), model).clause);
  z3::expr_vector alike(query_.context());
  for (const Leaf& leaf : query_.encoding().leaves())
    if (text_of(leaf.clause) == text) alike.push_back(leaf.guard);
  return z3::mk_or(alike);
}

std::pair<Verdict, Witness> Deciders::classify(const std::string& name, const z3::expr& cause, const z3::expr& what,
                                               const z3::expr& reading, size_t tries) {
  z3::expr surely = cause && !query_.meets_unmodelled();
  if (query_.ask(name + "-surely", "some route of this cause meets no unmodelled line that matters", surely))
    return {Verdict::violated, *query_.find_believable(surely)};
  std::optional<Witness> first = query_.find_believable(cause);
  BGPROOF_CHECK(first.has_value(), "a cause that was found stays found");
  z3::expr rest = cause;
  std::optional<Witness> candidate = first;
  if (query_.encoding().compares_unknown_paths()) return {Verdict::possible, *first};
  for (size_t i = 0; i < tries && candidate; ++i) {
    z3::expr same_route = query_.encoding().equals(candidate->route);
    if (!query_.ask(fmt::format("{}-kept-{}", name, i + 1), "unmodelled lines can keep this one route from breaking it",
                    same_route && reading && !what))
      return {Verdict::violated, *candidate};
    put(rest, rest && !same_route);
    candidate = query_.find(rest);
  }
  return {Verdict::possible, *first};
}

const std::string& Deciders::text_of(const ClauseRef& ref) {
  std::string& text = texts_[&clause_of(task_.program, ref)];
  if (text.empty()) text = resolved_text(task_.program, ref);
  return text;
}

}  // namespace bgproof
