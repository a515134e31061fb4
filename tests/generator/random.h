// Random numbers that are the same on every machine: std::mt19937_64 is specified by the standard, its library's
// distributions are not, so the few that are needed are here.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace bgproof {

class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}

  uint64_t bits() { return engine_(); }
  // 0 <= result < count. The tiny bias of the remainder does not matter here.
  uint32_t below(uint64_t count) { return static_cast<uint32_t>(engine_() % count); }
  // low <= result <= high
  uint32_t between(uint32_t low, uint32_t high) {
    return static_cast<uint32_t>(low + engine_() % (uint64_t{high} - low + 1));
  }
  bool chance(uint32_t percent) { return below(100) < percent; }

  template <class Value>
  const Value& pick(const std::vector<Value>& from) {
    return from.at(below(from.size()));
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace bgproof
