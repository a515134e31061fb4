#include "report/finding_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/diagnostic_text.h"
#include "report/display.h"
#include "report/finding_parts.h"
#include "report/snippet.h"

namespace bgproof {

namespace {

using Mark = SnippetLabel::Mark;

std::string heading(Verdict verdict, const std::string& code, const Style& style) {
  std::string tag = code.empty() ? "" : "[" + code + "]";
  switch (verdict) {
    case Verdict::violated:
      return style.error("error" + tag);
    case Verdict::possible:
      return style.warning("possible" + tag);
    case Verdict::unknown:
      return style.warning("unknown" + tag);
    case Verdict::not_checked:
      return style.warning("not checked" + tag);
    case Verdict::proved:
      return style.good("proved" + tag);
  }
  return {};
}

// Whether all checks of the cause let the same prefixes through.
bool one_region(const Cause& cause) {
  for (const Check* check : cause.checks)
    for (const Finding& finding : check->result.findings)
      if (finding.cause == cause.finding->cause && finding.region.conditions != cause.finding->region.conditions)
        return false;
  return true;
}

std::string row_name(const TaskRow& row) { return row.id.empty() ? row.text : "[" + row.id + "] " + row.text; }

// What the broken row has to do with the route.
std::string remark_on_row(const std::string& code) {
  if (code == "BP302") return "forbids this route";
  if (code == "BP401") return "this route has to pass";
  return "not fulfilled";
}

void add_intent_labels(std::vector<SnippetLabel>& labels, const Finding& finding, const Task& task,
                       const SourceSet& sources) {
  if (finding.row) {
    const TaskRow& row = task.rows.at(*finding.row);
    SourceRange where = row.head.known() ? row.head : row.range;
    Mark mark = labels.empty() ? Mark::at : Mark::beside;
    labels.push_back({Mark::shown, first_line(sources, task.block), ""});
    labels.push_back({mark, first_line(sources, where), remark_on_row(finding.code)});
    return;
  }
  size_t allowing = std::count_if(task.rows.begin(), task.rows.end(), [](const TaskRow& row) {
    return row.kind == TaskRow::Kind::may || row.kind == TaskRow::Kind::must || row.kind == TaskRow::Kind::except;
  });
  std::string text;
  if (finding.code == "BP301" && allowing == 0) text = "closed: no row allows anything";
  if (finding.code == "BP301" && allowing == 1) text = "closed: its only row does not cover this route";
  if (finding.code == "BP301" && allowing > 1)
    text = fmt::format("closed: none of {} rows covers this route", allowing);
  labels.push_back({labels.empty() ? Mark::at : Mark::beside, first_line(sources, task.block), text});
}

std::vector<const Task*> tasks_of(const std::vector<const Check*>& checks) {
  std::vector<const Task*> tasks;
  for (const Check* check : checks) tasks.push_back(&check->task);
  return tasks;
}

}  // namespace

std::string to_text(const Cause& cause, const SourceSet& sources, const Style& style) {
  const Finding& finding = *cause.finding;
  const Task& task = cause.check->task;
  std::vector<SnippetLabel> labels;
  add_config_labels(labels, finding, task, sources);
  add_intent_labels(labels, finding, task, sources);
  Snippet snippet = render_snippet(sources, labels, style, finding.verdict == Verdict::violated);

  std::string out = heading(finding.verdict, finding.code, style) + style.strong(": " + harmless(finding.message)) +
                    "\n" + snippet.text;
  auto note = [&](const std::string& name, const std::string& value) {
    out += note_line(snippet.gutter, name, value, style);
  };
  if (finding.verdict != Verdict::unknown) {
    note("route", to_string(finding.input));
    if (finding.output && *finding.output != finding.input)
      note(after_word(task.direction), to_string(*finding.output));
  }
  if (!finding.clause.empty() && !finding.location.known()) note("decided by", finding.clause);
  if (!finding.nearest.empty()) note("nearest", finding.nearest);
  if (!finding.crosses.empty()) {
    std::vector<std::string> names;
    for (size_t row : finding.crosses) names.push_back(row_name(task.rows.at(row)));
    note("crosses", fmt::format("{}", fmt::join(names, ", ")));
  }
  out += region_lines(snippet.gutter, one_region(cause) ? "region" : "region here", finding.region, style);
  std::string shared = cause.policies() ? plural(cause.policies(), "policy", "policies") : "no policy";
  if (cause.sessions()) shared += ", " + plural(cause.sessions(), "session", "sessions");
  note("same cause", shared + ", " + plural(cause.devices(), "device", "devices"));
  out += place_lines(snippet.gutter, tasks_of(cause.checks), style);
  constexpr size_t kShortId = 8;
  std::string trace = finding.id.empty() ? "" : "; bgproof trace " + finding.id.substr(0, kShortId);
  if (finding.verdict != Verdict::unknown) note(replay_note(finding) + trace, "");
  out += dependency_lines(snippet.gutter, finding, sources, style);
  return out + "\n";
}

std::string to_text(const Undecided& undecided, const SourceSet& sources, const Style& style) {
  std::vector<SnippetLabel> labels;
  const Task& task = undecided.checks.front()->task;
  if (task.block.known()) labels.push_back({Mark::at, first_line(sources, task.block), ""});
  Snippet snippet = render_snippet(sources, labels, style, false);
  std::string reason = undecided.reason.empty() ? "no reason was given" : undecided.reason;
  std::string out = heading(undecided.verdict, undecided.code, style) + style.strong(": " + harmless(redact(reason))) +
                    "\n" + snippet.text;
  return out + place_lines(snippet.gutter, tasks_of(undecided.checks), style) + "\n";
}

}  // namespace bgproof
