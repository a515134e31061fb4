#include <fmt/format.h>

#include "tests/frr/random_config.h"

namespace bgproof::frr {
namespace {

// The same line in both families.
void add(Neighbor& neighbor, const std::string& line) {
  neighbor.lines.push_back(line);
  neighbor.lines6.push_back(line);
}

void add_filters(Random& random, const Policies& policies, const char* direction, Neighbor& neighbor) {
  if (random.chance(15)) {
    neighbor.lines.push_back(
        fmt::format("neighbor {{}} prefix-list {} {}", random.pick(policies.prefix_lists), direction));
    neighbor.lines6.push_back(
        fmt::format("neighbor {{}} prefix-list {} {}", random.pick(policies.prefix_lists6), direction));
  }
  if (random.chance(10))
    add(neighbor, fmt::format("neighbor {{}} filter-list {} {}", random.pick(policies.path_lists), direction));
}

void add_rewriting(Random& random, Neighbor& neighbor) {
  auto one_of = [&](const char* line, std::vector<std::string> ends) {
    add(neighbor, fmt::format("{}{}", line, random.pick(ends)));
  };
  if (random.chance(30))
    one_of("no neighbor {} send-community", {"", " standard", " extended", " large", " all", " both"});
  if (random.chance(30)) one_of("neighbor {} next-hop-self", {"", "", " force"});
  if (!neighbor.external()) return;
  if (random.chance(40)) one_of("neighbor {} remove-private-AS", {"", " all", " replace-AS", " all replace-AS"});
  if (random.chance(15)) one_of("neighbor {} as-override", {""});
  if (random.chance(20)) one_of("neighbor {} attribute-unchanged ", {"med", "next-hop", "next-hop med"});
}

}  // namespace

std::vector<Neighbor> random_importers(Random& random, const Policies& policies) {
  std::vector<Neighbor> neighbors;
  for (const std::string& map : policies.maps)
    for (Asn asn : {Asn{65001}, kOwnAsn}) {
      neighbors.push_back({fmt::format("127.0.1.{}", neighbors.size() + 1), asn, map, "NOTHING", {}, {}});
      add_filters(random, policies, "in", neighbors.back());
    }
  return neighbors;
}

std::vector<Neighbor> random_exporters(Random& random, const Policies& policies) {
  std::vector<Neighbor> neighbors;
  for (const std::string& map : policies.maps)
    for (Asn asn : {random.chance(50) ? Asn{65002} : Asn{64512}, kOwnAsn}) {
      neighbors.push_back({fmt::format("127.0.2.{}", neighbors.size() + 1), asn, "NOTHING", map, {}, {}});
      add_filters(random, policies, "out", neighbors.back());
      add_rewriting(random, neighbors.back());
    }
  return neighbors;
}

}  // namespace bgproof::frr
