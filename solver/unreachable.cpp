#include "solver/unreachable.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "encoder/encoding_limit.h"
#include "policy/visit.h"
#include "solver/guessed_routes.h"
#include "solver/query.h"
#include "solver/readings.h"

namespace bgproof {

namespace {

constexpr size_t kMostVisitors = 6;   // that are kept of each clause
constexpr size_t kMostSuspects = 64;  // earlier clauses that are taken away in turn to find the one to blame

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

Task task_of(const Program& program) {
  Task task;
  task.families = {Family::ipv4, Family::ipv6};
  task.roles = {"originated", "unassigned"};
  task.program = program;
  task.offered = always();
  return task;
}

class Reach {
 public:
  Reach(const Program& program, uint32_t policy, const Probes& probes, z3::context& context,
        const CheckOptions& options)
      : program_(program),
        policy_(policy),
        probes_(probes),
        context_(context),
        options_(options),
        task_(task_of(program)) {}

  bool arrives(uint32_t clause) { return reaches(clause, false); }
  bool acts(uint32_t clause) { return reaches(clause, true); }

  // Marks what the route meets on its way.
  void try_route(const Route& route, const Choices& choices) {
    if (!is_legal(route)) return;
    std::set<uint32_t> visited;
    Outcome outcome = evaluate(program_, route, choices);
    for (const ChoiceKey& key : outcome.met)
      if (const Probes::Probe* probe = own(key)) {
        seen_.insert({probe->clause, probe->acts});
        if (probe->acts) visited.insert(probe->clause);
      }
    for (uint32_t clause : visited)
      if (std::vector<Visitor>& of = visitors_[clause]; of.size() < kMostVisitors) of.push_back({route, choices});
  }

  std::map<uint32_t, std::vector<Visitor>> take_visitors() { return std::move(visitors_); }

  bool seen(uint32_t clause, bool acts) const { return seen_.contains({clause, acts}); }

 private:
  // A probe of this policy as the program calls it, not of one that is called on the way.
  const Probes::Probe* own(const ChoiceKey& key) const {
    const Probes::Probe* probe = key.calls.size() == 1 && !key.in_rewrite ? probes_.find(key.choice) : nullptr;
    return probe && probe->policy == policy_ ? probe : nullptr;
  }

  bool reaches(uint32_t clause, bool acts) {
    if (seen(clause, acts)) return true;
    if (!query_) query_ = std::make_unique<Query>(context_, task_, options_);
    z3::expr_vector met(query_->context());
    for (const ChoicePoint& point : query_->encoding().choice_points()) {
      const Probes::Probe* probe = own(point.key);
      if (probe && probe->clause == clause && probe->acts == acts) met.push_back(point.met);
    }
    if (met.empty()) return false;
    std::optional<Witness> witness = query_->find(z3::mk_or(met) && readings_of(*query_, options_).fixed);
    if (!witness) return false;
    try_route(witness->route, witness->choices);
    BGPROOF_CHECK(seen(clause, acts), "the reference evaluator comes where the solver says");
    return true;
  }

