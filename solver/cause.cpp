#define XXH_INLINE_ALL
#include "solver/cause.h"

#include <fmt/format.h>
#include <xxhash.h>

#include "base/check.h"

namespace bgproof {

const Clause& clause_of(const Program& program, const ClauseRef& ref) {
  const std::vector<Clause>& clauses = ref.policy       ? program.library->policies.at(*ref.policy).clauses
                                       : ref.in_rewrite ? program.rewrite
                                                        : program.entry;
  BGPROOF_CHECK(ref.clause < clauses.size(), "a clause reference names a clause");
  return clauses[ref.clause];
}

std::string clause_name(const Task& task, const ClauseRef& ref) {
  const Clause& clause = clause_of(task.program, ref);
  if (ref.policy) return task.program.library->policies.at(*ref.policy).name + "/" + clause.name;
  return task.policies.empty() || !clause.conditions.empty() ? clause.name : task.policies.back() + "/" + clause.name;
}

std::string resolved_text(const Program& program, const ClauseRef& ref) {
  return to_string(clause_of(program, ref), *program.library);
}

std::string fingerprint(const std::string& text) {
  return fmt::format("{:016x}", XXH3_64bits(text.data(), text.size()));
}

}  // namespace bgproof
