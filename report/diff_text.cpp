#include "report/diff_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/diagnostic_text.h"
#include "report/display.h"
#include "report/places.h"
#include "report/secrets.h"
#include "report/snippet.h"

namespace bgproof {

namespace {

using Kind = NetworkChange::Kind;
using Mark = SnippetLabel::Mark;

constexpr size_t kHunks = 4;        // shown of one cause
constexpr uint32_t kHunkLines = 6;  // shown of one hunk
constexpr size_t kRegionLines = 5;
constexpr size_t kPlaceLines = 20;
constexpr size_t kChangeLines = 20;

std::string plural(size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string code_of(const DiffFinding& finding) {
  switch (finding.change) {
    case Change::newly_accepted:
      return "BP311";
    case Change::newly_rejected:
      return "BP411";
    case Change::changed:
      return "BP511";
  }
  return {};
}

std::string heading(const DiffFinding& finding, const Style& style) {
  if (!finding.certain) return style.warning(fmt::format("possible[{}]", code_of(finding)));
  switch (finding.change) {
    case Change::newly_accepted:
      return style.error("newly accepted[BP311]");
    case Change::newly_rejected:
      return style.warning("newly rejected[BP411]");
    case Change::changed:
      return style.note("changed[BP511]");
  }
  return {};
}

SourceRange whole_line(const SourceSet& sources, FileId file, uint32_t line) {
  const SourceFile& text = sources.file(file);
  std::string_view content = text.line(line);
  auto begin = static_cast<uint32_t>(content.data() - text.text().data());
  auto blank = static_cast<uint32_t>(std::min(content.find_first_not_of(" \t"), content.size()));
  return {file, begin + blank, begin + static_cast<uint32_t>(content.size())};
}

SourceRange first_line(const SourceSet& sources, const SourceRange& range) {
  if (!range.known()) return range;
  SourceRange line = whole_line(sources, range.file, sources.begin(range).line);
  return {range.file, range.begin, std::max(range.begin, std::min(range.end, line.end))};
}

void add_hunks(std::vector<SnippetLabel>& labels, const std::vector<GuiltyHunk>& hunks, const SourceSet& sources) {
  for (size_t i = 0; i < hunks.size() && i < kHunks; ++i) {
    const GuiltyHunk& hunk = hunks[i];
    auto add = [&](FileId file, uint32_t begin, uint32_t end, const char* what) {
      for (uint32_t line = begin; line < end && line < begin + kHunkLines; ++line) {
        SourceRange range = whole_line(sources, file, line);
        if (range.begin < range.end) labels.push_back({Mark::at, range, what});
      }
    };
    add(hunk.after, hunk.lines.new_begin, hunk.lines.new_end, "added");
    add(hunk.before, hunk.lines.old_begin, hunk.lines.old_end, "removed");
  }
}

// Whether the trace met the condition; an empty text if it says nothing of it.
std::string remark_on(const SourceRange& condition, const SideOutcome& side) {
  bool met = false, missed = false;
  for (const Step& step : side.trace) {
    bool within = step.range.known() && step.range.file == condition.file && condition.begin <= step.range.begin &&
                  step.range.end <= condition.end;
    bool around = side.conditions.size() == 1 && step.range.known() && step.range.file == condition.file &&
                  step.range.begin <= condition.begin && condition.end <= step.range.end;
    if (!within && !around) continue;
    met |= step.kind == Step::Kind::matched;
    missed |= step.kind == Step::Kind::not_matched;
  }
  if (met) return side.conditions.size() == 1 ? "the only condition: this route meets it" : "this route meets it";
  return missed ? "this route does not meet it" : "a condition of this clause";
}

void add_side(std::vector<SnippetLabel>& labels, const DiffFinding& finding, const Side& side, size_t number,
              const SourceSet& sources) {
  const SideOutcome& it = finding.sides[number];
  const char* when = number == 0 ? "before" : "now";
  std::string decided = fmt::format("{} {}", it.passes ? "accepted" : "rejected", when);
  for (const SourceRange& clause : it.guilty) labels.push_back({Mark::shown, first_line(sources, clause), ""});
  if (it.location.known()) {
    labels.push_back({Mark::beside, it.location, decided});
    labels.push_back({Mark::shown, first_line(sources, it.clause_range), ""});
    if (number == 1)
      for (const SourceRange& condition : it.conditions)
        labels.push_back({Mark::beside, condition, remark_on(condition, it)});
  } else if (side.attachment.known() && side.present) {
    labels.push_back({Mark::beside, first_line(sources, side.attachment),
                      fmt::format("no clause of it decides: {} by default", decided)});
  }
  for (const Step& step : it.trace)
    for (const std::string& attribute : finding.attributes)
      if (step.kind == Step::Kind::changed && step.text.starts_with(attribute + " "))
        labels.push_back({Mark::beside, step.range, fmt::format("{} {}", step.text, when)});
}

std::vector<std::string> places(const std::vector<const DiffCheck*>& checks) {
  std::vector<Place> all;
  for (const DiffCheck* check : checks) {
    const Comparison& it = check->comparison;
    all.push_back({it.device, it.direction, it.policies, it.sessions});
  }
  return to_lines(all);
}

class Block {
 public:
  Block(const DiffReport& report, const DiffCause& cause, const SourceSet& sources, const Style& style)
      : report_(report), cause_(cause), finding_(*cause.finding), sources_(sources), style_(style) {}

  std::string text() {
    const Comparison& comparison = cause_.check->comparison;
    std::vector<GuiltyHunk> hunks = guilty_hunks(report_, cause_, sources_);
    std::vector<SnippetLabel> labels;
    add_hunks(labels, hunks, sources_);
    for (size_t side : {1, 0}) add_side(labels, finding_, comparison.sides[side], side, sources_);
    if (std::none_of(labels.begin(), labels.end(), [](const SnippetLabel& l) { return l.mark == Mark::at; }))
      for (SnippetLabel& label : labels)
        if (label.mark == Mark::beside) {
          label.mark = Mark::at;
          break;
        }
    Snippet snippet =
        render_snippet(sources_, labels, style_, finding_.certain && finding_.change == Change::newly_accepted);
    gutter_ = snippet.gutter;
    out_ = heading(finding_, style_) + style_.strong(": " + harmless(finding_.message)) + "\n" + snippet.text;
    note("route", to_string(finding_.input));
    side_note("before", 0);
    side_note("now", 1);
    std::vector<std::string> also = also_possible(cause_);
    for (size_t i = 0; i < also.size(); ++i) i == 0 ? note("may also", also[i]) : more(also[i]);
    region();
    reason(hunks);
    shared();
    note(finding_.certain ? "replayed by the reference evaluator on both sides"
                          : "replayed by the reference evaluator on both sides, if the lines below do as assumed",
         "");
    for (const Dependency& on : finding_.depends_on) {
      std::string where;
      if (on.range.known())
        where = fmt::format("{}:{}: ", sources_.file(on.range.file).path(), sources_.begin(on.range).line);
      note("depends on", where + on.text);
    }
    return out_ + "\n";
  }

 private:
  void note(const std::string& name, const std::string& value) { out_ += note_line(gutter_, name, value, style_); }
  void more(const std::string& value) { out_ += fmt::format("{:{}}{}\n", "", gutter_ + 15, harmless(value)); }

  void side_note(const char* name, size_t side) {
    const SideOutcome& it = finding_.sides[side];
    if (!cause_.check->comparison.sides[side].present) return note(name, "there is none");
    std::string text = fmt::format("{} by {}", it.passes ? "accepted" : "rejected", it.clause);
    if (it.clause == "(not offered)") text = "not offered to the policy";
    if (std::string changed = it.passes ? what_changes(finding_.input, it.output) : ""; !changed.empty())
      text += ", with " + changed;
    note(name, text);
  }

  void region() {
    const auto& region = cause_.region.conditions;
    for (size_t i = 0; i < region.size() && i < kRegionLines; ++i) i == 0 ? note("region", region[i]) : more(region[i]);
    if (region.size() > kRegionLines) more(fmt::format("and {} more", region.size() - kRegionLines));
    if (!region.empty() && !cause_.region.complete) more("or a part of it: not all could be found or compared");
  }

  void reason(const std::vector<GuiltyHunk>& hunks) {
    const Comparison& comparison = cause_.check->comparison;
    if (finding_.same_text)
      note("unchanged", "the clause stands as before and means something else: what it names changed");
    if (comparison.before().policies != comparison.after().policies && comparison.before().present &&
        comparison.after().present)
      note("chain", fmt::format("was {}, is {}", chain(comparison.before()), chain(comparison.after())));
    if (hunks.size() > kHunks) note("changed", plural(hunks.size() - kHunks, "more place", "more places"));
  }

  static std::string chain(const Side& side) {
    return side.policies.empty() ? "no policy" : fmt::format("{}", fmt::join(side.policies, ", "));
  }

  void shared() {
    size_t sessions = 0;
    std::map<std::string, size_t> devices;
    for (const DiffCheck* check : cause_.checks) {
      sessions += check->comparison.sessions.size();
      ++devices[check->comparison.device];
    }
    std::string text = plural(cause_.checks.size(), "policy or chain", "policies or chains");
    if (sessions) text += ", " + plural(sessions, "session", "sessions");
    note("same cause", text + ", " + plural(devices.size(), "device", "devices"));
    std::vector<std::string> lines = places(cause_.checks);
    for (size_t i = 0; i < lines.size() && i < kPlaceLines; ++i) i == 0 ? note("at", lines[i]) : more(lines[i]);
    if (lines.size() > kPlaceLines) more(fmt::format("and {} more (all: --out json)", lines.size() - kPlaceLines));
  }

  const DiffReport& report_;
  const DiffCause& cause_;
  const DiffFinding& finding_;
  const SourceSet& sources_;
  const Style& style_;
  uint32_t gutter_ = 0;
  std::string out_;
};

std::string changes(const DiffReport& report, const SourceSet& sources, const Style& style) {
  std::vector<std::string> lines;
  for (const NetworkChange& change : shown_changes(report)) {
    std::string line = to_words(change);
    const SourceRange& at = change.after.known() ? change.after : change.before;
    if (at.known()) line += fmt::format("  ({}:{})", sources.file(at.file).path(), sources.begin(at).line);
    lines.push_back(line);
  }
  if (lines.empty()) return "";
  std::string out = style.note("changed beside the policies") + "\n";
  for (size_t i = 0; i < lines.size() && i < kChangeLines; ++i) out += "  " + harmless(lines[i]) + "\n";
  if (lines.size() > kChangeLines) out += fmt::format("  and {} more (all: --out json)\n", lines.size() - kChangeLines);
  return out + "\n";
}

std::string undecided(const DiffReport& report, const Style& style) {
  std::map<std::string, std::vector<const DiffCheck*>> by_reason;
  for (const DiffCheck& check : report.checks)
    if (!check.result.reason.empty()) by_reason[check.result.reason].push_back(&check);
  std::string out;
  for (const auto& [reason, checks] : by_reason) {
    const std::string& code = checks.front()->result.code;
    out += style.warning("unknown" + (code.empty() ? "" : "[" + code + "]")) +
           style.strong(": " + harmless(redact(reason))) + "\n";
    std::vector<std::string> lines = places(checks);
    for (size_t i = 0; i < lines.size() && i < kPlaceLines; ++i)
      out += i == 0 ? note_line(3, "at", lines[i], style) : fmt::format("{:18}{}\n", "", harmless(lines[i]));
    if (lines.size() > kPlaceLines) out += fmt::format("{:18}and {} more\n", "", lines.size() - kPlaceLines);
    out += "\n";
  }
  return out;
}

// "compared 14 sessions on edge01 (export): 12 equal, 2 wider".
std::string summary(const DiffReport& report) {
  std::map<std::pair<std::string, Direction>, std::map<Effect, size_t>> counts;
  for (const DiffCheck& check : report.checks)
    counts[{check.comparison.device, check.comparison.direction}][check.result.effect] +=
        std::max<size_t>(check.comparison.sessions.size(), 1);
  std::string out;
  size_t untouched = 0, checks = 0;
  for (const auto& [key, effects] : counts) {
    size_t all = 0;
    std::vector<std::string> parts;
    for (const auto& [effect, count] : effects) {
      all += count;
      parts.push_back(fmt::format("{} {}", count, to_string(effect)));
    }
    if (effects.size() == 1 && effects.begin()->first == Effect::equal) {
      ++untouched;
      checks += all;
      continue;
    }
    std::string what = key.second == Direction::none
                           ? plural(all, "policy", "policies")
                           : plural(all, "session", "sessions") + " (" + std::string(to_string(key.second)) + ")";
    out += fmt::format("compared {} on {}: {}\n", what, harmless(key.first), fmt::join(parts, ", "));
  }
  if (untouched)
    out += fmt::format("compared {}{}: all equal\n", out.empty() ? "" : "all else, ",
                       plural(checks, "session or policy", "sessions and policies"));
  return out;
}

}  // namespace

std::string to_words(const NetworkChange& change) {
  auto list = [](const std::vector<std::string>& names, const char* none) {
    return names.empty() ? std::string(none) : fmt::format("{}", fmt::join(names, ", "));
  };
  switch (change.kind) {
    case Kind::device_added:
      return fmt::format("device {} is new", change.name);
    case Kind::device_removed:
      return fmt::format("device {} is gone", change.name);
    case Kind::session_added:
      return fmt::format("{}: session {} is new", change.device, change.name);
    case Kind::session_removed:
      return fmt::format("{}: session {} is gone, and all that it let through", change.device, change.name);
    case Kind::policy_added:
      return fmt::format("{}: policy {} is new", change.device, change.name);
    case Kind::policy_removed:
      return fmt::format("{}: policy {} is gone", change.device, change.name);
    case Kind::chain_changed:
      return fmt::format("{} {} {}: was {}, is {}", change.device, to_string(change.direction), change.name,
                         list(change.was, "no policy"), list(change.is, "no policy"));
    case Kind::attached:
      return fmt::format("{}: policy {} was attached nowhere and is used by {}", change.device, change.name,
                         list(change.is, "none"));
    case Kind::detached:
      return fmt::format("{}: policy {} is attached nowhere any more; it was used by {}", change.device, change.name,
                         list(change.was, "none"));
    case Kind::table_changed:
      return fmt::format(
          "{}: static routes, aggregates, tables or what other protocols exchange changed ({}); that is not compared",
          change.device, change.name);
  }
  return {};
}

std::vector<NetworkChange> shown_changes(const DiffReport& report) {
  std::set<std::pair<std::string, Kind>> whole;
  for (const NetworkChange& change : report.changes) whole.emplace(change.device, change.kind);
  std::vector<NetworkChange> shown = report.changes;
  std::erase_if(shown, [&](const NetworkChange& change) {
    return (change.kind == Kind::session_added && whole.contains({change.device, Kind::device_added})) ||
           (change.kind == Kind::session_removed && whole.contains({change.device, Kind::device_removed}));
  });
  return shown;
}

std::vector<std::string> also_possible(const DiffCause& cause) {
  std::vector<std::string> texts = {cause.finding->message};
  for (const DiffFinding* finding : cause.also)
    if (std::find(texts.begin(), texts.end(), finding->message) == texts.end()) texts.push_back(finding->message);
  texts.erase(texts.begin());
  return texts;
}

std::string what_changes(const Route& before, const Route& after) {
  std::string text;
  auto add = [&](std::string_view name, const std::string& value) {
    text += fmt::format("{}{}", text.empty() ? "" : "  ",
                        value.empty() ? fmt::format("no {}", name) : fmt::format("{} {}", name, value));
  };
  if (before.as_path != after.as_path) add("as-path", to_string(after.as_path));
  if (before.origin != after.origin) add("origin", std::string(to_string(after.origin)));
  if (before.next_hop != after.next_hop) add("next-hop", to_string(after.next_hop));
  if (before.communities != after.communities)
    add("communities", after.communities.empty() ? "" : to_string(after.communities));
  for (const NumberInfo& number : kNumbers)
    if (before[number.number] != after[number.number])
      add(number.name, after[number.number] ? std::to_string(*after[number.number]) : "");
  if (before.rpki != after.rpki) add("rpki", std::string(to_string(after.rpki)));
  return text;
}

std::string effect_line(const DiffReport& report) {
  Total sum = total(report);
  std::string line = std::string(to_string(sum.effect));
  if (sum.attributes_changed && sum.effect != Effect::changed && sum.effect != Effect::unknown)
    line += ", with other values on routes that pass before and after";
  if (sum.undecided && sum.effect != Effect::unknown) line += ", partly undecided";
  if (report.expected) line += fmt::format("; expected {} ({})", report.expected->text, report.expected->source);
  return line;
}

std::string to_text(const DiffReport& report, const SourceSet& sources, const Style& style) {
  std::string out;
  for (const Diagnostic& diagnostic : report.diagnostics) out += to_text(diagnostic, sources, style);
  for (const DiffCause& cause : causes(report)) out += Block(report, cause, sources, style).text();
  out += changes(report, sources, style) + undecided(report, style) + summary(report);
  std::string line = "effect: " + effect_line(report);
  int status = exit_status(report);
  if (status == 1) return out + style.error("error[BP310]") + style.strong(": " + line) + "\n";
  return out + (status == 3 ? style.warning(line) : style.good(line)) + "\n";
}

}  // namespace bgproof
