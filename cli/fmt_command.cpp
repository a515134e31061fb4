#include <fmt/format.h>

#include <cstdio>

#include "cli/commands.h"
#include "cli/discover.h"
#include "cli/file_text.h"
#include "cli/terminal.h"
#include "grammar/intent/format.h"
#include "grammar/intent/reader.h"

namespace bgproof {

namespace {

// What became of one file.
enum class Outcome : uint8_t { same, changed, failed };

Outcome format_file(const std::string& path, const Options& options, SourceSet& sources, Diagnostics& diagnostics) {
  auto fail = [&](const std::string& what, const std::string& why) {
    diagnostics.error("BP202", {}, fmt::format("{} {}: {}", path, what, why))
        .notes.emplace_back("help", "check its name and its permissions");
    return Outcome::failed;
  };
  FileText read = read_file(path);
  if (!read.error.empty()) return fail("cannot be read", read.error);
  FileId id = sources.add(path, std::move(read.text));
  intent::File file = intent::read(sources, id, diagnostics);
  if (file.broken) return Outcome::failed;
  std::string formatted = intent::format(sources, file);
  if (formatted == sources.file(id).text()) return Outcome::same;
  if (!options.only_check)
    if (std::string why = write_file(path, formatted); !why.empty()) return fail("cannot be written", why);
  return Outcome::changed;
}

}  // namespace

int run_fmt(const Options& options) {
  SourceSet sources;
  Diagnostics diagnostics;
  std::vector<std::string> paths = options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
  std::vector<std::string> files = find_intents(paths, {}, {}, diagnostics);
  if (files.empty() && !diagnostics.has_errors())
    diagnostics.error("BP230", {}, "no intent file was found")
        .notes.emplace_back("help", "name files or directories that hold *.intent");
  bool failed = diagnostics.has_errors(), changed = false;
  for (const std::string& path : files) {
    Outcome outcome = format_file(path, options, sources, diagnostics);
    failed |= outcome == Outcome::failed;
    changed |= outcome == Outcome::changed;
    if (outcome == Outcome::changed) fmt::print("{}{}\n", options.only_check ? "would change " : "formatted ", path);
  }
  print_to_stderr(diagnostics, sources, options.colour);
  if (failed) return 2;
  return options.only_check && changed ? 1 : 0;
}

}  // namespace bgproof
