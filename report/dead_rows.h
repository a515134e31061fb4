// Rows that promise nothing. A block is checked session by session, so only all its checks together say whether a row
// is dead: alive in one of them is alive. A dead may or except row is a warning; under a dead must row nothing was
// promised, and "proved" becomes not checked for the whole block.
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "report/report.h"

namespace bgproof {

// Adds the warnings (BP218) and changes verdicts of `checks` that rest on a dead must row.
void settle_dead_rows(std::vector<Check>& checks, Diagnostics& diagnostics);

}  // namespace bgproof
