// Rows of an intent that are idle beside the others of their block: every route that the row allows, another one allows
// too, and asks no more of it; or the row forbids what none of the others allows.
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

// The `never` rows that no route meets which an allowing row allows: proved for every route that can be offered to the
// task. None of a task without allowing rows.
std::vector<size_t> needless_never_rows(const Task& task, const std::set<SourceRange>& known,
                                        const CheckOptions& options);

}  // namespace bgproof
