#include "report/diff_report.h"

#include <algorithm>
#include <cctype>

namespace bgproof {

std::optional<Expectation> parse_expectation(const std::string& text) {
  Expectation expected;
  expected.text = text;
  bool none = false, any = false;
  for (size_t begin = 0; begin <= text.size();) {
    size_t end = std::min(text.find(',', begin), text.size());
    std::string word = text.substr(begin, end - begin);
    word.erase(0, word.find_first_not_of(" \t"));
    word.erase(word.find_last_not_of(" \t\r\n") + 1);
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (word == "none")
      none = true;
    else if (word == "narrower")
      any = expected.narrower = true;
    else if (word == "wider")
      any = expected.wider = true;
    else if (word == "attrs")
      any = expected.attrs = true;
    else
      return std::nullopt;
    begin = end + 1;
  }
  if (none && any) return std::nullopt;
  return expected;
}

Total total(const DiffReport& report) {
  Total sum;
  bool wider = false, narrower = false, changed = false, unknown = false;
  for (const DiffCheck& check : report.checks) {
    const DiffResult& result = check.result;
    wider |= result.effect == Effect::wider || result.effect == Effect::incomparable;
    narrower |= result.effect == Effect::narrower || result.effect == Effect::incomparable;
    changed |= result.effect == Effect::changed;
    unknown |= result.effect == Effect::unknown;
    sum.attributes_changed |= result.attributes_changed;
    sum.undecided |= result.undecided || result.effect == Effect::unknown;
  }
  sum.effect = wider && narrower ? Effect::incomparable
               : unknown         ? Effect::unknown
               : wider           ? Effect::wider
               : narrower        ? Effect::narrower
               : changed         ? Effect::changed
                                 : Effect::equal;
  return sum;
}

bool exceeds(const DiffResult& result, const Expectation& expected) {
  bool wider = result.effect == Effect::wider || result.effect == Effect::incomparable;
  bool narrower = result.effect == Effect::narrower || result.effect == Effect::incomparable;
  bool changed = result.effect == Effect::changed || (result.attributes_changed && !result.undecided);
  for (const DiffFinding& finding : result.findings) {
    if (!finding.certain) continue;
    wider |= finding.change == Change::newly_accepted;
    narrower |= finding.change == Change::newly_rejected;
    changed |= finding.change == Change::changed;
  }
  return (wider && !expected.wider) || (narrower && !expected.narrower) || (changed && !expected.attrs);
}

int exit_status(const DiffReport& report) {
  if (report.expected)
    for (const DiffCheck& check : report.checks)
      if (exceeds(check.result, *report.expected)) return 1;
  return total(report).undecided ? 3 : 0;
}

namespace {

void add(const Region& more, Region& region) {
  std::vector<std::string>& known = region.conditions;
  for (const std::string& condition : more.conditions)
    if (std::find(known.begin(), known.end(), condition) == known.end()) known.push_back(condition);
  region.complete = region.complete && more.complete;
}

bool same_lines(const DiffFinding& a, const DiffFinding& b) {
  auto lines = [](const DiffFinding& finding) {
    std::set<std::pair<SourceRange, std::string>> all;
    for (const Dependency& on : finding.depends_on) all.emplace(on.range, on.text);
    return all;
  };
  return !a.certain && !b.certain && !a.depends_on.empty() && lines(a) == lines(b);
}

// Who knows nothing of a line gains nothing by reading of each thing that it may do by itself.
std::vector<DiffCause> folded(std::vector<DiffCause> all) {
  std::vector<DiffCause> kept;
  for (DiffCause& cause : all) {
    auto known = std::find_if(kept.begin(), kept.end(),
                              [&](const DiffCause& other) { return same_lines(*other.finding, *cause.finding); });
    if (known == kept.end()) {
      kept.push_back(std::move(cause));
      continue;
    }
    known->also.push_back(cause.finding);
    for (const DiffCheck* check : cause.checks)
      if (std::find(known->checks.begin(), known->checks.end(), check) == known->checks.end())
        known->checks.push_back(check);
  }
  return kept;
}

}  // namespace

std::vector<DiffCause> causes(const DiffReport& report) {
  std::vector<DiffCause> all;
  for (const DiffCheck& check : report.checks)
    for (const DiffFinding& finding : check.result.findings) {
      auto known = std::find_if(all.begin(), all.end(), [&](const DiffCause& cause) {
        return cause.finding->cause == finding.cause && cause.finding->certain == finding.certain;
      });
      if (known == all.end()) known = all.insert(all.end(), DiffCause{&check, &finding, {}, {}, {}});
      add(finding.region, known->region);
      if (known->checks.empty() || known->checks.back() != &check) known->checks.push_back(&check);
    }
  std::stable_sort(all.begin(), all.end(), [](const DiffCause& a, const DiffCause& b) {
    return std::pair(!a.finding->certain, a.finding->change) < std::pair(!b.finding->certain, b.finding->change);
  });
  return folded(std::move(all));
}

}  // namespace bgproof
