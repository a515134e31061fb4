#include <algorithm>

#include "base/check.h"
#include "tests/generator/generate.h"

namespace bgproof {
namespace {

constexpr std::array<Protocol, 5> kCommonProtocols = {Protocol::direct, Protocol::static_, Protocol::ospf,
                                                      Protocol::isis, Protocol::aggregate};

NextHop random_next_hop(Random& random, const Pool& pool) {
  if (random.chance(70)) return {NextHop::Kind::address, random.pick(pool.addresses)};
  return {random.pick(std::vector{NextHop::Kind::unset, NextHop::Kind::self, NextHop::Kind::peer,
                                  NextHop::Kind::discard, NextHop::Kind::reject}),
          {}};
}

uint32_t random_number(Random& random, const Pool& pool) {
  uint32_t number = random.pick(pool.numbers);
  // The neighbors of a constant are where comparisons turn over; the ends wrap on purpose.
  if (random.chance(20)) number += random.chance(50) ? 1 : UINT32_MAX;
  return number;
}

Community random_community(Random& random, const Pool& pool) {
  Community community = random.pick(pool.communities);
  if (random.chance(20)) {
    size_t field = 1 + random.below(community.kind == CommunityKind::standard ? 1 : 2);
    uint32_t limit = field_limit(community.kind, static_cast<int>(field), community.fields[0]);
    uint32_t& value = community.fields[field];
    value = value < limit ? value + 1 : 0;
  }
  return community;
}

}  // namespace

Features Features::route_only() {
  Features features;
  features.flags = features.assumptions = features.unmodelled = false;
  return features;
}

Prefix random_prefix(Random& random, const Pool& pool) {
  Prefix prefix = random.pick(pool.prefixes);
  int widest = width(prefix.family);
  Bits noise = Bits{random.bits()} << 64 | random.bits();
  switch (random.below(6)) {
    case 0:
      break;  // the constant itself
    case 1:   // a little below it
    case 2: {
      int length = std::min(prefix.length + static_cast<int>(random.between(1, 3)), widest);
      return prefix_of({prefix.family, prefix.bits | (noise & ~mask_of(prefix.length))}, length);
    }
    case 3: {  // anywhere below it
      int length = static_cast<int>(random.between(prefix.length, static_cast<uint32_t>(widest)));
      return prefix_of({prefix.family, prefix.bits | (noise & ~mask_of(prefix.length))}, length);
    }
    case 4:
      return prefix_of({prefix.family, prefix.bits}, static_cast<int>(random.below(prefix.length + 1u)));  // above it
    case 5: {                                                                                              // beside it
      if (prefix.length == 0) break;
      Bits flipped = prefix.bits ^ (Bits{1} << (127 - random.below(prefix.length)));
      return prefix_of({prefix.family, flipped}, prefix.length);
    }
  }
  return prefix;
}

AsPath random_path(Random& random, const Pool& pool, const Features& features) {
  if (!pool.paths.empty() && random.chance(40)) {
    AsPath path = random.pick(pool.paths);
    if (features.sets_and_confederations) return path;
    std::erase_if(path.segments, [](const AsSegment& s) { return s.kind != AsSegment::Kind::sequence; });
    normalize(path);
    return path;
  }
  AsPath path;
  for (uint32_t segments = random.below(4); segments > 0; --segments) {
    AsSegment segment;
    if (features.sets_and_confederations && random.chance(30))
      segment.kind =
          random.pick(std::vector{AsSegment::Kind::set, AsSegment::Kind::confed_sequence, AsSegment::Kind::confed_set});
    for (uint32_t asns = random.between(1, 3); asns > 0; --asns)
      segment.asns.push_back(random.chance(90) ? random.pick(pool.asns) : random.between(1, 70000));
    path.segments.push_back(std::move(segment));
  }
  normalize(path);
  return path;
}

// A table that can hold the prefix; "" if none does.
std::string random_rib(Random& random, const Pool& pool, const Prefix& prefix) {
  std::vector<std::string> fitting;
  for (const std::string& rib : pool.ribs) {
    Route route;
    route.prefix = prefix;
    route.protocol = Protocol::static_;
    route.route_type = RouteType::none;
    route.rib = rib;
    if (is_legal(route)) fitting.push_back(rib);
  }
  return fitting.empty() ? "" : random.pick(fitting);
}

Route random_route(Random& random, const Pool& pool, const Features& features) {
  Route route;
  route.prefix = random_prefix(random, pool);
  route.protocol = random.chance(75)   ? Protocol::bgp
                   : random.chance(70) ? kCommonProtocols[random.below(kCommonProtocols.size())]
                                       : static_cast<Protocol>(random.below(kProtocols));
  bool bgp = route.protocol == Protocol::bgp;
  route.route_type = !bgp ? RouteType::none : random.chance(50) ? RouteType::internal : RouteType::external;
  if (random.chance(70)) route.learned_from = random.chance(90) ? random.pick(pool.roles) : "unassigned";
  if (bgp) route.neighbor = random.pick(pool.addresses);
  if (random.chance(70)) route.interface = random.pick(pool.interfaces);
  if (random.chance(70)) route.rib = random_rib(random, pool, route.prefix);
  route.as_path = random_path(random, pool, features);
  if (route.route_type == RouteType::external && route.as_path.empty())
    route.as_path = path_of({random.pick(pool.asns)});
  route.origin = static_cast<Origin>(random.below(3));
  route.next_hop = random_next_hop(random, pool);
  for (uint32_t i = random.below(4); i > 0; --i) route.communities.insert(random_community(random, pool));
  for (std::optional<uint32_t>& number : route.numbers)
    if (random.chance(60)) number = random_number(random, pool);
  route.rpki = static_cast<Rpki>(random.below(3));
  BGPROOF_CHECK(is_legal(route), "random routes are legal: " + to_string(route));
  return route;
}

}  // namespace bgproof
