#include "policy/condition.h"

#include <utility>

namespace bgproof {

ConditionIs::ConditionIs() = default;
ConditionIs::ConditionIs(const ConditionIs&) = default;
ConditionIs::ConditionIs(ConditionIs&&) noexcept = default;
ConditionIs& ConditionIs::operator=(const ConditionIs&) = default;
ConditionIs& ConditionIs::operator=(ConditionIs&&) noexcept = default;
ConditionIs::~ConditionIs() = default;

Condition always(SourceRange range) { return {Constant{true}, range}; }
Condition never(SourceRange range) { return {Constant{false}, range}; }

Condition all_of(std::vector<Condition> of, SourceRange range) {
  if (of.size() == 1) return std::move(of.front());
  return {All{std::move(of)}, range};
}

Condition any_of(std::vector<Condition> of, SourceRange range) {
  if (of.size() == 1) return std::move(of.front());
  return {Any{std::move(of)}, range};
}

Condition not_(Condition of, SourceRange range) {
  return {Not{std::make_shared<const Condition>(std::move(of))}, range};
}

}  // namespace bgproof
