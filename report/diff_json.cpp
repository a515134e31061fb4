#include "report/diff_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "report/json_finding.h"
#include "report/secrets.h"

namespace bgproof {

namespace {

constexpr std::array<const char*, 2> kSides = {"old", "new"};

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
  for (const Step& step : side.trace) json["trace"].push_back(step_json(step, sources));
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
  for (const GuiltyHunk& hunk : guilty_hunks(report, {&check, &finding, {}, {}, {}}, sources))
    json["hunks"].push_back({{"old", lines_json(hunk.before, hunk.lines.old_begin, hunk.lines.old_end, sources)},
                             {"new", lines_json(hunk.after, hunk.lines.new_begin, hunk.lines.new_end, sources)}});
  json["region"] = finding.region.conditions;
  json["region_complete"] = finding.region.complete;
  json["depends_on"] = dependencies_json(finding.depends_on, sources);
  return json;
}

Json check_json(const DiffReport& report, const DiffCheck& check, const SourceSet& sources) {
  const Comparison& it = check.comparison;
  std::set<Family> all = it.before().families;
  all.insert(it.after().families.begin(), it.after().families.end());
  Json json = {{"device", it.device},
               {"direction", direction_json(it.direction)},
               {"policies", it.policies},
               {"sessions", it.sessions},
               {"families", families_json(all)},
               {"effect", to_string(check.result.effect)},
               {"attributes_changed", check.result.attributes_changed},
               {"undecided", check.result.undecided},
               {"code", check.result.code.empty() ? Json() : Json(check.result.code)},
               {"reason", redact(check.result.reason)}};
  json["outside"] = dependencies_json(check.result.outside, sources);
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
          {"direction", direction_json(change.direction)},
          {"was", change.was},
          {"is", change.is},
          {"old", location_json(change.before, sources)},
          {"new", location_json(change.after, sources)}};
}

}  // namespace

std::string to_json(const DiffReport& report, const SourceSet& sources) {
  Total sum = total(report);
  Json json = begin_json("bgproof.diff/1");
  json["old"] = report.before;
  json["new"] = report.after;
  json["effect"] = to_string(sum.effect);
  json["attributes_changed"] = sum.attributes_changed;
  json["undecided"] = sum.undecided;
  json["expected"] = Json();
  if (report.expected)
    json["expected"] = {
        {"effect", report.expected->text}, {"source", report.expected->source}, {"met", exit_status(report) == 0}};
  json["checks"] = Json::array();
  for (const DiffCheck& check : report.checks) json["checks"].push_back(check_json(report, check, sources));
  json["changes"] = Json::array();
  for (const NetworkChange& change : report.changes) json["changes"].push_back(change_json(change, sources));
  json["diagnostics"] = diagnostics_json(report.diagnostics, sources);
  json["assumptions"] = assumptions_json(report.assumptions);
  return dump(json);
}

}  // namespace bgproof
