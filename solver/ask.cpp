#include "solver/ask.h"

#include <algorithm>

#include "base/check.h"
#include "solver/deciders.h"
#include "solver/projection.h"
#include "solver/query.h"
#include "solver/readings.h"
#include "solver/replay.h"

namespace bgproof {

namespace {

// What the reference evaluator says of a route: the only judge of a witness.
bool fulfils(const Task& task, bool rejects, const Route& route, const Outcome& outcome) {
  const TaskRow& asked = task.rows.front();
  if (!holds(asked.condition, route) || outcome.accepted == rejects) return false;
  return rejects || std::all_of(asked.obligations.begin(), asked.obligations.end(),
                                [&](const Obligation& obligation) { return holds(obligation, route, outcome.route); });
}

class Asker {
 public:
  Asker(Query& query, const Task& task, bool rejects, const SourceSet& sources, const CheckOptions& options)
      : query_(query),
        task_(task),
        rejects_(rejects),
        sources_(sources),
        options_(options),
        deciders_(query, task),
        readings_(readings_of(query, options)),
        what_(asked()) {}

  void run(Answer& answer) {
    z3::expr open = what_ && readings_.fixed;
    while (std::optional<Witness> first = query_.find(open)) {
      if (answer.findings.size() == options_.causes) {
        answer.complete = false;
        break;
      }
      z3::expr decided = deciders_.alike(first->model);
      answer.findings.push_back(finding(what_ && readings_.fixed && decided));
      open = open && !decided;
    }
    if (answer.findings.empty()) {
      answer.vacuous = !query_.possible(query_.encoding().condition(0) && readings_.fixed);
      return;
    }
    compare_readings(answer.findings);
    bool found = std::any_of(answer.findings.begin(), answer.findings.end(),
                             [](const Finding& finding) { return finding.verdict == Verdict::violated; });
    answer.verdict = found ? Verdict::violated : Verdict::possible;
  }

 private:
  z3::expr asked() {
    z3::expr_vector all(query_.context());
    const Encoding& encoding = query_.encoding();
    all.push_back(rejects_ ? !encoding.accepted() : encoding.accepted());
    all.push_back(encoding.condition(0));
    if (!rejects_)
      for (size_t i = 0; i < task_.rows.front().obligations.size(); ++i) all.push_back(encoding.obligation(0, i));
    return z3::mk_and(all);
  }

  Finding finding(const z3::expr& cause) {
    auto [verdict, witness] = deciders_.classify("route", cause, what_, readings_.fixed, options_.tries);
    BGPROOF_CHECK(is_legal(witness.route), "a witness is a legal route");
    BGPROOF_CHECK(holds(task_.offered, witness.route), "a witness is a route that can be offered");
    Replay replay;
    replay.outcome = evaluate(task_.program, witness.route, witness.choices);
    BGPROOF_CHECK(fulfils(task_, rejects_, witness.route, replay.outcome),
                  "the reference evaluator answers the question as the solver does");
    Finding result = describe(task_, sources_, "", std::nullopt, std::nullopt, witness, replay);
    result.message = rejects_ ? "a route that is rejected" : "a route that is accepted";
    result.verdict = verdict;
    bool clean = verdict == Verdict::violated && !query_.meets_unmodelled(replay.outcome);
    result.region = region_of(query_, clean ? cause && !query_.meets_unmodelled() : cause);
    return result;
  }

  // A route that exists under one reading of an open assumption alone exists perhaps.
  void compare_readings(std::vector<Finding>& findings) {
    const std::vector<Reading>& readings = readings_.all;
    if (readings.size() == 1) return;
    z3::expr surely = what_ && !query_.meets_unmodelled();
    bool always = !readings_.too_many() && std::all_of(readings.begin(), readings.end(), [&](const Reading& reading) {
      return query_.possible(reading.term && surely);
    });
    for (Finding& finding : findings) {
      auto stands = [&](const Reading& reading) {
        Outcome outcome = evaluate(task_.program, finding.input, Choices{{}, reading.values});
        return outcome.met.empty() && fulfils(task_, rejects_, finding.input, outcome);
      };
      if (finding.verdict != Verdict::violated || std::all_of(readings.begin(), readings.end(), stands)) continue;
      auto one = std::find_if(readings.begin(), readings.end(), stands);
      finding.depends_on.push_back({SourceRange{}, one == readings.end() ? "open assumptions" : one->text});
      if (!always) finding.verdict = Verdict::possible;
    }
  }

  Query& query_;
  const Task& task_;
  bool rejects_;
  const SourceSet& sources_;
  const CheckOptions& options_;
  Deciders deciders_;
  ReadingsOf readings_;
  z3::expr what_;
};

}  // namespace

Answer ask(const Task& task, bool rejects, const SourceSet& sources, const CheckOptions& options) {
  Answer answer;
  auto undecided = [&](Verdict verdict, std::string reason) {
    answer = Answer{};
    answer.verdict = verdict;
    answer.reason = std::move(reason);
  };
  if (!task.not_checked.empty()) {
    undecided(Verdict::not_checked, task.not_checked);
    return answer;
  }
  BGPROOF_CHECK(task.rows.size() == 1, "a question is one row");
  auto limit = stopped_by([&] {
    Query query(task, options);
    for (const auto& [name, values] : query.encoding().readings()) answer.assumptions.push_back(name);
    Asker(query, task, rejects, sources, options).run(answer);
  });
  if (limit) undecided(Verdict::unknown, *limit);
  return answer;
}

bool can_meet(const Task& task, Family family, const CheckOptions& options) {
  Task any;
  any.families = {family};
  any.roles = task.roles;
  any.offered = always();
  any.program.library = std::make_shared<const PolicyLibrary>();
  any.program.entry = {{"(any)", {{Disposition{Decision::accept, 0}, {}}}, {}, {}}};
  any.rows = {task.rows.front()};
  bool can = true;
  stopped_by([&] {
    Query query(any, options);
    can = query.possible(query.encoding().condition(0) && readings_of(query, options).fixed);
  });
  return can;
}

}  // namespace bgproof
