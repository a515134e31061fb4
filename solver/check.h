// Decides a task: proved, or findings with witnesses, one for each cause. Each question is a function that returns
// assertions that are unsatisfiable iff the property holds for every value of the free choices.
#pragma once

#include "intents/task.h"
#include "policy/assumption.h"
#include "solver/finding.h"
#include "solver/question.h"

namespace bgproof {

struct CheckOptions {
  Readings readings;            // assumptions that the user settled
  uint64_t resource_limit = 0;  // Z3 rlimit for one question; 0: the default
  uint64_t task_limit = 0;      // the same for all questions of a task together
  size_t causes =
      200;  // at most so many findings for one task; a further one makes the result incomplete, said in `reason`
  size_t large_sets = 5'000;  // nodes of prefix diagrams from which on prefixes are asked for by cells (prefix_cells.h)
  size_t tries = 16;  // witnesses examined to tell violated from possible
  QuestionSink asked;  // empty: nobody wants to know
};

CheckResult check(const Task& task, const SourceSet& sources, const CheckOptions& options);

}  // namespace bgproof
