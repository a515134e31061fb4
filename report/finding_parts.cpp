#include "report/finding_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/diagnostic_text.h"
#include "report/display.h"
#include "report/places.h"

namespace bgproof {

namespace {

using Mark = SnippetLabel::Mark;

constexpr size_t kRegionLines = 5;
constexpr size_t kPlaceLines = 40;

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

// Every place that shares a cause, in as few lines as it takes: device and direction, then chain (sessions).
std::vector<std::string> places(const std::vector<const Task*>& tasks) {
  std::vector<Place> all;
  for (const Task* task : tasks) all.push_back({task->device, task->direction, task->policies, task->sessions});
  return to_lines(all);
}

}  // namespace

std::string plural(size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
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

void add_config_labels(std::vector<SnippetLabel>& labels, const Finding& finding, const Task& task,
                       const SourceSet& sources) {
  const bool accepted = finding.output.has_value();
  if (finding.location.known()) {
    labels.push_back({Mark::at, finding.location, accepted ? "accepted here" : "rejected here"});
    labels.push_back({finding.conditions.empty() ? Mark::beside : Mark::shown,
                      first_line(sources, finding.clause_range), "no condition: every route that comes here meets it"});
    for (const SourceRange& condition : finding.conditions)
      if (condition != finding.location)  // a list that a session names has one line for both
        labels.push_back({Mark::beside, condition, remark_on(condition, finding)});
    for (const SourceRange& entry : finding.entries)
      labels.push_back({Mark::beside, first_line(sources, entry), "the prefix is in this entry"});
  } else if (task.attachment.known()) {
    labels.push_back(
        {Mark::at, first_line(sources, task.attachment),
         accepted ? "no clause of it decides: the default accepts" : "no clause of it decides: the default rejects"});
  }
  for (const Step& step : finding.trace)
    if (step.kind == Step::Kind::changed && lies_within(step.range, finding.clause_range))
      labels.push_back({Mark::beside, step.range, step.text});
}

std::string region_lines(uint32_t gutter, const std::string& name, const Region& region, const Style& style) {
  std::string out;
  auto further = [&](const std::string& text) { out += fmt::format("{:{}}{}\n", "", gutter + 15, text); };
  const std::vector<std::string>& lines = region.conditions;
  for (size_t i = 0; i < lines.size() && i < kRegionLines; ++i)
    if (i == 0)
      out += note_line(gutter, name, lines[i], style);
    else
      further(lines[i]);
  if (lines.size() > kRegionLines) further(fmt::format("and {} more", lines.size() - kRegionLines));
  if (!lines.empty() && !region.complete) further("and others: a limit was reached before all were found");
  return out;
}

std::string place_lines(uint32_t gutter, const std::vector<const Task*>& tasks, const Style& style) {
  std::string result;
  std::vector<std::string> lines = places(tasks);
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

std::string dependency_lines(uint32_t gutter, const Finding& finding, const SourceSet& sources, const Style& style) {
  std::string out;
  for (const Dependency& dependency : finding.depends_on) {
    std::string where;
    if (dependency.range.known()) {
      const SourceFile& file = sources.file(dependency.range.file);
      where = fmt::format("{}:{}: ", file.path(), file.position(dependency.range.begin).line);
    }
    out += note_line(gutter, "depends on", where + dependency.text, style);
  }
  return out;
}

}  // namespace bgproof
