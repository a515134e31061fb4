// Findings and their traces for the formats that hold some. Only the sources of formats include this: it shows the JSON
// library.
#pragma once

#include "intents/task.h"
#include "report/json_parts.h"
#include "solver/finding.h"

namespace bgproof {

Json step_json(const Step& step, const SourceSet& sources);
Json finding_json(const Finding& finding, const Task& task, const SourceSet& sources);

}  // namespace bgproof
