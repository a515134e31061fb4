// The two states that `diff` compares: of paths, of commits, or two policies of two files. What an argument is is told
// by whether it exists as a path.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/options.h"
#include "report/diff_report.h"
#include "solver/pairing.h"

namespace bgproof {

struct DiffInputs {
  std::string before_name, after_name;  // as the user named them
  NetworkState before, after;
  std::string before_policy, after_policy;  // FILE:POLICY
  std::vector<ChangedFile> changed;
  std::vector<NetworkChange> tables;  // static routes and their like, which are no part of any comparison
  std::string trailer;         // Route-Effect of the newest commit; "" if there is none or no commits are compared
  std::string trailer_source;  // "Route-Effect of 1a2b3c4d"
  Readings assumptions;        // of bgproof.toml
  std::string project_path;
};

// nullopt: nothing can be compared; `diagnostics` say why.
std::optional<DiffInputs> read_diff_inputs(const Options& options, SourceSet& sources, Diagnostics& diagnostics);

}  // namespace bgproof
