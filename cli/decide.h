// The middle of `check`: intents and devices become checks, and each is decided on its own.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "cli/inputs.h"
#include "cli/questions.h"
#include "report/report.h"

namespace bgproof {

// False, with errors in the diagnostics, if nothing can be checked. A device that could not be read becomes a check of
// its own: it must not be missing because no session and no policy of it was found.
bool bind_checks(const Options& options, Inputs& inputs, std::vector<Check>& checks);

// Fills in the results, on all threads.
void decide(const Options& options, const Inputs& inputs, std::vector<Check>& checks);
void decide(const Options& options, const Inputs& inputs, std::vector<Check>& checks, Questions& questions);

// What the report says of the assumptions of these names: the reading and who settled it.
std::vector<UsedAssumption> used_assumptions(const Options& options, const ProjectFile& project,
                                             const std::set<std::string>& names);

}  // namespace bgproof
