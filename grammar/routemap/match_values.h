// Matches on values of a route: numbers, protocols, states. nullopt: the line cannot be read.
#pragma once

#include <optional>

#include "grammar/routemap/context.h"

namespace bgproof::routemap {

// `N...`, `A-B`, `A to B`, `N +- D` from word `first` on.
std::optional<Condition> number_match(const Line& line, size_t first, Number number);
// A match on MED or local preference, widened to routes that have none where the dialect takes a value instead.
Condition with_absent(Context& context, Condition match);
std::optional<Condition> path_length(const Line& line, size_t first);  // `>= 3`, `>= 3 and <= 9`
std::optional<Condition> origin_match(const Line& line);
std::optional<Condition> interface_match(const Line& line, size_t first);
std::optional<Condition> rpki_match(const Line& line, size_t first);
std::optional<Condition> protocol_match(const Line& line, size_t first);

// `match route-type external|internal|local|...`
Condition route_type_match(Context& context, const Line& line, std::string_view route_map);

// `match community L any` of FRR: some community is in the list, or the route has none.
Condition carries_any_of(Context& context, Kind list, std::string_view name, SourceRange at);

}  // namespace bgproof::routemap
