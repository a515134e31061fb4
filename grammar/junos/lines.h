// Leaves of the Junos tree as lines of words: the form in which conditions, actions and knobs are read, whichever of
// the text's braces stand around them.
//
//   then { metric { igp 5; } accept; }     gives  "metric igp 5", "accept"
//   set ... then metric igp 5              gives  the same
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/junos/syntax.h"
#include "policy/number_text.h"

namespace bgproof::junos {

struct Line {
  std::vector<const Word*> words;  // never empty; they live as long as the tree
  SourceRange range;               // of the leaf

  const std::string& word(size_t i) const;  // "" beyond the end
  size_t size() const { return words.size(); }
  std::string text(size_t from = 0) const;  // the words with blanks between
};

// The active leaves below `container` in order of the text. Words of the container beyond the first `skip` come first
// in each, so that it does not matter whether `then accept` became a container.
std::vector<Line> lines_of(const Statement& container, size_t skip = 1);

// The words separated by blanks within one text: "64500 64500" of a quoted word.
std::vector<std::string> split(std::string_view text, std::string_view separators = " \t\r\n");

}  // namespace bgproof::junos
