#include "report/finding_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/diagnostic_text.h"
#include "report/display.h"
#include "report/snippet.h"

namespace bgproof {

namespace {

using Mark = SnippetLabel::Mark;

constexpr size_t kRegionLines = 5;
constexpr size_t kPlaceLines = 40;
constexpr size_t kLineWidth = 100;

std::string plural(size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

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

SourceRange first_line(const SourceSet& sources, const SourceRange& range) {
  if (!range.known()) return range;
  const SourceFile& file = sources.file(range.file);
  LineColumn begin = file.position(range.begin);
  auto rest = static_cast<uint32_t>(file.line(begin.line).size()) + 1 -
              std::min<uint32_t>(begin.column, file.line(begin.line).size() + 1);
  return {range.file, range.begin, std::min(range.end, range.begin + rest)};
}

bool lies_within(const SourceRange& inner, const SourceRange& outer) {
  return inner.known() && inner.file == outer.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

// What the trace says of a condition of the deciding clause.
std::string remark_on(const SourceRange& condition, const Finding& finding) {
  bool met = false, missed = false, free = false;
  for (const Step& step : finding.trace) {
    // A test of several lines at once says nothing of each: one of a group of prefix conditions is enough.
    if (!lies_within(step.range, condition) && (finding.conditions.size() > 1 || !lies_within(condition, step.range)))
      continue;
    met |= step.kind == Step::Kind::matched;
    missed |= step.kind == Step::Kind::not_matched;
    free |= step.kind == Step::Kind::chosen && lies_within(step.range, condition);
  }
  if (free) return "not modelled: it may match or not";
  if (finding.conditions.size() == 1)
    return missed && !met ? "the only condition: this route does not meet it"
                          : "the only condition: this route meets it";
  if (met) return "this route meets it";
  return missed ? "this route does not meet it" : "a condition of this clause";
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

// A part of a chain of policies, as text: "P1, P2".
std::string join(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

void add_config_labels(std::vector<SnippetLabel>& labels, const Finding& finding, const Task& task,
                       const SourceSet& sources) {
  const bool accepted = finding.output.has_value();
  if (finding.location.known()) {
    labels.push_back({Mark::at, finding.location, accepted ? "accepted here" : "rejected here"});
    labels.push_back({finding.conditions.empty() ? Mark::beside : Mark::shown,
                      first_line(sources, finding.clause_range), "no condition: every route that comes here meets it"});
    for (const SourceRange& condition : finding.conditions)
      labels.push_back({Mark::beside, condition, remark_on(condition, finding)});
  } else if (task.attachment.known()) {
    labels.push_back(
        {Mark::at, first_line(sources, task.attachment),
         accepted ? "no clause of it decides: the default accepts" : "no clause of it decides: the default rejects"});
  }
  for (const Step& step : finding.trace)
    if (step.kind == Step::Kind::changed && lies_within(step.range, finding.clause_range))
      labels.push_back({Mark::beside, step.range, step.text});
}

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

// Every place that shares a cause, in as few lines as it takes: device and direction, then chain (sessions).
std::vector<std::string> places(const std::vector<const Check*>& checks) {
  struct Place {
    std::string head, chain;
    std::vector<std::string> sessions;
  };
  std::vector<Place> found;
  for (const Check* check : checks) {
    const Task& task = check->task;
    if (task.policies.empty() && task.sessions.empty()) continue;
    std::string head = harmless(task.device);
    if (task.direction != Direction::none) head += fmt::format(" {}", to_string(task.direction));
    std::string chain = task.policies.empty() ? "(no policy)" : join(task.policies);
    if (found.empty() || found.back().head != head || found.back().chain != chain) found.push_back({head, chain, {}});
    auto& sessions = found.back().sessions;
    sessions.insert(sessions.end(), task.sessions.begin(), task.sessions.end());
  }
  std::vector<std::string> lines;
  std::string head;
  for (const Place& place : found) {
    std::string line =
        (place.head == head ? "  " : place.head + "  ") + place.chain + (place.sessions.empty() ? "" : ":");
    head = place.head;
    for (size_t i = 0; i < place.sessions.size(); ++i) {
      std::string piece = " " + place.sessions[i] + (i + 1 < place.sessions.size() ? "," : "");
      if (line.size() + piece.size() > kLineWidth) {
        lines.push_back(line);
        line = std::string(3, ' ');
      }
      line += piece;
    }
    lines.push_back(line);
  }
  return lines;
}

std::string place_lines(uint32_t gutter, const std::vector<const Check*>& checks, const Style& style) {
  std::string result;
  std::vector<std::string> lines = places(checks);
  for (size_t i = 0; i < lines.size() && i < kPlaceLines; ++i)
    result += i == 0 ? note_line(gutter, "at", lines[i], style)
                     : fmt::format("{:{}}{}\n", "", gutter + 15, harmless(lines[i]));
  if (lines.size() > kPlaceLines)
    result +=
        fmt::format("{:{}}and {} more lines (all of them: --out json)\n", "", gutter + 15, lines.size() - kPlaceLines);
  return result;
}

std::string after_word(Direction direction) {
  switch (direction) {
    case Direction::export_to:
      return "sent as";
    case Direction::import_from:
      return "kept as";
    case Direction::none:
      return "becomes";
  }
  return {};
}

std::string replay_note(const Finding& finding) {
  std::string end = finding.output ? "accepted" : "rejected";
  if (finding.verdict == Verdict::possible) end += " if the lines below do as assumed";
  return fmt::format("replayed by the reference evaluator: {}, same steps", end);
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
    note("crosses", join(names));
  }
  const auto& region = finding.region.conditions;
  const std::string region_of = one_region(cause) ? "region" : "region here";
  for (size_t i = 0; i < region.size() && i < kRegionLines; ++i)
    if (i == 0)
      note(region_of, region[i]);
    else
      out += fmt::format("{:{}}{}\n", "", snippet.gutter + 15, region[i]);
  if (region.size() > kRegionLines)
    out += fmt::format("{:{}}and {} more\n", "", snippet.gutter + 15, region.size() - kRegionLines);
  if (!region.empty() && !finding.region.complete)
    out += fmt::format("{:{}}and others: a limit was reached before all were found\n", "", snippet.gutter + 15);
  std::string shared = plural(cause.policies(), "policy", "policies");
  if (cause.sessions()) shared += ", " + plural(cause.sessions(), "session", "sessions");
  note("same cause", shared + ", " + plural(cause.devices(), "device", "devices"));
  out += place_lines(snippet.gutter, cause.checks, style);
  if (finding.verdict != Verdict::unknown) note(replay_note(finding), "");
  for (const Dependency& dependency : finding.depends_on) {
    std::string where;
    if (dependency.range.known()) {
      const SourceFile& file = sources.file(dependency.range.file);
      where = fmt::format("{}:{}: ", file.path(), file.position(dependency.range.begin).line);
    }
    note("depends on", where + dependency.text);
  }
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
  return out + place_lines(snippet.gutter, undecided.checks, style) + "\n";
}

}  // namespace bgproof
