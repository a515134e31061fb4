// Finds the lines of a text that may concern policy or BGP, and the block that each belongs to; everything else is
// skipped, which is most of a file. One pass over the bytes, without recursion.
//
// A line that is indented below the head of a block belongs to it. Where heads and lines have the same indentation (a
// text that was pasted, or an old device), the innermost block that knows the command takes it (modes.h), as the device
// does.
//
// What concerns the file as a whole is found here: a banner without its end (BP102), and a text without the `end` that
// its header promises (BP109). After either the rest of the configuration is unknown. So it is where a line may or may
// not leave a block that is not indented, and where a line of a block stands outside of it: such a device is lost.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "grammar/routemap/syntax.h"

namespace bgproof::routemap {

struct ScannedLine {
  uint32_t begin = 0;  // without the indentation
  uint32_t end = 0;
  uint32_t depth = 0;   // 0: of the outermost level; a deeper line belongs to the last one that is less deep
  bool list = false;    // of a long run of lines of the same form
  bool joined = false;  // nothing but blank lines and comments stands between the line before and this one
};

struct Scan {
  std::vector<ScannedLine> lines;
  bool truncated = false;
  std::optional<Lost> lost;  // the first line that leaves open what it or those behind it say
  uint32_t policy_lines = 0;
};

Scan scan(const SourceFile& file, FileId id, Dialect dialect, Diagnostics& diagnostics);

}  // namespace bgproof::routemap
