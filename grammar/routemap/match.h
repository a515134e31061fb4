// The `match` lines of an entry as conditions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "grammar/routemap/entries.h"

namespace bgproof::routemap {

struct Match {
  std::vector<Condition> all;      // each has to hold; none: the entry matches everything
  std::vector<SourceRange> lines;  // of those that say something
  SourceRange range;               // all of them; unknown if there are none
};

// `behind`: a flag that is true where another entry has matched before and gone on to this one; made when it is needed
// first. Null: no entry of the map goes on.
Match lower_match(Context& context, std::string_view route_map, const Entry& entry, std::optional<FlagId>* behind);

// What a match on a list of that kind means if nothing defines the name: told, and never, or as a named assumption
// says.
Condition undefined_list(Context& context, Kind list, std::string_view name, SourceRange use);

// The same of an access list that has no rules.
Condition empty_access_list(Context& context, std::string_view name, SourceRange use);

}  // namespace bgproof::routemap
