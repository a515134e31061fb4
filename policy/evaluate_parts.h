// The parts of the evaluator (policy/evaluate.h), each a file: conditions, actions, the way through clauses and calls.
// For those files only.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "policy/evaluate.h"
#include "policy/numbering.h"

namespace bgproof {

// The value of a condition. `fixed`: it is the same whatever the unmodelled lines do; else `met` are those that it
// depends on.
struct Truth {
  bool value = false;
  bool fixed = true;
  std::vector<const Condition*> met;
};

// What a condition may ask for besides the route.
struct ConditionContext {
  std::function<bool(FlagId)> flag;
  std::function<const std::string&(const std::string& assumption)> reading;
  std::function<bool(const Condition& unmodelled)> matches;
};

Truth truth(const Condition& condition, const Route& route, const ConditionContext& context);

// Actions: each changes the route alone; those on the path also how many numbers at its left end stand apart
// (PrependAsns).
void apply(const SetNumber& action, Route& route);
void apply(const SetOrigin& action, Route& route);
void apply(const SetNextHop& action, Route& route);
void apply(const SetRpki& action, Route& route);
void apply(const AddCommunities& action, Route& route);
void apply(const DeleteCommunities& action, Route& route);
void apply(const KeepCommunities& action, Route& route);
void apply(const ReplaceCommunities& action, Route& route);
void apply(const PrependAsns& action, Route& route, size_t& apart);
void apply(const PrependFirst& action, Route& route, size_t& apart);
void apply(const RemovePrivate& action, Route& route, size_t& apart);
void apply(const ReplaceAsn& action, Route& route, size_t& apart);
void apply(const RemoveAsns& action, Route& route, size_t& apart);
void apply(const ReplacePath& action, Route& route, size_t& apart);
void take_touched(const AttributeSet& touches, const Route& from, Route& route);

// "local-pref 100 -> 200", "communities + 64500:1", one line for each attribute that differs.
std::vector<std::string> changes(const Route& before, const Route& after);

}  // namespace bgproof
