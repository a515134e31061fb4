#include "solver/probes.h"

#include <algorithm>

namespace bgproof {

namespace {

bool is_action(const Statement& statement) {
  const Call* call = std::get_if<Call>(&statement.is);
  return !std::holds_alternative<If>(statement.is) && !std::holds_alternative<SetFlag>(statement.is) &&
         (!call || call->as == Call::As::chain);
}

// What a clause does when it does not match is no match.
bool only_goes_on(const Body& body) {
  return std::all_of(body.begin(), body.end(), [](const Statement& statement) {
    const auto* disposition = std::get_if<Disposition>(&statement.is);
    return disposition && disposition->decision == Decision::next_clause;
  });
}

template <class Statements, class OnFirst>
void at_first_acts(Statements& body, const OnFirst& on_first) {
  for (auto& inner : body)
    if (auto* test = std::get_if<If>(&inner.is)) {
      at_first_acts(test->then, on_first);
      if (!only_goes_on(test->otherwise)) at_first_acts(test->otherwise, on_first);
    }
  auto first = std::find_if(body.begin(), body.end(), is_action);
  if (first != body.end()) on_first(body, first);
}

}  // namespace

Probes::Probes(std::shared_ptr<const PolicyLibrary> library)
    : probed_(std::make_shared<PolicyLibrary>(*library)), first_(static_cast<uint32_t>(library->unmodelled.size())) {
  for (uint32_t p = 0; p < probed_->policies.size(); ++p) {
    std::vector<Clause>& clauses = probed_->policies[p].clauses;
    for (uint32_t c = 0; c < clauses.size(); ++c) {
      into(clauses[c].body, p, c);
      clauses[c].body.insert(clauses[c].body.begin(), statement(p, c, false));
    }
  }
}

const Probes::Probe* Probes::find(const ChoiceKey& key, uint32_t policy) const {
  if (key.calls.size() != 1 || key.in_rewrite) return nullptr;
  uint32_t choice = key.choice.value;
  const Probe* probe = choice >= first_ && choice - first_ < probes_.size() ? &probes_[choice - first_] : nullptr;
  return probe && probe->policy == policy ? probe : nullptr;
}

void Probes::into(Body& body, uint32_t policy, uint32_t clause) {
  at_first_acts(body, [&](Body& within, auto first) { within.insert(first, statement(policy, clause, true)); });
}

Statement Probes::statement(uint32_t policy, uint32_t clause, bool acts) {
  ChoiceId choice{static_cast<uint32_t>(probed_->unmodelled.size())};
  probed_->unmodelled.push_back({{}, "probe", true});
  probes_.push_back({policy, clause, acts});
  if (acts) acting_.insert({policy, clause});
  return {If{{Unmodelled{choice}, {}}, {}, {}}, {}};
}

std::vector<const Statement*> first_acts(const Clause& clause) {
  std::vector<const Statement*> found;
  at_first_acts(clause.body, [&](const Body&, auto first) { found.push_back(&*first); });
  return found;
}

Task any_route_through(const Program& program) {
  Task task;
  task.families = {Family::ipv4, Family::ipv6};
  task.roles = {"originated", "unassigned"};
  task.program = program;
  task.offered = always();
  return task;
}

}  // namespace bgproof
