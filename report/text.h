// The report for people: diagnostics, one block for each cause, what was not decided, what was assumed, and the
// summary.
#pragma once

#include <string>

#include "base/source.h"
#include "report/report.h"
#include "report/style.h"

namespace bgproof {

std::string to_text(const Report& report, const SourceSet& sources, const Style& style);

}  // namespace bgproof
