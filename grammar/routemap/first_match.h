// Lists whose first matching line decides, as one condition: "A or (not B and C)".
#pragma once

#include <vector>

#include "policy/condition.h"

namespace bgproof::routemap {

struct Rule {
  bool permit = true;
  Condition matches;
};

// True if the first rule that matches permits; none: false.
Condition first_match(std::vector<Rule> rules, SourceRange range);

}  // namespace bgproof::routemap
