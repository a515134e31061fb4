// Finds every cause for which a task is broken under one reading of the assumptions, with a witness for each, and tells
// violated from possible.
#pragma once

#include <string>
#include <vector>

#include "solver/property.h"
#include "solver/query.h"

namespace bgproof {

struct Enumeration {
  std::vector<Finding> findings;
  bool complete = true;  // false: `why` there may be more causes
  std::string why;
};

// `reading` is a term that fixes the assumptions.
Enumeration enumerate(Query& query, const Property& property, const Task& task, const SourceSet& sources,
                      const CheckOptions& options, const z3::expr& reading);

}  // namespace bgproof
