#include "cli/run.h"

#include <algorithm>

#include "cli/commands.h"
#include "cli/options.h"

namespace bgproof {

int run(int argc, const char* const* argv) {
  int status = 0;
  std::optional<Options> options = parse_options(argc, argv, status);
  if (!options) return status;
  switch (options->command) {
    case Command::check:
      return run_check(*options);
    case Command::query:
      return run_query(*options);
    case Command::trace:
      return run_trace(*options);
    case Command::lint:
      return run_lint(*options);
    case Command::diff:
      return run_diff(*options);
    case Command::parse:
      return run_parse(*options);
    case Command::fmt:
      return run_fmt(*options);
    case Command::explain:
      return run_explain(*options);
  }
  return status;
}

}  // namespace bgproof
