#include "solver/idle_clauses.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "intents/reach.h"
#include "policy/visit.h"
#include "policy/watch.h"
#include "solver/guessed_routes.h"
#include "solver/open_end.h"
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

// Acts that change nothing of a route do something for others than BGP. Each becomes a line without a model, so that
// who does it and who does not may come out otherwise.
void show_acts(Body& body, PolicyLibrary& library) {
  for (Statement& statement : body) {
    if (auto* test = std::get_if<If>(&statement.is)) {
      show_acts(test->then, library);
      show_acts(test->otherwise, library);
    } else if (std::holds_alternative<NoEffect>(statement.is)) {
      statement.is = Havoc{{static_cast<uint32_t>(library.unmodelled.size())}, {}, true};
      library.unmodelled.push_back({statement.range, "an act for others than BGP", true});
    }
  }
}

Program with_acts_shown(const Program& program) {
  auto library = std::make_shared<PolicyLibrary>();
  library->unmodelled = program.library->unmodelled;
  library->policies.resize(program.library->policies.size());
  for (uint32_t reached : reached_policies(program)) {
    Policy& policy = library->policies[reached] = program.library->policies[reached];
    for (Clause& clause : policy.clauses) show_acts(clause.body, *library);
  }
  return {std::move(library), program.entry, program.rewrite};
}

bool come_out_alike(const Outcome& a, const Outcome& b) {
  return a.accepted == b.accepted && (!a.accepted || a.route == b.route);
}

Outcome run(const Program& program, const Route& route, const Choices& choices) {
  Numberings numberings;  // of clauses that are switched on and off between two runs
  return evaluate_untraced(program, route, choices, numberings);
}

bool shown_to_differ(const Program& a, const Program& b, const std::vector<Visitor>& visitors) {
  auto alike = [&](const Route& route, const Choices& choices) {
    return come_out_alike(run(a, route, choices), run(b, route, choices));
  };
  for (const Visitor& visitor : visitors) {
    // How it comes out of `a` is known, unless that is a matter of the end.
    Outcome known;
    known.accepted = visitor.accepted;
    known.route = visitor.after;
    if (visitor.falls_off ? !alike(visitor.route, visitor.choices)
                          : !come_out_alike(known, run(b, visitor.route, visitor.choices)))
      return true;
    for (const Route& route : variations(visitor.route))
      if (is_legal(route) && !alike(route, visitor.choices)) return true;
  }
  return false;
}

// No legal route comes out otherwise, whatever the unmodelled lines do and in every open reading.
bool proved_alike(const Program& a, const Program& b, z3::context& context, const CheckOptions& options) {
  const Task task = any_route_through(a);
  bool alike = false;
  stopped_by([&] {
    Query query(context, task, options, &b);
    const Encoding& both = query.encoding();
    z3::expr differ = both.accepted(0) != both.accepted(1) || (both.accepted(0) && both.difference().any);
    z3::expr question = differ && readings_of(query, options).fixed;
    alike = query.contradicts_itself(question) || !query.find(question);
  });
  return alike;
}

// Whatever comes behind the policies.
bool are_alike(const Program& a, const Program& b, const std::vector<End>& ends, const std::vector<Visitor>& visitors,
               z3::context& context, const CheckOptions& options) {
  std::vector<std::pair<Program, Program>> all;
  for (End end : ends) all.emplace_back(ended(a, end), ended(b, end));
  if (all.empty()) all.emplace_back(a, b);
  return std::none_of(all.begin(), all.end(),
                      [&](const auto& each) { return shown_to_differ(each.first, each.second, visitors); }) &&
         std::all_of(all.begin(), all.end(),
                     [&](const auto& each) { return proved_alike(each.first, each.second, context, options); });
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
  const Program whole = with_acts_shown(policy.program);
  const std::vector<End> ends = ends_of(whole, whole);
  Switched switched(whole, *index);
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
    if (are_alike(whole, switched.program(), ends, visitors, context, options)) idle.push_back(i);
    switched.on(place);
  }
  return idle;
}

}  // namespace bgproof
