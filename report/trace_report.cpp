#include "report/trace_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/diagnostic_text.h"
#include "report/display.h"
#include "report/finding_parts.h"
#include "report/snippet.h"
#include "solver/cause.h"

namespace bgproof {

namespace {

using Mark = SnippetLabel::Mark;

// The steps of one stay in one clause.
struct Visit {
  ClauseRef clause;
  std::vector<const TracedStep*> steps;
  bool again = false;  // back from a policy that was called
};

std::vector<Visit> visits_of(const Trace& trace) {
  std::vector<Visit> visits;
  for (const TracedStep& step : trace.steps) {
    const ClauseRef& clause = step.step.clause;
    // That the chain runs its policies is no news.
    bool of_chain = clause.calls.empty() && !clause.in_rewrite &&
                    (step.step.kind == Step::Kind::called || step.step.kind == Step::Kind::returned);
    if (of_chain) continue;
    if (visits.empty() || visits.back().clause != clause) {
      bool again =
          std::any_of(visits.begin(), visits.end(), [&](const Visit& visit) { return visit.clause == clause; });
      visits.push_back({clause, {}, again});
    }
    visits.back().steps.push_back(&step);
  }
  return visits;
}

std::string place_of(const SourceRange& range, const SourceSet& sources) {
  if (!range.known()) return {};
  const SourceFile& file = sources.file(range.file);
  return fmt::format("{}:{}", file.path(), file.position(range.begin).line);
}

std::string indented(const std::string& text, size_t depth) {
  std::string out;
  size_t start = 0;
  while (start < text.size()) {
    size_t end = std::min(text.find('\n', start), text.size() - 1);
    out += std::string(depth * 4, ' ') + text.substr(start, end - start + 1);
    start = end + 1;
  }
  return out;
}

std::string value_text(const Reason& reason) {
  std::string text = reason.open ? "not known" : reason.holds ? "true" : "false";
  return reason.why.empty() ? text : text + ": " + reason.why;
}

class VisitText {
 public:
  VisitText(const TracedTask& traced, const SourceSet& sources, const Style& style)
      : traced_(traced), sources_(sources), style_(style) {}

  std::string operator()(const Visit& visit, size_t number) {
    labels_.clear();
    loose_.clear();
    end_.clear();
    const Clause& clause = clause_of(traced_.task.program, visit.clause);
    clause_ = &clause;
    for (const TracedStep* step : visit.steps) add(*step);
    std::string name = visit.clause.in_rewrite && !visit.clause.policy ? "the session: " + clause.name
                                                                       : clause_name(traced_.task, visit.clause);
    std::string head = fmt::format("{:>3}  {}", number, style_.strong(harmless(name)));
    std::string place = place_of(clause.range, sources_);
    if (visit.again)
      head += "  (continued)";
    else if (!place.empty())
      head += "  " + style_.gutter(harmless(place));
    if (!end_.empty()) head += "  " + end_;
    std::string out = head + "\n" + render_lines(sources_, labels_, style_, kGutter);
    for (const std::string& line : loose_)
      out += std::string(kGutter + 1, ' ') + style_.gutter("=") + " " + line + "\n";
    return indented(out, visit.clause.calls.empty() ? 0 : visit.clause.calls.size() - 1);
  }

 private:
  static constexpr uint32_t kGutter = 7;

  void label(Mark mark, const SourceRange& range, const std::string& text) {
    if (range.known())
      labels_.push_back({mark, first_line(sources_, range), text});
    else
      loose_.push_back(harmless(text));
  }

  void test(const TracedStep& step, bool matched) {
    for (const Reason& reason : step.reasons) {
      Mark mark = reason.open ? Mark::beside : reason.holds ? Mark::holds : Mark::fails;
      std::string text = value_text(reason);
      if (!reason.range.known() && reason.text != "any") text = reason.text + " is " + text;
      // A list may stand elsewhere; the line of the clause that names it is what is looked at.
      bool elsewhere = clause_->conditions.size() == 1 && !lies_within(reason.range, clause_->range);
      label(mark, elsewhere ? clause_->conditions.front() : reason.range, text);
    }
    if (!matched) end_ = "does not match";
  }

