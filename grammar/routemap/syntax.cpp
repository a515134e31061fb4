#include "grammar/routemap/syntax.h"

#include <array>

namespace bgproof::routemap {

namespace {

constexpr std::array<std::string_view, 4> kNames = {"ios", "nxos", "eos", "frr"};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\0' || c == '\n'; }

}  // namespace

std::string_view to_string(Dialect dialect) { return kNames[static_cast<size_t>(dialect)]; }

std::optional<Dialect> dialect_of(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return static_cast<Dialect>(i);
  return std::nullopt;
}

std::string_view Line::word(size_t i) const { return i < words.size() ? words[i].text : std::string_view{}; }

bool Line::begins(std::initializer_list<std::string_view> with) const {
  size_t i = 0;
  for (std::string_view each : with)
    if (word(i++) != each) return false;
  return true;
}

SourceRange Line::range_of(size_t first) const {
  return first < words.size() ? cover(words[first].range, words.back().range) : range;
}

std::string_view Line::rest(size_t first) const {
  if (first >= words.size()) return {};
  const Word& from = words[first];
  const char* begin = from.text.data();
  const char* end = words.back().text.data() + words.back().text.size();
  if (rewritten) return {begin, static_cast<size_t>(end - begin)};
  // A word that was written out (reader.cpp) is longer than its place: the text is found from the next word on.
  if (from.text.size() > from.range.end - from.range.begin) {
    if (first + 1 == words.size()) return from.text;
    const Word& next = words[first + 1];
    begin = next.text.data() - (next.range.end - next.range.begin - next.text.size()) / 2 -
            (next.range.begin - from.range.begin);
    end += (words.back().range.end - words.back().range.begin - words.back().text.size()) / 2;
    return {begin, static_cast<size_t>(end - begin)};
  }
  // One quoted word is its text; in several, quotes belong to the text.
  if (first + 1 < words.size()) {
    begin -= (from.range.end - from.range.begin - from.text.size()) / 2;
    end += (words.back().range.end - words.back().range.begin - words.back().text.size()) / 2;
  }
  return {begin, static_cast<size_t>(end - begin)};
}

SourceRange Line::whole() const {
  SourceRange all = range;
  const Line* last = this;
  while (!last->children.empty()) last = &last->children.back();
  return cover(all, last->range);
}

void split_words(std::string_view line, FileId file, uint32_t offset, std::vector<Word>& words, bool quotes) {
  size_t at = 0;
  while (true) {
    while (at < line.size() && is_blank(line[at])) ++at;
    if (at == line.size()) return;
    size_t end = at;
    while (end < line.size() && !is_blank(line[end])) ++end;
    bool quoted = false;
    if (quotes && line[at] == '"') {
      size_t close = line.find('"', at + 1);
      // A quote ends the word unless more of it follows than the quoted text holds.
      if (close != std::string_view::npos && close + 1 >= end) {
        end = close + 1;
        quoted = true;
      }
    }
    SourceRange range{file, offset + static_cast<uint32_t>(at), offset + static_cast<uint32_t>(end)};
    std::string_view text = line.substr(at, end - at);
    if (quoted) text = text.substr(1, text.size() - 2);
    words.push_back({text, range});
    at = end;
  }
}

}  // namespace bgproof::routemap
