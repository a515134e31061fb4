#include "intents/served.h"

#include "intents/reach.h"

namespace bgproof {

bool serves(const Program& program, const std::set<Family>& families, const std::string& other) {
  bool v4 = other == "inet multicast", v6 = other == "inet6 multicast";
  if (!v4 && !v6) return false;
  if (!families.contains(v4 ? Family::ipv4 : Family::ipv6)) return false;
  bool asks = false;
  std::set<const Condition*> of_assumption;
  auto look = [&](const Condition& condition) {
    if (const auto* any = std::get_if<Any>(&condition.is))
      for (const Condition& one : any->of)
        if (const auto* assumed = std::get_if<AssumptionIs>(&one.is);
            assumed && assumed->name == "junos.from-without-family")
          for (const Condition& alternative : any->of) of_assumption.insert(&alternative);
    asks = asks || (std::holds_alternative<FamilyIs>(condition.is) && !of_assumption.contains(&condition));
  };
  for_each_condition(program.entry, look);
  for_each_condition(program.rewrite, look);
  for (uint32_t policy : reached_policies(program)) for_each_condition(program.library->policies[policy].clauses, look);
  return !asks;
}

}  // namespace bgproof