  void add(const TracedStep& traced) {
    const Step& step = traced.step;
    switch (step.kind) {
      case Step::Kind::matched:
      case Step::Kind::not_matched:
        return test(traced, step.kind == Step::Kind::matched);
      case Step::Kind::changed:
        return label(Mark::beside, step.range, step.text);
      case Step::Kind::unchanged:
        return label(Mark::beside, step.range, "changes nothing of this route");
      case Step::Kind::called:
        return label(Mark::beside, step.range, "calls " + step.text);
      case Step::Kind::returned:
        return label(Mark::beside, step.range, "returned " + step.text);
      case Step::Kind::decided:
        end_ = step.text == "accept"   ? style_.good("accepted")
               : step.text == "reject" ? style_.error("rejected")
                                       : step.text;
        return step.range.known() ? label(Mark::at, step.range, step.text) : void();
      case Step::Kind::chosen:
        // A condition says so itself, with its reason.
        if (step.text != "matches" && step.text != "does not match")
          label(Mark::at, step.range, "not modelled: taken to do nothing to the route, and to decide nothing");
        return;
    }
  }

  const TracedTask& traced_;
  const SourceSet& sources_;
  const Style& style_;
  const Clause* clause_ = nullptr;
  std::vector<SnippetLabel> labels_;
  std::vector<std::string> loose_;
  std::string end_;
};

std::string heading(const TracedTask& traced) {
  const Task& task = traced.task;
  std::string chain = task.policies.empty() ? "the default" : fmt::format("{}", fmt::join(task.policies, ", then "));
  std::string text = fmt::format("{} through {} on {}", to_string(traced.trace.input.prefix), chain, task.device);
  if (task.direction == Direction::none) return text;
  return text + fmt::format(" ({} {} {})", to_string(task.direction),
                            task.direction == Direction::export_to ? "to" : "from", fmt::join(task.sessions, ", "));
}

std::string end_text(const TracedTask& traced, const Style& style) {
  const Trace& trace = traced.trace;
  std::string out = trace.outcome.accepted ? style.good("accepted") : style.error("rejected");
  out += style.strong(trace.clause.empty() ? "" : harmless(" by " + trace.clause));
  if (!trace.certain) return out + "; whether what is not modelled matters is not known: a limit was reached\n";
  if (!*trace.certain) return out + style.warning("; it could end otherwise, see below") + "\n";
  if (!trace.outcome.met.empty()) out += ", whatever the lines do that are not modelled";
  return out + "\n";
}

std::string one_trace(const TracedTask& traced, const SourceSet& sources, const Style& style) {
  const Trace& trace = traced.trace;
  std::string out = style.strong(harmless(heading(traced))) + "\n";
  auto note = [&](const std::string& name, const std::string& value) { out += note_line(3, name, value, style); };
  note("route", to_string(trace.input));
  if (!traced.assumed.empty()) note("not given", "so taken: " + traced.assumed);
  for (const std::string& fact : trace.not_offered) note("warning", "such a route never comes here: " + fact);
  out += "\n";
  VisitText text(traced, sources, style);
  size_t number = 0;
  for (const Visit& visit : visits_of(trace)) out += text(visit, ++number);
  out += "\n" + end_text(traced, style);
  if (trace.outcome.accepted)
    note(after_word(traced.task.direction),
         trace.outcome.route == trace.input ? "unchanged" : to_string(trace.outcome.route));
  for (const Alternative& other : trace.alternatives) {
    std::string where = place_of(other.range, sources);
    note("otherwise", fmt::format("{}{}: {} by {}", where.empty() ? "" : where + ": ", other.what,
                                  other.accepted ? "accepted" : "rejected", other.clause));
  }
  return out;
}

}  // namespace

std::string to_text(const TraceReport& report, const SourceSet& sources, const Style& style) {
  std::string out;
  for (const Diagnostic& diagnostic : report.diagnostics)
    if (diagnostic.severity == Severity::error) out += to_text(diagnostic, sources, style);
  for (const TracedTask& traced : report.traces) out += (out.empty() ? "" : "\n") + one_trace(traced, sources, style);
  return out;
}

int exit_status(const TraceReport& report) {
  bool certain = std::all_of(report.traces.begin(), report.traces.end(),
                             [](const TracedTask& traced) { return traced.trace.certain == std::optional(true); });
  return certain ? 0 : 3;
}

}  // namespace bgproof
