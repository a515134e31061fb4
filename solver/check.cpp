#include "solver/check.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "solver/enumerate.h"
#include "solver/prove.h"
#include "solver/query.h"
#include "solver/readings.h"

namespace bgproof {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::proved:
      return "proved";
    case Verdict::violated:
      return "violated";
    case Verdict::possible:
      return "possible";
    case Verdict::unknown:
      return "unknown";
    case Verdict::not_checked:
      return "not_checked";
  }
  return {};
}

namespace {

// Whatever the unmodelled lines do.
bool breaks(Query& query, const Property& property, const Task& task, const Route& route, const Reading& reading) {
  Outcome outcome = evaluate(task.program, route, Choices{{}, reading.values});
  if (!query.meets_unmodelled(outcome)) return !judge(task, route, outcome.accepted, outcome.route).fine;
  if (query.encoding().compares_unknown_paths()) return false;
  return !query.possible(query.encoding().equals(route) && reading.term && !property.broken());
}

// Equal verdicts stand; where the readings differ, what one of them breaks is possible. A finding whose own route does
// not break the intent under each reading says which it depends on. It is possible too where another finding stands
// under each; where each reading has a breach of its own, the intent is broken whichever holds, and they stay violated.
void compare_readings(Query& query, const Property& property, const Task& task, const std::vector<Reading>& readings,
                      std::vector<Finding>& findings) {
  if (readings.size() == 1) return;
  z3::expr surely = property.broken() && !query.meets_unmodelled();
  auto broken = [&](const Reading& reading) {
    return query.ask("broken-" + std::to_string(&reading - readings.data() + 1),
                     "some offered route breaks the intent without an unmodelled line under " + reading.text,
                     reading.term && surely) ||
           std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
             return finding.verdict == Verdict::violated && breaks(query, property, task, finding.input, reading);
           });
  };
  bool always = readings.size() <= kMostReadings && std::all_of(readings.begin(), readings.end(), broken);
  bool stands = false;
  std::vector<Finding*> depending;
  for (Finding& finding : findings) {
    if (finding.verdict != Verdict::violated) continue;
    auto breaking = [&](const Reading& reading) { return breaks(query, property, task, finding.input, reading); };
    if (std::all_of(readings.begin(), readings.end(), breaking)) {
      stands = true;
      continue;
    }
    auto one = std::find_if(readings.begin(), readings.end(), breaking);
    finding.depends_on.push_back({SourceRange{}, one == readings.end() ? "open assumptions" : one->text});
    depending.push_back(&finding);
  }
  if (stands || !always)
    for (Finding* finding : depending) finding->verdict = Verdict::possible;
}

void decide(Query& query, const Task& task, const SourceSet& sources, const CheckOptions& options,
            CheckResult& result) {
  Property property(task, query.encoding(), query.context());
  auto [fixed, readings] = readings_of(query, options);
  if (prove(query, property, task, fixed, result)) return;
  Enumeration answer = enumerate(query, property, task, sources, options, fixed);
  if (!answer.complete) result.reason = "there may be more causes than are listed: " + answer.why;
  result.findings = std::move(answer.findings);
  compare_readings(query, property, task, readings, result.findings);
  BGPROOF_CHECK(!result.findings.empty(), "a property that is broken has a finding");
  result.verdict = Verdict::possible;
  for (const Finding& finding : result.findings)
    if (finding.verdict == Verdict::violated) result.verdict = Verdict::violated;
}

}  // namespace

CheckResult check(const Task& task, const SourceSet& sources, const CheckOptions& options) {
  CheckResult result;
  if (!task.not_checked.empty()) {
    result.verdict = Verdict::not_checked;
    result.reason = task.not_checked;
    return result;
  }
  auto limit = stopped_by([&] {
    Query query(task, options);
    for (const auto& [name, values] : query.encoding().readings()) result.assumptions.push_back(name);
    decide(query, task, sources, options, result);
  });
  if (limit) {
    result = CheckResult{};
    result.verdict = Verdict::unknown;
    result.reason = *limit;
  }
  result.row_alive.resize(task.rows.size(), true);
  return result;
}

}  // namespace bgproof
