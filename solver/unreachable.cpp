#include "solver/unreachable.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "base/check.h"
#include "policy/visit.h"
#include "policy/watch.h"
#include "solver/guessed_routes.h"
#include "solver/query.h"
#include "solver/readings.h"
#include "solver/shadows.h"

namespace bgproof {

namespace {

constexpr size_t kMostVisitors = 6;   // that are kept of each clause
constexpr size_t kMostSuspects = 64;  // earlier clauses that are taken away in turn to find the one to blame

// A program as it is, to run, and with probes, to ask about.
struct Probed {
  Program bare, probed;
};

class Reach {
 public:
  Reach(const Probed& programs, uint32_t policy, const Probes& probes, z3::context& context,
        const CheckOptions& options)
      : bare_(programs.bare),
        policy_(policy),
        probes_(probes),
        context_(context),
        options_(options),
        task_(any_route_through(programs.probed)) {
    for (const Clause& clause : bare_.library->policies[policy].clauses)
      for (const Statement* first : first_acts(clause)) acts_.insert(first);
  }

  bool arrives(uint32_t clause) { return reaches(clause, false); }
  bool acts(uint32_t clause) { return reaches(clause, true); }

  // Marks what the route meets on its way.
  void try_route(const Route& route, const Choices& choices) {
    if (!is_legal(route)) return;
    std::set<uint32_t> visited;
    auto watch = [&](const Statement* statement, const ClauseRef& where) {
      if (where.policy != policy_ || where.calls.size() != 1 || where.in_rewrite) return;
      if (!statement) arrived_.insert(where.clause);
      if (acts_.contains(statement)) visited.insert(where.clause);
    };
    Outcome outcome = evaluate_untraced(bare_, route, choices, numberings_, watch);
    acted_.insert(visited.begin(), visited.end());
    for (uint32_t clause : visited)
      if (std::vector<Visitor>& of = visitors_[clause]; of.size() < kMostVisitors)
        of.push_back({route, choices, outcome.accepted, outcome.route, !outcome.decided_by.policy});
  }

  std::map<uint32_t, std::vector<Visitor>> take_visitors() { return std::move(visitors_); }

  bool seen(uint32_t clause, bool acts) const { return (acts ? acted_ : arrived_).contains(clause); }

 private:
  bool reaches(uint32_t clause, bool acts) {
    if (seen(clause, acts)) return true;
    if (never_.contains({clause, acts})) return false;
    if (!query_) query_ = std::make_unique<Query>(context_, task_, options_);
    z3::expr_vector met(query_->context());
    for (const ChoicePoint& point : query_->encoding().choice_points()) {
      const Probes::Probe* probe = probes_.find(point.key, policy_);
      if (probe && probe->clause == clause && probe->acts == acts) met.push_back(point.met);
    }
    if (met.empty()) return false;
    std::optional<Witness> witness = query_->find(z3::mk_or(met) && readings_of(*query_, options_).fixed);
    if (!witness) {
      never_.insert({clause, acts});
      return false;
    }
    try_route(witness->route, witness->choices);
    BGPROOF_CHECK(seen(clause, acts), "the reference evaluator comes where the solver says");
    return true;
  }

  const Program& bare_;
  uint32_t policy_;
  const Probes& probes_;
  z3::context& context_;
  const CheckOptions& options_;
  Task task_;
  std::unique_ptr<Query> query_;
  Numberings numberings_;
  std::unordered_set<const Statement*> acts_;
  std::set<uint32_t> arrived_, acted_;
  std::set<std::pair<uint32_t, bool>> never_;
  std::map<uint32_t, std::vector<Visitor>> visitors_;
};

bool decides(const Clause& clause) {
  bool found = false;
  walk(clause.body, [&](const Statement& statement) {
    found = found || std::holds_alternative<Disposition>(statement.is) || std::holds_alternative<Call>(statement.is);
  });
  return found;
}

// Of a clause that routes come to and none meets.
Unreachable blame(Shadows& shadows, const std::vector<Clause>& clauses, uint32_t clause) {
  Unreachable result{Unreachable::Why::shadowed, clause, {}};
  std::set<uint32_t> earlier;
  for (uint32_t i = 0; i < clause; ++i) earlier.insert(i);
  if (!shadows.lives_without(clause, earlier)) {
    result.why = Unreachable::Why::contradiction;
    return result;
  }
  size_t suspects = 0;
  for (uint32_t i = 0; i < clause && suspects < kMostSuspects; ++i) {
    if (!decides(clauses[i])) continue;
    ++suspects;
    if (shadows.lives_without(clause, {i})) result.by.push_back(i);
  }
  return result;
}

Unreachable reason(Reach& reach, Shadows& shadows, const std::vector<Clause>& clauses, uint32_t clause) {
  if (reach.arrives(clause)) return blame(shadows, clauses, clause);
  uint32_t last = 0;
  for (uint32_t i = 0; i < clause; ++i)
    if (reach.arrives(i)) last = i;
  bool goes_on = false;
  for (uint32_t i = clause + 1; i < clauses.size() && !goes_on; ++i) goes_on = reach.arrives(i);
  return {goes_on ? Unreachable::Why::passed_over : Unreachable::Why::cut_off, clause, {last}};
}

}  // namespace

std::optional<uint32_t> policy_of(const NamedPolicy& policy) {
  if (policy.program.entry.empty() || policy.program.entry.front().body.empty()) return std::nullopt;
  const Call* call = std::get_if<Call>(&policy.program.entry.front().body.front().is);
  return call && call->as == Call::As::chain ? std::optional(call->policy) : std::nullopt;
}

Visits unreachable(const NamedPolicy& policy, const Probes& probes, z3::context& context, const CheckOptions& options) {
  Visits result;
  std::optional<uint32_t> index = policy_of(policy);
  if (!index) return result;
  Probed programs{policy.program, policy.program};
  programs.probed.library = probes.library();
  const std::vector<Clause>& clauses = programs.bare.library->policies[*index].clauses;
  Reach reach(programs, *index, probes, context, options);
  std::optional<Shadows> shadows;
  for (const GuessedRoute& guessed : guessed_routes(programs.bare, *index))
    if (!guessed.clause || !reach.seen(*guessed.clause, true)) reach.try_route(guessed.route, {{}, options.readings});
  std::set<SourceRange> alive;
  for (uint32_t i = 0; i < clauses.size(); ++i) {
    // A clause that does nothing has nothing that could be reached, and one of the dialect's own is nobody's mistake.
    if (!clauses[i].range.known() || is_made(clauses[i]) || !probes.acts(*index, i)) continue;
    std::optional<Unreachable> dead;
    stopped_by([&] {
      if (reach.acts(i)) return;
      if (!shadows) shadows.emplace(programs.probed, *index, probes, context, options);
      dead = reason(reach, *shadows, clauses, i);
    });
    if (dead)
      result.dead.push_back(std::move(*dead));
    else
      alive.insert(clauses[i].range);
  }
  std::set<SourceRange> said;
  std::erase_if(result.dead, [&](const Unreachable& one) {
    const SourceRange& range = clauses[one.clause].range;
    return alive.contains(range) || !said.insert(range).second;
  });
  result.visitors = reach.take_visitors();
  return result;
}

}  // namespace bgproof
