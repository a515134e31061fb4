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
 neighbor swp2 interface peer-group G
 neighbor G peer-group
 neighbor G remote-as internal
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
  EXPECT_EQ(metric(ios, "192.0.2.3"), std::nullopt);
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
