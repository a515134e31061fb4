// The words of the intent language. Written by hand, because the language's lexical rule is one sentence that ANTLR
// can't say: a word is the longest run of word characters, and what it is (a name, a prefix, a community, a date) is
// decided by looking at the whole of it. So `192.0.2.0/33` is one wrong prefix and not a number, a dot and a surprise.
// The formatter needs the comments too, and a list of 100,000 prefixes has to be cheap: with `fold`, a long list of
// nothing but prefixes is one token, whose members the reader takes apart without a parse tree.
//
// Keywords are words here; the grammar knows them (grammar/intent/Intent.g4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace bgproof::intent {

enum class TokenKind : uint8_t {
  word,         // own-anycast, may
  integer,      // 24
  asn,          // AS64500, 1.10
  prefix,       // 192.0.2.0/24, 2001:db8::1
  community,    // 64500:1:2, rt:64500:*, $neighbor.asn:1
  variable,     // $neighbor.asn
  string,       // "edge*"
  path_regex,   // <^AS64500 .*$>, only after the word `matches`
  duration,     // 48h
  percent,      // 30%
  date,         // 2027-03-01
  symbol,       // { } [ ] ( ) , = + - & .. < <= >= >
  prefix_list,  // { 192.0.2.0/24, ... } whole, only with `fold`
  comment,      // # to the end of the line
  bad,          // not a word of the language; see LexicalError
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  uint32_t begin = 0;
  uint32_t end = 0;
};

struct LexicalError {
  size_t token;  // index of the bad token
  std::string message;
  std::string help;  // may be empty
};

struct Tokens {
  std::vector<Token> all;  // in order of the text; the last one is `end`
  std::vector<LexicalError> errors;
};

inline constexpr size_t kFoldFrom = 64;  // members that a list must have to be folded

// Tokens of text[begin, end).
Tokens lex(std::string_view text, uint32_t begin, uint32_t end, bool fold);

}  // namespace bgproof::intent
