#include "intents/path_regex.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace bgproof {
namespace {

using Kind = AsPathRegex::Kind;

constexpr int kDeepest = 100;
constexpr uint32_t kMostRepeats = 1000;

AsPathRegex letter(Kind kind, std::vector<NumberRange> ranges = {}) {
  AsPathRegex regex;
  regex.kind = kind;
  regex.ranges = std::move(ranges);
  return regex;
}

AsPathRegex of(Kind kind, std::vector<AsPathRegex> parts) {
  if (parts.size() == 1) return std::move(parts[0]);
  AsPathRegex regex;
  regex.kind = parts.empty() ? (kind == Kind::sequence ? Kind::empty : Kind::nothing) : kind;
  regex.of = std::move(parts);
  return regex;
}

AsPathRegex one_of(std::vector<NumberRange> ranges) {
  return ranges.empty() ? letter(Kind::nothing) : letter(Kind::asns, std::move(ranges));
}

AsPathRegex anything() {
  AsPathRegex regex;
  regex.kind = Kind::repeat;
  regex.of.push_back(letter(Kind::any_letter));
  return regex;
}

AsPathRegex sequence(std::vector<AsPathRegex> parts) { return of(Kind::sequence, std::move(parts)); }

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' ||
         c == '-' || c == '$';
}

class Reader {
 public:
  Reader(std::string_view text, const AsnsOfName& asns) : text_(text), asns_(asns) {}