  const Program& program_;
  uint32_t policy_;
  const Probes& probes_;
  z3::context& context_;
  const CheckOptions& options_;
  Task task_;
  std::unique_ptr<Query> query_;
  std::set<std::pair<uint32_t, bool>> seen_;
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
Unreachable blame(const Program& program, uint32_t policy, uint32_t clause, const Probes& probes, z3::context& context,
                  const CheckOptions& options) {
  const std::vector<Clause>& clauses = program.library->policies[policy].clauses;
  Unreachable result{Unreachable::Why::shadowed, clause, {}};
  auto lives_without = [&](const std::set<uint32_t>& gone) {
    Program other = without(program, policy, gone);
    return Reach(other, policy, probes, context, options).acts(clause);
  };
  std::set<uint32_t> earlier;
  for (uint32_t i = 0; i < clause; ++i) earlier.insert(i);
  if (!lives_without(earlier)) {
    result.why = Unreachable::Why::contradiction;
    return result;
  }
  size_t suspects = 0;
  for (uint32_t i = 0; i < clause && suspects < kMostSuspects; ++i) {
    if (!decides(clauses[i])) continue;
    ++suspects;
    if (lives_without({i})) result.by.push_back(i);
  }
  return result;
}

Unreachable reason(Reach& reach, const Program& program, uint32_t policy, uint32_t clause, const Probes& probes,
                   z3::context& context, const CheckOptions& options) {
  if (reach.arrives(clause)) return blame(program, policy, clause, probes, context, options);
  uint32_t count = static_cast<uint32_t>(program.library->policies[policy].clauses.size());
  uint32_t last = 0;
  for (uint32_t i = 0; i < clause; ++i)
    if (reach.arrives(i)) last = i;
  bool goes_on = false;
  for (uint32_t i = clause + 1; i < count && !goes_on; ++i) goes_on = reach.arrives(i);
  return {goes_on ? Unreachable::Why::passed_over : Unreachable::Why::cut_off, clause, {last}};
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

const Probes::Probe* Probes::find(ChoiceId choice) const {
  return choice.value >= first_ ? &probes_.at(choice.value - first_) : nullptr;
}

bool Probes::acts(uint32_t policy, uint32_t clause) const {
  return std::any_of(probes_.begin(), probes_.end(), [&](const Probe& probe) {
    return probe.acts && probe.policy == policy && probe.clause == clause;
  });
}

void Probes::into(Body& body, uint32_t policy, uint32_t clause) {
  for (Statement& inner : body)
    if (If* test = std::get_if<If>(&inner.is)) {
      into(test->then, policy, clause);
      if (!only_goes_on(test->otherwise)) into(test->otherwise, policy, clause);
    }
  auto first = std::find_if(body.begin(), body.end(), is_action);
  if (first != body.end()) body.insert(first, statement(policy, clause, true));
}

Statement Probes::statement(uint32_t policy, uint32_t clause, bool acts) {
  ChoiceId choice{static_cast<uint32_t>(probed_->unmodelled.size())};
  probed_->unmodelled.push_back({{}, "probe", true});
  probes_.push_back({policy, clause, acts});
  return {If{{Unmodelled{choice}, {}}, {}, {}}, {}};
}

std::optional<uint32_t> policy_of(const NamedPolicy& policy) {
  if (policy.program.entry.empty() || policy.program.entry.front().body.empty()) return std::nullopt;
  const Call* call = std::get_if<Call>(&policy.program.entry.front().body.front().is);
  return call && call->as == Call::As::chain ? std::optional(call->policy) : std::nullopt;
}

Visits unreachable(const NamedPolicy& policy, const Probes& probes, z3::context& context, const CheckOptions& options) {
  Visits result;
  std::optional<uint32_t> index = policy_of(policy);
  if (!index) return result;
  Program program = policy.program;
  program.library = probes.library();
  const std::vector<Clause>& clauses = program.library->policies[*index].clauses;
  Reach reach(program, *index, probes, context, options);
  for (const GuessedRoute& guessed : guessed_routes(program, *index))
    if (!guessed.clause || !reach.seen(*guessed.clause, true)) reach.try_route(guessed.route, {{}, options.readings});
  std::set<SourceRange> alive;
  for (uint32_t i = 0; i < clauses.size(); ++i) {
    // A clause that does nothing has nothing that could be reached, and one of the dialect's own is nobody's mistake.
    if (!clauses[i].range.known() || is_made(clauses[i]) || !probes.acts(*index, i)) continue;
    try {
      if (reach.acts(i))
        alive.insert(clauses[i].range);
      else
        result.dead.push_back(reason(reach, program, *index, i, probes, context, options));
    } catch (const LimitReached&) {
      alive.insert(clauses[i].range);
    } catch (const EncodingLimit&) {
      alive.insert(clauses[i].range);
    } catch (const z3::exception& error) {
      throw InternalError(std::string("Z3: ") + error.msg());
    }
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
