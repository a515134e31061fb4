// Lints on intents beyond those that reading them says already: rows that do not say what their author believes.
//
//   BP223  a row that a weaker row beside it makes idle
//   BP224  an export row that trusts a prefix set, whatever brought the route there
//   BP225  a never row that forbids nothing that a row beside it allows
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "cli/inputs.h"
#include "report/report.h"

namespace bgproof {

// `checks` are bound; they need no results.
Diagnostics find_intent_lints(const Options& options, const Inputs& inputs, const std::vector<Check>& checks);

// What reading and binding say of intents that is a lint: BP214-BP222, exceptions that end.
bool is_intent_lint(const Diagnostic& diagnostic);

}  // namespace bgproof
