// What `show bgp ... json` of FRR says, as routes of the model.
#pragma once

#include <map>
#include <string>

#include "policy/route.h"

namespace bgproof {

// Adds the paths of `show bgp FAMILY unicast json detail` to neighbor -> prefix -> route. A weight or tag of 0 is
// absent. Throws std::runtime_error on an attribute that it can't read: nothing is compared by half.
void read_table(const std::string& json, std::map<std::string, std::map<Prefix, Route>>& routes);

// Of `show bgp FAMILY unicast json`: no prefix still waits for its best path.
bool all_have_best_path(const std::string& json);

}  // namespace bgproof
