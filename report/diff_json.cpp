#include "report/diff_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "report/json_parts.h"
#include "report/secrets.h"

namespace bgproof {

namespace {

constexpr std::array<const char*, 2> kSides = {"old", "new"};

std::string result_of(const Step& step) {
  switch (step.kind) {
    case Step::Kind::matched:
      return "matched";
    case Step::Kind::not_matched:
      return "not matched";
    case Step::Kind::changed:
      return "changed " + step.text;
    case Step::Kind::unchanged:
      return "unchanged";
    case Step::Kind::called:
      return "called " + step.text;
    case Step::Kind::returned:
      return "returned " + step.text;
    case Step::Kind::decided:
      return step.text;
    case Step::Kind::chosen:
      return "not modelled: " + step.text;
  }
  return {};
}

std::string line_of(const SourceSet& sources, const SourceRange& range) {
  const SourceFile& file = sources.file(range.file);
  std::string_view line = file.line(file.position(range.begin).line);
  size_t first = line.find_first_not_of(" \t");
  return first == std::string_view::npos ? "" : redact(line.substr(first, 400));
}

// Nothing is known of learned-from without intents.
Json route(const Route& route) {
  Json json = route_json(route);
  json["learned_from"] = Json();
  return json;
}

Json side_json(const SideOutcome& side, const SourceSet& sources) {
  Json json = {{"accepted", side.passes},
               {"clause", side.clause},
               {"location", location_json(side.location, sources)},
               {"output", side.passes ? route(side.output) : Json()}};
  json["trace"] = Json::array();
  for (const Step& step : side.trace)
    json["trace"].push_back({{"location", location_json(step.range, sources)},
                             {"text", step.range.known() ? line_of(sources, step.range) : redact(step.text)},
                             {"result", redact(result_of(step))}});
  json["guilty"] = Json::array();
  for (const SourceRange& range : side.guilty) json["guilty"].push_back(location_json(range, sources));
  json["members"] = Json::array();
  for (const SourceRange& range : side.members) json["members"].push_back(location_json(range, sources));
  return json;
}

Json lines_json(FileId file, uint32_t begin, uint32_t end, const SourceSet& sources) {
  return {{"file", sources.file(file).path()}, {"line", begin}, {"end_line", end}};
}

std::string code_of(Change change) {
  return change == Change::newly_accepted ? "BP311" : change == Change::newly_rejected ? "BP411" : "BP511";
}

Json finding_json(const DiffReport& report, const DiffCheck& check, const DiffFinding& finding,
                  const SourceSet& sources) {
  const SideOutcome& shown = finding.sides[finding.sides[1].location.known() ? 1 : 0];
  Json json = {{"id", finding.id},
               {"cause", finding.cause},
               {"code", code_of(finding.change)},
               {"change", to_string(finding.change)},
               {"certain", finding.certain},
               {"attributes", finding.attributes},
               {"message", redact(finding.message)},
               {"clause", finding.sides[1].clause},
               {"location", location_json(shown.location, sources)},
               {"input", route(finding.input)}};
  for (size_t side : {0, 1}) json[kSides[side]] = side_json(finding.sides[side], sources);
  json["same_text"] = finding.same_text;
  json["hunks"] = Json::array();
  for (const GuiltyHunk& hunk : guilty_hunks(report, {&check, &finding, {}}, sources))
    json["hunks"].push_back(
        {{"old", lines_json(hunk.before, hunk.lines.old_begin, hunk.lines.old_end, sources)},
         {"new", lines_json(hunk.after, hunk.lines.new_begin, hunk.lines.new_end, sources)}});
  json["region"] = finding.region.conditions;
  json["region_complete"] = finding.region.complete;
  json["depends_on"] = Json::array();
  for (const Dependency& on : finding.depends_on)
    json["depends_on"].push_back({{"location", location_json(on.range, sources)}, {"text", redact(on.text)}});
  return json;
}

Json check_json(const DiffReport& report, const DiffCheck& check, const SourceSet& sources) {
  const Comparison& it = check.comparison;
  std::set<Family> all = it.before().families;
  all.insert(it.after().families.begin(), it.after().families.end());
  Json families = Json::array();
  for (Family family : all) families.push_back(to_string(family));
  Json json = {{"device", it.device},
               {"direction", it.direction == Direction::none ? Json() : Json(to_string(it.direction))},
               {"policies", it.policies},
               {"sessions", it.sessions},
               {"families", families},
               {"effect", to_string(check.result.effect)},
               {"attributes_changed", check.result.attributes_changed},
               {"undecided", check.result.undecided},
               {"code", it.not_compared_code.empty() ? Json() : Json(it.not_compared_code)},
               {"reason", redact(check.result.reason)}};
  for (size_t side : {0, 1})
    json[kSides[side]] = {{"present", it.sides[side].present}, {"policies", it.sides[side].policies}};
  json["findings"] = Json::array();
  for (const DiffFinding& finding : check.result.findings)
    json["findings"].push_back(finding_json(report, check, finding, sources));
  return json;
}

Json change_json(const NetworkChange& change, const SourceSet& sources) {
  return {{"kind", to_string(change.kind)},
          {"device", change.device},
          {"name", change.name},
          {"direction", change.direction == Direction::none ? Json() : Json(to_string(change.direction))},
          {"was", change.was},
          {"is", change.is},
          {"old", location_json(change.before, sources)},
          {"new", location_json(change.after, sources)}};
}

}  // namespace

std::string to_json(const DiffReport& report, const SourceSet& sources) {
  Total sum = total(report);
  Json json = {{"schema", "bgproof.diff/1"},
               {"tool", {{"name", "bgproof"}, {"version", version()}}},
               {"old", report.before},
               {"new", report.after},
               {"effect", to_string(sum.effect)},
               {"attributes_changed", sum.attributes_changed},
               {"undecided", sum.undecided}};
  json["expected"] = Json();
  if (report.expected)
    json["expected"] = {{"effect", report.expected->text},
                        {"source", report.expected->source},
                        {"met", exit_status(report) == 0}};
  json["checks"] = Json::array();
  for (const DiffCheck& check : report.checks) json["checks"].push_back(check_json(report, check, sources));
  json["changes"] = Json::array();
  for (const NetworkChange& change : report.changes) json["changes"].push_back(change_json(change, sources));
  json["diagnostics"] = Json::array();
  for (const Diagnostic& diagnostic : report.diagnostics)
    json["diagnostics"].push_back(diagnostic_json(diagnostic, sources));
  json["assumptions"] = Json::array();
  for (const UsedAssumption& used : report.assumptions)
    json["assumptions"].push_back({{"name", used.name}, {"value", used.value}, {"source", used.source}});
  return dump(json);
}

}  // namespace bgproof
