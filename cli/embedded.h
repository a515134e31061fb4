// Texts of the project that the program carries with it: the tables of docs/semantics/, docs/explain.md and the samples
// that these name. The source is made by cmake/embed.cmake.
#pragma once

#include <string_view>
#include <vector>

namespace bgproof {

struct EmbeddedFile {
  std::string_view path;  // from the root of the project
  std::string_view text;
};

const std::vector<EmbeddedFile>& embedded_files();  // sorted by path

}  // namespace bgproof
