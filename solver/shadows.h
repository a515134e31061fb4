// Which clauses of a policy keep routes from a clause behind them: what if some were not there?
//
// Every clause of the policy gets a switch, an unmodelled line that lets routes pass it by, so that one encoding serves
// all such questions about the policy.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>

#include "solver/probes.h"
#include "solver/query.h"

namespace bgproof {

class Shadows {
 public:
  // `program` has probes. Keeps references to the last three.
  Shadows(const Program& program, uint32_t policy, const Probes& probes, z3::context& context,
          const CheckOptions& options);

  // Some legal route comes to where the clause acts if the clauses of `gone` are not there. Throws LimitReached.
  bool lives_without(uint32_t clause, const std::set<uint32_t>& gone);

 private:
  bool asked(uint32_t clause, const std::set<uint32_t>& gone);
  void replay(uint32_t clause, const std::set<uint32_t>& gone, const Witness& witness) const;

  const Program program_;
  uint32_t policy_;
  const Probes& probes_;
  z3::context& context_;
  const CheckOptions& options_;
  Task task_;                              // with switches
  std::map<ChoiceId, uint32_t> switched_;  // the clause of each switch
  std::unique_ptr<Query> query_;
};

}  // namespace bgproof
