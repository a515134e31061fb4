// Why a condition holds or not of one route, for people: each condition with its place, its value and what of the route
// decides it ("10.0.0.0/8 is not in it; nearest entry 10.1.0.0/16").
//
// The values are those of the reference evaluator; nothing here decides anything.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "policy/evaluate_parts.h"

namespace bgproof {

struct Reason {
  SourceRange range;
  std::string text;  // the condition in words
  bool holds = false;
  bool open = false;  // it could be otherwise if an unmodelled line did otherwise
  std::string why;
};

// What is known of a flag's value: "OWN-ROUTES returned accept".
using FlagTexts = std::map<FlagId, std::string>;

// The conditions that stand at places of their own, in the order of the text; what a named assumption makes
// irrelevant is left out. Never empty.
std::vector<Reason> explain(const Condition& condition, const Route& route, const ConditionContext& context,
                            const FlagTexts& flags);

}  // namespace bgproof
