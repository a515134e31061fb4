#include <nlohmann/json.hpp>

#include "report/json_finding.h"
#include "report/secrets.h"
#include "report/trace_report.h"
#include "solver/cause.h"

namespace bgproof {

namespace {

Json step_of(const TracedStep& traced, const Task& task, const SourceSet& sources) {
  Json json = step_json(traced.step, sources);
  json["clause"] = clause_name(task, traced.step.clause);
  json["depth"] = traced.step.clause.calls.size();
  json["conditions"] = Json::array();
  for (const Reason& reason : traced.reasons)
    json["conditions"].push_back({{"location", location_json(reason.range, sources)},
                                  {"text", redact(reason.text)},
                                  {"holds", reason.holds},
                                  {"open", reason.open},
                                  {"why", reason.why}});
  return json;
}

Json to_json(const TracedTask& traced, const SourceSet& sources) {
  const auto& [task, trace, finding, assumed] = traced;
  Json json = {{"device", task.device},
               {"direction", direction_json(task.direction)},
               {"policies", task.policies},
               {"sessions", task.sessions},
               {"finding", finding.empty() ? Json() : Json(finding)},
               {"input", route_json(trace.input)},
               {"not_given", assumed},
               {"accepted", trace.outcome.accepted},
               {"output", trace.outcome.accepted ? route_json(trace.outcome.route) : Json()},
               {"clause", trace.clause},
               {"location", location_json(trace.outcome.decided_at, sources)},
               {"certain", trace.certain ? Json(*trace.certain) : Json()}};
  json["steps"] = Json::array();
  for (const TracedStep& step : trace.steps) json["steps"].push_back(step_of(step, task, sources));
  json["otherwise"] = Json::array();
  for (const Alternative& other : trace.alternatives)
    json["otherwise"].push_back({{"location", location_json(other.range, sources)},
                                 {"if", redact(other.what)},
                                 {"accepted", other.accepted},
                                 {"clause", other.clause}});
  json["not_offered"] = Json::array();
  for (const std::string& fact : trace.not_offered) json["not_offered"].push_back(redact(fact));
  return json;
}

}  // namespace

std::string to_json(const TraceReport& report, const SourceSet& sources) {
  Json json = begin_json("bgproof.trace/1");
  json["traces"] = Json::array();
  for (const TracedTask& traced : report.traces) json["traces"].push_back(to_json(traced, sources));
  json["diagnostics"] = diagnostics_json(report.diagnostics, sources);
  return dump(json);
}

}  // namespace bgproof
