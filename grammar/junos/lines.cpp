#include "grammar/junos/lines.h"

#include <charconv>

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

std::optional<uint32_t> number_of(std::string_view text) {
  uint32_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<uint32_t> asn_of(std::string_view text) {
  size_t dot = text.find('.');
  if (dot == std::string_view::npos) return number_of(text);
  auto high = number_of(text.substr(0, dot));
  auto low = number_of(text.substr(dot + 1));
  if (!high || !low || *high > 0xffff || *low > 0xffff) return std::nullopt;
  return *high << 16 | *low;
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
