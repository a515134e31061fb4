// Rows of an intent that another row of the same block makes idle: every route that they allow, the other one allows
// too, and asks no more of it.
#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "intents/task.h"
#include "solver/check.h"

namespace bgproof {

struct Swallowed {
  size_t row;  // indices into Task::rows
  size_t by;
};

// Proved for every route that can be offered to the task. `must` rows are never idle: they oblige. Of two rows that say
// the same the second is named. Pairs about which a limit was reached are left out, and so are the rows of `known`.
std::vector<Swallowed> swallowed_rows(const Task& task, const std::set<SourceRange>& known,
                                      const CheckOptions& options);

}  // namespace bgproof
