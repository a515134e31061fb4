#include <nlohmann/json.hpp>

#include "report/answer.h"
#include "report/json_finding.h"
#include "report/secrets.h"

namespace bgproof {

namespace {

Json to_json(const Answered& answered, const SourceSet& sources) {
  const auto& [task, answer] = answered;
  Json families = Json::array();
  for (Family family : task.families) families.push_back(to_string(family));
  Json json = {{"device", task.device},
               {"direction", task.direction == Direction::none ? Json() : Json(to_string(task.direction))},
               {"policies", task.policies},
               {"sessions", task.sessions},
               {"families", families},
               {"answer", answer_word(answer.verdict)},
               {"reason", redact(answer.reason)},
               {"condition_can_hold", !answer.vacuous},
               {"complete", answer.complete}};
  json["facts"] = Json::array();
  for (const Fact& fact : task.facts)
    json["facts"].push_back({{"location", location_json(fact.range, sources)}, {"text", redact(fact.text)}});
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
  Json json = {{"schema", "bgproof.query/1"},
               {"tool", {{"name", "bgproof"}, {"version", version()}}},
               {"target", report.target},
               {"condition", report.condition},
               {"then", report.obligation.empty() ? Json() : Json(report.obligation)},
               {"rejects", report.rejects}};
  json["answers"] = Json::array();
  for (const Answered& answered : report.answers) json["answers"].push_back(to_json(answered, sources));
  json["diagnostics"] = Json::array();
  for (const Diagnostic& diagnostic : report.diagnostics)
    json["diagnostics"].push_back(diagnostic_json(diagnostic, sources));
  json["assumptions"] = Json::array();
  for (const UsedAssumption& used : report.assumptions)
    json["assumptions"].push_back({{"name", used.name}, {"value", used.value}, {"source", used.source}});
  return dump(json);
}

}  // namespace bgproof
