#include "report/json_finding.h"

#include <nlohmann/json.hpp>

#include "report/secrets.h"

namespace bgproof {

namespace {

std::string line_of(const SourceSet& sources, const SourceRange& range) {
  const SourceFile& file = sources.file(range.file);
  std::string line = redacted_line(file, file.position(range.begin).line);
  size_t first = line.find_first_not_of(" \t");
  return first == std::string::npos ? "" : line.substr(first, 400);
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

Json row_json(const TaskRow& row, const SourceSet& sources) {
  Json where = place_json(row.range, sources);
  return {{"id", row.id.empty() ? Json() : Json(row.id)},
          {"file", where["file"]},
          {"line", where["line"]},
          {"text", row.text}};
}

}  // namespace

Json step_json(const Step& step, const SourceSet& sources) {
  return {{"location", location_json(step.range, sources)},
          {"text", step.range.known() ? line_of(sources, step.range) : redact(step.text)},
          {"result", redact(result_of(step))}};
}

Json finding_json(const Finding& finding, const Task& task, const SourceSet& sources) {
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
  for (const Step& step : finding.trace) json["trace"].push_back(step_json(step, sources));
  json["entries"] = Json::array();
  for (const SourceRange& entry : finding.entries)
    json["entries"].push_back({{"location", location_json(entry, sources)}, {"text", line_of(sources, entry)}});
  json["region"] = finding.region.conditions;
  json["region_complete"] = finding.region.complete;
  json["crosses"] = Json::array();
  for (size_t row : finding.crosses) json["crosses"].push_back(row_json(task.rows.at(row), sources));
  json["depends_on"] = dependencies_json(finding.depends_on, sources);
  return json;
}

}  // namespace bgproof
