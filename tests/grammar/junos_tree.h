// Reads a Junos text and prints its tree, one statement a line: `[from]`, `-[term B]` if it is inactive, `[term C]^` if
// it was inherited. For the tests of the reader.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "base/source.h"
#include "grammar/junos/syntax.h"

namespace bgproof::junos {

struct ReadText {
  SourceSet sources;
  Diagnostics diagnostics;
  Config config;

  std::string tree() const;                  // of all children of the root
  std::string tree(const Statement&) const;  // of one statement
  std::string codes() const;                 // "BP101 BP108": sorted by place
  // The statement at a path of heads, "policy-options > policy-statement P > term A"; fails the test if there is none.
  const Statement& at(std::string_view path) const;
  std::string text_at(std::string_view path) const { return std::string(sources.text(at(path).range)); }
  // The text that the first diagnostic of that code points at.
  std::string pointed(std::string_view code) const;
};

ReadText read_text(std::string text);

}  // namespace bgproof::junos
