// Where a row is being read: for which device and session. Gives variables their values, from the data first, then from
// the config.
//
//   neighbor  address asn name group role as_set site owner, and every column of the neighbor lists
//   device    name site asn
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intents/intents.h"
#include "network/device.h"

namespace bgproof {

// A session with what the intents' side knows of it.
struct Neighbor {
  const Session* session = nullptr;
  const NeighborRow* row = nullptr;  // nullptr: not in the data
  std::string role;                  // "" if it has none
};

struct Scope {
  const Device* device = nullptr;
  const Neighbor* neighbor = nullptr;  // nullptr in a `policy` block
  std::string site;                    // of the device, "" if unknown

  // nullopt: it has no value here.
  std::optional<std::string> value(std::string_view path) const;
};

// "" if `path` is a variable that can exist, else what to do about it.
std::string unknown_variable(const Intents& intents, std::string_view path);

// The paths of the `${...}` in a text.
std::vector<std::string> variables_of(std::string_view text);

// `text` with each `${path}` replaced; nullopt and `missing` set if one has no value.
std::optional<std::string> expand(std::string_view text, const Scope& scope, std::string& missing);

// The session's group, the data before the config.
std::string group_of(const Neighbor& neighbor);
// The session's site: of its row, else of its device.
std::string site_of(const Neighbor& neighbor, const Scope& scope);

}  // namespace bgproof
