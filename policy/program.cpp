#include "policy/program.h"

namespace bgproof {

StatementIs::StatementIs() = default;
StatementIs::StatementIs(const StatementIs&) = default;
StatementIs::StatementIs(StatementIs&&) noexcept = default;
StatementIs& StatementIs::operator=(const StatementIs&) = default;
StatementIs& StatementIs::operator=(StatementIs&&) noexcept = default;
StatementIs::~StatementIs() = default;

}  // namespace bgproof
