#include "solver/clause_smells.h"

#include <z3++.h>

#include "solver/idle_clauses.h"

namespace bgproof {

struct ClauseSmellFinder::Parts {
  z3::context context;
};

ClauseSmellFinder::ClauseSmellFinder(const CheckOptions& options)
    : parts_(std::make_unique<Parts>()), options_(options) {}
ClauseSmellFinder::~ClauseSmellFinder() = default;

ClauseSmells ClauseSmellFinder::find(const NamedPolicy& policy, const Probes& probes) {
  Visits visits = unreachable(policy, probes, parts_->context, options_);
  std::vector<uint32_t> idle = idle_clauses(policy, visits, parts_->context, options_);
  return {std::move(visits.dead), std::move(idle)};
}

}  // namespace bgproof
