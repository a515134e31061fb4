// What is wrong with the clauses of a policy that the solver can tell without an intent: those that no route meets, and
// those that change nothing.
//
// One finder serves many policies in one Z3 context, because making and ending a context takes longer than most of the
// questions. What it says of a policy does not depend on those before.
#pragma once

#include <memory>
#include <vector>

#include "solver/unreachable.h"

namespace bgproof {

struct ClauseSmells {
  std::vector<Unreachable> dead;
  std::vector<uint32_t> idle;  // indices into the policy's clauses
};

class ClauseSmellFinder {
 public:
  explicit ClauseSmellFinder(const CheckOptions& options);
  ~ClauseSmellFinder();
  ClauseSmellFinder(const ClauseSmellFinder&) = delete;
  ClauseSmellFinder& operator=(const ClauseSmellFinder&) = delete;

  ClauseSmells find(const NamedPolicy& policy, const Probes& probes);

 private:
  struct Parts;  // a Z3 context
  std::unique_ptr<Parts> parts_;
  CheckOptions options_;
};

}  // namespace bgproof
