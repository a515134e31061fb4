// A question without an intent: is there a route with a condition that a policy accepts (or rejects), and whose result
// fulfils some obligations? The condition and the obligations are those of the task's only row.
#pragma once

#include <string>
#include <vector>

#include "intents/task.h"
#include "solver/check.h"
#include "solver/finding.h"

namespace bgproof {

struct Answer {
  // violated: such a route exists; possible: only if an unmodelled line or an open assumption does as assumed; proved:
  // there is none; unknown, not_checked as always.
  Verdict verdict = Verdict::proved;
  // One for each clause text that decides such routes, in the words of a finding: `region` holds all their prefixes.
  std::vector<Finding> findings;
  bool complete = true;                  // false: more clauses decide than are listed
  bool vacuous = false;                  // proved because no offered route meets the condition at all
  std::vector<std::string> assumptions;  // names that the program or the row tests
  std::string reason;                    // unknown, not_checked: why
};

// Unsatisfiable iff no offered route with the condition is accepted with the obligations (rejected), whatever the
// unmodelled lines do.
Answer ask(const Task& task, bool rejects, const SourceSet& sources, const CheckOptions& options);

// Some legal route of the family meets the condition, whoever offers it; true if a limit was reached.
bool can_meet(const Task& task, Family family, const CheckOptions& options);

}  // namespace bgproof
