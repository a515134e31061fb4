// The report of `diff` as Markdown, for a pull request: two lines if the effect is as announced, else the causes with
// their changed lines.
#pragma once

#include <string>

#include "base/source.h"
#include "report/diff_report.h"

namespace bgproof {

std::string to_markdown(const DiffReport& report, const SourceSet& sources);

}  // namespace bgproof
