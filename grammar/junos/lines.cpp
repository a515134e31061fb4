#include "grammar/junos/lines.h"

namespace bgproof::junos {

namespace {

void collect(const Statement& statement, std::vector<const Word*> words, size_t skip, std::vector<Line>& out) {
  for (size_t i = skip; i < statement.words.size(); ++i) words.push_back(&statement.words[i]);
  if (statement.children.empty()) {
    if (!words.empty()) out.push_back({std::move(words), statement.range});
    return;
  }
  for (const Statement& child : statement.children)
    if (!child.inactive) collect(child, words, 0, out);
}

}  // namespace

const std::string& Line::word(size_t i) const {
  static const std::string kNone;
  return i < words.size() ? words[i]->text : kNone;
}

std::string Line::text(size_t from) const {
  std::string result;
  for (size_t i = from; i < words.size(); ++i) result += (i == from ? "" : " ") + words[i]->text;
  return result;
}

std::vector<Line> lines_of(const Statement& container, size_t skip) {
  std::vector<Line> result;
  if (!container.inactive) collect(container, {}, skip, result);
  return result;
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> result;
  for (size_t begin = text.find_first_not_of(separators); begin != std::string_view::npos;) {
    size_t end = text.find_first_of(separators, begin);
    result.emplace_back(text.substr(begin, end - begin));
    begin = end == std::string_view::npos ? end : text.find_first_not_of(separators, end);
  }
  return result;
}

}  // namespace bgproof::junos
