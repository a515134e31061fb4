#include "report/json.h"

#include <nlohmann/json.hpp>

#include "report/json_finding.h"
#include "report/secrets.h"

namespace bgproof {

namespace {

Json to_json(const Check& check, const SourceSet& sources) {
  const Task& task = check.task;
  std::string reason = !task.not_checked.empty() ? task.not_checked : check.result.reason;
  Json json = {{"device", task.device},
               {"direction", direction_json(task.direction)},
               {"policies", task.policies},
               {"sessions", task.sessions},
               {"families", families_json(task.families)},
               {"intent", task.block.known() ? place_json(task.block, sources) : Json()},
               {"verdict", to_string(check.result.verdict)},
               {"code", task.not_checked_code.empty() ? Json() : Json(task.not_checked_code)},
               {"reason", redact(reason)}};
  json["facts"] = facts_json(task.facts, sources);
  json["findings"] = Json::array();
  for (const Finding& finding : check.result.findings) json["findings"].push_back(finding_json(finding, task, sources));
  return json;
}

}  // namespace

std::string to_json(const Report& report, const SourceSet& sources) {
  Counts counts = total(report);
  Json json = begin_json("bgproof.report/1");
  json["date"] = report.date;
  json["summary"] = {{"proved", counts.proved},   {"violated", counts.violated},       {"possible", counts.possible},
                     {"unknown", counts.unknown}, {"not_checked", counts.not_checked}, {"causes", counts.causes}};
  json["checks"] = Json::array();
  for (const Check& check : report.checks) json["checks"].push_back(to_json(check, sources));
  json["diagnostics"] = diagnostics_json(report.diagnostics, sources);
  json["assumptions"] = assumptions_json(report.assumptions);
  if (report.cross_checked)
    json["cross_check"] = {{"solver", report.cross_checked->solver},
                           {"agreed", report.cross_checked->agreed},
                           {"undecided", report.cross_checked->undecided}};
  return dump(json);
}

}  // namespace bgproof
