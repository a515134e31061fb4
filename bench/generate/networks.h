// Different networks in random order, the same for the same seed, and how they are written.
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>

namespace bgproof::bench {

std::string ipv4(uint32_t bits, int length);
std::string ipv6(uint64_t bits, int length);  // the upper 64 bits

// Networks of length 24 (IPv4) and 48 (IPv6). 2001:db8::/32 has too few for what is wanted; all of 2000::/4 is used.
class Networks {
 public:
  explicit Networks(uint64_t seed) : random_(seed) {}
  uint32_t next_ipv4();
  uint64_t next_ipv6();

 private:
  std::mt19937_64 random_;
  std::set<uint64_t> seen_;
};

}  // namespace bgproof::bench
