// Pairs two states of a network: devices by host name, else by relative path; sessions by neighbor address, VRF and
// logical system, with all their families; policies by name. Each pair becomes a comparison, and pairs that are equal
// in all that matters share one. What is on one side only passes nothing on the other.
//
// A policy that sessions use is compared through them; one that no session uses on either side, or that something else
// than BGP uses too, by itself, whatever comes behind it. That a policy is attached elsewhere or nowhere any more is
// said as a change, whatever the sessions' effects are.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "network/device.h"
#include "solver/comparison.h"

namespace bgproof {

struct NetworkState {
  std::vector<Device> devices;
  std::vector<std::string> relative;  // by device: its path below what was named, "" for a file that was named itself
  // By the device's name: policies that something else than BGP uses, on either side.
  std::map<std::string, std::set<std::string>> used_beside_bgp;
};

struct NetworkChange {
  enum class Kind : uint8_t {
    device_added,
    device_removed,
    session_added,
    session_removed,
    policy_added,
    policy_removed,
    chain_changed,  // of a session
    attached,       // a policy that no session used
    detached,       // a policy that no session uses any more
    table_changed,  // lines that make routes of the device's own, take some from other tables or serve other protocols
  } kind;
  std::string device;
  std::string name;                       // of the session or policy
  Direction direction = Direction::none;  // of chain_changed
  std::vector<std::string> was, is;       // of chain_changed: the chains; attached, detached: the sessions
  SourceRange before, after;              // where it stood and stands
};
std::string_view to_string(NetworkChange::Kind kind);

struct Pairing {
  std::vector<Comparison> comparisons;  // by device, sessions in the order of the text, then policies
  std::vector<NetworkChange> changes;
};

Pairing pair(const NetworkState& before, const NetworkState& after, const std::string& device_glob);

// Two policies of whatever devices, of all families. `beside_bgp`: something else than BGP uses one of them.
Comparison compare_policies(const Device& before, const NamedPolicy& old_policy, const Device& after,
                            const NamedPolicy& new_policy, bool beside_bgp = false);

}  // namespace bgproof
