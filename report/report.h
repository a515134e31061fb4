// What a run has to say, before it takes a form: the checks with their results, what was noticed on the way, and what
// was assumed. Texts, JSON and the exit status are all made of this one value, so that they can't disagree.
//
// A *unit* is what the summary counts: one session in one direction, or one policy of a `policy` block, on one device.
// A unit that several blocks select is counted once, with its worst verdict. A check that selects nothing is a unit by
// itself.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "intents/task.h"
#include "solver/finding.h"

namespace bgproof {

std::string_view version();

struct Check {
  Task task;
  CheckResult result;
};

// One named assumption that some verdict rests on.
struct UsedAssumption {
  std::string name;
  std::string value;   // the reading; "a or b" where both were asked
  std::string source;  // who settled it, or the evidence
};

// What a second solver said to the questions that the verdicts rest on; where it differs, nothing is reported at all.
struct CrossChecked {
  std::string solver;  // "cvc5 1.0.3"
  size_t agreed = 0;
  std::vector<std::string> undecided;  // what it has not answered, and why
};

struct Report {
  std::string date;
  std::vector<Check> checks;            // by device, as the device states its sessions
  std::vector<Diagnostic> diagnostics;  // sorted
  std::vector<UsedAssumption> assumptions;
  std::optional<CrossChecked> cross_checked;
};

struct Counts {
  size_t proved = 0, violated = 0, possible = 0, unknown = 0, not_checked = 0;
  size_t causes = 0;  // of findings that are violated
  size_t nameless =
      0;  // of the units, those that are no session and no policy: a device, or a block that selects nothing
  size_t units() const { return proved + violated + possible + unknown + not_checked; }
};

// violated, possible, unknown, not_checked, proved: true if `a` comes before `b`.
bool is_worse(Verdict a, Verdict b);

// One line of the summary: the units of one sort on one device.
struct SummaryKey {
  std::string device;
  Direction direction = Direction::none;  // none: policies
  auto operator<=>(const SummaryKey&) const = default;
};
std::map<SummaryKey, Counts> summarize(const Report& report);
Counts total(const Report& report);

// 0, 1 or 3 as the verdicts are (docs: "Exit status"); that there was nothing to check is the caller's to say.
int exit_status(const Report& report);

}  // namespace bgproof
