#include "solver/idle_clauses.h"

#include <map>
#include <set>
#include <utility>

#include "base/check.h"
#include "encoder/encoding_limit.h"
#include "intents/reach.h"
#include "policy/visit.h"
#include "solver/guessed_routes.h"
#include "solver/query.h"
#include "solver/readings.h"

namespace bgproof {

namespace {

bool only_rejects(const Clause& clause) {
  bool rejects = false, other = false;
  walk(clause.body, [&](const Statement& statement) {
    if (std::holds_alternative<If>(statement.is)) return;
    const auto* disposition = std::get_if<Disposition>(&statement.is);
    if (disposition && disposition->decision == Decision::next_clause) return;
    (disposition && disposition->decision == Decision::reject ? rejects : other) = true;
  });
  return rejects && !other;
}

bool does_something(const Clause& clause) {
  bool does = false;
  walk(clause.body, [&](const Statement& statement) {
    const auto* disposition = std::get_if<Disposition>(&statement.is);
    does = does || !(std::holds_alternative<If>(statement.is) || std::holds_alternative<NoEffect>(statement.is) ||
                     (disposition && disposition->decision == Decision::next_clause));
  });
  return does;
}

// The policy with one place's clauses switched off in turn.
class Switched {
 public:
  Switched(const Program& program, uint32_t policy)
      : program_(program), library_(std::make_shared<PolicyLibrary>()), policy_(policy) {
    library_->unmodelled = program.library->unmodelled;
    library_->policies.resize(program.library->policies.size());
    for (uint32_t reached : reached_policies(program)) library_->policies[reached] = program.library->policies[reached];
    program_.library = library_;
  }

  // What stands in them keeps its numbers: the lines without a model of other clauses do the same with them and
  // without.
  void off(const std::set<uint32_t>& place) {
    for (uint32_t clause : place) {
      Body& body = library_->policies[policy_].clauses[clause].body;
      Body whole = std::exchange(body, {});
      body.push_back({If{never(), std::move(whole), {}}, {}});
    }
  }

  void on(const std::set<uint32_t>& place) {
    for (uint32_t clause : place) {
      Body& body = library_->policies[policy_].clauses[clause].body;
      Body whole = std::move(std::get<If>(body.front().is).then);
      body = std::move(whole);
    }
  }

  const Program& program() const { return program_; }

 private:
  Program program_;
  std::shared_ptr<PolicyLibrary> library_;
  uint32_t policy_;
};

bool comes_out_so(const Program& program, const Route& route, const Choices& choices, bool accepted,
                  const Route& after) {
  Outcome outcome = evaluate(program, route, choices);
  return outcome.accepted == accepted && (!accepted || outcome.route == after);
}

bool shown_to_differ(const Program& a, const Program& b, const std::vector<Visitor>& visitors) {
  for (const Visitor& visitor : visitors) {
    if (!comes_out_so(b, visitor.route, visitor.choices, visitor.accepted, visitor.after)) return true;
    for (const Route& route : variations(visitor.route)) {
      if (!is_legal(route)) continue;
      Outcome of_a = evaluate(a, route, visitor.choices);
      if (!comes_out_so(b, route, visitor.choices, of_a.accepted, of_a.route)) return true;
    }
  }
  return false;
}

// No legal route comes out otherwise, whatever the unmodelled lines do and in every open reading.
bool proved_alike(const Program& a, const Program& b, z3::context& context, const CheckOptions& options) {
  Task task;
  task.families = {Family::ipv4, Family::ipv6};
  task.roles = {"originated", "unassigned"};
  task.program = a;
  task.offered = always();
  try {
    Query query(context, task, options, &b);
    const Encoding& both = query.encoding();
    z3::expr differ = both.accepted(0) != both.accepted(1) || (both.accepted(0) && both.difference().any);
    z3::expr question = differ && readings_of(query, options).fixed;
    return query.contradicts_itself(question) || !query.find(question);
  } catch (const LimitReached&) {
    return false;
  } catch (const EncodingLimit&) {
    return false;
  } catch (const z3::exception& error) {
    throw InternalError(std::string("Z3: ") + error.msg());
  }
}

}  // namespace

std::vector<uint32_t> idle_clauses(const NamedPolicy& policy, const Visits& visits, z3::context& context,
                                   const CheckOptions& options) {
  std::vector<uint32_t> idle;
  std::optional<uint32_t> index = policy_of(policy);
  if (!index) return idle;
  std::set<uint32_t> dead;
  for (const Unreachable& one : visits.dead) dead.insert(one.clause);
  const std::vector<Clause>& clauses = policy.program.library->policies[*index].clauses;
  std::map<SourceRange, std::set<uint32_t>> places;
  for (uint32_t i = 0; i < clauses.size(); ++i) places[clauses[i].range].insert(i);
  Switched switched(policy.program, *index);
  for (uint32_t i = 0; i < clauses.size(); ++i) {
    const SourceRange& range = clauses[i].range;
    if (!range.known() || is_made(clauses[i]) || dead.contains(i)) continue;
    const std::set<uint32_t>& place = places.at(range);
    if (*place.begin() != i) continue;
    bool acts = false, may_go = true;
    std::vector<Visitor> visitors;
    for (uint32_t n : place) {
      acts |= does_something(clauses[n]);
      may_go = may_go && !only_rejects(clauses[n]);
      if (auto of = visits.visitors.find(n); of != visits.visitors.end())
        visitors.insert(visitors.end(), of->second.begin(), of->second.end());
    }
    if (!acts || !may_go) continue;
    switched.off(place);
    if (!shown_to_differ(policy.program, switched.program(), visitors) &&
        proved_alike(policy.program, switched.program(), context, options))
      idle.push_back(i);
    switched.on(place);
  }
  return idle;
}

}  // namespace bgproof
