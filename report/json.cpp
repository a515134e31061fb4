#include "report/json.h"

#include <nlohmann/json.hpp>

#include "report/json_parts.h"
#include "report/secrets.h"

namespace bgproof {

namespace {

std::string line_of(const SourceSet& sources, const SourceRange& range) {
  const SourceFile& file = sources.file(range.file);
  std::string_view line = file.line(file.position(range.begin).line);
  size_t first = line.find_first_not_of(" \t");
  return first == std::string_view::npos ? "" : redact(line.substr(first, 400));
}

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

Json to_json(const Step& step, const SourceSet& sources) {
  return {{"location", location_json(step.range, sources)},
          {"text", step.range.known() ? line_of(sources, step.range) : redact(step.text)},
          {"result", redact(result_of(step))}};
}

Json row_json(const TaskRow& row, const SourceSet& sources) {
  Json where = place_json(row.range, sources);
  return {{"id", row.id.empty() ? Json() : Json(row.id)},
          {"file", where["file"]},
          {"line", where["line"]},
          {"text", row.text}};
}

Json to_json(const Finding& finding, const Task& task, const SourceSet& sources) {
  const bool has_route = finding.verdict != Verdict::unknown;
  Json json = {{"id", finding.id},
               {"cause", finding.cause},
               {"code", finding.code},
               {"verdict", to_string(finding.verdict)},
               {"row", finding.row ? row_json(task.rows.at(*finding.row), sources) : Json()},
               {"message", redact(finding.message)},
               {"clause", finding.clause},
               {"location", location_json(finding.location, sources)},
               {"input", has_route ? route_json(finding.input) : Json()},
               {"output", finding.output ? route_json(*finding.output) : Json()},
               {"nearest", finding.nearest}};
  json["trace"] = Json::array();
  for (const Step& step : finding.trace) json["trace"].push_back(to_json(step, sources));
  json["region"] = finding.region.conditions;
  json["region_complete"] = finding.region.complete;
  json["crosses"] = Json::array();
  for (size_t row : finding.crosses) json["crosses"].push_back(row_json(task.rows.at(row), sources));
  json["depends_on"] = Json::array();
  for (const Dependency& on : finding.depends_on)
    json["depends_on"].push_back({{"location", location_json(on.range, sources)}, {"text", redact(on.text)}});
  return json;
}

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
  for (const Finding& finding : check.result.findings) json["findings"].push_back(to_json(finding, task, sources));
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
  return dump(json);
}

}  // namespace bgproof
