// Random policies in FRR's own words: lists of every kind and route maps that use them, with everything that the daemon
// takes and that changes what a route becomes. Constants are few and shared with the routes, so that routes meet them.
//
// The daemon must take every line: what it refuses it would leave out quietly. The tests look at its log.
#pragma once

#include <string>
#include <vector>

#include "policy/route.h"
#include "tests/generator/random.h"

namespace bgproof::frr {

inline constexpr Asn kOwnAsn = 65000;

// A neighbor of the daemon. Maps: "" for none. The lines stand in its address families, {} for the address:
// "no neighbor {} send-community".
struct Neighbor {
  std::string address;
  Asn asn = 0;
  std::string import_map;
  std::string export_map;
  std::vector<std::string> lines;   // IPv4
  std::vector<std::string> lines6;  // IPv6
  bool external() const { return asn != kOwnAsn; }
};

struct Policies {
  std::string text;
  std::vector<std::string> maps;          // to attach
  std::vector<std::string> prefix_lists;  // IPv4
  std::vector<std::string> prefix_lists6;
  std::vector<std::string> path_lists;
};

// `maps` route maps named M0, M1, ... that may call one another, and the lists that they name.
Policies random_policies(Random& random, uint32_t maps);

// For each map an external and an internal neighbor, now and then with filters beside the map.
std::vector<Neighbor> random_importers(Random& random, const Policies& policies);
// The same for export, with what a session may do to a route behind its policy.
std::vector<Neighbor> random_exporters(Random& random, const Policies& policies);

// What import can meet: a route as a neighbor sends it, its next hop an address that the daemon accepts.
Route random_import(Random& random, const Neighbor& neighbor);

}  // namespace bgproof::frr
