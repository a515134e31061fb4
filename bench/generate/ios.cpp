#include <fmt/format.h>

#include <fstream>

#include "bench/generate/cases.h"
#include "bench/generate/networks.h"

namespace bgproof::bench {

namespace {

struct Output {
  std::ofstream config, proved, violated;
  explicit Output(const Folder& folder)
      : config(folder / "router.cfg"), proved(folder / "proved.intent"), violated(folder / "violated.intent") {
    config << "version 15.7\nhostname bench\n!\n";
    intents("intent 1\n");
  }
  void intents(const std::string& text) { proved << text, violated << text; }
};

std::string address(uint32_t bits) {
  return fmt::format("{}.{}.{}.{}", bits >> 24, bits >> 16 & 255, bits >> 8 & 255, bits & 255);
}

// Lines of no concern to policy, of the kinds that fill a router's config.
void filler(std::ofstream& out, size_t lines, size_t seed) {
  constexpr size_t kEach = 12;
  for (size_t i = 0; i * kEach < lines; ++i) {
    uint32_t bits = 0x0a00'0000u | static_cast<uint32_t>((seed * 131 + i) % 0xffff) << 8;
    out << fmt::format(
        "interface GigabitEthernet0/{0}\n description link {0} to site {1}\n ip address {2} 255.255.255.0\n"
        " ip access-group EDGE-IN in\n no ip redirects\n no ip proxy-arp\n ip flow ingress\n"
        " service-policy output QOS\n load-interval 30\n carrier-delay msec 0\n ntp disable\n!\n",
        i, (seed + i) % 97, address(bits | 1));
  }
}

void router(std::ofstream& out, std::ofstream& neighbors, size_t number, bool wide) {
  const size_t customers = wide ? 15 : 5;
  constexpr size_t kEntries = 30;
  std::string name = fmt::format("r{:04}", number);
  out << "version 15.7\nservice timestamps log datetime msec\nhostname " << name << "\n!\n";
  filler(out, wide ? 320 : 820, number);
  out << "router bgp 64500\n bgp log-neighbor-changes\n no bgp default ipv4-unicast\n";
  struct Kind {
    const char* role;
    size_t count;
    uint32_t asn;
  };
  const Kind kinds[] = {{"provider", 2, 64601}, {"peer", 3, 64701}, {"customer", customers, 70'000}};
  std::string activated;
  for (const Kind& kind : kinds) {
    std::string upper = kind.role == std::string("provider") ? "PROVIDER"
                        : kind.role == std::string("peer")   ? "PEER"
                                                             : "CUST";
    for (size_t i = 0; i < kind.count; ++i) {
      bool customer = upper == "CUST";
      size_t asn = kind.asn + (customer ? number * customers + i : i);
      std::string neighbor = address(0xac10'0000u | static_cast<uint32_t>(number % 4096) << 8 |
                                     static_cast<uint32_t>((kind.role[0] == 'c'   ? 128
                                                            : kind.role[1] == 'e' ? 64
                                                                                  : 0) +
                                                           2 * i + 1));
      neighbors << fmt::format("{},{},{},{}\n", name, neighbor, asn, kind.role);
      out << fmt::format(" neighbor {0} remote-as {1}\n neighbor {0} description {2} {3}\n", neighbor, asn, kind.role,
                         i);
      activated += fmt::format(
          "  neighbor {0} activate\n  neighbor {0} send-community both\n"
          "  neighbor {0} route-map {1}-IN in\n  neighbor {0} route-map {2}-OUT out\n",
          neighbor, customer ? fmt::format("CUST{}", i) : upper, upper);
    }
  }
  out << " address-family ipv4\n" << activated << " exit-address-family\n!\n";
  out << "ip community-list standard CUSTOMER permit 64500:100\n"
         "ip prefix-list OWN seq 5 permit 192.0.2.0/24\nip prefix-list OWN seq 10 permit 198.51.100.0/24\n"
         "ip prefix-list BOGONS seq 5 permit 0.0.0.0/0\nip prefix-list BOGONS seq 10 permit 10.0.0.0/8 le 32\n"
         "ip prefix-list BOGONS seq 15 permit 172.16.0.0/12 le 32\nip prefix-list BOGONS seq 20 permit 192.168.0.0/16 "
         "le 32\n"
         "ip as-path access-list 10 permit _64[5-9][0-9][0-9]_\n";
  Networks networks(1'000'000 + number);
  for (size_t i = 0; i < customers; ++i)
    for (size_t entry = 0; entry < kEntries; ++entry)
      out << fmt::format("ip prefix-list CUST{} seq {} permit {}\n", i, 5 * (entry + 1),
                         ipv4(networks.next_ipv4(), 24));
  out << "!\n";
  for (const char* from : {"PROVIDER", "PEER"})
    out << fmt::format(
        "route-map {0}-IN deny 10\n match ip address prefix-list BOGONS\nroute-map {0}-IN deny 20\n match as-path 10\n"
        "route-map {0}-IN permit 30\n set local-preference {1}\n set community 64500:{2}\n",
        from, from[1] == 'R' ? 90 : 120, from[1] == 'R' ? 300 : 200);
  for (const char* to : {"PROVIDER", "PEER"})
    out << fmt::format(
        "route-map {0}-OUT deny 5\n match ip address prefix-list BOGONS\nroute-map {0}-OUT permit 10\n"
        " match ip address prefix-list OWN\nroute-map {0}-OUT permit 20\n match community CUSTOMER\n",
        to);
  for (size_t i = 0; i < customers; ++i)
    out << fmt::format(
        "route-map CUST{0}-IN permit 10\n match ip address prefix-list CUST{0}\n set local-preference 200\n"
        " set community 64500:100\n",
        i);
  out << "route-map CUST-OUT permit 10\n!\nline vty 0 4\n transport input ssh\n!\nend\n";
}

}  // namespace

void ios_prefixes(size_t count, const Folder& folder) {
  Output out(folder);
  Networks networks(20261126);
  out.intents("set nets = {\n");
  for (size_t i = 0; i < count; ++i) {
    std::string network = ipv4(networks.next_ipv4(), 24);
    out.config << fmt::format("ip prefix-list NETS seq {} permit {}\n", 5 * (i + 1), network);
    out.proved << "  " << network << ",\n";
    if (i != count / 2) out.violated << "  " << network << ",\n";
  }
  out.config << "!\nroute-map EXPORT permit 10\n match ip address prefix-list NETS\n!\nend\n";
  out.intents("}\npolicy \"EXPORT\" afi v4 {\n  may prefix in nets exact\n}\n");
}

void ios_patterns(size_t count, const Folder& folder) {
  Output out(folder);
  out.intents("policy \"EXPORT\" {\n");
  for (size_t i = 0; i < count; ++i)
    out.config << fmt::format("ip as-path access-list {} permit _{}_\n", i + 1, 70'000 + 7 * i);
  for (size_t i = 0; i < count; ++i) {
    out.config << fmt::format("route-map EXPORT permit {}\n match as-path {}\n", 10 * (i + 1), i + 1);
    std::string row = fmt::format("  may path contains AS{}\n", 70'000 + 7 * i);
    out.proved << row;
    if (i != count / 2) out.violated << row;
  }
  out.config << "!\nend\n";
  out.intents("}\n");
}

void ios_continue(size_t count, const Folder& folder) {
  Output out(folder);
  for (size_t i = 0; i < count; ++i) out.config << fmt::format("ip community-list standard C{0} permit 64500:{0}\n", i);
  for (size_t i = 0; i < count; ++i)
    out.config << fmt::format(
        "route-map EXPORT permit {0}\n match community C{1}\n set community 64501:{1} additive\n continue {2}\n",
        10 * (i + 1), i, 10 * (i + 2));
  out.config << fmt::format("route-map EXPORT permit {}\n!\nend\n", 10 * (count + 1));
  out.proved << fmt::format("comms others = {{ 64501:[{}-65535] }}\n", count);
  out.violated << fmt::format("comms others = {{ 64501:[{}-65535], 64501:{} }}\n", count, count / 2);
  out.intents("policy \"EXPORT\" {\n  may not has { 64501:* } then strip others\n  may has { 64501:* }\n}\n");
}

void ios_fleet(size_t count, bool wide, const Folder& folder) {
  std::filesystem::create_directories(folder / "configs");
  std::ofstream neighbors(folder / "neighbors.csv"), intent(folder / "proved.intent");
  neighbors << "device,neighbor,asn,role\n";
  intent << "intent 1\nnetwork AS64500\nneighbors from \"neighbors.csv\"\n\n"
            "set own = { 192.0.2.0/24, 198.51.100.0/24 }\n"
            "set bogons = { 0.0.0.0/0, 10.0.0.0/8 orlonger, 172.16.0.0/12 orlonger, 192.168.0.0/16 orlonger }\n"
            "tag CUSTOMER = 64500:100 means opaque\n\n"
            "export to role provider, role peer {\n  may   [own]      prefix in own exact\n"
            "  may   [customer] tagged CUSTOMER\n  never [bogon]    prefix in { 10.0.0.0/8 } orlonger\n}\n\n"
            "export to role customer {\n  may any\n}\n\n"
            "import from role customer {\n  may len v4 = 24 then tag CUSTOMER, local-pref = 200\n}\n\n"
            "import from role provider, role peer {\n  may not prefix in bogons then untag CUSTOMER\n}\n";
  for (size_t i = 0; i < count; ++i) {
    std::ofstream config(folder / "configs" / fmt::format("r{:04}.cfg", i));
    router(config, neighbors, i, wide);
  }
}

void ios_reading(size_t count, const Folder& folder) {
  Output out(folder);
  filler(out.config, count, 1);
  out.config << "route-map EXPORT permit 10\n!\nend\n";
}

}  // namespace bgproof::bench
