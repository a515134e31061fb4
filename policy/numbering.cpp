#include "policy/numbering.h"

#include "base/check.h"
#include "policy/visit.h"

namespace bgproof {

Numbering::Numbering(const std::vector<Clause>& clauses) {
  std::map<ChoiceId, uint32_t> next;
  walk(clauses, [&](const Statement& statement) {
    if (std::holds_alternative<Call>(statement.is)) {
      auto index = static_cast<uint32_t>(calls_.size());
      calls_.emplace(&statement, index);
    }
    if (const auto* havoc = std::get_if<Havoc>(&statement.is)) havocs_.emplace(&statement, next[havoc->choice]++);
    for (const Condition* root : conditions_of(statement))
      walk(*root, [&](const Condition& condition) {
        const auto* unmodelled = std::get_if<Unmodelled>(&condition.is);
        if (!unmodelled || unmodelled_.contains({&statement, &condition})) return;
        unmodelled_.emplace(std::pair(&statement, &condition), next[unmodelled->choice]++);
      });
  });
}

uint32_t Numbering::call(const Statement& call) const {
  auto found = calls_.find(&call);
  BGPROOF_CHECK(found != calls_.end(), "the call must stand in the numbered clauses");
  return found->second;
}

uint32_t Numbering::occurrence(const Statement& havoc) const {
  auto found = havocs_.find(&havoc);
  BGPROOF_CHECK(found != havocs_.end(), "the statement must stand in the numbered clauses");
  return found->second;
}

uint32_t Numbering::occurrence(const Statement& root, const Condition& unmodelled) const {
  auto found = unmodelled_.find({&root, &unmodelled});
  BGPROOF_CHECK(found != unmodelled_.end(), "the condition must stand in the statement");
  return found->second;
}

}  // namespace bgproof
