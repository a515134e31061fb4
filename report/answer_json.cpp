#include <nlohmann/json.hpp>

#include "report/answer.h"
#include "report/json_finding.h"
#include "report/secrets.h"

namespace bgproof {

namespace {

Json to_json(const Answered& answered, const SourceSet& sources) {
  const auto& [task, answer] = answered;
  Json json = {{"device", task.device},
               {"direction", direction_json(task.direction)},
               {"policies", task.policies},
               {"sessions", task.sessions},
               {"families", families_json(task.families)},
               {"answer", answer_word(answer.verdict)},
               {"reason", redact(answer.reason)},
               {"condition_can_hold", !answer.vacuous},
               {"complete", answer.complete}};
  json["facts"] = facts_json(task.facts, sources);
  json["routes"] = Json::array();
  for (const Finding& finding : answer.findings) {
    Json route = finding_json(finding, task, sources);
    for (const char* of_intents : {"code", "row", "message", "nearest", "crosses"}) route.erase(of_intents);
    route["verdict"] = answer_word(finding.verdict);
    json["routes"].push_back(std::move(route));
  }
  return json;
}

}  // namespace

std::string to_json(const QueryReport& report, const SourceSet& sources) {
  Json json = begin_json("bgproof.query/1");
  json["target"] = report.target;
  json["condition"] = report.condition;
  json["then"] = report.obligation.empty() ? Json() : Json(report.obligation);
  json["rejects"] = report.rejects;
  json["answers"] = Json::array();
  for (const Answered& answered : report.answers) json["answers"].push_back(to_json(answered, sources));
  json["diagnostics"] = diagnostics_json(report.diagnostics, sources);
  json["assumptions"] = assumptions_json(report.assumptions);
  return dump(json);
}

}  // namespace bgproof
