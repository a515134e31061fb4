// What `bgproof lint` has to say, before it takes a form.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "report/style.h"

namespace bgproof {

struct LintReport {
  std::vector<Diagnostic> smells;  // sorted
  size_t devices = 0;
  size_t policies = 0;
  size_t not_checked = 0;  // devices that could not be read whole, and were not looked at
};

std::string to_text(const LintReport& report, const SourceSet& sources, const Style& style);
std::string to_json(const LintReport& report, const SourceSet& sources);  // schema bgproof.lint/1

}  // namespace bgproof
