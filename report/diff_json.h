// The report of `diff` for machines, schema bgproof.diff/1 (docs/cli.md). The same bytes in every run.
#pragma once

#include <string>

#include "base/source.h"
#include "report/diff_report.h"

namespace bgproof {

std::string to_json(const DiffReport& report, const SourceSet& sources);

}  // namespace bgproof
