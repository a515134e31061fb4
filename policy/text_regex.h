// Regular expressions over characters: POSIX extended syntax, as devices use it for the text of communities.
//
// Alternatives `a|b`, groups `()`, `.`, bracket expressions with ranges, complements and the classes [:digit:],
// [:alpha:], [:alnum:], [:xdigit:],
// [:space:], [:upper:], [:lower:], [:punct:], repetition `*`, `+`, `?`, `{m}`, `{m,}`, `{m,n}`, and the anchors `^` and
// `$`, which may stand anywhere and match the empty text at its begin and end. A backslash takes the punctuation behind
// it literally. What POSIX leaves undefined is refused with a position rather than guessed: a repetition of nothing, an
// unmatched parenthesis, `\d` and the like. An empty alternative matches the empty text.
//
// The tree is data for everybody; the matcher is the reference and works by derivatives.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bgproof {

struct TextRegex {
  enum class Kind : uint8_t {
    empty,        // the empty text
    characters,   // one character of `characters`; none of them: no text
    sequence,     // `of` one after the other
    alternative,  // one of `of`
    repeat,       // of[0], `low` to `high` times
    begin,        // the empty text at the begin
    end,          // the empty text at the end
  } kind = Kind::empty;
  std::bitset<256> characters;
  std::vector<TextRegex> of;
  uint32_t low = 0;
  uint32_t high = kUnbounded;
  static constexpr uint32_t kUnbounded = UINT32_MAX;
  static constexpr uint32_t kLargestCount = 255;  // of {m,n}, as POSIX guarantees it
  static constexpr uint32_t kDeepest = 200;       // nested groups
};

struct TextRegexError {
  size_t position = 0;  // a byte offset into the expression
  std::string message;
};

std::variant<TextRegex, TextRegexError> parse_text_regex(std::string_view expression);

bool matches_whole(const TextRegex& regex, std::string_view text);
bool matches_somewhere(const TextRegex& regex, std::string_view text);

}  // namespace bgproof
