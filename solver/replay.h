// Every witness goes through the reference evaluator before anybody sees it. What the solver claims of it (accepted or
// not, which row, which obligation) must be what the evaluator and the reference judgement say; else bgproof has a bug
// and stops (InternalError, exit 70).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "solver/finding.h"
#include "solver/query.h"

namespace bgproof {

// The entry of a prefix list by which the route met a condition on its way.
struct MetEntry {
  ClauseRef clause;
  SourceRange condition;
  SourceRange entry;
};

struct Replay {
  Outcome outcome;
  Judgement judgement;
  std::vector<MetEntry> entries;
};

Replay replay(const Task& task, const Route& route, const Choices& choices, const std::string& code,
              std::optional<size_t> row, std::optional<size_t> obligation);

// The finding of a replayed witness, without its verdict and region.
Finding describe(const Task& task, const SourceSet& sources, const std::string& code, std::optional<size_t> row,
                 std::optional<size_t> obligation, const Witness& witness, const Replay& replay);

}  // namespace bgproof
