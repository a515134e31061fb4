#include "report/cause.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace bgproof {

namespace {

size_t distinct(const std::vector<const Check*>& checks, std::vector<std::string> Task::*names) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const Check* check : checks)
    for (const std::string& name : check->task.*names) seen.emplace(check->task.device, name);
  return seen.size();
}

}  // namespace

size_t Cause::policies() const { return distinct(checks, &Task::policies); }
size_t Cause::sessions() const { return distinct(checks, &Task::sessions); }
size_t Cause::devices() const {
  std::set<std::string> seen;
  for (const Check* other : checks) seen.insert(other->task.device);
  return seen.size();
}

std::vector<Cause> causes(const Report& report) {
  std::vector<Cause> result;
  std::map<std::pair<Verdict, std::string>, size_t> index;
  for (const Check& check : report.checks)
    for (const Finding& finding : check.result.findings) {
      auto [at, added] = index.emplace(std::make_pair(finding.verdict, finding.cause), result.size());
      if (added) result.push_back({&check, &finding, {}});
      auto& checks = result[at->second].checks;
      if (checks.empty() || checks.back() != &check) checks.push_back(&check);
    }
  std::stable_sort(result.begin(), result.end(),
                   [](const Cause& a, const Cause& b) { return is_worse(a.finding->verdict, b.finding->verdict); });
  return result;
}

std::vector<Undecided> undecided(const Report& report) {
  std::vector<Undecided> result;
  std::map<std::tuple<Verdict, std::string, std::string>, size_t> index;
  for (const Check& check : report.checks) {
    std::string reason = !check.task.not_checked.empty() ? check.task.not_checked : check.result.reason;
    bool open = check.result.verdict != Verdict::proved && check.result.findings.empty();
    if (reason.empty() && !open) continue;
    auto [at, added] =
        index.emplace(std::make_tuple(check.result.verdict, check.task.not_checked_code, reason), result.size());
    if (added) result.push_back({check.task.not_checked_code, reason, check.result.verdict, {}});
    result[at->second].checks.push_back(&check);
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const Undecided& a, const Undecided& b) { return is_worse(a.verdict, b.verdict); });
  return result;
}

}  // namespace bgproof
