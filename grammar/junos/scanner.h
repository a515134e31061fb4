// Finds the parts of a Junos text that may hold policy or BGP and cuts them into pieces for the parser; everything else
// is skipped, which is most of a file. One pass over the bytes, without recursion, so that 100 MB of junk or 100,000
// braces cost no more than their length; strings and comments are seen as what they are.
//
// Pieces come in the order of the text. A large block is cut: `open` (its head), pieces of its content, `close`, so
// that the parser never holds more than about 64 KiB of tokens.
//
// Mistakes that concern the file as a whole are found here: an open block, string or comment at the end (BP102),
// nesting deeper than 200 (BP103), a `}` that closes nothing (BP101). After each of them the rest of the text is
// unknown.
#pragma once

#include <cstdint>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "grammar/junos/syntax.h"

namespace bgproof::junos {

struct Piece {
  enum class Is {
    open,        // the words before `{` of a block whose content follows
    close,       // nothing of the text
    statements,  // complete statements of one level
    lines,       // `set` lines and their like
    place,       // the words of `[edit ...]` behind `edit`, which the lines that follow are relative to
    unknown,     // the words of a statement or block that no section has
  };
  Is is;
  SourceRange range;
};

struct Scan {
  std::vector<Piece> pieces;
  bool truncated = false;
  uint32_t policy_lines = 0;
};

inline constexpr size_t kMaxDepth = 200;

Scan scan(const SourceFile& file, FileId id, Diagnostics& diagnostics);

}  // namespace bgproof::junos
