#include "grammar/junos/greeting.h"

#include <algorithm>

#include "grammar/junos/sections.h"

namespace bgproof::junos {

bool line_words(std::string_view& rest, std::string_view& word) {
  size_t begin = rest.find_first_not_of(" \t\r\f");
  if (begin == rest.npos) return false;
  size_t end = std::min(rest.find_first_of(" \t\r\f", begin), rest.size());
  word = rest.substr(begin, end - begin);
  rest.remove_prefix(end);
  return true;
}

size_t prompt_end(std::string_view word) {
  size_t marker = word.find_first_of(">#%");
  bool prompt = marker != word.npos && word.substr(0, marker).find('@') != word.npos;
  return prompt ? marker + 1 : 0;
}

size_t role_end(std::string_view line) {
  size_t close = line.find('}');
  if (!line.starts_with('{') || close == line.npos || close < 2) return 0;
  if (line.substr(0, close).find_first_of("; \t") != line.npos) return 0;
  size_t next = line.find_first_not_of(" \t\r", close + 1);
  return next == line.npos || line.substr(next).starts_with("[edit") ? close + 1 : 0;
}

bool has_no_effect(std::string_view command) {
  static constexpr std::string_view kWithoutEffect[] = {"cat",  "cli", "commit", "configure", "help",
                                                        "more", "run", "save",   "show",      "status"};
  return std::ranges::find(kWithoutEffect, command) != std::end(kWithoutEffect);
}

bool holds_command(std::string_view text) {
  std::string_view word;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line_words(line, word) && line_words(line, word) && is_command(word)) return true;
  }
  return false;
}

bool is_greeting(std::string_view line) {
  std::string_view rest = line, word;
  if (!line_words(rest, word)) return false;
  static constexpr std::string_view kAlone[] = {"commit", "configure", "run", "show"};
  bool alone = std::ranges::find(kAlone, word) != std::end(kAlone) && rest.find_first_of("{;") == rest.npos;
  return word.front() == '!' || prompt_end(word) > 0 || role_end(line.substr(line.find(word.front()))) > 0 || alone ||
         word.starts_with("[edit");
}

}  // namespace bgproof::junos
