#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/commands.h"
#include "cli/decide.h"
#include "cli/intent_lints.h"
#include "cli/smells.h"
#include "cli/terminal.h"
#include "report/lint_report.h"

namespace bgproof {

int run_lint(const Options& options) {
  if (!can_write(options.outputs)) return 2;
  Inputs inputs;
  std::vector<Check> checks;
  bool fine =
      read_network(options, inputs) && read_intents(options, false, {}, inputs) && bind_checks(options, inputs, checks);
  LintReport report;
  if (fine) {
    Diagnostics all = find_smells(options, inputs, true);
    all.append(find_intent_lints(options, inputs, checks));
    for (const Diagnostic& said : inputs.diagnostics.all())
      if (is_smell(said) || is_intent_lint(said)) put(all, said);
    report.smells = all.sorted();
    for (const Device& device : inputs.devices) {
      if (!is_selected(options, device)) continue;
      ++report.devices;
      report.policies += device.policies.size();
      report.not_checked += !device.not_checked.empty();
    }
  } else {
    print_to_stderr(errors_of(inputs.diagnostics), inputs.sources, options.colour);
  }
  for (const Output& output : options.outputs) {
    if (output.format == Format::text && !fine) continue;
    std::string text = output.format == Format::json
                           ? to_json(report, inputs.sources)
                           : to_text(report, inputs.sources, style_of(output, options.colour));
    if (!write_output(output, text)) return 2;
  }
  if (!fine) return 2;
  if (report.not_checked) return 3;
  bool warned = std::any_of(report.smells.begin(), report.smells.end(),
                            [](const Diagnostic& it) { return it.severity != Severity::note; });
  return options.strict && warned ? 1 : 0;
}

}  // namespace bgproof
