#include "solver/check.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "encoder/encoding_limit.h"
#include "solver/enumerate.h"
#include "solver/example.h"
#include "solver/property.h"
#include "solver/query.h"

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

// Beyond this many combinations of open assumptions a broken property is called possible without asking each.
constexpr size_t kReadings = 32;

struct Reading {
  z3::expr term;
  std::string text;  // "junos.community-regex=whole", "" if nothing is open
};

z3::expr settled(Query& query, const CheckOptions& options, std::vector<Reading>& readings) {
  z3::expr fixed = query.yes();
  readings = {{query.yes(), ""}};
  for (const auto& [name, values] : query.encoding().readings()) {
    const Assumption* assumption = find_assumption(name);
    BGPROOF_CHECK(assumption != nullptr, "a program tests only assumptions of the table: " + name);
    auto chosen = options.readings.find(name);
    if (chosen != options.readings.end() || !assumption->open) {
      std::string value = chosen != options.readings.end() ? chosen->second : std::string(assumption->values.front());
      auto term = values.find(value);
      fixed = fixed && (term == values.end() ? query.no() : term->second);
      continue;
    }
    std::vector<Reading> more;
    for (const Reading& reading : readings)
      for (std::string_view value : assumption->values) {
        auto term = values.find(std::string(value));
        if (term == values.end()) continue;
        more.push_back({reading.term && term->second,
                        reading.text + (reading.text.empty() ? "" : ", ") + name + "=" + std::string(value)});
      }
    readings = std::move(more);
  }
  for (Reading& reading : readings) reading.term = fixed && reading.term;
  return fixed;
}

// Equal verdicts stand; where the readings differ, what one of them breaks is possible.
void merge(std::vector<std::pair<Reading, Enumeration>> answers, CheckResult& result) {
  auto violated = [](const Enumeration& answer) {
    return std::any_of(answer.findings.begin(), answer.findings.end(),
                       [](const Finding& finding) { return finding.verdict == Verdict::violated; });
  };
  bool always_violated =
      std::all_of(answers.begin(), answers.end(), [&](const auto& answer) { return violated(answer.second); });
  std::map<std::string, size_t> seen;    // cause -> index of its finding
  std::map<std::string, size_t> counts;  // cause -> readings that have it as violated
  for (auto& [reading, answer] : answers) {
    for (Finding& finding : answer.findings) {
      if (finding.verdict == Verdict::violated) ++counts[finding.cause];
      auto [at, fresh] = seen.emplace(finding.cause, result.findings.size());
      if (!fresh) continue;
      if (!reading.text.empty()) finding.depends_on.push_back({SourceRange{}, reading.text});
      result.findings.push_back(std::move(finding));
    }
    if (!answer.complete) result.reason = "there are more causes than are listed";
  }
  for (Finding& finding : result.findings) {
    bool in_all = counts[finding.cause] == answers.size();
    if (in_all && answers.size() > 1)
      finding.depends_on.erase(std::remove_if(finding.depends_on.begin(), finding.depends_on.end(),
                                              [](const Dependency& d) { return !d.range.known(); }),
                               finding.depends_on.end());
    if (!in_all && !always_violated && finding.verdict == Verdict::violated) finding.verdict = Verdict::possible;
  }
}

// True if a guess shows that an offered route meets the row and no never row; false says nothing.
bool seen_alive(const Task& task, size_t row, const Route& start) {
  Route route = guess(task.rows[row].condition, start);
  if (!can_be_offered(task, route) || !holds(task.rows[row].condition, route)) return false;
  return std::none_of(task.rows.begin(), task.rows.end(), [&](const TaskRow& other) {
    return other.kind == TaskRow::Kind::never && holds(other.condition, route);
  });
}

void decide(Query& query, const Task& task, const SourceSet& sources, const CheckOptions& options,
            CheckResult& result) {
  Property property(task, query.encoding(), query.context());
  std::vector<Reading> readings;
  z3::expr fixed = settled(query, options, readings);
  std::optional<Route> offered = guess_offered(task);
  if (!offered) {
    std::optional<Witness> found = query.find(fixed);
    BGPROOF_CHECK(found.has_value(), "some route can be offered to every session: a proof about no route is none");
    offered = found->route;
  }
  for (size_t row = 0; row < task.rows.size(); ++row)
    result.row_alive.push_back(!allows(task.rows[row]) || seen_alive(task, row, *offered) ||
                               query.possible(fixed && property.alive(row)));
  if (query.contradicts_itself(property.broken()) || !query.possible(fixed && property.broken())) return;
  bool too_many = readings.size() > kReadings;
  if (too_many) readings = {{fixed, "any of the open assumptions"}};
  std::vector<std::pair<Reading, Enumeration>> answers;
  for (const Reading& reading : readings)
    answers.emplace_back(reading, enumerate(query, property, task, sources, options, reading.term));
  merge(std::move(answers), result);
  for (Finding& finding : result.findings)
    if (too_many) finding.verdict = Verdict::possible;
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
  try {
    Query query(task, options);
    for (const auto& [name, values] : query.encoding().readings()) result.assumptions.push_back(name);
    decide(query, task, sources, options, result);
  } catch (const LimitReached& limit) {
    result = CheckResult{};
    result.verdict = Verdict::unknown;
    result.reason = limit.which;
  } catch (const EncodingLimit& limit) {
    result = CheckResult{};
    result.verdict = Verdict::unknown;
    result.reason = limit.what();
  } catch (const z3::exception& error) {
    throw InternalError(std::string("Z3: ") + error.msg());
  }
  result.row_alive.resize(task.rows.size(), true);
  return result;
}

}  // namespace bgproof
