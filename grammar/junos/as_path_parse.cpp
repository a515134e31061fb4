#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "grammar/junos/as_path.h"
#include "grammar/junos/lines.h"

namespace bgproof::junos {

namespace {

constexpr uint32_t kLargestCount = 65535;
constexpr int kDeepest = 200;  // nested parentheses

using Regex = AsPathRegex;

Regex node(Regex::Kind kind) {
  Regex result;
  result.kind = kind;
  return result;
}

Regex join(Regex::Kind kind, std::vector<Regex> of) {
  if (of.empty()) return node(Regex::Kind::empty);
  if (of.size() == 1) return std::move(of.front());
  Regex result = node(kind);
  result.of = std::move(of);
  return result;
}

class Parser {
 public:
  Parser(const std::string& text, AsPathPipe pipe) : text_(text), pipe_(pipe) {}

  std::variant<Regex, AsPathError> run() {
    skip();
    if (peek() == '^') ++at_;
    Regex result = alternatives();
    skip();
    if (peek() == '$') ++at_;
    skip();
    if (!error_ && at_ < text_.size()) fail(fmt::format("`{}` is not expected here", text_[at_]));
    if (error_) return *error_;
    result.text = text_;
    return result;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  bool digit() const { return peek() >= '0' && peek() <= '9'; }
  void fail(std::string message) {
    if (!error_) error_ = AsPathError{at_, std::move(message)};
    at_ = text_.size();
  }

  Regex alternatives() {
    std::vector<Regex> of;
    of.push_back(sequence());
    for (skip(); peek() == '|'; skip()) {
      ++at_;
      of.push_back(sequence());
    }
    return join(Regex::Kind::alternative, std::move(of));
  }

  // A term, or several with `|` between them where that stands between terms.
  Regex item() {
    std::vector<Regex> of;
    of.push_back(repeated(term()));
    for (skip(); pipe_ == AsPathPipe::terms && peek() == '|' && !error_; skip()) {
      ++at_;
      skip();
      of.push_back(repeated(term()));
    }
    return join(Regex::Kind::alternative, std::move(of));
  }

  // Ends at `|`, `)`, the end, or a `$` with nothing but an end behind it.
  Regex sequence() {
    std::vector<Regex> of;
    for (skip(); at_ < text_.size() && peek() != '|' && peek() != ')' && !error_; skip()) {
      if (peek() == '$' || peek() == '^') {
        anchor(of.empty());
        continue;
      }
      of.push_back(item());
    }
    return join(Regex::Kind::sequence, std::move(of));
  }

  // An anchor at the edge of an alternative says what holds anyway; elsewhere no path could match, which nobody means.
  void anchor(bool first) {
    bool begin = peek() == '^';
    size_t behind = text_.find_first_not_of(" \t", at_ + 1);
    bool last = behind == std::string::npos || text_[behind] == '|' || text_[behind] == ')';
    if (depth_ == 0 && (begin ? first : last)) {
      ++at_;
      return;
    }
    fail(fmt::format("`{}` is allowed at an end of the expression only", peek()));
  }

  Regex term() {
    if (peek() == '.') {
      ++at_;
      return node(Regex::Kind::any_letter);
    }
    if (peek() == '(') return group();
    if (peek() == '[') return brackets();
    if (digit()) {
      Regex result = node(Regex::Kind::asns);
      if (auto range = numbers()) result.ranges.push_back(*range);
      return result;
    }
    fail(fmt::format("`{}` is not an AS number, `.`, `(` or `[`", peek()));
    return {};
  }

  Regex group() {
    if (++depth_ > kDeepest) {
      fail("parentheses are nested too deep");
      return {};
    }
    ++at_;
    Regex result = alternatives();
    skip();
    if (peek() != ')') {
      fail("`)` is missing");
      return {};
    }
    ++at_;
    --depth_;
    return result;
  }

  Regex brackets() {
    ++at_;
    Regex result = node(Regex::Kind::asns);
    for (skip(); peek() != ']' && !error_; skip()) {
      if (peek() == ',') {
        ++at_;
        continue;
      }
      auto range = numbers();
      if (range) result.ranges.push_back(*range);
    }
    if (error_) return {};
    ++at_;
    if (result.ranges.empty()) fail("`[]` names no AS number");
    return result;
  }

  // A number or a range. Behind a number, `.` belongs to it only if a digit follows at once: "1.0" is an AS number,
  // "1.*" is not.
  std::optional<NumberRange> numbers() {
    auto low = number();
    if (!low) return std::nullopt;
    size_t behind = at_;
    skip();
    if (peek() != '-') {
      at_ = behind;
      return NumberRange{*low, *low};
    }
    ++at_;
    skip();
    auto high = number();
    if (!high) return std::nullopt;
    if (*high < *low) {
      fail(fmt::format("the range {}-{} is empty", *low, *high));
      return std::nullopt;
    }
    return NumberRange{*low, *high};
  }

  std::optional<uint32_t> number() {
    size_t begin = at_;
    while (digit()) ++at_;
    if (peek() == '.' && at_ > begin && at_ + 1 < text_.size() && text_[at_ + 1] >= '0' && text_[at_ + 1] <= '9') {
      ++at_;
      while (digit()) ++at_;
    }
    auto value = asn_of(std::string_view(text_).substr(begin, at_ - begin));
    if (!value) {
      at_ = begin;
      fail("an AS number is expected here");
    }
    return value;
  }

  Regex repeated(Regex of) {
    for (;;) {
      uint32_t low = 0, high = Regex::kUnbounded;
      size_t before = at_;
      skip();
      if (peek() == '*') {
        ++at_;
      } else if (peek() == '+') {
        low = 1;
        ++at_;
      } else if (peek() == '?') {
        high = 1;
        ++at_;
      } else if (peek() == '{') {
        if (!counts(low, high)) return {};
      } else {
        at_ = before;
        return of;
      }
      Regex outer = node(Regex::Kind::repeat);
      outer.low = low;
      outer.high = high;
      outer.of.push_back(std::move(of));
      of = std::move(outer);
    }
  }

  bool counts(uint32_t& low, uint32_t& high) {
    size_t close = text_.find('}', at_);
    if (close == std::string::npos) {
      fail("`}` is missing");
      return false;
    }
    std::string inside = text_.substr(at_ + 1, close - at_ - 1);
    inside.erase(std::remove(inside.begin(), inside.end(), ' '), inside.end());
    size_t comma = inside.find(',');
    auto first = number_of(inside.substr(0, comma));
    auto second = comma == std::string::npos ? first : number_of(inside.substr(comma + 1));
    bool open = comma != std::string::npos && comma + 1 == inside.size();
    if (!first || (!second && !open) || *first > kLargestCount ||
        (second && (*second < *first || *second > kLargestCount))) {
      fail(fmt::format("`{{{}}}` is not a count", inside));
      return false;
    }
    low = *first;
    high = open ? Regex::kUnbounded : *second;
    at_ = close + 1;
    return true;
  }

  const std::string& text_;
  const AsPathPipe pipe_;
  size_t at_ = 0;
  int depth_ = 0;
  std::optional<AsPathError> error_;
};

}  // namespace

std::variant<AsPathRegex, AsPathError> parse_as_path(const std::string& text, AsPathPipe pipe) {
  return Parser(text, pipe).run();
}

}  // namespace bgproof::junos
