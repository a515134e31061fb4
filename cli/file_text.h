// Reading a whole file, with every way in which that can fail told apart. Nothing here decides whether a failure
// matters.
#pragma once

#include <string>

namespace bgproof {

struct FileText {
  std::string text;
  std::string error;  // not empty: why it could not be read, for people: "permission denied"
};

// At most `limit` bytes (a SourceSet holds files below 4 GiB); a larger file is an error.
FileText read_file(const std::string& path, size_t limit = size_t{2} << 30);

// True if the beginning holds bytes that no text has: a NUL, or many control characters.
bool is_binary(const std::string& text);

// Writes through a new file beside it, so that a reader never sees half of it. "" or why it failed.
std::string write_file(const std::string& path, const std::string& text);

}  // namespace bgproof
