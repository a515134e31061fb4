// A condition as a term over a symbolic route.
//
// Whatever speaks of the prefix alone, and every Boolean combination of such conditions, becomes one diagram before it
// becomes a Boolean, so that `orlonger` of a /8 without one of its /16s is one definition.
//
// A condition also says when its value depends on an unmodelled line in it: not where the line stands beside a false
// conjunct or a true alternative (policy/evaluate.h: Outcome::met).
#pragma once

#include <z3++.h>

#include <functional>
#include <utility>
#include <vector>

#include "encoder/terms.h"

namespace bgproof {

// What a condition may ask for besides the route. A row of an intent has neither.
struct ConditionScope {
  std::function<z3::expr(FlagId)> flag;
  std::function<z3::expr(const Condition& unmodelled)> matches;
};

struct EncodedCondition {
  z3::expr value;
  std::vector<std::pair<const Condition*, z3::expr>> met;  // unmodelled lines, and when the value depends on them
};

EncodedCondition encode_condition(Terms& terms, const Condition& condition, const SymbolicRoute& route,
                                  const SymbolicPath& path, const ConditionScope& scope);
// Of a condition on a route alone.
z3::expr encode_condition(Terms& terms, const Condition& condition, const SymbolicRoute& route);

z3::expr in_ranges(const z3::expr& value, const std::vector<NumberRange>& ranges);
z3::expr carries_any(Terms& terms, const SymbolicCommunities& communities, const CommunitySet& set);

}  // namespace bgproof
