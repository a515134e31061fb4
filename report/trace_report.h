// What `bgproof trace` has to say, before it takes a form.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "report/report.h"
#include "report/style.h"
#include "solver/trace.h"

namespace bgproof {

struct TracedTask {
  Task task;
  Trace trace;
  std::string finding;  // the id of the finding whose witness this is, ""
  std::string assumed;  // what the user left open of the route and how it was filled in, "as-path 64496"
};

struct TraceReport {
  std::vector<TracedTask> traces;
  std::vector<Diagnostic> diagnostics;
};

std::string to_text(const TraceReport& report, const SourceSet& sources, const Style& style);
std::string to_json(const TraceReport& report, const SourceSet& sources);  // schema bgproof.trace/1

// 0 if every end is certain, else 3.
int exit_status(const TraceReport& report);

}  // namespace bgproof
