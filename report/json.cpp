#include "report/json.h"

#include <nlohmann/json.hpp>

#include "report/json_finding.h"
#include "report/secrets.h"

namespace bgproof {

namespace {

Json to_json(const Check& check, const SourceSet& sources) {
  const Task& task = check.task;
  Json families = Json::array();
  for (Family family : task.families) families.push_back(to_string(family));
  std::string reason = !task.not_checked.empty() ? task.not_checked : check.result.reason;
  Json json = {{"device", task.device},
               {"direction", task.direction == Direction::none ? Json() : Json(to_string(task.direction))},
               {"policies", task.policies},
               {"sessions", task.sessions},
               {"families", families},
               {"intent", task.block.known() ? place_json(task.block, sources) : Json()},
               {"verdict", to_string(check.result.verdict)},
               {"code", task.not_checked_code.empty() ? Json() : Json(task.not_checked_code)},
               {"reason", redact(reason)}};
  json["facts"] = Json::array();
  for (const Fact& fact : task.facts)
    json["facts"].push_back({{"location", location_json(fact.range, sources)}, {"text", redact(fact.text)}});
  json["findings"] = Json::array();
  for (const Finding& finding : check.result.findings) json["findings"].push_back(finding_json(finding, task, sources));
  return json;
}

}  // namespace

std::string to_json(const Report& report, const SourceSet& sources) {
  Counts counts = total(report);
  Json json = {{"schema", "bgproof.report/1"},
               {"tool", {{"name", "bgproof"}, {"version", version()}}},
               {"date", report.date},
               {"summary",
                {{"proved", counts.proved},
                 {"violated", counts.violated},
                 {"possible", counts.possible},
                 {"unknown", counts.unknown},
                 {"not_checked", counts.not_checked},
                 {"causes", counts.causes}}}};
  json["checks"] = Json::array();
  for (const Check& check : report.checks) json["checks"].push_back(to_json(check, sources));
  json["diagnostics"] = Json::array();
  for (const Diagnostic& diagnostic : report.diagnostics)
    json["diagnostics"].push_back(diagnostic_json(diagnostic, sources));
  json["assumptions"] = Json::array();
  for (const UsedAssumption& used : report.assumptions)
    json["assumptions"].push_back({{"name", used.name}, {"value", used.value}, {"source", used.source}});
  if (report.cross_checked)
    json["cross_check"] = {{"solver", report.cross_checked->solver},
                           {"agreed", report.cross_checked->agreed},
                           {"undecided", report.cross_checked->undecided}};
  return dump(json);
}

}  // namespace bgproof
