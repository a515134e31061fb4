#include "cli/usage.h"

#include <fmt/format.h>

#include <algorithm>

#include "policy/assumption.h"

namespace bgproof {

const std::vector<std::string>& command_names() {
  static const std::vector<std::string> kNames = {"check", "diff",  "query", "trace",
                                                  "lint",  "parse", "fmt",   "explain"};
  return kNames;
}

std::string_view usage() {
  return R"(bgproof proves that BGP policies let through nothing beyond what your intents allow, or prints a route that gets
out and the lines that let it.

  bgproof check [PATH...]     prove the intents
      --intents FILE|DIR        where they are; default: bgproof.toml, else *.intent under PATH and in intents/ beside it
      --device GLOB             only these devices
      --date YYYY-MM-DD         today, for rows that end
      --assume NAME=VALUE       settle what documents leave open (bgproof explain assumptions)
      --cross-check             ask cvc5 the same: a verdict on which two solvers differ is none (status 70)
      --dump-queries DIR        write every question as SMT-LIB 2, a file each
      --strict                  a smell of the configs is status 1
      --steps N                 of the solver for one block and session, 1000000000 by default; beyond it is unknown
  bgproof query NAME@DEVICE 'CONDITION' [PATH...]
                              a route with this condition that the policy accepts, or the proof that there is none; no
                              intents are needed, and their names may be used. NEIGHBOR@DEVICE import|export: a session
      --rejects                 that it rejects
      --then 'OBLIGATION'       whose result fulfils this too
      --steps N
  bgproof trace --route 'prefix=... as-path=... community=...' --policy NAME@DEVICE [PATH...]
                              one route, step by step, with a reason for each condition
      --neighbor NEIGHBOR@DEVICE [--import|--export]   through what a session does
  bgproof trace ID [PATH...]  the same for the route of a finding of `check`
  bgproof lint [PATH...]      smells of configs and intents; --strict: status 1 if there is a warning
  bgproof diff OLD NEW        which routes pass that did not, and the reverse; no intents needed
                              also: diff COMMIT [COMMIT] in a git repository, diff FILE:POLICY FILE:POLICY
      --expect none|narrower|wider|attrs[,...]
                                status 1 if the effect is another one; default: Route-Effect of the newest commit
      --device GLOB, --assume NAME=VALUE, --steps N
  bgproof parse [PATH...]     how each file was read, and every policy line that is not modelled
      --device GLOB
  bgproof fmt [PATH...]       write intents in their usual form
      --check                   write nothing; status 1 if a file would change
  bgproof explain NAME        a code (BP301), an assumption or a rule (junos/route-filter): what it means, what to do, samples
  bgproof --version, --help

all but fmt and explain:
  --out text|json[=FILE]      may be repeated; default: text on stdout; of diff also md, for a pull request
  --color auto|always|never   auto: on a terminal, unless NO_COLOR is set
  -j, --jobs N                threads

PATH is a config file or a directory, read with all below it; the current directory by default. Flags win over BGPROOF_INTENTS,
BGPROOF_DEVICE, BGPROOF_DATE, BGPROOF_OUT, BGPROOF_COLOR and BGPROOF_JOBS, which win over bgproof.toml.

Exit status: 0 all proved; 1 something is violated, query found a route, or a diff is not what was expected;
2 nothing could be checked; 3 inconclusive; 70 internal error.

Examples:
  bgproof check configs/ --intents intents/transit.intent
  bgproof check configs/ --device 'edge*' --out text --out json=report.json
  bgproof query TO-PEER@edge01 'len v4 25..32' configs/
  bgproof trace --route '192.0.2.0/24 as-path=64501 64502' --neighbor 192.0.2.1@edge01 configs/
  bgproof diff before/ after/ --expect narrower
  bgproof parse configs/edge01.conf
)";
}

std::string why_not_reading(std::string_view name, std::string_view value) {
  const Assumption* assumption = find_assumption(name);
  if (!assumption) {
    std::vector<std::string_view> names;
    for (const Assumption& known : assumptions()) names.push_back(known.name);
    return fmt::format("there is no assumption `{}`; there are {}", name, fmt::join(names, ", "));
  }
  const auto& values = assumption->values;
  if (std::find(values.begin(), values.end(), value) != values.end()) return {};
  return fmt::format("`{}` is not a reading of {}; there are {}", value, name, fmt::join(values, ", "));
}

}  // namespace bgproof
