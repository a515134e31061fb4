#include "solver/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "policy/watch.h"
#include "solver/cause.h"
#include "solver/query.h"
#include "solver/readings.h"

namespace bgproof {

namespace {

// Follows the evaluator and keeps what it knows at each step.
class Recorder {
 public:
  Recorder(std::vector<TracedStep>& steps, std::map<ChoiceKey, Route>& met) : steps_(steps), met_(met) {}

  void operator()(const Step& step, const Statement& statement, const Route& route, const ConditionContext& context) {
    TracedStep traced{step, {}};
    bool test = step.kind == Step::Kind::matched || step.kind == Step::Kind::not_matched;
    if (test) traced.reasons = explain(std::get<If>(statement.is).condition, route, context, flags_);
    if (step.choice) met_.emplace(*step.choice, route);
    if (step.kind == Step::Kind::called) called_.push_back(step.text);
    if (step.kind == Step::Kind::returned) returned(step, statement);
    steps_.push_back(std::move(traced));
  }

 private:
  void returned(const Step& step, const Statement& statement) {
    const Call& call = std::get<Call>(statement.is);
    if (call.as == Call::As::test) {
      std::string result = step.text.substr(0, step.text.find(':'));
      flags_[call.flag] = fmt::format("{} returned {}", called_.back(), result);
    }
    called_.pop_back();
  }

  std::vector<TracedStep>& steps_;
  std::map<ChoiceKey, Route>& met_;  // the route where each unmodelled line was met
  std::vector<std::string> called_;
  FlagTexts flags_;
};

std::string clause_of_outcome(const Task& task, const Outcome& outcome) {
  return outcome.decided_by.clause == 0 && task.program.entry.empty() ? "" : clause_name(task, outcome.decided_by);
}

// The ways in which a line that is not modelled could do otherwise than it was taken to do.
std::vector<std::pair<Choice, std::string>> other_ways(const std::string& text, bool is_condition, const Choice& now) {
  if (is_condition) {
    Choice other = now;
    other.matches = !now.matches;
    return {{other, fmt::format("if `{}` {}", text, now.matches ? "does not match" : "matches")}};
  }
  std::vector<std::pair<Choice, std::string>> ways;
  for (Decision decision : {Decision::accept, Decision::reject}) {
    if (now.decides == decision) continue;
    Choice other = now;
    other.decides = decision;
    ways.emplace_back(other, fmt::format("if `{}` {}", text, decision == Decision::accept ? "accepts" : "rejects"));
  }
  return ways;
}

bool is_condition(const Outcome& outcome, const ChoiceKey& key) {
  auto step =
      std::find_if(outcome.trace.begin(), outcome.trace.end(), [&](const Step& it) { return it.choice == key; });
  return step->text == "matches" || step->text == "does not match";
}

void add_alternatives(const Task& task, const Choices& choices, const std::map<ChoiceKey, Route>& met,
                      const CheckOptions& options, Trace& trace) {
  auto add = [&](const SourceRange& range, const std::string& what, const Choices& other) {
    Outcome outcome = evaluate(task.program, trace.input, other);
    bool same = outcome.accepted == trace.outcome.accepted && outcome.route == trace.outcome.route &&
                outcome.decided_by == trace.outcome.decided_by;
    if (!same) trace.alternatives.push_back({range, what, outcome.accepted, clause_of_outcome(task, outcome)});
  };
  for (const ChoiceKey& key : trace.outcome.met) {
    const UnmodelledLine& line = task.program.library->unmodelled.at(key.choice.value);
    auto known = choices.lines.find(key);
    Choice now = known == choices.lines.end() ? Choice{} : known->second;
    if (known == choices.lines.end()) now.attributes = met.at(key);  // it leaves the route as it is
    for (auto& [choice, what] : other_ways(line.text, is_condition(trace.outcome, key), now)) {
      Choices other = choices;
      other.lines[key] = choice;
      add(line.range, what, other);
    }
  }
  for (const std::string& name : trace.outcome.assumptions) {
    const Assumption* assumption = find_assumption(name);
    if (!assumption->open || options.readings.contains(name)) continue;
    auto taken = choices.readings.find(name);
    for (std::string_view value : assumption->values) {
      if (value == (taken == choices.readings.end() ? assumption->values.front() : std::string_view(taken->second)))
        continue;
      Choices other = choices;
      other.readings[name] = std::string(value);
      add({}, fmt::format("with {}={}", name, value), other);
    }
  }
}

// Whether some choice and reading ends otherwise, for this route alone.
std::optional<bool> is_certain(const Task& task, const Trace& trace, const CheckOptions& options) {
  bool open = std::any_of(trace.outcome.assumptions.begin(), trace.outcome.assumptions.end(),
                          [&](const std::string& name) { return find_assumption(name)->open; });
  if (trace.outcome.met.empty() && !open) return true;
  Task alone = task;
  alone.rows.clear();
  alone.offered = always();  // the route is asked about whether it is offered here or not
  alone.roles.insert(trace.input.learned_from);
  std::optional<bool> certain;
  stopped_by([&] {
    Query query(alone, options);
    z3::expr accepted = query.encoding().accepted();
    z3::expr here = query.encoding().equals(trace.input) && readings_of(query, options).fixed;
    certain = !query.possible(here && (trace.outcome.accepted ? !accepted : accepted));
  });
  return certain;
}

}  // namespace

Trace trace(const Task& task, const Route& route, const Choices& choices, const CheckOptions& options) {
  Trace result;
  result.input = route;
  Choices all = choices;
  for (const auto& [name, value] : options.readings) all.readings[name] = value;
  std::map<ChoiceKey, Route> met;
  result.outcome = evaluate_watched(task.program, route, all, Recorder(result.steps, met));
  result.clause = clause_of_outcome(task, result.outcome);
  for (const Fact& fact : task.facts)
    if (!holds(fact.condition, route)) result.not_offered.push_back(fact.text);
  add_alternatives(task, all, met, options, result);
  result.certain = is_certain(task, result, options);
  return result;
}

}  // namespace bgproof
