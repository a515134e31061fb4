#include "report/wrap.h"

#include <algorithm>
#include <optional>

namespace bgproof {

namespace {

constexpr size_t kNote = 14;       // from the sign of a note to its value
constexpr size_t kNarrowest = 40;  // narrower, nothing is gained

// How many bytes at `at` do not take a column: a colour, or what goes on a character of several bytes.
size_t without_width(std::string_view line, size_t at) {
  if (line[at] == '\x1b') {
    size_t end = line.find('m', at);
    return end == std::string_view::npos ? line.size() - at : end + 1 - at;
  }
  return (static_cast<unsigned char>(line[at]) & 0xc0) == 0x80 ? 1 : 0;
}

// The line without its colours, as far as one has to look to tell what kind it is.
std::string plain(std::string_view line) {
  std::string out;
  for (size_t at = 0; at < line.size();) {
    size_t skipped = without_width(line, at);
    if (skipped == 0) out += line[at++];
    at += skipped;
  }
  return out;
}

// Where the rest of the line is to begin; nullopt: it is not to be broken.
std::optional<size_t> indent_of(std::string_view line) {
  std::string text = plain(line);
  size_t first = text.find_first_not_of(" 0123456789");
  if (first == std::string::npos || text[first] == '|') return std::nullopt;
  size_t blank = text.find_first_not_of(' ');
  if (text[blank] == '=') return blank + kNote;
  return blank + 2;
}

void append(std::string& out, std::string_view line, size_t width) {
  std::optional<size_t> indent = plain(line).size() > width ? indent_of(line) : std::nullopt;
  if (!indent || *indent + kNarrowest > width) {
    out += line;
    return;
  }
  size_t column = 0, begin = 0, blank = std::string_view::npos, at = 0;
  bool started = false;
  while (at < line.size()) {
    if (size_t skipped = without_width(line, at)) {
      at += skipped;
      continue;
    }
    if (line[at] == ' ' && started && column > *indent) blank = at;
    if (line[at] != ' ') started = true;
    ++at;
    if (++column <= width || blank == std::string_view::npos) continue;
    out += line.substr(begin, blank - begin);
    out += '\n';
    out.append(*indent, ' ');
    begin = line.find_first_not_of(' ', blank);
    if (begin == std::string_view::npos) return;
    at = begin;
    column = *indent;
    blank = std::string_view::npos;
  }
  out += line.substr(begin);
}

}  // namespace

std::string wrapped(std::string_view text, size_t width) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    append(out, text.substr(at, end - at), width);
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

}  // namespace bgproof
