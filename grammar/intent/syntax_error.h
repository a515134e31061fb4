// Collects the syntax errors (BP201) of one intent file and words them.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "grammar/intent/lexer.h"

namespace bgproof::intent {

class SyntaxErrors {
 public:
  SyntaxErrors(FileId file, std::string_view text, Diagnostics& diagnostics)
      : file_(file), text_(text), diagnostics_(diagnostics) {}

  bool any() const { return count_ > 0; }

  // Reports a file that is no text.
  bool is_binary();
  // Reports parentheses that are nested too deep to be read.
  bool too_deep(const Tokens& tokens);
  void report_lexical(const Tokens& tokens);
  // The word at [begin, end) is none of `expected` (see expected.h); begin == end: the end of the file.
  void unexpected(uint32_t begin, uint32_t end, const std::set<std::string>& expected);

 private:
  Diagnostic* add(uint32_t begin, uint32_t end, std::string message, std::string label);

  FileId file_;
  std::string_view text_;
  Diagnostics& diagnostics_;
  std::set<uint32_t> bad_;  // where lexical errors start
  size_t count_ = 0;
};

}  // namespace bgproof::intent
