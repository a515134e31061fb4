// bgproof.toml, the nearest one above the first path: what a repository always wants.
//
//   intents = ["intents/"]            files and directories, from where the file stands
//   exclude = ["old/**", "*.bak"]     globs of paths that are left out, from where the file stands
//   [assumptions]
//   "junos.community-regex" = "whole"
//   [dialects]
//   "legacy/*.txt" = "junos"          for files that neither content nor name tells
//
// A key or value that is not known is an error: a setting that is quietly ignored could make a run look better than it
// is.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "policy/assumption.h"

namespace bgproof {

struct ProjectFile {
  std::string path;                  // "" if there is none
  std::string directory;             // where it stands, absolute
  std::vector<std::string> intents;  // paths that can be opened from here
  std::vector<std::string> exclude;
  Readings assumptions;
  std::vector<std::pair<std::string, std::string>> dialects;  // glob, dialect

  bool excludes(const std::string& path) const;
  std::string dialect(const std::string& path) const;  // "" if no glob matches
};

// Looks in `start` (a file or directory) and above. Mistakes are errors in `diagnostics`.
ProjectFile find_project_file(const std::string& start, SourceSet& sources, Diagnostics& diagnostics);

}  // namespace bgproof
