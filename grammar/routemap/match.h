// The `match` lines of an entry as conditions.
#pragma once

#include <string_view>
#include <vector>

#include "grammar/routemap/entries.h"

namespace bgproof::routemap {

struct Match {
  std::vector<Condition> all;      // each has to hold; none: the entry matches everything
  std::vector<SourceRange> lines;  // of those that say something
  SourceRange range;               // all of them; unknown if there are none
};

Match lower_match(Context& context, std::string_view route_map, const Entry& entry);

// What a match on a list of that kind means if nothing defines the name: told, and never, or as a named assumption
// says.
Condition undefined_list(Context& context, Kind list, std::string_view name, SourceRange use);

}  // namespace bgproof::routemap
