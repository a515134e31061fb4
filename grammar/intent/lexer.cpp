#include "grammar/intent/lexer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "policy/address.h"

namespace bgproof::intent {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_run(char c) {
  return is_digit(c) || is_letter(c) || c == '.' || c == ':' || c == '/' || c == '*' || c == '-' || c == '%' ||
         c == '$';
}
bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

// name { "." name }
bool is_path(std::string_view text) {
  while (true) {
    size_t dot = text.find('.');
    if (!is_name(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

// "[1-9]" at the start of `text`: its length, else 0.
size_t range_length(std::string_view text) {
  if (text.empty() || text[0] != '[') return 0;
  size_t at = 1;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at == 1 || at >= text.size() || text[at] != '-') return 0;
  size_t low_end = ++at;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at == low_end || at >= text.size() || text[at] != ']') return 0;
  return at + 1;
}

bool is_hex(std::string_view text) {
  return text.size() > 2 && text.substr(0, 2) == "0x" &&
         text.substr(2).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool is_community_part(std::string_view text, bool hex) {
  if (text == "*" || all_digits(text) || (hex && is_hex(text))) return true;
  if (!text.empty() && text[0] == '$') return is_path(text.substr(1));
  return range_length(text) == text.size() && !text.empty();
}

bool is_community(std::string_view text) {
  bool extended = false;
  for (std::string_view word : {"rt:", "soo:", "ext:"}) {
    if (text.substr(0, word.size()) != word) continue;
    extended = word == "ext:";
    text.remove_prefix(word.size());
    break;
  }
  int parts = 0;
  while (true) {
    size_t colon = text.find(':');
    if (!is_community_part(text.substr(0, colon), extended && parts == 0)) return false;
    ++parts;
    if (colon == std::string_view::npos) return parts == 2 || parts == 3;
    text.remove_prefix(colon + 1);
  }
}

bool is_asn(std::string_view text) {
  if (text.size() > 2 && (text[0] == 'A' || text[0] == 'a') && (text[1] == 'S' || text[1] == 's')) {
    text.remove_prefix(2);
    if (all_digits(text)) return true;
  }
  size_t dot = text.find('.');
  return dot != std::string_view::npos && all_digits(text.substr(0, dot)) && all_digits(text.substr(dot + 1));
}

bool is_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && all_digits(text.substr(0, 4)) &&
         all_digits(text.substr(5, 2)) && all_digits(text.substr(8));
}

struct Class {
  TokenKind kind;
  std::string message = {};
  std::string help = {};
};

Class bad(std::string message, std::string help = {}) { return {TokenKind::bad, std::move(message), std::move(help)}; }

Class classify_prefix(std::string_view text) {
  if (parse_prefix(text)) return {TokenKind::prefix};
  size_t slash = text.find('/');
  auto address = parse_address(text.substr(0, slash));
  std::string_view length = text.substr(slash + 1);
  if (address && all_digits(length))
    return bad(fmt::format("`{}` is not a prefix: an {} length is at most {}", text,
                           address->family == Family::ipv4 ? "IPv4" : "IPv6", width(address->family)));
  return bad(fmt::format("`{}` is not a prefix", text), "write a path in double quotes; a prefix is like 192.0.2.0/24");
}

Class classify(std::string_view text) {
  if (is_name(text)) return {is_asn(text) ? TokenKind::asn : TokenKind::word};
  if (all_digits(text)) return {TokenKind::integer};
  if (text.find('/') != std::string_view::npos) return classify_prefix(text);
  if (is_date(text)) return {TokenKind::date};
  if (all_digits(text.substr(0, text.size() - 1))) {
    if (text.back() == '%') return {TokenKind::percent};
    if (std::string_view("smhdw").find(text.back()) != std::string_view::npos) return {TokenKind::duration};
  }
  if (is_asn(text)) return {TokenKind::asn};
  if (text[0] == '$' && is_path(text.substr(1))) return {TokenKind::variable};
  if (parse_address(text)) return {TokenKind::prefix};
  if (text.find(':') != std::string_view::npos) {
    if (is_community(text)) return {TokenKind::community};
    return bad(fmt::format("`{}` is neither a community nor an address", text),
               "a community is 64500:1, 64500:1:2 or rt:64500:1; a part may be `*`, a range like [1-9] or a variable");
  }
  if (text[0] == '$') return bad(fmt::format("`{}` is not a variable", text), "a variable is like $neighbor.asn");
  if (is_letter(text[0]))
    return bad(fmt::format("`{}` is not a name", text), "a name has letters, digits, `-` and `_`");
  return bad(fmt::format("`{}` is not a word of the intent language", text));
}

class Lexer {
 public:
  Lexer(std::string_view text, uint32_t begin, uint32_t end, bool fold)
      : text_(text.substr(0, end)), at_(begin), fold_(fold) {}

  Tokens run() {
    if (at_ == 0 && text_.substr(0, 3) == "\xef\xbb\xbf") at_ = 3;
    while (skip_space(), at_ < text_.size()) step();
    add(TokenKind::end, at_);
    return std::move(tokens_);
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  std::string_view rest() const { return text_.substr(at_); }

  void add(TokenKind kind, size_t end) {
    tokens_.all.push_back({kind, static_cast<uint32_t>(at_), static_cast<uint32_t>(end)});
    if (kind != TokenKind::comment) {
      after_matches_ = kind == TokenKind::word && text_.substr(at_, end - at_) == "matches";
    }
    at_ = end;
  }

  void add_bad(size_t end, std::string message, std::string help = {}) {
    tokens_.errors.push_back({tokens_.all.size(), std::move(message), std::move(help)});
    add(TokenKind::bad, end);
  }

  size_t line_end() const { return std::min(text_.find_first_of("\r\n", at_), text_.size()); }

  void step() {
    char c = peek();
    if (c == '#') return add(TokenKind::comment, line_end());
    if (c == '"') return step_string();
    if (c == '<' && after_matches_) return step_regex();
    if (c == '{' && fold_) {
      if (size_t end = prefix_list_end()) return add(TokenKind::prefix_list, end);
    }
    if (c == '.' && peek(1) == '.') return add(TokenKind::symbol, at_ + 2);
    if ((c == '<' || c == '>') && peek(1) == '=') return add(TokenKind::symbol, at_ + 2);
    bool part = c == '[' && range_length(rest()) > 0 && peek(range_length(rest())) == ':';
    if (!part && std::string_view("{}[](),=+-&<>").find(c) != std::string_view::npos)
      return add(TokenKind::symbol, at_ + 1);
    if (part || is_run(c)) return step_run();
    step_strange();
  }

  void step_string() {
    // Looks no further than the text goes: a file may be one long line.
    auto in_line = [&](size_t at) { return at < text_.size() && text_[at] != '\r' && text_[at] != '\n'; };
    size_t end = at_ + 1;
    for (; in_line(end); ++end) {
      if (text_[end] == '\\' && in_line(end + 1)) {
        ++end;
      } else if (text_[end] == '"') {
        return add(TokenKind::string, end + 1);
      }
    }
    add_bad(end, "this quoted text has no end", "close it with `\"` on the same line");
  }

  void step_regex() {
    size_t end = text_.substr(0, line_end()).find('>', at_);
    if (end == std::string_view::npos)
      return add_bad(line_end(), "this path expression has no end", "close it with `>` on the same line");
    add(TokenKind::path_regex, end + 1);
  }

  // The end of the run of word characters at `from`. `..` ends it, and `[1-9]` belongs to it at its start and after a
  // colon.
  size_t run_end(size_t from) const {
    size_t end = from;
    while (end < text_.size()) {
      char c = text_[end];
      if (c == '[' && (end == from || text_[end - 1] == ':')) {
        size_t length = range_length(text_.substr(end));
        if (length == 0) break;
        end += length;
        continue;
      }
      if (!is_run(c)) break;
      if (c == '.' && end + 1 < text_.size() && text_[end + 1] == '.') break;
      ++end;
    }
    return end;
  }

  void step_run() {
    size_t end = run_end(at_);
    Class found = classify(text_.substr(at_, end - at_));
    if (found.kind == TokenKind::bad) return add_bad(end, std::move(found.message), std::move(found.help));
    add(found.kind, end);
  }

  // Characters that no word has, as one token for each run of them.
  void step_strange() {
    size_t end = at_;
    while (end < text_.size() && !is_space(text_[end]) && !is_run(text_[end]) &&
           std::string_view("{}[](),=+&<>#\"").find(text_[end]) == std::string_view::npos)
      ++end;
    BGPROOF_CHECK(end > at_, "a character that starts nothing is strange");
    std::string shown;
    for (char c : text_.substr(at_, std::min<size_t>(end - at_, 8))) {
      auto byte = static_cast<unsigned char>(c);
      if (byte > 0x20 && byte < 0x7f) {
        shown += c;
      } else {
        shown += fmt::format("\\x{:02x}", byte);
      }
    }
    add_bad(end, fmt::format("`{}` is not a character of the intent language", shown),
            "outside of quoted texts and comments only ASCII letters, digits and signs are allowed");
  }

  void skip_space_and_comments(size_t& at) const {
    while (at < text_.size()) {
      if (is_space(text_[at])) {
        ++at;
      } else if (text_[at] == '#') {
        at = std::min(text_.find('\n', at), text_.size());
      } else {
        return;
      }
    }
  }

  // The end of the list of prefixes that starts here, 0 if it is something else, has a mistake or is short.
  size_t prefix_list_end() const {
    size_t at = at_ + 1;
    size_t members = 0;
    bool after_member = false;
    bool want_number = false;
    while (true) {
      skip_space_and_comments(at);
      if (at >= text_.size()) return 0;
      if (want_number && !is_digit(text_[at])) return 0;
      if (text_[at] == '}') return members >= kFoldFrom ? at + 1 : 0;
      if (text_[at] == ',') {
        if (!after_member) return 0;
        after_member = false;
        ++at;
        continue;
      }
      size_t end = run_end(at);
      std::string_view word = text_.substr(at, end - at);
      if (word.empty()) return 0;
      if (want_number) {
        if (!all_digits(word)) return 0;
        want_number = false;
      } else if (after_member) {
        want_number = word == "le" || word == "ge";
        if (!want_number && word != "exact" && word != "orlonger" && word != "longer") return 0;
      } else {
        if (classify(word).kind != TokenKind::prefix) return 0;
        after_member = true;
        ++members;
      }
      at = end;
    }
  }

  std::string_view text_;
  size_t at_;
  bool fold_;
  bool after_matches_ = false;
  Tokens tokens_;
};

}  // namespace

Tokens lex(std::string_view text, uint32_t begin, uint32_t end, bool fold) {
  return Lexer(text, begin, end, fold).run();
}

}  // namespace bgproof::intent
