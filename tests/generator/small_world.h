// All routes of a tiny universe, to close "proved" by enumeration: no route of it may break what was proved.
//
// The world is a product of few values for each attribute, taken from a pool's constants; attributes that the pool has
// no constants for keep one value. Prefixes are each constant, its parent, the whole below it down to `free_bits` more
// bits, and its neighbor on the other side of the last bit.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "tests/generator/pool.h"

namespace bgproof {

struct SmallWorld {
  std::vector<Prefix> prefixes;
  // Protocol, type, neighbor and learned-from go together: bgp external from each role, bgp internal from each role,
  // originated ones.
  std::vector<Route> sources;
  std::vector<AsPath> paths;
  std::vector<Communities> communities;
  std::vector<std::array<std::optional<uint32_t>, kNumberCount>> numbers;
  std::vector<NextHop> next_hops;
  std::vector<Rpki> rpki = {Rpki::unknown};

  uint64_t size() const;  // an upper bound: illegal combinations are left out
};

struct SmallWorldLimits {
  int free_bits = 1;     // 0..3
  size_t prefixes = 64;  // at most
  size_t asns = 2;
  size_t communities = 3;
  size_t roles = 2;
  size_t numbers = 2;  // values of each number; only local-pref and med vary
};

SmallWorld small_world(const Pool& pool, const SmallWorldLimits& limits = {});

// Calls `visit` for every legal route of the world until it returns false. Returns the number of routes visited.
uint64_t for_each_route(const SmallWorld& world, const std::function<bool(const Route&)>& visit);

}  // namespace bgproof
