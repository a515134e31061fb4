// The single conditions of a Junos `from` and `to`, by keyword, but for prefixes and policies (from.h).
#pragma once

#include <string>
#include <vector>

#include "grammar/junos/context.h"
#include "grammar/junos/lines.h"

namespace bgproof::junos {

// All lines of one keyword together: one conjunct. Lists of names are alternatives; of a keyword that takes one value
// the last line counts.
Condition from_condition(Context& context, const std::string& keyword, const std::vector<Line>& lines);
Condition to_condition(Context& context, const std::string& keyword, const std::vector<Line>& lines);

}  // namespace bgproof::junos
