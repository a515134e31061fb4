#include "report/changed_names.h"

#include <algorithm>
#include <array>

namespace bgproof {

namespace {

// Words at the place of a name that are none.
constexpr std::array<std::string_view, 12> kNoNames = {"permit", "deny",   "seq",    "exact", "orlonger", "members",
                                                       "list",   "standard", "expanded", "prefix-list", "then", "from"};

size_t indent(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

void add_names(const SourceFile& file, uint32_t begin, uint32_t end, std::set<std::string_view>& names) {
  auto add = [&](std::string_view line) {
    std::vector<std::string_view> words = words_of(line);
    for (size_t i = 1; i < words.size() && i < 4; ++i)
      if (std::find(kNoNames.begin(), kNoNames.end(), words[i]) == kNoNames.end()) names.insert(words[i]);
  };
  for (uint32_t line = begin; line < end; ++line) add(file.line(line));
  size_t depth = begin < end ? indent(file.line(begin)) : begin > 1 ? indent(file.line(begin - 1)) : 0;
  for (uint32_t line = begin; line-- > 1 && depth > 0;) {
    std::string_view text = file.line(line);
    if (text.empty() || indent(text) >= depth) continue;
    depth = indent(text);
    add(text);
  }
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (size_t at = 0; (at = line.find_first_not_of(" \t\r\n{};[]\"`", at)) != std::string_view::npos;) {
    size_t end = std::min(line.find_first_of(" \t\r\n{};[]\"`", at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

void add_changed_names(const SourceFile& before, const SourceFile& after, const Hunk& hunk,
                       std::set<std::string_view>& names) {
  add_names(before, hunk.old_begin, hunk.old_end, names);
  add_names(after, hunk.new_begin, hunk.new_end, names);
}

bool names_any(std::string_view text, const std::set<std::string_view>& names) {
  std::vector<std::string_view> words = words_of(text);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return names.count(word) != 0; });
}

bool touches(const SourceRange& range, FileId file, uint32_t begin, uint32_t end, const SourceSet& sources) {
  if (!range.known() || range.file != file) return false;
  uint32_t first = sources.begin(range).line, last = sources.end(range).line;
  // Lines put in or taken out between two lines of the range are in it.
  return begin == end ? first < begin && begin <= last : first < end && begin <= last;
}

}  // namespace bgproof
