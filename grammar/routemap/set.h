// The `set` lines of an entry as changes of the route, in the order in which the device makes them.
#pragma once

#include <string_view>

#include "grammar/routemap/entries.h"

namespace bgproof::routemap {

Body lower_sets(Context& context, std::string_view route_map, const Entry& entry);

}  // namespace bgproof::routemap
