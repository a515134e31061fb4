#include "report/diff_markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/diff_text.h"
#include "report/display.h"
#include "report/secrets.h"

namespace bgproof {

namespace {

constexpr size_t kCauses = 20;
constexpr size_t kHunks = 4;
constexpr size_t kConditions = 4;
constexpr uint32_t kLines = 8;

// In backquotes nothing of the text is markup.
std::string code(const std::string& text) {
  std::string safe = harmless(redact(text));
  std::replace(safe.begin(), safe.end(), '`', '\'');
  return "`" + safe + "`";
}

std::string line_of(const SourceSet& sources, FileId file, uint32_t line) {
  const SourceFile& text = sources.file(file);
  return display(text.line(line), find_secrets(text, line), 0, 0).text;
}

void add_lines(std::string& out, char mark, const SourceSet& sources, FileId file, uint32_t begin, uint32_t end) {
  for (uint32_t line = begin; line < end && line < begin + kLines; ++line)
    out += fmt::format("{} {}\n", mark, line_of(sources, file, line));
}

// The changed lines, then the line that decides, often an unchanged one.
std::string lines(const DiffReport& report, const DiffCause& cause, const SourceSet& sources) {
  std::vector<GuiltyHunk> hunks = guilty_hunks(report, cause, sources);
  std::string out;
  for (size_t i = 0; i < hunks.size() && i < kHunks; ++i) {
    const GuiltyHunk& it = hunks[i];
    out += fmt::format("@@ {}:{} @@\n", sources.file(it.after).path(), it.lines.new_begin);
    add_lines(out, '-', sources, it.before, it.lines.old_begin, it.lines.old_end);
    add_lines(out, '+', sources, it.after, it.lines.new_begin, it.lines.new_end);
  }
  const SideOutcome& now = cause.finding->sides[1];
  if (now.location.known()) {
    uint32_t line = sources.begin(now.location).line;
    out += fmt::format("@@ {}:{} {} now @@\n", sources.file(now.location.file).path(), line,
                       now.passes ? "accepted" : "rejected");
    for (size_t i = 0; i < now.conditions.size() && i < kConditions; ++i)
      if (uint32_t test = sources.begin(now.conditions[i]).line; test < line)
        out += fmt::format("  {}\n", line_of(sources, now.conditions[i].file, test));
    out += fmt::format("  {}\n", line_of(sources, now.location.file, line));
  }
  return out.empty() ? "" : "\n```diff\n" + out + "```\n";
}

std::string block(const DiffReport& report, const DiffCause& cause, const SourceSet& sources) {
  const DiffFinding& finding = *cause.finding;
  size_t sessions = 0;
  for (const DiffCheck* check : cause.checks) sessions += check->comparison.sessions.size();
  std::string kind = finding.change == Change::newly_accepted   ? "newly accepted"
                     : finding.change == Change::newly_rejected ? "newly rejected"
                                                                : "changed";
  std::string out = fmt::format("\n**{}{}**: {}. {} {}, {} {}.\n", finding.certain ? "" : "possibly ", kind,
                                harmless(finding.message), cause.checks.size(),
                                cause.checks.size() == 1 ? "policy or chain" : "policies or chains", sessions,
                                sessions == 1 ? "session" : "sessions");
  out += lines(report, cause, sources);
  const Comparison& at = cause.check->comparison;
  std::string where = at.device;
  for (const std::string& policy : at.policies) where += " " + policy;
  out += fmt::format("\n- for example at {}: {}\n", code(where), code(to_string(finding.input)));
  for (size_t side : {0, 1}) {
    const SideOutcome& it = finding.sides[side];
    out += fmt::format("- {}: {} by {}", side == 0 ? "before" : "now", it.passes ? "accepted" : "rejected",
                       code(it.clause));
    if (std::string changed = it.passes ? what_changes(finding.input, it.output) : ""; !changed.empty())
      out += ", with " + code(changed);
    out += "\n";
  }
  for (const std::string& also : also_possible(cause)) out += "- may also be: " + harmless(also) + "\n";
  if (const std::vector<std::string>& region = cause.region.conditions; !region.empty()) {
    out += "- region: " + code(region.front());
    if (region.size() > 1) out += fmt::format(" and {} more", region.size() - 1);
    out += "\n";
  }
  for (const Dependency& on : finding.depends_on) out += "- depends on " + code(on.text) + "\n";
  return out;
}

}  // namespace

std::string to_markdown(const DiffReport& report, const SourceSet& sources) {
  int status = exit_status(report);
  bool as_announced = report.expected && status == 0;
  bool unknown = total(report).effect == Effect::unknown;  // the effect says as much
  std::string mark = status == 1               ? "not as expected"
                     : status == 3 && !unknown ? "undecided"
                     : as_announced            ? "as expected"
                                               : "";
  std::string out = "### bgproof: " + (mark.empty() ? "" : mark + ": ") + effect_line(report) + "\n\n";
  std::vector<DiffCause> all = causes(report);
  size_t equal = std::count_if(report.checks.begin(), report.checks.end(),
                               [](const DiffCheck& check) { return check.result.effect == Effect::equal; });
  out += fmt::format("{} of {} comparisons are equal; {} {} of difference.\n", equal, report.checks.size(), all.size(),
                     all.size() == 1 ? "cause" : "causes");
  if (as_announced) return out;
  for (size_t i = 0; i < all.size() && i < kCauses; ++i) out += block(report, all[i], sources);
  if (all.size() > kCauses) out += fmt::format("\nand {} more causes\n", all.size() - kCauses);
  if (!report.changes.empty()) out += "\n";
  for (const NetworkChange& change : shown_changes(report)) out += "- " + code(to_words(change)) + "\n";
  for (const DiffCheck& check : report.checks)
    if (!check.result.reason.empty())
      out += fmt::format("- unknown at {}: {}\n", code(check.comparison.device), code(check.result.reason));
  return out;
}

}  // namespace bgproof
