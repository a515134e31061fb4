// How routes of other protocols come into the BGP table, and what hides routes that are in it.
#include "tests/bgp/lowered.h"

namespace bgproof::routemap::testing {
namespace {

std::string process(const std::string& lines, const std::string& more = "") {
  return "hostname r1\nrouter bgp 64500\n no bgp ebgp-requires-policy\n neighbor 192.0.2.2 remote-as 64501\n" + lines +
         "!\n" + more;
}

std::string ios(const std::string& lines, const std::string& more = "") {
  return "hostname r1\nrouter bgp 64500\n neighbor 192.0.2.2 remote-as 64501\n" + lines + "!\n" + more;
}

std::string eos_text(const std::string& lines, const std::string& more = "") {
  return "hostname r1\nrouter bgp 64500\n   neighbor 192.0.2.2 remote-as 64501\n" + lines + "!\n" + more;
}

TEST(BgpOrigination, OnlyWhatIsInTheTable) {
  Lowered l(Dialect::ios, ios(" network 198.51.100.0 mask 255.255.255.0\n network 10.0.0.0\n network 172.16.0.0\n"
                              " network 192.0.2.0\n no network 172.16.0.0\n"));
  auto sent = [&](Protocol protocol, const std::string& prefix) {
    return l.sent("192.0.2.2", of_protocol(protocol, prefix)).accepted;
  };
  EXPECT_TRUE(sent(Protocol::direct, "198.51.100.0/24"));
  EXPECT_TRUE(sent(Protocol::ospf, "198.51.100.0/24"));
  EXPECT_FALSE(sent(Protocol::direct, "198.51.100.0/25"));
  EXPECT_FALSE(sent(Protocol::direct, "198.51.0.0/16"));
  EXPECT_TRUE(sent(Protocol::static_, "10.0.0.0/8"));
  EXPECT_TRUE(sent(Protocol::static_, "192.0.2.0/24"));
  EXPECT_FALSE(sent(Protocol::static_, "172.16.0.0/16"));
  EXPECT_FALSE(sent(Protocol::aggregate, "10.0.0.0/8"));
  EXPECT_TRUE(l.sent("192.0.2.2", bgp("203.0.113.0/24")).accepted);
  Outcome made = l.sent("192.0.2.2", of_protocol(Protocol::direct, "198.51.100.0/24"));
  EXPECT_EQ(made.route.origin, Origin::igp);
}

TEST(BgpOrigination, RedistributionAndItsMap) {
  Lowered l(Dialect::ios,
            ios(" redistribute static route-map S\n redistribute connected metric 5\n redistribute eigrp 1\n",
                "ip prefix-list P permit 198.51.100.0/24\nroute-map S permit 10\n match ip address prefix-list P\n"
                " set community 64500:7\n"));
  Outcome made = l.sent("192.0.2.2", of_protocol(Protocol::static_, "198.51.100.0/24"));
  EXPECT_TRUE(made.accepted);
  EXPECT_EQ(made.route.origin, Origin::incomplete);
  EXPECT_FALSE(l.sent("192.0.2.2", of_protocol(Protocol::static_, "198.51.101.0/24")).accepted);
  Outcome connected = l.sent("192.0.2.2", of_protocol(Protocol::direct, "203.0.113.0/24"));
  EXPECT_TRUE(connected.accepted);
  EXPECT_EQ(connected.route[Number::med], 5u);
  EXPECT_TRUE(l.sent("192.0.2.2", of_protocol(Protocol::other, "203.0.113.0/24")).accepted);
  EXPECT_FALSE(l.sent("192.0.2.2", of_protocol(Protocol::ospf, "203.0.113.0/24")).accepted);
  Lowered undefined(Dialect::ios, ios(" redistribute static route-map NOWHERE\n"));
  EXPECT_FALSE(undefined.sent("192.0.2.2", of_protocol(Protocol::static_, "198.51.100.0/24")).accepted);
  Lowered eos(Dialect::eos, eos_text("   redistribute static route-map NOWHERE\n"));
  EXPECT_TRUE(eos.sent("192.0.2.2", of_protocol(Protocol::static_, "198.51.100.0/24")).accepted);  // E1
}

TEST(BgpOrigination, TheDefaultRoute) {
  Route route = of_protocol(Protocol::static_, "0.0.0.0/0");
  EXPECT_FALSE(Lowered(Dialect::ios, ios(" redistribute static\n")).sent("192.0.2.2", route).accepted);
  EXPECT_TRUE(Lowered(Dialect::ios, ios(" redistribute static\n default-information originate\n"))
                  .sent("192.0.2.2", route)
                  .accepted);
  EXPECT_TRUE(Lowered(Dialect::frr, process(" redistribute static\n")).sent("192.0.2.2", route).accepted);
  Lowered eos(Dialect::eos, eos_text("   redistribute static\n"));
  EXPECT_TRUE(eos.sent("192.0.2.2", route).accepted);
  EXPECT_FALSE(eos.sent("192.0.2.2", route, reading("eos.redistribute-default", "no")).accepted);
}

TEST(BgpOrigination, WhatNoRouteShowsIsFree) {
  Route ospf = of_protocol(Protocol::ospf, "198.51.100.0/24");
  EXPECT_FALSE(Lowered(Dialect::ios, ios(" redistribute ospf 1\n")).sent("192.0.2.2", ospf).met.empty());
  EXPECT_TRUE(Lowered(Dialect::frr, process(" redistribute ospf\n")).sent("192.0.2.2", ospf).met.empty());
  // Both `network` and `redistribute` with a map: which path is the better one?
  Lowered both(Dialect::frr,
               process(" network 198.51.100.0/24\n redistribute ospf route-map M\n", "route-map M permit 10\n"));
  EXPECT_FALSE(both.sent("192.0.2.2", ospf).met.empty());
  Lowered no_map(Dialect::frr, process(" network 198.51.100.0/24\n redistribute ospf\n"));
  EXPECT_TRUE(no_map.sent("192.0.2.2", ospf).met.empty());
  EXPECT_EQ(no_map.sent("192.0.2.2", ospf).route.origin, Origin::igp);
  for (const UnmodelledLine& line : both.device().library->unmodelled) EXPECT_TRUE(line.environment) << line.text;
}

TEST(BgpOrigination, AggregatesHideTheirParts) {
  const std::string maps =
      "ip prefix-list P permit 198.51.100.0/24\nroute-map SOME permit 10\n match ip address prefix-list P\n";
  Lowered l(Dialect::frr, process(" aggregate-address 198.51.0.0/16 summary-only\n"));
  EXPECT_TRUE(l.sent("192.0.2.2", of_protocol(Protocol::aggregate, "198.51.0.0/16")).accepted);
  EXPECT_FALSE(l.sent("192.0.2.2", of_protocol(Protocol::aggregate, "203.0.0.0/16")).accepted);
  EXPECT_FALSE(l.sent("192.0.2.2", bgp("198.51.100.0/24")).accepted);
  EXPECT_TRUE(l.sent("192.0.2.2", bgp("198.51.0.0/16")).accepted);
  EXPECT_TRUE(l.sent("192.0.2.2", bgp("203.0.113.0/24")).accepted);
  EXPECT_TRUE(Lowered(Dialect::frr, process(" aggregate-address 198.51.0.0/16\n"))
                  .sent("192.0.2.2", bgp("198.51.100.0/24"))
                  .accepted);
  Lowered some(Dialect::ios, ios(" aggregate-address 198.51.0.0 255.255.0.0 suppress-map SOME\n", maps));
  EXPECT_FALSE(some.sent("192.0.2.2", bgp("198.51.100.0/24")).accepted);
  EXPECT_TRUE(some.sent("192.0.2.2", bgp("198.51.101.0/24")).accepted);
  Lowered shown(Dialect::frr,
                process(" aggregate-address 198.51.0.0/16 summary-only\n neighbor 192.0.2.2 unsuppress-map SOME\n"
                        " neighbor 192.0.2.2 route-map NOWHERE out\n",
                        maps));
  EXPECT_TRUE(shown.sent("192.0.2.2", bgp("198.51.100.0/24")).accepted);  // live: instead of the out map
  EXPECT_FALSE(shown.sent("192.0.2.2", bgp("198.51.101.0/24")).accepted);
  EXPECT_FALSE(shown.sent("192.0.2.2", bgp("203.0.113.0/24")).accepted);
}

TEST(BgpOrigination, WhatOthersBringAlong) {
  Lowered l(Dialect::frr, process(" aggregate-address 198.51.0.0/16 as-set\n aggregate-address 203.0.0.0/16\n"));
  const Attachment& out = l.session("192.0.2.2").export_to;
  Route route = of_protocol(Protocol::aggregate, "203.0.0.0/16");
  EXPECT_TRUE(offered(out, route));
  route.as_path = path_of({7});
  EXPECT_FALSE(offered(out, route));
  route.prefix = *parse_prefix("198.51.0.0/16");
  EXPECT_TRUE(offered(out, route));
  Route tagged = of_protocol(Protocol::static_, "10.0.0.0/8");
  tagged.communities.insert(*parse_community("64500:1"));
  EXPECT_FALSE(offered(out, tagged));
}

TEST(BgpOrigination, DefaultOriginate) {
  Route made = of_protocol(Protocol::default_originate, "0.0.0.0/0");
  EXPECT_FALSE(Lowered(Dialect::ios, ios("")).sent("192.0.2.2", made).accepted);
  Lowered l(Dialect::ios, ios(" neighbor 192.0.2.2 default-originate\n neighbor 192.0.2.2 route-map NOWHERE out\n"));
  EXPECT_TRUE(l.sent("192.0.2.2", made).accepted);
  EXPECT_FALSE(l.sent("192.0.2.2", of_protocol(Protocol::default_originate, "10.0.0.0/8")).accepted);
  EXPECT_FALSE(l.sent("192.0.2.2", bgp("198.51.100.0/24")).accepted);
  Lowered f(Dialect::frr, process(" neighbor 192.0.2.2 default-originate\n"));
  EXPECT_TRUE(f.sent("192.0.2.2", made).accepted);
  EXPECT_EQ(f.sent("192.0.2.2", made).route[Number::med], 0u);
  EXPECT_FALSE(f.sent("192.0.2.2", bgp("0.0.0.0/0")).accepted);  // its own is sent instead
  Lowered asked(Dialect::frr,
                process(" neighbor 192.0.2.2 default-originate route-map M\n", "route-map M permit 10\n"));
  EXPECT_FALSE(asked.sent("192.0.2.2", made).met.empty());
  // EOS: filters may see it, or not.
  Lowered eos(Dialect::eos,
              eos_text("   neighbor 192.0.2.2 default-originate\n   neighbor 192.0.2.2 route-map OUT out\n",
                       "route-map OUT deny 10\n"));
  EXPECT_TRUE(eos.sent("192.0.2.2", made).accepted);
  EXPECT_FALSE(eos.sent("192.0.2.2", made, reading("eos.default-originate-filtered", "yes")).accepted);
}

TEST(BgpOrigination, Ipv6) {
  Lowered l(Dialect::frr, R"(frr defaults datacenter
hostname r1
router bgp 64500
 neighbor 2001:db8::2 remote-as 64501
 address-family ipv6 unicast
  network 2001:db8:1::/48
  redistribute ospf6
  aggregate-address 2001:db8:100::/40 summary-only
  neighbor 2001:db8::2 activate
 exit-address-family
)");
  EXPECT_TRUE(l.sent("2001:db8::2", of_protocol(Protocol::direct, "2001:db8:1::/48")).accepted);
  EXPECT_FALSE(l.sent("2001:db8::2", of_protocol(Protocol::direct, "2001:db8:2::/48")).accepted);
  EXPECT_TRUE(l.sent("2001:db8::2", of_protocol(Protocol::ospf3, "2001:db8:2::/48")).accepted);
  EXPECT_FALSE(l.sent("2001:db8::2", bgp("2001:db8:101::/48")).accepted);
}

}  // namespace
}  // namespace bgproof::routemap::testing
