#include "solver/open_end.h"

#include <algorithm>

#include "intents/reach.h"
#include "policy/visit.h"

namespace bgproof {

namespace {

bool is_open(const Program& program) {
  if (program.entry.empty()) return false;
  const Body& last = program.entry.back().body;
  return last.size() == 1 && std::holds_alternative<DecideByDefault>(last.front().is);
}

bool sets_default(const Program& program) {
  std::set<uint32_t> reached = reached_policies(program);
  return std::any_of(reached.begin(), reached.end(), [&](uint32_t policy) {
    bool sets = false;
    walk(program.library->policies[policy].clauses,
         [&](const Statement& statement) { sets = sets || std::holds_alternative<SetDefault>(statement.is); });
    return sets;
  });
}

}  // namespace

std::vector<End> ends_of(const Program& a, const Program& b) {
  if (!is_open(a) && !is_open(b)) return {};
  std::vector<End> ends = {End::rejects, End::accepts};
  if (sets_default(a) || sets_default(b)) ends.insert(ends.end(), {End::rejects_by_default, End::accepts_by_default});
  return ends;
}

Program ended(Program program, End end) {
  if (!is_open(program)) return program;
  bool accepts = end == End::accepts || end == End::accepts_by_default;
  Clause& last = program.entry.back();
  last.name = accepts ? "(if the end accepts)" : "(if the end rejects)";
  if (end == End::accepts || end == End::rejects)
    last.body.front().is = Disposition{accepts ? Decision::accept : Decision::reject, 0};
  else
    last.body.front().is = DecideByDefault{accepts ? always() : never()};
  return program;
}

}  // namespace bgproof
