#include "solver/shadows.h"

#include <utility>

#include "base/check.h"
#include "solver/guessed_routes.h"
#include "solver/readings.h"

namespace bgproof {

Shadows::Shadows(const Program& program, uint32_t policy, const Probes& probes, z3::context& context,
                 const CheckOptions& options)
    : program_(program),
      policy_(policy),
      probes_(probes),
      context_(context),
      options_(options),
      task_(any_route_through(program)) {
  auto library = std::make_shared<PolicyLibrary>(*program.library);
  std::vector<Clause>& clauses = library->policies[policy].clauses;
  for (uint32_t clause = 0; clause < clauses.size(); ++clause) {
    ChoiceId choice{static_cast<uint32_t>(library->unmodelled.size())};
    library->unmodelled.push_back({{}, "switch", true});
    switched_[choice] = clause;
    Body whole = std::exchange(clauses[clause].body, {});
    clauses[clause].body.push_back({If{{Unmodelled{choice}, {}}, {}, std::move(whole)}, {}});
  }
  task_.program.library = std::move(library);
}

bool Shadows::lives_without(uint32_t clause, const std::set<uint32_t>& gone) {
  bool fresh = !query_;
  try {
    return asked(clause, gone);
  } catch (const LimitReached&) {
    // The questions before may have used up the limit.
    query_ = nullptr;
    if (fresh) throw;
    return asked(clause, gone);
  }
}

bool Shadows::asked(uint32_t clause, const std::set<uint32_t>& gone) {
  if (!query_) query_ = std::make_unique<Query>(context_, task_, options_);
  z3::expr_vector acts(context_), all(context_);
  for (const ChoicePoint& point : query_->encoding().choice_points()) {
    const Probes::Probe* probe = probes_.find(point.key, policy_);
    if (probe && probe->clause == clause && probe->acts) acts.push_back(point.met);
    auto at = switched_.find(point.key.choice);
    if (at != switched_.end()) all.push_back(gone.contains(at->second) ? point.acts : !point.acts);
  }
  if (acts.empty()) return false;
  all.push_back(z3::mk_or(acts));
  all.push_back(readings_of(*query_, options_).fixed);
  std::optional<Witness> witness = query_->find(all);
  if (witness) replay(clause, gone, *witness);
  return witness.has_value();
}

void Shadows::replay(uint32_t clause, const std::set<uint32_t>& gone, const Witness& witness) const {
  BGPROOF_CHECK(is_legal(witness.route), "a witness is a legal route");
  Outcome outcome = evaluate(without(program_, policy_, gone), witness.route, witness.choices);
  bool acts = false;
  for (const ChoiceKey& key : outcome.met) {
    const Probes::Probe* probe = probes_.find(key, policy_);
    acts = acts || (probe && probe->clause == clause && probe->acts);
  }
  BGPROOF_CHECK(acts, "the reference evaluator comes where the solver says");
}

}  // namespace bgproof
