// From the text of a golden to tasks and their results, in one process: what `bgproof check` does between reading and
// reporting.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "report/report.h"
#include "solver/question.h"
#include "tests/golden/golden.h"

namespace bgproof {

inline constexpr uint32_t kGoldenDate = 20261124;

// Tasks and findings point into `sources`; a GoldenRun is never copied.
struct GoldenRun {
  GoldenRun() = default;
  GoldenRun(const GoldenRun&) = delete;
  GoldenRun& operator=(const GoldenRun&) = delete;
  SourceSet sources;
  Diagnostics diagnostics;
  std::vector<Check> checks;  // of the checks that the golden asks for
};

// `config`: the whole text of the golden; `readings`: assumptions that are settled. Errors are in the diagnostics; then there are no checks.
void run(const std::string& path, const std::string& config, const Golden& golden, GoldenRun& run,
         const Readings& readings = {}, const QuestionSink& asked = {});

// Conditions of the intent language, as written in REGION lines and in Region::conditions.
std::vector<Condition> read_conditions(const std::vector<std::string>& texts, Diagnostics& diagnostics);

}  // namespace bgproof
