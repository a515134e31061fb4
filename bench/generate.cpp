// Writes a config and an intent of a given size, the same bytes for the same arguments on every machine.
//
//   bench_generate prefixes N FOLDER    a prefix list of N entries, halves of N/2 networks, half of them IPv6; the
//   intent says the
//                                       same routes in another way: what lies under each network
//   bench_generate rows N FOLDER        N terms, each with a prefix and a community, and N rows that say the same
//
// FOLDER gets router.conf, proved.intent and violated.intent; the latter leaves one network or row out.
#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::string ipv4(uint32_t bits, int length) {
  return fmt::format("{}.{}.{}.{}/{}", bits >> 24, bits >> 16 & 255, bits >> 8 & 255, bits & 255, length);
}

// 2001:db8::/32 has too few networks for what is wanted; all of 2000::/4 is used.
std::string ipv6(uint64_t bits, int length) {
  return fmt::format("{:x}:{:x}:{:x}:{:x}::/{}", bits >> 48, bits >> 32 & 0xffff, bits >> 16 & 0xffff, bits & 0xffff,
                     length);
}

// Different networks of length 24 (IPv4) or 48 (IPv6), in random order.
struct Networks {
  explicit Networks(uint64_t seed) : random(seed) {}
  std::mt19937_64 random;
  std::set<uint64_t> seen;
  uint64_t next_ipv4() {
    while (true) {
      uint64_t bits = (1 + random() % 222) << 24 | (random() & 0xffff) << 8;
      if (seen.insert(bits).second) return bits;
    }
  }
  uint64_t next_ipv6() {
    while (true) {
      uint64_t bits = uint64_t{2} << 60 | (random() & 0x0fff'ffff'ffffULL) << 16;
      if (seen.insert(bits).second) return bits;
    }
  }
};

struct Output {
  std::ofstream config, proved, violated;
  explicit Output(const std::string& folder)
      : config(folder + "/router.conf"), proved(folder + "/proved.intent"), violated(folder + "/violated.intent") {}
  void intents(const std::string& text) { proved << text, violated << text; }
};

void prefixes(size_t count, Output& out) {
  Networks networks(20261124);
  out.config << "system {\n    host-name bench;\n}\npolicy-options {\n    prefix-list NETS {\n";
  out.intents("intent 1\nset nets = {\n");
  for (size_t i = 0; i < count / 2; ++i) {
    std::string whole;
    if (i % 2 == 0) {
      auto bits = static_cast<uint32_t>(networks.next_ipv4());
      whole = ipv4(bits, 24) + " ge 25";
      out.config << "        " << ipv4(bits, 25) << ";\n        " << ipv4(bits | 128, 25) << ";\n";
    } else {
      uint64_t bits = networks.next_ipv6();
      whole = ipv6(bits, 48) + " ge 49";
      out.config << "        " << ipv6(bits, 49) << ";\n        " << ipv6(bits | 0x8000, 49) << ";\n";
    }
    out.proved << "  " << whole << ",\n";
    if (i != count / 4) out.violated << "  " << whole << ",\n";
  }
  out.config << "    }\n    policy-statement EXPORT {\n        term NETS {\n            from {\n                "
                "prefix-list-filter NETS "
                "orlonger;\n            }\n            then accept;\n        }\n        term LAST {\n            then "
                "reject;\n        "
                "}\n    }\n}\n";
  out.intents("}\npolicy \"EXPORT\" {\n  may prefix in nets\n}\n");
}

void rows(size_t count, Output& out) {
  Networks networks(20261125);
  out.config << "system {\n    host-name bench;\n}\npolicy-options {\n    policy-statement EXPORT {\n";
  out.intents("intent 1\npolicy \"EXPORT\" {\n");
  std::string communities;
  for (size_t i = 0; i < count; ++i) {
    std::string prefix =
        i % 2 == 0 ? ipv4(static_cast<uint32_t>(networks.next_ipv4()), 24) : ipv6(networks.next_ipv6(), 48);
    out.config << fmt::format(
        "        term T{0} {{\n            from {{\n                route-filter {1} orlonger;\n                "
        "community C{0};\n            "
        "}}\n            then accept;\n        }}\n",
        i, prefix);
    communities += fmt::format("    community C{0} members large:64500:1:{0};\n", i);
    std::string row = fmt::format("  may prefix in {{ {} orlonger }} and has 64500:1:{}\n", prefix, i);
    out.proved << row;
    if (i != count / 2) out.violated << row;
  }
  out.config << "        term LAST {\n            then reject;\n        }\n    }\n" << communities << "}\n";
  out.intents("}\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  std::string_view what = argv[1];
  size_t count = strtoul(argv[2], nullptr, 10);
  Output out(argv[3]);
  if (what == "prefixes")
    prefixes(count, out);
  else if (what == "rows")
    rows(count, out);
  else
    return 2;
  out.config.flush(), out.proved.flush(), out.violated.flush();
  return out.config && out.proved && out.violated ? 0 : 1;
}
