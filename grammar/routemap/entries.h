// The entries of a route map as the device holds them after it has read all lines: pieces merged, in the order of their
// numbers, defaults filled in, `no` lines carried out, lines that replace others of the same entry settled.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "grammar/routemap/context.h"

namespace bgproof::routemap {

struct Entry {
  uint32_t sequence = 0;
  bool permit = true;
  SourceRange head;                // of the line that says permit or deny
  SourceRange range;               // from the first head to the last line
  std::vector<const Line*> lines;  // match, set, continue, ...
};

std::vector<Entry> entries_of(Context& context, std::string_view route_map);

// What a line of an entry is about, so that a second one of the same kind replaces it: "set metric", "match ip address
// prefix-list".
std::string subject_of(const Line& line, Dialect dialect);

}  // namespace bgproof::routemap
