// Where public configurations lie that some tests read, and skip without.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace bgproof::testing {

// BGPROOF_CORPORA, else beside the project, whose folder is `project`.
inline std::filesystem::path corpora(const std::string& project) {
  if (const char* named = std::getenv("BGPROOF_CORPORA")) return named;
  return std::filesystem::path(project).parent_path() / "shared" / "corpora";
}

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace bgproof::testing
