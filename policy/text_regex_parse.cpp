#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "policy/text_regex.h"

namespace bgproof {
namespace {

using Kind = TextRegex::Kind;

TextRegex combine(Kind kind, std::vector<TextRegex> of) {
  if (of.size() == 1) return std::move(of.front());
  TextRegex regex;
  regex.kind = of.empty() ? Kind::empty : kind;
  regex.of = std::move(of);
  return regex;
}

TextRegex one_of(std::bitset<256> characters) {
  TextRegex regex;
  regex.kind = Kind::characters;
  regex.characters = characters;
  return regex;
}

std::bitset<256> single(char character) {
  std::bitset<256> set;
  set.set(static_cast<unsigned char>(character));
  return set;
}

bool is_digit(char character) { return '0' <= character && character <= '9'; }

// In the C locale, over ASCII.
std::optional<std::bitset<256>> named_class(std::string_view name) {
  using Test = bool (*)(int);
  static constexpr std::array<std::pair<std::string_view, Test>, 8> kClasses = {{
      {"digit", [](int c) { return '0' <= c && c <= '9'; }},
      {"upper", [](int c) { return 'A' <= c && c <= 'Z'; }},
      {"lower", [](int c) { return 'a' <= c && c <= 'z'; }},
      {"alpha", [](int c) { return ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z'); }},
      {"alnum", [](int c) { return ('0' <= c && c <= '9') || ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z'); }},
      {"xdigit", [](int c) { return ('0' <= c && c <= '9') || ('A' <= c && c <= 'F') || ('a' <= c && c <= 'f'); }},
      {"space", [](int c) { return c == ' ' || ('\t' <= c && c <= '\r'); }},
      {"punct", [](int c) { return c < 128 && std::ispunct(c) != 0; }},
  }};
  for (const auto& [known, test] : kClasses) {
    if (known != name) continue;
    std::bitset<256> set;
    for (int c = 0; c < 256; ++c) set.set(static_cast<size_t>(c), test(c));
    return set;
  }
  return std::nullopt;
}

// Recursive descent; the first mistake is thrown and caught in parse_text_regex below.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  TextRegex parse() {
    TextRegex regex = alternatives(0);
    if (!at_end()) fail("unmatched )");
    return regex;
  }

 private:
  bool at_end() const { return position_ == text_.size(); }
  char peek() const { return text_[position_]; }
  bool next_is(char character) const { return !at_end() && peek() == character; }
  bool take(char character) {
    if (!next_is(character)) return false;
    ++position_;
    return true;
  }
  [[noreturn]] void fail(std::string message) const { fail_at(position_, std::move(message)); }
  [[noreturn]] static void fail_at(size_t position, std::string message) {
    throw TextRegexError{position, std::move(message)};
  }

  TextRegex alternatives(uint32_t depth) {
    if (depth > TextRegex::kDeepest) fail("groups are nested too deeply");
    std::vector<TextRegex> of;
    do of.push_back(sequence(depth));
    while (take('|'));
    return combine(Kind::alternative, std::move(of));
  }

  TextRegex sequence(uint32_t depth) {
    std::vector<TextRegex> of;
    while (!at_end() && peek() != '|' && peek() != ')') of.push_back(repeated(depth));
    return combine(Kind::sequence, std::move(of));
  }

  TextRegex repeated(uint32_t depth) {
    TextRegex regex = single_item(depth);
    bool anchor = regex.kind == Kind::begin || regex.kind == Kind::end;
    for (int times = 0; !at_end(); ++times) {
      size_t start = position_;
      std::optional<std::pair<uint32_t, uint32_t>> counts = repetition();
      if (!counts) break;
      if (anchor) fail_at(start, "an anchor can't be repeated");
      if (times == 8) fail_at(start, "too many repetitions of a repetition");
      TextRegex outer;
      outer.kind = Kind::repeat;
      outer.low = counts->first;
      outer.high = counts->second;
      outer.of.push_back(std::move(regex));
      regex = std::move(outer);
    }
    return regex;
  }

  std::optional<std::pair<uint32_t, uint32_t>> repetition() {
    if (take('*')) return {{0, TextRegex::kUnbounded}};
    if (take('+')) return {{1, TextRegex::kUnbounded}};
    if (take('?')) return {{0, 1}};
    size_t start = position_;
    if (!take('{')) return std::nullopt;
    uint32_t low = count();
    uint32_t high = low;
    if (take(',')) high = next_is('}') ? TextRegex::kUnbounded : count();
    if (!take('}')) fail("expected } after the count");
    if (low > high) fail_at(start, "the first count is larger than the second");
    return {{low, high}};
  }

  uint32_t count() {
    size_t start = position_;
    uint32_t value = 0;
    while (!at_end() && is_digit(peek())) {
      value = value * 10 + static_cast<uint32_t>(peek() - '0');
      if (value > TextRegex::kLargestCount) fail_at(start, "a count above 255");
      ++position_;
    }
    if (position_ == start) fail("expected a count");
    return value;
  }

  TextRegex single_item(uint32_t depth) {
    size_t start = position_;
    char character = peek();
    ++position_;
    switch (character) {
      case '(': {
        TextRegex inner = alternatives(depth + 1);
        if (!take(')')) fail_at(start, "unmatched (");
        // A group around an anchor is not the anchor: what it repeats is the group.
        if (inner.kind == Kind::begin || inner.kind == Kind::end) {
          TextRegex group;
          group.kind = Kind::sequence;
          group.of.push_back(std::move(inner));
          return group;
        }
        return inner;
      }
      case '[':
        return bracket(start);
      case '.':
        return one_of(std::bitset<256>().set());
      case '^':
      case '$': {
        TextRegex anchor;
        anchor.kind = character == '^' ? Kind::begin : Kind::end;
        return anchor;
      }
      case '*':
      case '+':
      case '?':
      case '{':
        fail_at(start, "nothing to repeat");
      case '\\': {
        if (at_end()) fail_at(start, "a backslash at the end");
        char escaped = peek();
        if (static_cast<unsigned char>(escaped) >= 128 || !std::ispunct(static_cast<unsigned char>(escaped)))
          fail_at(start, "a backslash takes only punctuation");
        ++position_;
        return one_of(single(escaped));
      }
      default:
        return one_of(single(character));
    }
  }

  // Behind the opening [.
  TextRegex bracket(size_t start) {
    bool complement = take('^');
    std::bitset<256> set;
    bool first = true;
    while (true) {
      if (at_end()) fail_at(start, "unmatched [");
      if (!first && take(']')) break;
      first = false;
      if (text_.substr(position_, 2) == "[:") {
        size_t close = text_.find(":]", position_ + 2);
        std::optional<std::bitset<256>> known;
        if (close != std::string_view::npos) known = named_class(text_.substr(position_ + 2, close - position_ - 2));
        if (!known) fail("unknown character class");
        set |= *known;
        position_ = close + 2;
        continue;
      }
      if (text_.substr(position_, 2) == "[." || text_.substr(position_, 2) == "[=")
        fail("collating elements are not known");
      size_t item = position_;
      unsigned char low = static_cast<unsigned char>(text_[position_++]);
      unsigned char high = low;
      bool is_range = text_.size() - position_ >= 2 && text_[position_] == '-' && text_[position_ + 1] != ']';
      if (is_range) {
        high = static_cast<unsigned char>(text_[position_ + 1]);
        position_ += 2;
        if (low > high) fail_at(item, "a range whose end is before its begin");
      }
      for (int c = low; c <= high; ++c) set.set(static_cast<size_t>(c));
    }
    return one_of(complement ? ~set : set);
  }

  std::string_view text_;
  size_t position_ = 0;
};

}  // namespace

std::variant<TextRegex, TextRegexError> parse_text_regex(std::string_view expression) {
  try {
    return Parser(expression).parse();
  } catch (const TextRegexError& error) {
    return error;
  }
}

}  // namespace bgproof
