// What the lines `neighbor X route-map|prefix-list|filter-list|distribute-list NAME in|out` attach. All that are there
// apply together: each list is a policy that rejects, or goes on to the next; the route map comes last and decides. A
// name that is not defined means something else in each dialect (C1, N1, E1, F1).
#pragma once

#include <string>
#include <vector>

#include "grammar/routemap/bgp_session.h"

namespace bgproof::routemap {

// Runs the route map and leaves in `flag` whether it permits.
Body test_route_map(Context& context, const std::string& name, SourceRange use, FlagId flag);

// The clauses of one direction in the order of the device, and what they are called in reports.
struct Filters {
  std::vector<Clause> lists;
  std::vector<Clause> route_map;
  std::vector<std::string> names;
  SourceRange range;  // of the lines; unknown if there is none
  bool reads_metric = false;
  enum class Map : uint8_t { none, undefined, defined } map = Map::none;  // the route map, or the function in its place

  bool any() const { return !names.empty(); }
  // Accepts what has passed all lists. Their lines are its conditions.
  Clause passed() const;
};
Filters lower_filters(Context& context, const BgpScope& scope, const SessionSetup& setup, bool import);

}  // namespace bgproof::routemap
