// Decides a comparison by three questions, each unsatisfiable iff there is no such route, whatever the unmodelled lines
// do: one that only the new side passes, one that only the old side passes, and one that both pass with different
// results. Every cause is enumerated, and every witness replayed on both sides by the reference evaluator.
//
// Sure and possible are told apart as for intents (docs/intents.md, "Verdicts"): a difference is sure if some route
// shows it whatever the unmodelled lines do, in each reading of open assumptions. What is only possible leaves the
// effect unknown where it would change it.
#pragma once

#include "solver/check.h"
#include "solver/comparison.h"

namespace bgproof {

DiffResult compare(const Comparison& comparison, const SourceSet& sources, const CheckOptions& options);

}  // namespace bgproof
