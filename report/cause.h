// Findings of one cause, gathered over all checks: one block of text, whatever number of sessions share it.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "report/report.h"

namespace bgproof {

struct Cause {
  // The first finding of the cause stands for all of them.
  const Check* check = nullptr;
  const Finding* finding = nullptr;
  std::vector<const Check*> checks;  // all that have it, each once

  size_t policies() const;  // entries of the chains, by device
  size_t sessions() const;
  size_t devices() const;
};

// In the order of the verdicts, then of the checks.
std::vector<Cause> causes(const Report& report);

// Checks without findings that say why they were not decided, the same reason once.
struct Undecided {
  std::string code;  // may be empty
  std::string reason;
  Verdict verdict = Verdict::not_checked;
  std::vector<const Check*> checks;
};
std::vector<Undecided> undecided(const Report& report);

}  // namespace bgproof
