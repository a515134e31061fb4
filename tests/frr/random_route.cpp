#include <array>

#include "base/check.h"
#include "tests/frr/constants.h"
#include "tests/frr/random_config.h"

namespace bgproof::frr {
namespace {

template <class Value, size_t kCount>
const Value& pick(Random& random, const std::array<Value, kCount>& from) {
  return from[random.below(kCount)];
}

Address address_of(std::string_view text) {
  std::optional<Address> address = parse_address(text);
  BGPROOF_CHECK(address, "constants are well written");
  return *address;
}

// A constant, or what lies near below it or above it.
Prefix random_prefix(Random& random, bool ipv6) {
  Prefix prefix = *parse_prefix(ipv6 ? pick(random, kPrefixes6) : pick(random, kPrefixes));
  int widest = width(prefix.family);
  Bits noise = Bits{random.bits()} << 64 | random.bits();
  auto below = [&](int length) {
    return prefix_of({prefix.family, prefix.bits | (noise & ~mask_of(prefix.length))}, length);
  };
  // Far from what hosts, loopback and multicast use, which the daemon refuses.
  if (prefix.length < 8) return random.chance(50) ? prefix : *parse_prefix(ipv6 ? "2001:db7::/32" : "11.0.0.0/8");
  switch (random.below(4)) {
    case 0:
      return below(std::min(prefix.length + static_cast<int>(random.between(1, 4)), widest));
    case 1:
      return below(static_cast<int>(random.between(prefix.length, static_cast<uint32_t>(widest))));
    default:
      return prefix;
  }
}

AsPath random_path(Random& random, const Neighbor& neighbor) {
  AsPath path;
  uint32_t segments = random.chance(70) ? 1 : random.between(0, 3);
  for (; segments > 0; --segments) {
    AsSegment segment;
    uint32_t kind = random.below(100);
    if (kind < 20) segment.kind = AsSegment::Kind::set;
    if (kind >= 90 && !neighbor.external())
      segment.kind = kind < 95 ? AsSegment::Kind::confed_sequence : AsSegment::Kind::confed_set;
    for (uint32_t asns = random.between(1, 4); asns > 0; --asns) segment.asns.push_back(pick(random, kAsns));
    path.segments.push_back(std::move(segment));
  }
  if (neighbor.external()) prepend(path, {neighbor.asn});
  normalize(path);
  return path;
}

}  // namespace

Route random_import(Random& random, const Neighbor& neighbor) {
  bool ipv6 = random.chance(40);
  Route route;
  route.prefix = random_prefix(random, ipv6);
  route.protocol = Protocol::bgp;
  route.route_type = neighbor.external() ? RouteType::external : RouteType::internal;
  route.neighbor = parse_address(neighbor.address);
  route.as_path = random_path(random, neighbor);
  route.origin = static_cast<Origin>(random.below(3));
  route.next_hop = {NextHop::Kind::address, address_of(ipv6 ? pick(random, kNextHops6) : pick(random, kNextHops))};
  auto add = [&](const auto& from, uint32_t percent) {
    while (random.chance(percent)) route.communities.insert(*parse_community(pick(random, from)));
  };
  add(kStandard, 55);
  add(kLarge, 40);
  add(kExtended, 40);
  if (random.chance(60)) route[Number::med] = pick(random, kNumbers);
  if (!neighbor.external()) route[Number::local_pref] = pick(random, kNumbers);
  return route;
}

}  // namespace bgproof::frr
