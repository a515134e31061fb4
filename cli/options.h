// What the user asked for. Flags win over BGPROOF_* in the environment, which win over bgproof.toml
// (cli/project_file.h). One function turns argv into this; nothing else looks at argv or the environment.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy/assumption.h"

namespace bgproof {

enum class Command : uint8_t { check, diff, query, trace, lint, parse, fmt, explain };
enum class Format : uint8_t { text, json, md };  // md: of diff alone

// One `--out`: a format and where it goes, "" for stdout.
struct Output {
  Format format = Format::text;
  std::string file;
};

enum class Colour : uint8_t { automatic, always, never };

struct Options {
  Command command = Command::check;
  std::vector<std::string> paths;             // files and directories; of explain: the one word
  std::string subject;                        // query: NAME@DEVICE; trace: the id of a finding
  std::string condition;                      // query: in the intent language
  std::string obligation;                     // query --then
  bool rejects = false;                       // query: routes that the policy rejects
  std::string route;                          // trace --route
  std::string policy;                         // trace --policy NAME@DEVICE
  std::string neighbor;                       // trace --neighbor NAME@DEVICE
  bool is_import = false, is_export = false;  // trace, query: a direction of a session
  std::vector<std::string> intents;           // --intents
  std::string device;                         // --device, a glob, "" for all
  std::string date;                           // --date, YYYY-MM-DD; today if it was not given
  int64_t now = 0;                            // seconds since 1970; with --date, the beginning of that day
  Readings readings;                          // --assume, checked
  std::vector<Output> outputs;                // never empty, at most one to stdout
  Colour colour = Colour::automatic;
  unsigned jobs = 1;
  std::string expect;       // diff --expect, as it was written
  std::string dump_queries;  // --dump-queries, a directory, "" for none
  bool cross_check = false;
  uint64_t steps = 0;        // check, diff, query: of the solver for one task; 0: the default
  bool only_check = false;  // fmt --check
  bool strict = false;      // check, lint: a smell is status 1
};

// nullopt: all has been said already and the program ends with `status`.
std::optional<Options> parse_options(int argc, const char* const* argv, int& status);

}  // namespace bgproof
