#include "solver/prover.h"

#include <variant>

#include "intents/reach.h"
#include "policy/visit.h"
#include "solver/prove.h"
#include "solver/readings.h"

namespace bgproof {

namespace {

constexpr size_t kSmall = 4'000;        // conditions and entries of lists
constexpr uint64_t kSteps = 4'000'000;  // a small task that takes more has time for a context of its own

size_t weight(const Condition& condition) {
  const auto* prefixes = std::get_if<PrefixIn>(&condition.is);
  const auto* communities = std::get_if<CarriesCommunity>(&condition.is);
  return 1 + (prefixes ? prefixes->list->entries.size() : 0) + (communities ? communities->set.patterns.size() : 0);
}

}  // namespace

bool is_small(const Task& task) {
  size_t all = 0;
  auto add = [&](const Condition& condition) { all += weight(condition); };
  const Program& program = task.program;
  for_each_condition(program.entry, add);
  for_each_condition(program.rewrite, add);
  for (uint32_t policy : reached_policies(program)) for_each_condition(program.library->policies[policy].clauses, add);
  for (const TaskRow& row : task.rows) walk(row.condition, add);
  return all <= kSmall;
}

struct Prover::Parts {
  z3::context context;
};

Prover::Prover() : parts_(std::make_unique<Parts>()) {}
Prover::~Prover() = default;

std::optional<CheckResult> Prover::prove(const Task& task, const CheckOptions& options) {
  if (!task.not_checked.empty() || options.asked || !is_small(task)) return std::nullopt;
  CheckOptions quick = options;
  for (uint64_t* limit : {&quick.resource_limit, &quick.task_limit})
    if (*limit == 0 || *limit > kSteps) *limit = kSteps;
  quick.large_sets = 0;
  CheckResult result;
  bool proved = false;
  auto limit = stopped_by([&] {
    Query query(parts_->context, task, quick);
    for (const auto& [name, values] : query.encoding().readings()) result.assumptions.push_back(name);
    Property property(task, query.encoding(), query.context());
    proved = bgproof::prove(query, property, task, readings_of(query, quick).fixed, result);
  });
  return proved && !limit ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace bgproof
