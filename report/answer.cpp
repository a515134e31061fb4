#include "report/answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/diagnostic_text.h"
#include "report/display.h"
#include "report/finding_parts.h"
#include "report/snippet.h"

namespace bgproof {

namespace {

using Mark = SnippetLabel::Mark;

// "policy TO-PEER on edge01", "export of edge01 to 192.0.2.1, 192.0.2.2"
std::string subject(const Task& task) {
  if (task.direction == Direction::none) return fmt::format("{} on {}", fmt::join(task.policies, ", "), task.device);
  bool out = task.direction == Direction::export_to;
  return fmt::format("the {} of {} {} {}", to_string(task.direction), task.device, out ? "to" : "from",
                     fmt::join(task.sessions, ", "));
}

std::string deed(const QueryReport& report) { return report.rejects ? "rejects" : "accepts"; }

// The question in words: "a route with `any` and the result `strip X`"
std::string question(const QueryReport& report) {
  std::string text = fmt::format("with `{}`", report.condition);
  if (!report.obligation.empty()) text += fmt::format(", so that `{}` holds of the result", report.obligation);
  return text;
}

std::string one_finding(const QueryReport& report, const Task& task, const Finding& finding, const SourceSet& sources,
                        const Style& style) {
  std::vector<SnippetLabel> labels;
  add_config_labels(labels, finding, task, sources);
  Snippet snippet = render_snippet(sources, labels, style, false);
  bool surely = finding.verdict == Verdict::violated;
  std::string head = surely ? style.warning("found") : style.warning("possible");
  std::string out =
      head + style.strong(harmless(fmt::format(": {} {} a route {}", subject(task), deed(report), question(report)))) +
      "\n" + snippet.text;
  auto note = [&](const std::string& name, const std::string& value) {
    out += note_line(snippet.gutter, name, value, style);
  };
  note("route", to_string(finding.input));
  if (finding.output && *finding.output != finding.input) note(after_word(task.direction), to_string(*finding.output));
  note("decided by", finding.clause);
  out += region_lines(snippet.gutter, "region", finding.region, style);
  note(replay_note(finding), "");
  return out + dependency_lines(snippet.gutter, finding, sources, style) + "\n";
}

std::string undecided(const Answered& answered, const Style& style) {
  return style.warning(answered.answer.verdict == Verdict::unknown ? "unknown" : "not checked") +
         style.strong(harmless(fmt::format(": {}: {}", subject(answered.task), answered.answer.reason))) + "\n";
}

std::string none(const QueryReport& report, const Answered& answered, const Style& style) {
  std::string out = style.good("none, proved") +
                    style.strong(harmless(
                        fmt::format(": {} {} no route {}", subject(answered.task), deed(report), question(report)))) +
                    "\n";
  if (answered.answer.vacuous)
    out += note_line(3, "note", "no route that can be offered here meets the condition at all", style);
  return out;
}

}  // namespace

std::string_view answer_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::violated:
      return "exists";
    case Verdict::possible:
      return "possible";
    case Verdict::proved:
      return "none";
    case Verdict::unknown:
      return "unknown";
    case Verdict::not_checked:
      return "not_checked";
  }
  return {};
}

std::string to_text(const QueryReport& report, const SourceSet& sources, const Style& style) {
  std::string out;
  for (const Diagnostic& diagnostic : report.diagnostics)
    if (diagnostic.severity != Severity::note) out += to_text(diagnostic, sources, style);
  for (const Answered& answered : report.answers) {
    for (const Finding& finding : answered.answer.findings)
      out += one_finding(report, answered.task, finding, sources, style);
    if (!answered.answer.complete) out += style.warning("more clauses decide such routes than are listed") + "\n\n";
    if (answered.answer.verdict == Verdict::proved) out += none(report, answered, style);
    if (answered.answer.verdict == Verdict::unknown || answered.answer.verdict == Verdict::not_checked)
      out += undecided(answered, style);
  }
  if (!report.assumptions.empty()) out += style.note("assumed") + "\n";
  for (const UsedAssumption& used : report.assumptions)
    out += fmt::format("  {} = {}   ({})\n", style.strong(used.name), used.value, used.source);
  return out;
}

int exit_status(const QueryReport& report) {
  auto any = [&](auto... verdicts) {
    return std::any_of(report.answers.begin(), report.answers.end(),
                       [&](const Answered& it) { return ((it.answer.verdict == verdicts) || ...); });
  };
  if (any(Verdict::violated)) return 1;
  return any(Verdict::possible, Verdict::unknown, Verdict::not_checked) ? 3 : 0;
}

}  // namespace bgproof
