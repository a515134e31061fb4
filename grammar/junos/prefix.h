// Prefix conditions of a Junos `from`: prefix-list, prefix-list-filter, route-filter, source-address-filter and their
// lists (J3, J5, J6 of the design).
//
// A prefix list becomes one PrefixList per way of matching (exact, orlonger, longer), made once and shared. The route
// filters of a term are one longest-match table; entries with inline actions have slots of their own from 1 on, plain
// ones slot 0.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grammar/junos/context.h"
#include "grammar/junos/lines.h"
#include "policy/prefix_list.h"

namespace bgproof::junos {

enum class MatchType { exact, orlonger, longer };

// The routes that are members of the named list, or lie under one. An undefined list, and one with a line that is not
// understood (an apply-path that can't be resolved), make the membership free.
Condition prefix_list_matches(Context& context, const std::string& name, MatchType type, SourceRange use);

// The slot of filters whose match type is not understood: the lookup finds them where they are the longest (J5), and
// what they do then is free.
inline constexpr uint32_t kUnknownSlot = UINT32_MAX - 2;

// One `route-filter` as it stands: its place in the table, or why it has no meaning. With `unknown` and a pattern, the
// filter has that place in the lookup all the same; without a pattern nobody knows which routes it hides from the
// others.
struct RouteFilter {
  std::vector<PrefixPattern> patterns;  // several for `through`
  std::optional<Prefix> path_to;        // of `through`: the last prefix of the path
  bool never = false;  // no route fits (`longer` of a full-length prefix), but a lookup finds it before shorter ones
  std::string unknown;
  size_t rest = 0;  // words of the statement up to the inline actions
  SourceRange range;
};

// The words from `first` on: the prefix, the match type, its value.
RouteFilter read_route_filter(const Statement& statement, size_t first);

struct SlottedFilter {
  RouteFilter filter;
  uint32_t slot = 0;
};
// The table of one term. With `walkup`, where the longest prefix fails the next shorter one is tried. nullptr: a
// `through` crosses another filter of the table in a way that a table of prefixes can't say.
std::shared_ptr<const PrefixList> route_filter_table(const std::vector<SlottedFilter>& filters, bool walkup);

// The single addresses, as a list for NextHopIn and NeighborIn; nullptr if one of them is none.
std::shared_ptr<const PrefixList> address_list(const std::vector<const Word*>& words);

}  // namespace bgproof::junos