  PathRegexReading run() {
    PathRegexReading& result = result_;
    result.regex = alternatives(0);
    skip();
    if (result.error.empty() && at_ < text_.size())
      fail(text_[at_] == ')' ? "this `)` closes nothing" : "unexpected sign");
    // A search: what is not tied to an end may have anything in front of it and behind it. The anchors are letters of
    // their own until here: ^ and $ may stand within alternatives.
    result.regex.text = std::string(text_);
    return std::move(result_);
  }

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  char peek() {
    skip();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  void fail(std::string message) {
    if (!result_.error.empty()) return;
    result_.error = std::move(message);
    result_.at = static_cast<uint32_t>(at_);
    at_ = text_.size();
  }

  // At depth 0 each alternative is wrapped by what it may be searched in. Deeper down anchors are refused.
  AsPathRegex alternatives(int depth) {
    std::vector<AsPathRegex> parts;
    parts.push_back(row(depth));
    while (peek() == '|') {
      ++at_;
      parts.push_back(row(depth));
    }
    return of(Kind::alternative, std::move(parts));
  }

  AsPathRegex row(int depth) {
    std::vector<AsPathRegex> parts;
    bool from_start = false;
    bool to_end = false;
    if (peek() == '^') {
      if (depth > 0) fail("`^` may stand only at the start of the expression or of an alternative outside parentheses");
      from_start = true;
      ++at_;
    }
    while (true) {
      char c = peek();
      if (c == '\0' || c == '|' || c == ')') break;
      if (to_end) {
        fail("nothing may follow `$`");
        break;
      }
      if (c == '$' && !variable_follows()) {
        if (depth > 0) fail("`$` may stand only at the end of the expression or of an alternative outside parentheses");
        to_end = true;
        ++at_;
        continue;
      }
      parts.push_back(repeated(depth));
      if (!result_.error.empty()) break;
    }
    if (depth > 0) return sequence(std::move(parts));
    if (!from_start) parts.insert(parts.begin(), anything());
    if (!to_end) parts.push_back(anything());
    return sequence(std::move(parts));
  }

  bool variable_follows() const {
    return at_ + 1 < text_.size() &&
           ((text_[at_ + 1] >= 'a' && text_[at_ + 1] <= 'z') || (text_[at_ + 1] >= 'A' && text_[at_ + 1] <= 'Z'));
  }

  AsPathRegex repeated(int depth) {
    AsPathRegex inner = atom(depth);
    while (result_.error.empty()) {
      char c = peek();
      uint32_t low = 0;
      uint32_t high = AsPathRegex::kUnbounded;
      if (c == '*') {
        ++at_;
      } else if (c == '+') {
        ++at_;
        low = 1;
      } else if (c == '?') {
        ++at_;
        high = 1;
      } else if (c == '{') {
        if (!bounds(low, high)) break;
      } else {
        break;
      }
      AsPathRegex outer;
      outer.kind = Kind::repeat;
      outer.of.push_back(std::move(inner));
      outer.low = low;
      outer.high = high;
      inner = std::move(outer);
    }
    return inner;
  }

  std::optional<uint32_t> number() {
    skip();
    uint32_t value = 0;
    auto result = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (result.ec != std::errc()) return std::nullopt;
    at_ = static_cast<size_t>(result.ptr - text_.data());
    return value;
  }

  bool bounds(uint32_t& low, uint32_t& high) {
    ++at_;
    auto first = number();
    if (!first) return fail("expected a number of repetitions behind `{`"), false;
    low = high = *first;
    if (peek() == ',') {
      ++at_;
      high = AsPathRegex::kUnbounded;
      if (peek() != '}') {
        auto second = number();
        if (!second) return fail("expected a number or `}`"), false;
        high = *second;
      }
    }
    if (peek() != '}') return fail("expected `}`"), false;
    if (low > high) return fail("the first number of repetitions is the larger one"), false;
    if (low > kMostRepeats || (high != AsPathRegex::kUnbounded && high > kMostRepeats))
      return fail(fmt::format("at most {} repetitions can be asked for", kMostRepeats)), false;
    ++at_;
    return true;
  }

  AsPathRegex atom(int depth) {
    char c = peek();
    if (c == '(') {
      if (depth >= kDeepest) return fail("parentheses are nested too deep"), AsPathRegex{};
      ++at_;
      AsPathRegex inner = alternatives(depth + 1);
      if (result_.error.empty() && peek() != ')') fail("a `(` is not closed");
      ++at_;
      return inner;
    }
    if (c == '[') return group();
    if (c == '.' && (at_ + 1 >= text_.size() || !(text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9'))) {
      ++at_;
      return letter(Kind::any_letter);
    }
    if (!is_word(c) || c == '-')
      return fail(fmt::format("expected an AS number, a name, `.`, `[` or `(`, found `{}`", c)), AsPathRegex{};
    return one_of(normalized(member()));
  }

  AsPathRegex group() {
    ++at_;
    bool inverted = peek() == '^';
    if (inverted) ++at_;
    std::vector<NumberRange> ranges;
    while (result_.error.empty() && peek() != ']') {
      if (!is_word(peek()) || peek() == '-' || peek() == '.') {
        fail("expected an AS number, a name or `]`");
        break;
      }
      for (const NumberRange& range : member()) ranges.push_back(range);
    }
    ++at_;
    ranges = normalized(std::move(ranges));
    return one_of(inverted ? complement(ranges) : ranges);
  }

  // An AS number, a range of them, a name or a variable.
  std::vector<NumberRange> member() {
    skip();
    size_t begin = at_;
    if (auto asn = as_number()) {
      NumberRange range{*asn, *asn};
      size_t back = at_;
      skip();
      if (text_.substr(at_, 2) == "..") {
        at_ += 2;
      } else if (at_ < text_.size() && text_[at_] == '-') {
        ++at_;
      } else {
        at_ = back;
        return {range};
      }
      skip();
      auto high = as_number();
      if (!high) return fail("expected the last AS number of the range"), std::vector<NumberRange>{};
      if (*high < *asn)
        return fail("this range is empty: its first number is the larger one"), std::vector<NumberRange>{};
      range.high = *high;
      return {range};
    }
    at_ = begin;
    if (at_ < text_.size() && text_[at_] == '$') ++at_;
    while (at_ < text_.size() && is_word(text_[at_]) && text_[at_] != '$' && text_.substr(at_, 2) != "..") ++at_;
    std::string name(text_.substr(begin, at_ - begin));
    if (name[0] != '$' && (name.find_first_of(".$") != std::string::npos || (name[0] >= '0' && name[0] <= '9'))) {
      at_ = begin;
      return fail(fmt::format("`{}` is neither an AS number nor a name", name)), std::vector<NumberRange>{};
    }
    result_.names.emplace_back(name, static_cast<uint32_t>(begin));
    return asns_ ? asns_(name) : std::vector<NumberRange>{};
  }

  // AS64500, 64500, AS1.10, 1.10; stays where it is if there is none, or if it goes on as a name.
  std::optional<Asn> as_number() {
    size_t begin = at_;
    if (at_ + 2 < text_.size() && (text_[at_] == 'A' || text_[at_] == 'a') &&
        (text_[at_ + 1] == 'S' || text_[at_ + 1] == 's'))
      at_ += 2;
    auto digits = [&]() -> std::optional<uint32_t> {
      if (at_ >= text_.size() || text_[at_] < '0' || text_[at_] > '9') return std::nullopt;
      return number();
    };
    auto high = digits();
    std::optional<uint32_t> value = high;
    if (high && at_ + 1 < text_.size() && text_[at_] == '.' && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9') {
      ++at_;
      auto low = digits();
      value = low && *high <= 0xffff && *low <= 0xffff ? std::optional(*high << 16 | *low) : std::nullopt;
    }
    bool goes_on =
        at_ < text_.size() && is_word(text_[at_]) && text_[at_] != '.' && text_[at_] != '-' && text_[at_] != '$';
    if (value && !goes_on) return value;
    at_ = begin;
    return std::nullopt;
  }

  std::string_view text_;
  const AsnsOfName& asns_;
  size_t at_ = 0;
  PathRegexReading result_;
};

}  // namespace

PathRegexReading read_path_regex(std::string_view text, const AsnsOfName& asns) { return Reader(text, asns).run(); }

AsPathRegex path_contains(const std::vector<NumberRange>& asns) {
  std::vector<NumberRange> ranges = normalized(asns);
  // A set letter without ranges would be any AS_SET.
  if (ranges.empty()) return letter(Kind::nothing);
  AsPathRegex either = of(Kind::alternative, {letter(Kind::asns, ranges), letter(Kind::set_letter, ranges)});
  return sequence({anything(), std::move(either), anything()});
}

AsPathRegex path_ends_with(const std::vector<NumberRange>& asns) {
  return sequence({anything(), one_of(normalized(asns))});
}

AsPathRegex path_starts_with(const std::vector<NumberRange>& asns) {
  return sequence({one_of(normalized(asns)), anything()});
}

}  // namespace bgproof
