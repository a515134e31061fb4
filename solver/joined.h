// Comparisons of one pair under several premises that may all be true: what is so under one of them counts.
#pragma once

#include "solver/comparison.h"

namespace bgproof {

void join(DiffResult& result, DiffResult more);

}  // namespace bgproof
