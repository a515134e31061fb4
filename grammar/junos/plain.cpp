#include "grammar/junos/plain.h"

#include <algorithm>
#include <array>

namespace bgproof::junos {

namespace {

using Is = PlainToken::Is;

// The characters that the lexer lets stand anywhere in a word.
constexpr std::array<bool, 256> characters_of_words() {
  std::array<bool, 256> plain{};
  plain.fill(true);
  for (char c : std::string_view(" \t\r\n\f\0{}[];\"#", 13)) plain[static_cast<unsigned char>(c)] = false;
  return plain;
}
constexpr std::array<bool, 256> kOfWords = characters_of_words();

bool is_tag(std::string_view word) {
  constexpr std::array<std::string_view, 6> kTags = {
      "inactive:", "active:", "protect:", "unprotect:", "replace:", "delete:"};
  return word.back() == ':' && std::find(kTags.begin(), kTags.end(), word) != kTags.end();
}

class Tokens {
 public:
  Tokens(std::string_view text, uint32_t begin, uint32_t end) : text_(text.substr(0, end)), at_(begin) {}

  bool run() {
    while (skip_blanks()) {
      if (at_ == text_.size()) return depth_ == 0 && !in_statement_;
      if (!token()) return false;
    }
    return false;
  }
  std::vector<PlainToken> take() { return std::move(tokens_); }

 private:
  // False at a comment without an end.
  bool skip_blanks() {
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size() - 1);
      } else if (c == '/' && text_.substr(at_, 2) == "/*") {
        size_t close = text_.find("*/", at_ + 2);
        if (close == std::string_view::npos) return false;
        at_ = close + 1;
      } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\f' && c != '\0') {
        break;
      }
    }
    return true;
  }

  void add(Is is, size_t end) {
    tokens_.push_back({is, static_cast<uint32_t>(at_), static_cast<uint32_t>(end)});
    at_ = end;
  }

  bool token() {
    switch (text_[at_]) {
      case '{':
        if (!in_statement_ || in_list_) return false;
        in_statement_ = false;
        ++depth_;
        add(Is::open, at_ + 1);
        return true;
      case '}':
        if (in_statement_ || depth_ == 0) return false;
        --depth_;
        add(Is::close, at_ + 1);
        return true;
      case '[':
        if (in_list_) return false;
        in_list_ = in_statement_ = true;
        add(Is::open_list, at_ + 1);
        return true;
      case ']':
        if (!in_list_) return false;
        in_list_ = false;
        add(Is::close_list, at_ + 1);
        return true;
      case ';':
        if (in_list_) return false;
        in_statement_ = false;
        add(Is::end, at_ + 1);
        return true;
      case '"':
        return string();
      default:
        return word();
    }
  }

  bool string() {
    size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
    if (end >= text_.size()) return false;
    in_statement_ = true;
    add(Is::string, end + 1);
    return true;
  }

  bool word() {
    if (text_[at_] == '/') return false;
    size_t end = at_;
    while (end < text_.size() && kOfWords[static_cast<unsigned char>(text_[end])]) ++end;
    // `a{2,3}`, `a[0-9]` and `a#` may be one word.
    if (end < text_.size() && (text_[end] == '{' || text_[end] == '[' || text_[end] == '#')) return false;
    if (is_tag(text_.substr(at_, end - at_))) return false;
    in_statement_ = true;
    add(Is::word, end);
    return true;
  }

  std::string_view text_;
  size_t at_;
  size_t depth_ = 0;
  bool in_statement_ = false, in_list_ = false;
  std::vector<PlainToken> tokens_;
};

}  // namespace

std::optional<std::vector<PlainToken>> plain_tokens(std::string_view text, uint32_t begin, uint32_t end) {
  Tokens tokens(text, begin, end);
  if (!tokens.run()) return std::nullopt;
  return tokens.take();
}

}  // namespace bgproof::junos
