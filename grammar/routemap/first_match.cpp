#include "grammar/routemap/first_match.h"

#include <utility>

namespace bgproof::routemap {

Condition first_match(std::vector<Rule> rules, SourceRange range) {
  Condition result = never(range);
  bool nothing = true;  // `result` is false still
  for (size_t i = rules.size(); i-- > 0;) {
    if (!rules[i].permit) {
      if (nothing) continue;
      result = all_of({not_(std::move(rules[i].matches), range), std::move(result)}, range);
      continue;
    }
    // A run of permits is one disjunction.
    std::vector<Condition> any;
    size_t first = i;
    while (first > 0 && rules[first - 1].permit) --first;
    for (size_t each = first; each <= i; ++each) any.push_back(std::move(rules[each].matches));
    if (!nothing) any.push_back(std::move(result));
    result = any_of(std::move(any), range);
    nothing = false;
    i = first;
  }
  return result;
}

}  // namespace bgproof::routemap
