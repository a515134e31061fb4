// The routing tables that a Junos device shows as JSON, one row for each route.
#pragma once

#include <filesystem>
#include <vector>

#include "policy/route.h"

namespace bgproof::junos::testing {

struct Row {
  Route route;  // rib, protocol, path, numbers, communities as shown
  bool active = false;
  bool shows_communities = false;  // the table lists those that the route has
};

// Rows of inet.0 and inet6.0 of the files of one device: `show route`, and `show route protocol bgp detail`, which says
// more of the same routes. Empty where there are none.
std::vector<Row> read_tables(const std::filesystem::path& folder);

}  // namespace bgproof::junos::testing
