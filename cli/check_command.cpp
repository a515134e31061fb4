#include <algorithm>
#include <set>

#include "cli/commands.h"
#include "cli/decide.h"
#include "cli/inputs.h"
#include "cli/questions.h"
#include "cli/smells.h"
#include "cli/terminal.h"
#include "report/dead_rows.h"
#include "report/json.h"
#include "report/text.h"

namespace bgproof {

namespace {

constexpr int kNothingChecked = 2;

// One run of `check`: every stage reads what the one before left, and stops the run if nothing could be checked.
class CheckRun {
 public:
  explicit CheckRun(const Options& options) : options_(options), questions_(options, report_.checks, inputs_.sources) {}

  int run() {
    if (!can_write(options_.outputs)) return kNothingChecked;
    bool fine = read_network(options_, inputs_) && read_intents(options_, true, {}, inputs_) &&
                bind_checks(options_, inputs_, report_.checks);
    if (fine && !questions_.ready()) return kNothingChecked;
    if (fine) {
      decide(options_, inputs_, report_.checks, questions_);
      report_.cross_checked = questions_.cross_checked();
      settle_dead_rows(report_.checks, inputs_.diagnostics);
      note_smells();
      std::set<std::string> used;
      for (const Check& check : report_.checks)
        used.insert(check.result.assumptions.begin(), check.result.assumptions.end());
      report_.assumptions = used_assumptions(options_, inputs_.project, used);
    }
    report_.date = options_.date;
    report_.diagnostics = inputs_.diagnostics.sorted();
    if (!write(fine)) return kNothingChecked;
    if (!fine) return kNothingChecked;
    bool smells = std::any_of(report_.diagnostics.begin(), report_.diagnostics.end(),
                              [](const Diagnostic& said) { return is_smell(said) && said.severity != Severity::note; });
    return options_.strict && smells ? 1 : exit_status(report_);
  }

 private:
  // Those that are warnings; `lint` has the notes too.
  void note_smells() {
    Diagnostics smells = find_smells(options_, inputs_, options_.strict);
    for (const Diagnostic& smell : smells.all())
      if (smell.severity != Severity::note) put(inputs_.diagnostics, smell);
  }

  // `fine`: something was checked; if not, the diagnostics say why, on stderr whatever the formats are.
  bool write(bool fine) const {
    if (!fine) print_to_stderr(inputs_.diagnostics, inputs_.sources, options_.colour);
    for (const Output& output : options_.outputs) {
      if (output.format == Format::text && !fine) continue;
      std::string text = output.format == Format::json
                             ? to_json(report_, inputs_.sources)
                             : to_text(report_, inputs_.sources, style_of(output, options_.colour));
      if (!write_output(output, text)) return false;
    }
    return true;
  }

  const Options& options_;
  Inputs inputs_;
  Report report_;
  Questions questions_;
};

}  // namespace

int run_check(const Options& options) { return CheckRun(options).run(); }

}  // namespace bgproof
