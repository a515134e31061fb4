// Which sessions there are, of which kind and family, and who says what of them.
#include "tests/bgp/lowered.h"

namespace bgproof::routemap::testing {
namespace {

TEST(BgpSessions, KindsAndNames) {
  Lowered l(Dialect::ios, R"(hostname r1
interface Loopback0
 ip address 203.0.113.1 255.255.255.255
 ip address 203.0.113.9 255.255.255.255 secondary
 ipv6 address 2001:DB8::1/128
 standby 1 ip 203.0.113.99
router bgp 64500
 neighbor 192.0.2.1 remote-as 64500
 neighbor 192.0.2.1 description core one
 neighbor 192.0.2.2 remote-as 1.1
 neighbor 192.0.2.3 remote-as 64503
 neighbor 192.0.2.3 local-as 64503
 neighbor 192.0.2.4 remote-as 64504
 neighbor 192.0.2.4 shutdown
 neighbor G peer-group
 neighbor G remote-as 64505
 neighbor 192.0.2.5 peer-group G
 neighbor 192.0.2.6 remote-as 64506
 no neighbor 192.0.2.6
 bgp listen range 192.0.2.128/25 peer-group G
 neighbor 192.0.2.7 route-map X in
)");
  EXPECT_EQ(l.device().name, "r1");
  EXPECT_EQ(l.device().local_as, 64500u);
  EXPECT_EQ(l.device().addresses.size(), 3u);
  EXPECT_EQ(l.device().sessions.size(), 6u);
  EXPECT_FALSE(l.session("192.0.2.1").external);
  EXPECT_EQ(l.session("192.0.2.1").description, "core one");
  EXPECT_TRUE(l.session("192.0.2.2").external);
  EXPECT_EQ(l.session("192.0.2.2").remote_as, 65537u);
  EXPECT_FALSE(l.session("192.0.2.3").external);  // its AS is the local one
  EXPECT_FALSE(l.has_session("192.0.2.4"));
  EXPECT_EQ(l.session("192.0.2.5").remote_as, 64505u);
  EXPECT_EQ(l.session("192.0.2.5").group, "G");
  EXPECT_FALSE(l.has_session("192.0.2.6"));
  EXPECT_EQ(l.session("192.0.2.128/25").remote_as, 64505u);
  EXPECT_FALSE(l.session("192.0.2.128/25").address.has_value());
  EXPECT_TRUE(l.session("192.0.2.7").external);  // nobody says which
  EXPECT_EQ(l.count("BP116"), 1u);
}

TEST(BgpSessions, FamiliesOfIos) {
  Lowered l(Dialect::ios, R"(hostname r1
router bgp 64500
 neighbor 192.0.2.1 remote-as 64501
 neighbor 192.0.2.2 remote-as 64502
 neighbor 2001:db8::1 remote-as 64503
 address-family ipv4
  no neighbor 192.0.2.2 activate
  no neighbor 2001:db8::1 activate
 exit-address-family
 address-family vpnv4
  neighbor 192.0.2.1 activate
 exit-address-family
 address-family ipv6
  neighbor 2001:db8::1 activate
 exit-address-family
 address-family ipv4 vrf RED
  neighbor 198.51.100.1 remote-as 64504
 exit-address-family
)");
  EXPECT_TRUE(l.has_session("192.0.2.1"));
  EXPECT_EQ(l.session("192.0.2.1").other_families, std::vector<std::string>{"vpnv4"});
  EXPECT_FALSE(l.has_session("192.0.2.2"));
  EXPECT_FALSE(l.has_session("2001:db8::1"));
  EXPECT_TRUE(l.has_session("2001:db8::1", Family::ipv6));
  EXPECT_TRUE(l.has_session("198.51.100.1", Family::ipv4, "RED"));
  // 192.0.2.2 exchanges nothing, but it is there.
  EXPECT_EQ(l.device().sessions.size(), 4u);
}

TEST(BgpSessions, FamiliesOfNxos) {
  Lowered l(Dialect::nxos, R"(hostname r1
feature bgp
router bgp 64500
  template peer T
    address-family ipv6 unicast
  neighbor 192.0.2.1
    remote-as 64501
    address-family ipv4 unicast
  neighbor 2001:db8::1
    inherit peer T
    remote-as 64502
  neighbor 192.0.2.128/25
    remote-as 64503
    address-family ipv4 unicast
  neighbor 192.0.2.3 remote-as 64500
    shutdown
    address-family ipv4 unicast
  vrf RED
    neighbor 198.51.100.1
      remote-as 64504
      address-family ipv4 unicast
)");
  EXPECT_TRUE(l.has_session("192.0.2.1"));
  EXPECT_FALSE(l.has_session("192.0.2.1", Family::ipv6));
  EXPECT_TRUE(l.has_session("2001:db8::1", Family::ipv6));
  EXPECT_EQ(l.session("2001:db8::1", Family::ipv6).group, "T");
  EXPECT_TRUE(l.has_session("192.0.2.128/25"));
  EXPECT_FALSE(l.has_session("192.0.2.3"));
  EXPECT_TRUE(l.has_session("198.51.100.1", Family::ipv4, "RED"));
  EXPECT_EQ(l.device().sessions.size(), 4u);
}

TEST(BgpSessions, FamiliesOfEos) {
  Lowered l(Dialect::eos, R"(hostname r1
router bgp 64500
   neighbor G peer group
   neighbor G remote-as 64501
   neighbor 192.0.2.1 peer group G
   neighbor 2001:db8::1 remote-as 64502
   neighbor interface Et1-2 peer-group G
   bgp listen range 192.0.2.128/25 peer-group G remote-as 64505
   !
   address-family ipv6
      neighbor 2001:db8::1 activate
   !
   vrf RED
      neighbor 198.51.100.1 peer group G
)");
  EXPECT_TRUE(l.has_session("192.0.2.1"));
  EXPECT_EQ(l.session("192.0.2.1").remote_as, 64501u);
  EXPECT_FALSE(l.has_session("2001:db8::1"));
  EXPECT_TRUE(l.has_session("2001:db8::1", Family::ipv6));
  EXPECT_EQ(l.session("Et1-2").remote_as, 64501u);
  EXPECT_EQ(l.session("192.0.2.128/25").remote_as, 64505u);
  EXPECT_EQ(l.session("198.51.100.1", Family::ipv4, "RED").remote_as, 64501u);  // a group of the process
  EXPECT_EQ(l.device().sessions.size(), 5u);
}

TEST(BgpSessions, FamiliesOfFrr) {
  Lowered l(Dialect::frr, R"(frr version 8.4.4
hostname r1
router bgp 64500
 neighbor swp1 interface remote-as external
 neighbor G peer-group
 neighbor G remote-as internal
 neighbor swp2 interface peer-group G
 neighbor 2001:db8::1 remote-as 64502
 address-family ipv6 unicast
  neighbor G activate
  neighbor 2001:db8::1 activate
 exit-address-family
exit
router bgp 64510 vrf RED
 no bgp default ipv4-unicast
 neighbor 198.51.100.1 remote-as 64510
 address-family ipv4 unicast
  neighbor 198.51.100.1 activate
 exit-address-family
exit
)");
  EXPECT_TRUE(l.session("swp1").external);
  EXPECT_FALSE(l.session("swp1").remote_as.has_value());
  EXPECT_FALSE(l.session("swp2").external);
  EXPECT_EQ(l.session("swp2", Family::ipv6).remote_as, 64500u);
  EXPECT_TRUE(l.has_session("2001:db8::1"));  // IPv4 unicast is on by default, whatever the address
  EXPECT_TRUE(l.has_session("2001:db8::1", Family::ipv6));
  EXPECT_FALSE(l.session("198.51.100.1", Family::ipv4, "RED").external);
  EXPECT_EQ(l.device().sessions.size(), 6u);
}

TEST(BgpSessions, ConfederationsAreInternal) {
  Lowered l(Dialect::ios, R"(hostname r1
router bgp 65112
 bgp confederation identifier 65100
 bgp confederation peers 65134 65135
 neighbor 192.0.2.1 remote-as 65134
 neighbor 192.0.2.2 remote-as 64501
 neighbor 192.0.2.3 remote-as 65112
)");
  EXPECT_FALSE(l.session("192.0.2.1").external);
  EXPECT_TRUE(l.session("192.0.2.2").external);
  EXPECT_EQ(l.session("192.0.2.2").local_as, 65100u);
  EXPECT_EQ(l.session("192.0.2.3").local_as, 65112u);
}

TEST(BgpSessions, WhoSaysWhat) {
  const std::string maps = "route-map A permit 10\n set metric 1\nroute-map B permit 10\n set metric 2\n";
  auto metric = [](const Lowered& l, const std::string& neighbor) {
    return l.learned(neighbor, bgp("198.51.100.0/24")).route[Number::med];
  };
  Lowered ios(Dialect::ios, R"(hostname r1
router bgp 64500
 template peer-policy P
  route-map B in
 exit-peer-policy
 neighbor G peer-group
 neighbor G remote-as 64501
 neighbor G route-map A in
 neighbor 192.0.2.1 peer-group G
 neighbor 192.0.2.2 peer-group G
 neighbor 192.0.2.2 route-map B in
 neighbor 192.0.2.3 peer-group G
 no neighbor 192.0.2.3 route-map A in
 neighbor 192.0.2.4 remote-as 64504
 neighbor 192.0.2.4 inherit peer-policy P
)" + maps);
  EXPECT_EQ(metric(ios, "192.0.2.1"), 1u);
  EXPECT_EQ(metric(ios, "192.0.2.2"), 2u);
  EXPECT_EQ(metric(ios, "192.0.2.3"), std::nullopt);  // nobody says whether the group's counts again
  EXPECT_TRUE(is_free(ios.session("192.0.2.3").import_from));
  EXPECT_EQ(metric(ios, "192.0.2.4"), 2u);
  Lowered eos(Dialect::eos, R"(hostname r1
router bgp 64500
   neighbor G peer group
   neighbor G remote-as 64501
   neighbor G route-map A in
   neighbor 192.0.2.1 peer group G
   neighbor 192.0.2.2 peer group G
   address-family ipv4
      neighbor 192.0.2.2 route-map B in
)" + maps);
  EXPECT_EQ(metric(eos, "192.0.2.1"), 1u);
  EXPECT_EQ(metric(eos, "192.0.2.2"), 2u);
  Lowered nxos(Dialect::nxos, R"(hostname r1
feature bgp
router bgp 64500
  template peer-policy LOW
    route-map A in
  template peer-policy HIGH
    route-map B in
  neighbor 192.0.2.1
    remote-as 64501
    address-family ipv4 unicast
      inherit peer-policy HIGH 20
      inherit peer-policy LOW 10
)" + maps);
  EXPECT_EQ(metric(nxos, "192.0.2.1"), 1u);
}

TEST(BgpSessions, NegatedLinesBelowAGroup) {
  const std::string maps = "route-map A permit 10\n set metric 1\n";
  auto metric = [](const Lowered& l, const std::string& neighbor) {
    return l.learned(neighbor, bgp("198.51.100.0/24")).route[Number::med];
  };
  Lowered frr(Dialect::frr, R"(frr version 8.4.4
router bgp 64500
 no bgp ebgp-requires-policy
 neighbor G peer-group
 neighbor G remote-as 64501
 neighbor G route-map A in
 neighbor G default-originate
 neighbor 192.0.2.1 peer-group G
 no neighbor 192.0.2.1 route-map A in
 no neighbor 192.0.2.1 default-originate
 neighbor 192.0.2.2 peer-group G
 neighbor 192.0.2.2 route-map in
 neighbor H peer-group
 neighbor H remote-as 64502
 no neighbor H send-community
 neighbor H shutdown
 neighbor 192.0.2.3 peer-group H
 no neighbor 192.0.2.3 shutdown
)" + maps);
  EXPECT_EQ(metric(frr, "192.0.2.1"), 1u);  // the group's again
  EXPECT_TRUE(frr.session("192.0.2.1").makes_default);
  EXPECT_EQ(metric(frr, "192.0.2.2"), 1u);  // what is refused hides nothing
  EXPECT_EQ(frr.count("BP116"), 1u);
  EXPECT_FALSE(frr.has_session("192.0.2.3"));
  Lowered sent(Dialect::frr, R"(frr version 8.4.4
router bgp 64500
 no bgp ebgp-requires-policy
 neighbor G peer-group
 neighbor G remote-as 64501
 no neighbor G send-community
 neighbor 192.0.2.1 peer-group G
 neighbor 192.0.2.1 send-community
)");
  Route route = bgp("198.51.100.0/24");
  route.communities = {*parse_community("64500:1")};
  EXPECT_TRUE(sent.sent("192.0.2.1", route).route.communities.empty());
  for (const char* word : {"no", "default"}) {
    Lowered nxos(Dialect::nxos, std::string(R"(feature bgp
router bgp 64500
  template peer T
    remote-as 64501
    address-family ipv4 unicast
      route-map A in
  neighbor 192.0.2.1
    inherit peer T
    address-family ipv4 unicast
      )") + word + " route-map A in\n" +
                                    maps);
    EXPECT_EQ(metric(nxos, "192.0.2.1").has_value(), std::string(word) == "default");
    Lowered eos(Dialect::eos, std::string(R"(router bgp 64500
   neighbor G peer group
   neighbor G remote-as 64501
   neighbor G route-map A in
   neighbor 192.0.2.1 peer group G
   )") + word + " neighbor 192.0.2.1 route-map in\n" +
                                  maps);
    EXPECT_EQ(metric(eos, "192.0.2.1").has_value(), std::string(word) == "default");
  }
}

TEST(BgpSessions, AddressesWithAZone) {
  for (Dialect dialect : {Dialect::ios, Dialect::eos}) {
    Lowered l(dialect, R"(router bgp 64500
 neighbor FE80::1%Et1 remote-as 64501
 address-family ipv6
  neighbor fe80::1%Et1 activate
)");
    EXPECT_TRUE(l.has_session("FE80::1%Et1", Family::ipv6));
    EXPECT_EQ(l.session("FE80::1%Et1", Family::ipv6).address, parse_address("fe80::1"));
  }
  Lowered frr(Dialect::frr, "frr version 8.4.4\nrouter bgp 64500\n neighbor fe80::1%eth0 remote-as 64501\n");
  EXPECT_TRUE(frr.device().sessions.empty());
  EXPECT_EQ(frr.count("BP116"), 1u);
}

TEST(BgpSessions, NamesThatNothingDefines) {
  for (Dialect dialect : {Dialect::ios, Dialect::eos}) {
    Lowered l(dialect, R"(router bgp 64500
 neighbor TYPO remote-as 64501
 neighbor 192.0.2.1 remote-as 64502
 neighbor 192.0.2.1 peer-group NOBODY
 neighbor 192.0.2.2 remote-as 64502
 neighbor 192.0.2.2 inherit peer-session NOBODY
)");
    EXPECT_TRUE(l.has_session("TYPO"));
    EXPECT_TRUE(is_free(l.session("192.0.2.1").export_to));
    EXPECT_TRUE(is_free(l.session("192.0.2.2").import_from));
    EXPECT_GE(l.count("BP122"), 3u);
  }
  Lowered nxos(Dialect::nxos, R"(feature bgp
router bgp 64500
  neighbor 192.0.2.1
    inherit peer NOBODY
    address-family ipv4 unicast
)");
  EXPECT_TRUE(is_free(nxos.session("192.0.2.1").export_to));
}

TEST(BgpSessions, WhatTakesASessionDown) {
  auto has = [](Dialect dialect, const std::string& words) {
    return Lowered(dialect,
                   "router bgp 64500\n neighbor 192.0.2.1 remote-as 64501\n neighbor 192.0.2.1 shutdown" + words)
        .has_session("192.0.2.1");
  };
  for (Dialect dialect : {Dialect::ios, Dialect::eos, Dialect::frr}) EXPECT_FALSE(has(dialect, "\n"));
  EXPECT_FALSE(has(Dialect::frr, " message for maintenance\n"));
  EXPECT_TRUE(has(Dialect::frr, " rtt 500 count 5\n"));
  EXPECT_TRUE(has(Dialect::ios, " graceful 3600 community 64500:1\n"));
  EXPECT_TRUE(has(Dialect::eos, " someday\n"));
}

// As bgpd 8.4.4 shows it.
TEST(BgpSessions, NeighborsThatFrrMakesShutDown) {
  Lowered l(Dialect::frr, R"(frr version 8.4.4
router bgp 64500
 neighbor 192.0.2.1 remote-as 64501
 neighbor G peer-group
 bgp default shutdown
 neighbor 192.0.2.2 remote-as 64501
 neighbor 192.0.2.3 remote-as 64501
 no neighbor 192.0.2.3 shutdown
 neighbor G remote-as 64502
 no neighbor G shutdown
 neighbor 192.0.2.4 peer-group G
 neighbor 192.0.2.1 peer-group G
 neighbor swp1 interface remote-as external
 neighbor 192.0.2.5 remote-as 64501
 neighbor 192.0.2.5 shutdown message away
 no neighbor 192.0.2.5 shutdown message
 no bgp default shutdown
 neighbor 192.0.2.6 peer-group G
 bgp listen range 198.51.100.0/24 peer-group G
router bgp 64500 vrf V
 neighbor 192.0.2.7 remote-as 64501
)");
  for (const char* up : {"192.0.2.1", "192.0.2.3", "192.0.2.6", "198.51.100.0/24"})
    EXPECT_TRUE(l.has_session(up)) << up;
  for (const char* down : {"192.0.2.2", "192.0.2.4", "192.0.2.5", "swp1"}) EXPECT_FALSE(l.has_session(down)) << down;
  EXPECT_TRUE(l.has_session("192.0.2.7", Family::ipv4, "V"));
  Lowered ranged(Dialect::frr, R"(frr version 8.4.4
router bgp 64500
 neighbor G peer-group
 neighbor G remote-as 64502
 bgp listen range 198.51.100.0/24 peer-group G
 bgp default shutdown
)");
  EXPECT_FALSE(ranged.has_session("198.51.100.0/24"));
}

TEST(BgpSessions, TheDefaultFamilyWhenANeighborIsMade) {
  const char* kText = R"(router bgp 64500
 neighbor 192.0.2.1 remote-as 64501
 neighbor G peer-group
 neighbor G remote-as 64501
 no bgp default ipv4-unicast
 neighbor 192.0.2.2 remote-as 64501
 neighbor 192.0.2.3 peer-group G
 neighbor H peer-group
 neighbor H remote-as 64501
 bgp default ipv4-unicast
 neighbor 192.0.2.4 peer-group H
 address-family ipv6 unicast
  no neighbor 192.0.2.3 activate
  neighbor G activate
)";
  Lowered frr(Dialect::frr, std::string("frr version 8.4.4\n") + kText);
  EXPECT_TRUE(frr.has_session("192.0.2.1"));
  EXPECT_FALSE(frr.has_session("192.0.2.2"));
  EXPECT_TRUE(frr.has_session("192.0.2.3"));
  EXPECT_FALSE(frr.has_session("192.0.2.4"));
  EXPECT_TRUE(frr.has_session("192.0.2.3", Family::ipv6));  // what is said of the group last counts
  Lowered ios(Dialect::ios, R"(router bgp 64500
 neighbor 192.0.2.1 remote-as 64501
 no bgp default ipv4-unicast
 neighbor 192.0.2.2 remote-as 64501
)");
  EXPECT_TRUE(ios.has_session("192.0.2.1"));
  EXPECT_FALSE(ios.has_session("192.0.2.2"));
}

TEST(BgpSessions, WhatBgpdRefuses) {
  Lowered l(Dialect::frr, R"(frr version 8.4.4
router bgp 64500
 neighbor G route-map A in
 neighbor 192.0.2.9 description nobody
 neighbor G peer-group
 neighbor H peer-group
 neighbor G remote-as 64501
 neighbor H remote-as internal
 neighbor 192.0.2.1 peer-group G
 neighbor 192.0.2.1 peer-group H
 neighbor 192.0.2.2 peer-group NOBODY
 neighbor 192.0.2.3 remote-as internal
 neighbor 192.0.2.3 peer-group G
 neighbor 192.0.2.3 prefix-list P Q out
 neighbor 192.0.2.3 remove-private-as all
 neighbor 192.0.2.4 remote-as 64501
 neighbor 192.0.2.4 route-map A in
 no neighbor 192.0.2.4 remote-as 64501
 neighbor 192.0.2.4 remote-as 64501
route-map A permit 10
)");
  EXPECT_EQ(l.count("BP116"), 6u);
  EXPECT_EQ(l.device().sessions.size(), 3u);
  EXPECT_TRUE(l.session("192.0.2.1").external);
  EXPECT_TRUE(l.session("192.0.2.3").external);  // the AS of its group
  EXPECT_TRUE(l.session("192.0.2.4").import_from.policies.empty());
}

TEST(BgpSessions, PoliciesHaveTheFamiliesOfTheirSessions) {
  Lowered l(Dialect::frr, R"(frr version 8.4.4
hostname r1
router bgp 64500
 no bgp default ipv4-unicast
 neighbor 2001:db8::1 remote-as 64502
 address-family ipv6 unicast
  neighbor 2001:db8::1 activate
  neighbor 2001:db8::1 route-map IN in
  network 2001:db8:1::/48 route-map NET
 exit-address-family
exit
route-map IN permit 10
route-map NET permit 10
route-map NOBODY permit 10
)");
  std::map<std::string, std::set<Family>> families;
  for (const NamedPolicy& policy : l.device().policies) families[policy.name] = policy.families;
  EXPECT_EQ(families["IN"], std::set<Family>{Family::ipv6});
  EXPECT_EQ(families["NET"], std::set<Family>{Family::ipv6});
  EXPECT_EQ(families["NOBODY"], (std::set<Family>{Family::ipv4, Family::ipv6}));
}

}  // namespace
}  // namespace bgproof::routemap::testing
