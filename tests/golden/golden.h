// A golden: one configuration with, in its header comments, a question and the answer that a human derived.
//
//   # POLICY: NAME                      the check of a `policy` block; or
//   # SESSION: 192.0.2.1 export         that of a session in a direction
//   # SESSION: 192.0.2.1 vrf V export   of one in a VRF; the INTENT lines are a whole file then
//   # DECLARE: set own = { ... }        declarations in front of the block
//   # INTENT: may prefix in own         rows of the block; if the first begins with `intent`, the lines are a whole
//   file # EXPECT: proved                    or a line for each finding: `violated CODE CLAUSE [row]`, `possible CODE
//   CLAUSE [row]` (CLAUSE
//                                       "POLICY/TERM", or `*`: any); or `not_checked CODE`; or `error CODE`: the intent
//                                       is refused
//   # REGION: len v4 25..32             with all the other REGION lines: exactly what the first finding's region is
//   # WHY: ...                          how the expectation follows, and from which trap of dialects.md
//
// The comment character is `!` in the route-map dialects; the folder names the dialect. Header lines end at the first line
// that is not a comment. What is unknown, missing or contradicts itself is an error:
// a golden that says nothing must not pass.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bgproof {

struct Expected {
  std::string word;  // "proved", "violated", "possible", "not_checked", "error"
  std::string code;  // "" for proved
  std::string clause;
  std::string row;  // id, "" if none is named
};

struct Golden {
  std::string policy;
  std::string session;
  std::string direction;  // "import", "export"
  std::vector<std::string> declarations;
  std::vector<std::string> intent;
  std::vector<Expected> expected;
  std::vector<std::string> region;
  std::string why;

  // The whole intent file that the header stands for.
  std::string intent_text() const;
  bool expects(std::string_view word) const { return expected.front().word == word; }
};

// On error `problem` says what is wrong.
std::optional<Golden> parse_golden(std::string_view text, std::string& problem);

}  // namespace bgproof
