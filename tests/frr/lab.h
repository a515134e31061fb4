// A whole experiment: a daemon with these policies, its neighbors with their routes, and what came of it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/frr/random_config.h"

namespace bgproof::frr {

struct Sent {
  Neighbor neighbor;
  std::vector<Route> routes;  // of different prefixes
};

// The configuration as a user writes it.
std::string config_text(const std::string& policies, const std::vector<Neighbor>& neighbors);

// Nothing of what is imported is announced again where this map is attached: many times many routes tell nothing more.
inline constexpr const char* kNothing = "NOTHING";

// What the daemon says. Making one throws std::runtime_error if the experiment fails, whatever was configured: a
// session that breaks, a daemon that dies.
struct Result {
  std::map<std::string, std::map<Prefix, Route>> table;      // neighbor -> what the daemon accepted from there
  std::map<std::string, std::map<Prefix, Route>> announced;  // receiver -> what it got
  std::map<std::string, std::set<uint8_t>>
      other_attributes;              // receiver -> types of attributes that a Route has no place for
  std::vector<std::string> refused;  // lines of the config
};
// The neighbors of `sent` announce their routes; when all are in place, the receivers open their sessions and get what
// is theirs.
Result experiment(const std::string& config, const std::vector<Sent>& sent,
                  const std::vector<Neighbor>& receivers = {});

}  // namespace bgproof::frr
