#include <fmt/format.h>

#include <fstream>

#include "bench/generate/cases.h"
#include "bench/generate/networks.h"

namespace bgproof::bench {

namespace {

struct Output {
  std::ofstream config, proved, violated;
  explicit Output(const Folder& folder)
      : config(folder / "router.conf"), proved(folder / "proved.intent"), violated(folder / "violated.intent") {
    config << "system {\n    host-name bench;\n}\npolicy-options {\n";
    intents("intent 1\n");
  }
  void intents(const std::string& text) { proved << text, violated << text; }
};

constexpr std::string_view kLastTerm = "        term LAST {\n            then reject;\n        }\n    }\n";

}  // namespace

void prefixes(size_t count, const Folder& folder) {
  Output out(folder);
  Networks networks(20261124);
  out.config << "    prefix-list NETS {\n";
  out.intents("set nets = {\n");
  for (size_t i = 0; i < count / 2; ++i) {
    std::string whole;
    if (i % 2 == 0) {
      uint32_t bits = networks.next_ipv4();
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
  out.config
      << "    }\n    policy-statement EXPORT {\n        term NETS {\n            from {\n"
         "                prefix-list-filter NETS orlonger;\n            }\n            then accept;\n        }\n"
      << kLastTerm << "}\n";
  out.intents("}\npolicy \"EXPORT\" {\n  may prefix in nets\n}\n");
}

void rows(size_t count, const Folder& folder) {
  Output out(folder);
  Networks networks(20261125);
  out.config << "    policy-statement EXPORT {\n";
  out.intents("policy \"EXPORT\" {\n");
  std::string definitions;
  for (size_t i = 0; i < count; ++i) {
    std::string prefix = i % 2 == 0 ? ipv4(networks.next_ipv4(), 24) : ipv6(networks.next_ipv6(), 48);
    out.config << fmt::format(
        "        term T{0} {{\n            from {{\n                route-filter {1} orlonger;\n"
        "                as-path ORIGIN{0};\n                community C{0};\n            }}\n"
        "            then accept;\n        }}\n",
        i, prefix);
    definitions += fmt::format("    community C{0} members large:64500:1:{0};\n    as-path ORIGIN{0} \".* {1}\";\n", i,
                               100'000 + i);
    std::string row = fmt::format("  may prefix in {{ {} orlonger }} and origin-as in AS{} and has 64500:1:{}\n",
                                  prefix, 100'000 + i, i);
    out.proved << row;
    if (i != count / 2) out.violated << row;
  }
  out.config << kLastTerm << definitions << "}\n";
  out.intents("}\n");
}

void patterns(size_t count, const Folder& folder) {
  Output out(folder);
  out.config << "    policy-statement EXPORT {\n";
  out.intents("policy \"EXPORT\" {\n");
  std::string definitions;
  for (size_t i = 0; i < count; ++i) {
    size_t asn = 70'000 + 7 * i;
    out.config << fmt::format(
        "        term T{0} {{\n            from as-path P{0};\n            then accept;\n        }}\n", i);
    definitions += fmt::format("    as-path P{} \".* {} .*\";\n", i, asn);
    std::string row = fmt::format("  may path matches <AS{}>\n", asn);
    out.proved << row;
    if (i != count / 2) out.violated << row;
  }
  out.config << kLastTerm << definitions << "}\n";
  out.intents("}\n");
}

void communities(size_t count, const Folder& folder) {
  Output out(folder);
  out.config << "    policy-statement EXPORT {\n        term T {\n            from community [";
  out.intents("comms listed = {\n");
  std::string definitions;
  for (size_t i = 0; i < count; ++i) {
    std::string community = fmt::format("{}:{}", 64'000 + i % 500, i / 500);
    out.config << " C" << i;
    definitions += fmt::format("    community C{} members {};\n", i, community);
    out.proved << "  " << community << ",\n";
    if (i != count / 2) out.violated << "  " << community << ",\n";
  }
  out.config << " ];\n            then accept;\n        }\n" << kLastTerm << definitions << "}\n";
  out.intents("}\npolicy \"EXPORT\" {\n  may has listed\n}\n");
}

}  // namespace bgproof::bench
