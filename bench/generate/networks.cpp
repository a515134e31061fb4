#include "bench/generate/networks.h"

#include <fmt/format.h>

namespace bgproof::bench {

std::string ipv4(uint32_t bits, int length) {
  return fmt::format("{}.{}.{}.{}/{}", bits >> 24, bits >> 16 & 255, bits >> 8 & 255, bits & 255, length);
}

std::string ipv6(uint64_t bits, int length) {
  return fmt::format("{:x}:{:x}:{:x}:{:x}::/{}", bits >> 48, bits >> 32 & 0xffff, bits >> 16 & 0xffff, bits & 0xffff,
                     length);
}

uint32_t Networks::next_ipv4() {
  while (true) {
    uint64_t bits = (1 + random_() % 222) << 24 | (random_() & 0xffff) << 8;
    if (seen_.insert(bits).second) return static_cast<uint32_t>(bits);
  }
}

uint64_t Networks::next_ipv6() {
  while (true) {
    uint64_t bits = uint64_t{2} << 60 | (random_() & 0x0fff'ffff'ffffULL) << 16;
    if (seen_.insert(bits).second) return bits;
  }
}

}  // namespace bgproof::bench
