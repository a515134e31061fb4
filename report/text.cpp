#include "report/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/cause.h"
#include "report/diagnostic_text.h"
#include "report/display.h"
#include "report/finding_text.h"

namespace bgproof {

namespace {

std::string verdicts(const Counts& counts) {
  std::string causes =
      counts.causes ? fmt::format(" ({} {})", counts.causes, counts.causes == 1 ? "cause" : "causes") : "";
  return fmt::format("{} proved, {} violated{}, {} possible, {} unknown, {} not checked", counts.proved,
                     counts.violated, causes, counts.possible, counts.unknown, counts.not_checked);
}

// "14 sessions", "1 block without sessions".
std::string units(const SummaryKey& key, const Counts& counts) {
  auto say = [](size_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
  };
  bool sessions = key.direction != Direction::none;
  std::string blocks = key.device.empty()
                           ? say(counts.nameless, "block that selects nothing", "blocks that select nothing")
                           : say(counts.nameless, "device", "devices");
  if (counts.nameless == counts.units()) return blocks;
  size_t named = counts.units() - counts.nameless;
  std::string names = sessions ? say(named, "session", "sessions") : say(named, "policy", "policies");
  return counts.nameless ? names + " and " + blocks : names;
}

std::string paint(const Counts& counts, const std::string& line, const Style& style) {
  if (counts.violated) return style.error(line);
  return counts.proved == counts.units() ? style.good(line) : style.warning(line);
}

std::string summary(const Report& report, const Style& style) {
  auto lines = summarize(report);
  std::map<std::string, size_t> directions;  // by device, of sessions
  for (const auto& [key, counts] : lines)
    if (key.direction != Direction::none) ++directions[key.device];
  std::string out;
  for (const auto& [key, counts] : lines) {
    bool sessions = key.direction != Direction::none;
    std::string line = "checked " + units(key, counts);
    if (sessions && directions[key.device] > 1) line += fmt::format(" ({})", to_string(key.direction));
    if (!key.device.empty()) line += " on " + harmless(key.device);
    out += paint(counts, line + ": " + verdicts(counts), style) + "\n";
  }
  if (lines.size() > 1) {
    Counts all = total(report);
    out += paint(all, fmt::format("in all {}: {}", all.units(), verdicts(all)), style) + "\n";
  }
  return out;
}

std::string assumed(const Report& report, const Style& style) {
  std::string out;
  for (const UsedAssumption& used : report.assumptions)
    out += fmt::format("  {} = {}   ({})\n", style.strong(used.name), used.value, used.source);
  std::map<std::string, size_t> facts;
  for (const Check& check : report.checks)
    for (const Fact& fact : check.task.facts) ++facts[fact.text];
  for (const auto& [text, count] : facts)
    out += fmt::format("  {}{}\n", harmless(redact(text)), count > 1 ? fmt::format("   ({} checks)", count) : "");
  return out.empty() ? out : style.note("assumed") + "\n" + out + "\n";
}

std::string cross_checked(const CrossChecked& by, const Style& style) {
  std::string line = fmt::format("{} was asked the same: {} {} and {} undecided", by.solver, by.agreed,
                                 by.agreed == 1 ? "answer agrees" : "answers agree", by.undecided.size());
  std::string out = (by.undecided.empty() ? style.good(line) : style.warning(line)) + "\n";
  constexpr size_t kMost = 5;
  for (size_t i = 0; i < std::min(kMost, by.undecided.size()); ++i)
    out += "  " + harmless(redact(by.undecided[i])) + "\n";
  if (by.undecided.size() > kMost) out += fmt::format("  and {} more\n", by.undecided.size() - kMost);
  return out;
}

}  // namespace

std::string to_text(const Report& report, const SourceSet& sources, const Style& style) {
  std::string out;
  for (const Diagnostic& diagnostic : report.diagnostics) out += to_text(diagnostic, sources, style);
  for (const Cause& cause : causes(report)) out += to_text(cause, sources, style);
  for (const Undecided& open : undecided(report)) out += to_text(open, sources, style);
  out += assumed(report, style) + summary(report, style);
  return report.cross_checked ? out + cross_checked(*report.cross_checked, style) : out;
}

}  // namespace bgproof
