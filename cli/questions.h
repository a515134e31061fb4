// What happens to the questions of a run: `--dump-queries` writes each to a file of its own, `--cross-check` asks them
// of a second solver. Checks run on many threads; what is counted is put together in the order of the checks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "report/report.h"
#include "solver/check.h"
#include "solver/prover.h"
#include "solver/second_solver.h"

namespace bgproof {

class Questions {
 public:
  // Keeps references to all three.
  Questions(const Options& options, const std::vector<Check>& checks, const SourceSet& sources);

  // False, with a message on stderr, if the directory cannot be made or there is no second solver.
  bool ready();
  bool wanted() const { return !options_.dump_queries.empty() || options_.cross_check; }

  // Decides the check and deals with its questions. `prover`, if there is one, is asked first.
  CheckResult check(size_t index, CheckOptions how, Prover* prover = nullptr);
  std::optional<CrossChecked> cross_checked() const;

 private:
  void write(size_t index, const Question& question);

  const Options& options_;
  const std::vector<Check>& checks_;
  const SourceSet& sources_;
  std::vector<std::string> names_;   // by check
  std::vector<CrossCheck> answers_;  // by check
  std::string solver_;
};

}  // namespace bgproof
