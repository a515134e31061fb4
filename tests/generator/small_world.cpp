#include "tests/generator/small_world.h"

#include <algorithm>
#include <set>

namespace bgproof {
namespace {

template <class Value>
std::vector<Value> first_of(const std::vector<Value>& from, size_t count) {
  return {from.begin(), from.begin() + static_cast<std::ptrdiff_t>(std::min(count, from.size()))};
}

// Everything below `prefix` of up to `bits` more bits, itself included.
void add_below(const Prefix& prefix, int bits, std::set<Prefix>& into) {
  into.insert(prefix);
  if (bits == 0 || prefix.length == width(prefix.family)) return;
  for (Bits bit : {Bits{0}, Bits{1}}) {
    Bits next = prefix.bits | bit << (127 - prefix.length);
    add_below({prefix.family, next, static_cast<uint8_t>(prefix.length + 1)}, bits - 1, into);
  }
}

std::vector<Prefix> prefixes_around(const Pool& pool, const SmallWorldLimits& limits) {
  std::set<Prefix> found;
  for (const Prefix& prefix : pool.prefixes) {
    std::set<Prefix> around;
    add_below(prefix, limits.free_bits, around);
    if (prefix.length > 0) {
      Bits last = Bits{1} << (128 - prefix.length);
      around.insert({prefix.family, prefix.bits ^ last, prefix.length});
      around.insert(prefix_of({prefix.family, prefix.bits}, prefix.length - 1));
    }
    if (!found.empty() && found.size() + around.size() > limits.prefixes) break;
    found.insert(around.begin(), around.end());
  }
  return {found.begin(), found.end()};
}

std::vector<Route> sources(const Pool& pool, const SmallWorldLimits& limits) {
  std::vector<std::string> roles = first_of(pool.roles, limits.roles);
  std::vector<Route> routes;
  Route route;
  if (!pool.addresses.empty()) route.neighbor = pool.addresses.front();
  for (const std::string& role : roles)
    for (RouteType type : {RouteType::external, RouteType::internal}) {
      route.route_type = type;
      route.learned_from = role;
      routes.push_back(route);
    }
  route.learned_from = "originated";
  route.route_type = RouteType::internal;
  routes.push_back(route);
  route.neighbor.reset();
  route.route_type = RouteType::none;
  for (Protocol protocol : {Protocol::direct, Protocol::static_}) {
    route.protocol = protocol;
    routes.push_back(route);
  }
  return routes;
}

std::vector<AsPath> paths(const Pool& pool, const SmallWorldLimits& limits) {
  std::vector<Asn> asns = first_of(pool.asns, limits.asns);
  std::vector<AsPath> all = {AsPath{}};
  for (Asn asn : asns) all.push_back(path_of({asn}));
  for (Asn first : asns)
    for (Asn second : asns) all.push_back(path_of({first, second}));
  if (asns.size() > 1) {
    AsPath aggregated = path_of({asns[0]});
    aggregated.segments.push_back({AsSegment::Kind::set, {std::min(asns[0], asns[1]), std::max(asns[0], asns[1])}});
    normalize(aggregated);
    all.push_back(aggregated);
  }
  for (const AsPath& path : pool.paths)
    if (all.size() < 16 && std::find(all.begin(), all.end(), path) == all.end()) all.push_back(path);
  return all;
}

std::vector<Communities> subsets(const std::vector<Community>& of) {
  std::vector<Communities> all = {Communities{}};
  for (const Community& community : of)
    for (size_t i = 0, before = all.size(); i < before; ++i) {
      all.push_back(all[i]);
      all.back().insert(community);
    }
  return all;
}

std::vector<std::array<std::optional<uint32_t>, kNumberCount>> numbers(const Pool& pool,
                                                                       const SmallWorldLimits& limits) {
  std::vector<std::optional<uint32_t>> local_prefs = {info(Number::local_pref).usual};
  std::vector<std::optional<uint32_t>> meds = {std::nullopt};
  for (uint32_t value : first_of(pool.numbers, limits.numbers)) {
    local_prefs.push_back(value);
    meds.push_back(value);
  }
  std::vector<std::array<std::optional<uint32_t>, kNumberCount>> all;
  for (const std::optional<uint32_t>& local_pref : local_prefs)
    for (const std::optional<uint32_t>& med : meds) {
      std::array<std::optional<uint32_t>, kNumberCount> values{};
      for (const NumberInfo& number : kNumbers) values[static_cast<size_t>(number.number)] = number.usual;
      values[static_cast<size_t>(Number::local_pref)] = local_pref;
      values[static_cast<size_t>(Number::med)] = med;
      all.push_back(values);
    }
  return all;
}

}  // namespace

uint64_t SmallWorld::size() const {
  return uint64_t{prefixes.size()} * sources.size() * paths.size() * communities.size() * numbers.size() *
         next_hops.size() * rpki.size();
}

SmallWorld small_world(const Pool& pool, const SmallWorldLimits& limits) {
  SmallWorld world;
  world.prefixes = prefixes_around(pool, limits);
  world.sources = sources(pool, limits);
  world.paths = paths(pool, limits);
  world.communities = subsets(first_of(pool.communities, limits.communities));
  world.numbers = numbers(pool, limits);
  world.next_hops = {NextHop{}};
  if (!pool.addresses.empty()) world.next_hops = {{NextHop::Kind::address, pool.addresses.front()}};
  return world;
}

uint64_t for_each_route(const SmallWorld& world, const std::function<bool(const Route&)>& visit) {
  uint64_t visited = 0;
  for (const Route& source : world.sources) {
    Route route = source;
    for (const AsPath& path : world.paths) {
      route.as_path = path;
      for (const Communities& communities : world.communities) {
        route.communities = communities;
        for (const auto& numbers : world.numbers) {
          route.numbers = numbers;
          for (const NextHop& next_hop : world.next_hops) {
            route.next_hop = next_hop;
            for (Rpki rpki : world.rpki) {
              route.rpki = rpki;
              for (const Prefix& prefix : world.prefixes) {
                route.prefix = prefix;
                if (!is_legal(route)) continue;
                ++visited;
                if (!visit(route)) return visited;
              }
            }
          }
        }
      }
    }
  }
  return visited;
}

}  // namespace bgproof
