#include "report/report.h"

#include <set>

namespace bgproof {

namespace {

constexpr char kNameless = '\n';  // begins no name

int rank(Verdict verdict) {
  switch (verdict) {
    case Verdict::violated:
      return 0;
    case Verdict::possible:
      return 1;
    case Verdict::unknown:
      return 2;
    case Verdict::not_checked:
      return 3;
    case Verdict::proved:
      return 4;
  }
  return 0;
}

void count(Counts& counts, Verdict verdict) {
  switch (verdict) {
    case Verdict::proved:
      ++counts.proved;
      break;
    case Verdict::violated:
      ++counts.violated;
      break;
    case Verdict::possible:
      ++counts.possible;
      break;
    case Verdict::unknown:
      ++counts.unknown;
      break;
    case Verdict::not_checked:
      ++counts.not_checked;
      break;
  }
}

// The names of a check's units within its device and direction.
std::vector<std::string> units(const Task& task) {
  const auto& names = task.direction == Direction::none ? task.policies : task.sessions;
  if (!names.empty()) return names;
  return {kNameless + std::to_string(task.block.file.value) + ":" + std::to_string(task.block.begin)};
}

}  // namespace

std::string_view version() { return BGPROOF_VERSION; }

bool is_worse(Verdict a, Verdict b) { return rank(a) < rank(b); }

std::map<SummaryKey, Counts> summarize(const Report& report) {
  std::map<SummaryKey, std::map<std::string, Verdict>> verdicts;
  std::map<SummaryKey, std::set<std::string>> causes;
  for (const Check& check : report.checks) {
    SummaryKey key{check.task.device, check.task.direction};
    for (const std::string& unit : units(check.task)) {
      auto [at, added] = verdicts[key].emplace(unit, check.result.verdict);
      if (!added && is_worse(check.result.verdict, at->second)) at->second = check.result.verdict;
    }
    for (const Finding& finding : check.result.findings)
      if (finding.verdict == Verdict::violated) causes[key].insert(finding.cause);
  }
  std::map<SummaryKey, Counts> result;
  for (const auto& [key, by_unit] : verdicts) {
    Counts& counts = result[key];
    for (const auto& [unit, verdict] : by_unit) {
      count(counts, verdict);
      counts.nameless += unit[0] == kNameless;
    }
    counts.causes = causes[key].size();
  }
  return result;
}

Counts total(const Report& report) {
  Counts sum;
  for (const auto& [key, counts] : summarize(report)) {
    sum.proved += counts.proved;
    sum.violated += counts.violated;
    sum.possible += counts.possible;
    sum.unknown += counts.unknown;
    sum.not_checked += counts.not_checked;
  }
  std::set<std::string> causes;
  for (const Check& check : report.checks)
    for (const Finding& finding : check.result.findings)
      if (finding.verdict == Verdict::violated) causes.insert(finding.cause);
  sum.causes = causes.size();
  return sum;
}

int exit_status(const Report& report) {
  Counts sum = total(report);
  if (sum.violated) return 1;
  return sum.possible || sum.unknown || sum.not_checked ? 3 : 0;
}

}  // namespace bgproof
