// The report for machines, schema bgproof.report/1 (docs/report.md). The same bytes in every run on the same input.
// Secrets are redacted; bytes that are not UTF-8 are replaced.
#pragma once

#include <string>

#include "base/source.h"
#include "report/report.h"

namespace bgproof {

std::string to_json(const Report& report, const SourceSet& sources);

}  // namespace bgproof
