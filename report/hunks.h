// The lines that differ between two texts by more than blanks at their end, as runs: a shortest edit script (Myers),
// with a limit beyond which what lies between the common beginning and end is one run.
#pragma once

#include <cstdint>
#include <vector>

#include "base/source.h"

namespace bgproof {

// Lines by their 1-based numbers, half-open. An empty side stands in front of its `begin`.
struct Hunk {
  uint32_t old_begin = 1, old_end = 1;
  uint32_t new_begin = 1, new_end = 1;
  bool operator==(const Hunk&) const = default;
};

// `indented`: blanks in front of a line mean something.
std::vector<Hunk> hunks_of(const SourceFile& before, const SourceFile& after, bool indented = true);

// The lines `begin` to `end` (half-open; both the same: between two lines) lie in the range.
bool touches(const SourceRange& range, FileId file, uint32_t begin, uint32_t end, const SourceSet& sources);

}  // namespace bgproof
