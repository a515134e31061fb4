// What `diff` has to say, before it takes a form: the comparisons with their results, what is attached elsewhere, and
// what was expected. Texts, JSON, Markdown and the exit status are all made of this one value.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "report/hunks.h"
#include "report/references.h"
#include "report/report.h"
#include "solver/pairing.h"

namespace bgproof {

// What an edit was announced to do; `--expect` or the trailer of a commit.
struct Expectation {
  bool narrower = false, wider = false, attrs = false;  // none of them: equal
  std::string text;                                     // "narrower"
  std::string source;                                   // "--expect", "Route-Effect of 1a2b3c4"
};
// "none", "narrower,attrs"; nullopt if it is not one.
std::optional<Expectation> parse_expectation(const std::string& text);

struct DiffCheck {
  Comparison comparison;
  DiffResult result;
};

// A file whose text differs on the two sides.
struct ChangedFile {
  FileId before, after;
  std::vector<Hunk> hunks;
  std::shared_ptr<const References> references;
};

struct DiffReport {
  std::string before, after;  // what was compared, as the user named it
  std::vector<DiffCheck> checks;
  std::vector<NetworkChange> changes;
  std::vector<ChangedFile> files;
  std::vector<Diagnostic> diagnostics;
  std::vector<UsedAssumption> assumptions;
  std::optional<Expectation> expected;
};

// The effect of all checks together: wider here and narrower there is incomparable.
struct Total {
  Effect effect = Effect::equal;
  bool attributes_changed = false;
  bool undecided = false;
};
Total total(const DiffReport& report);

// What is known of the check goes beyond the expectation.
bool exceeds(const DiffResult& result, const Expectation& expected);

int exit_status(const DiffReport& report);  // 0, 1, 3 (docs/cli.md)

// Findings of one cause over all checks.
struct DiffCause {
  const DiffCheck* check = nullptr;
  const DiffFinding* finding = nullptr;
  std::vector<const DiffCheck*> checks;
  Region region;                         // of all of them together: the union of its conditions
  std::vector<const DiffFinding*> also;  // what is possible through the same unmodelled lines
};
std::vector<DiffCause> causes(const DiffReport& report);

// The changed runs of lines that made a difference, each in its files.
struct GuiltyHunk {
  FileId before, after;
  Hunk lines;
  bool named = false;  // not within the guilty clause: what changed is something that it names
};
std::vector<GuiltyHunk> guilty_hunks(const DiffReport& report, const DiffCause& cause, const SourceSet& sources);

}  // namespace bgproof
