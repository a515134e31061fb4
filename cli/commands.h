// The commands, each a function from options to an exit status.
#pragma once

#include "cli/options.h"

namespace bgproof {

int run_check(const Options& options);
int run_query(const Options& options);
int run_trace(const Options& options);
int run_lint(const Options& options);
int run_diff(const Options& options);
int run_parse(const Options& options);
int run_fmt(const Options& options);
int run_explain(const Options& options);

}  // namespace bgproof
