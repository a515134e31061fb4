// Texts of which it is not known what the device does: the device is not checked, and a line says why.
#include "tests/bgp/lowered.h"

namespace bgproof::routemap::testing {
namespace {

constexpr const char* kHead = "hostname r1\nrouter bgp 64500\n";

// The line at which the device is lost; "" if it is checked.
std::string lost_at(Dialect dialect, const std::string& text) {
  Lowered l(dialect, text);
  const std::string& why = l.device().not_checked;
  if (why.empty()) return "";
  return why.substr(1, why.find('`', 1) - 1);
}

TEST(LostDevices, CapitalsInACommandThatMatters) {
  for (Dialect dialect : {Dialect::ios, Dialect::nxos, Dialect::eos}) {
    EXPECT_EQ(lost_at(dialect, "route-map M permit 10\nRoute-map M permit 20\n"), "Route-map M permit 20");
    EXPECT_EQ(lost_at(dialect, "IP prefix-list P permit 0.0.0.0/0 le 32\n"), "IP prefix-list P permit 0.0.0.0/0 le 32");
    EXPECT_EQ(lost_at(dialect, "ip Prefix-List P permit 0.0.0.0/0 le 32\n"), "ip Prefix-List P permit 0.0.0.0/0 le 32");
    EXPECT_EQ(lost_at(dialect, "Router bgp 64500\n neighbor 192.0.2.1 remote-as 64501\n"), "Router bgp 64500");
    EXPECT_EQ(lost_at(dialect, std::string(kHead) + " Neighbor 192.0.2.1 remote-as 64501\n"),
              "Neighbor 192.0.2.1 remote-as 64501");
    EXPECT_EQ(lost_at(dialect, "router BGP 64500\n neighbor 192.0.2.1 remote-as 64501\n"), "router BGP 64500");
  }
  // A name in capitals is a name, and FRR refuses a command in capitals.
  EXPECT_EQ(lost_at(Dialect::ios, "Building configuration...\nroute-map ROUTER permit 10\n"), "");
  EXPECT_EQ(lost_at(Dialect::frr, "route-map M permit 10\n match tag 1\nRoute-map M permit 20\n"), "");
}

TEST(LostDevices, CharactersThatNoCommandHas) {
  EXPECT_EQ(lost_at(Dialect::ios, "route-map\xC2\xA0M permit 20\n"), "route-map\xC2\xA0M permit 20");
  EXPECT_EQ(lost_at(Dialect::ios, "--More-- route-map M permit 20\n"), "--More-- route-map M permit 20");
}

TEST(LostDevices, CarriageReturnsWithinALine) {
  EXPECT_EQ(lost_at(Dialect::ios, "version 15.4\rrouter bgp 64500\r neighbor 192.0.2.1 remote-as 64501\r"),
            "version 15.4");
  EXPECT_EQ(lost_at(Dialect::ios, "! a comment\rroute-map M permit 10\n"), "! a comment");
  EXPECT_EQ(lost_at(Dialect::ios, "router bgp 64500\r\n neighbor 192.0.2.1 remote-as 64501\r\r\n"), "");
}

TEST(LostDevices, AnUnknownLineBehindABlockThatIsNotIndented) {
  std::string block = std::string(kHead) + "neighbor 192.0.2.1 remote-as 64501\n";
  EXPECT_EQ(lost_at(Dialect::ios, block + "maximum-secondary-paths eibgp 2\nneighbor 192.0.2.1 route-map M out\n"),
            "maximum-secondary-paths eibgp 2");
  EXPECT_EQ(lost_at(Dialect::ios, block + "quit\nneighbor 192.0.2.1 route-map M out\n"), "quit");
  EXPECT_EQ(lost_at(Dialect::frr, block + "address-family l2vpn evpn\nflooding disable\nexit-address-family\n"),
            "flooding disable");
  EXPECT_EQ(lost_at(Dialect::ios, "route-map M permit 10\nmatch tag 1\nfoo bar\n"), "foo bar");
  // Commands that only the outermost level has.
  EXPECT_EQ(lost_at(Dialect::ios, block + "line vty 0 4\nlogging host 192.0.2.9\nrouter ospf 1\nnetwork 0.0.0.0\n"),
            "");
  // A block without lines in a text that is not indented.
  EXPECT_EQ(lost_at(Dialect::ios, std::string(kHead) + "foo bar\nneighbor 192.0.2.1 remote-as 64501\n"),
            "neighbor 192.0.2.1 remote-as 64501");
  EXPECT_EQ(lost_at(Dialect::ios, "route-map M permit 10\nfoo bar\n"), "foo bar");
  EXPECT_EQ(lost_at(Dialect::ios, "route-map M permit 10\nfoo bar\nroute-map N permit 10\n match tag 1\n"), "");
}

TEST(LostDevices, ALineOfABlockOutsideOfIt) {
  std::string block = std::string(kHead) + " neighbor 192.0.2.1 remote-as 64501\n";
  EXPECT_EQ(lost_at(Dialect::ios, block + "neighbor 192.0.2.1 route-map M out\n"),
            "neighbor 192.0.2.1 route-map M out");
  EXPECT_EQ(lost_at(Dialect::ios, block + "foo bar\nneighbor 192.0.2.1 route-map M out\n"),
            "neighbor 192.0.2.1 route-map M out");
  EXPECT_EQ(lost_at(Dialect::ios, block + " exit\n neighbor 192.0.2.1 route-map M out\n"),
            "neighbor 192.0.2.1 route-map M out");
  EXPECT_EQ(lost_at(Dialect::ios, block + "exit\nfoo bar\nrouter ospf 1\nnetwork 192.0.2.0 0.0.0.255 area 0\n"), "");
}

TEST(LostDevices, Processes) {
  std::string block = std::string(kHead) + " neighbor 192.0.2.1 remote-as 64501\n";
  for (Dialect dialect : {Dialect::ios, Dialect::nxos, Dialect::eos, Dialect::frr}) {
    EXPECT_EQ(lost_at(dialect, block + "router bgp\n neighbor 192.0.2.1 remote-as 64501\n"), "router bgp");
    EXPECT_EQ(lost_at(dialect, block + "router bgp 64501\n"), "router bgp 64501");
    EXPECT_EQ(lost_at(dialect, block + "no router bgp 64500\n" + block), "no router bgp 64500");
    EXPECT_EQ(lost_at(dialect, "no router bgp 64500\n" + block + block), "");
  }
  EXPECT_EQ(lost_at(Dialect::frr, block + "router bgp 64501 vrf RED\n"), "");
}

TEST(LostDevices, LinesThatTakeAwayNeighborsWithTheirGroup) {
  std::string block = std::string(kHead) + " neighbor G peer-group\n neighbor G remote-as 64501\n";
  for (Dialect dialect : {Dialect::ios, Dialect::frr}) {
    EXPECT_EQ(lost_at(dialect, block + " no neighbor G peer-group\n"), "no neighbor G peer-group");
    EXPECT_EQ(lost_at(dialect, block + " no neighbor G remote-as 64501\n"), "no neighbor G remote-as 64501");
  }
}

TEST(LostDevices, FamiliesThatAreNotKnown) {
  for (const char* family : {"address-family", "address-family ipv4 unicst", "address-family ipv4 vrf",
                             "address-family ipv4 unicast now", "address-family foo"})
    EXPECT_EQ(lost_at(Dialect::ios, std::string(kHead) + " " + family + "\n  neighbor 192.0.2.1 route-map M out\n"),
              family);
  for (const char* family : {"address-family ipv6", "address-family ipv4 unicast vrf RED", "address-family l2vpn evpn",
                             "address-family vpnv4", "address-family rt-membership"})
    EXPECT_EQ(lost_at(Dialect::ios, std::string(kHead) + " " + family + "\n"), "");
}

TEST(LostDevices, TemplatesAndVrfsThatAreTakenAway) {
  EXPECT_EQ(lost_at(Dialect::ios, std::string(kHead) + " template peer-policy P\n exit-peer-policy\n"
                                                       " no template peer-policy P\n"),
            "no template peer-policy P");
  EXPECT_EQ(lost_at(Dialect::nxos, std::string(kHead) + "  vrf RED\n    router-id 192.0.2.1\n  no vrf RED\n"),
            "no vrf RED");
  EXPECT_EQ(lost_at(Dialect::nxos, std::string(kHead) + "  no vrf RED\n"), "");
}

TEST(LostDevices, LinesThatLeaveAFamilyOfFrr) {
  std::string block = std::string(kHead) + " neighbor 192.0.2.1 remote-as 64501\n address-family ipv6 unicast\n";
  EXPECT_EQ(
      lost_at(Dialect::frr, block + "  neighbor 192.0.2.2 remote-as 64502\n  neighbor 192.0.2.1 route-map M out\n"),
      "neighbor 192.0.2.2 remote-as 64502");
  EXPECT_EQ(lost_at(Dialect::frr, block + "  neighbor 192.0.2.2 remote-as 64502\n exit-address-family\n"), "");
}

TEST(LostDevices, AnExitBehindALineThatHasLeftAFamilyOfFrr) {
  std::string block = std::string(kHead) + " neighbor 192.0.2.1 remote-as 64501\n address-family ipv4 unicast\n";
  EXPECT_EQ(lost_at(Dialect::frr, block + "  bgp reject-as-sets\n exit\n"), "exit");
  EXPECT_EQ(lost_at(Dialect::frr, block + "  timers bgp 10 30\n quit\n"), "quit");
  EXPECT_EQ(lost_at(Dialect::frr, block + "  bgp reject-as-sets\n exit-address-family\n"), "");
  EXPECT_EQ(lost_at(Dialect::frr, block + "  bgp dampening\n exit\n"), "");
  EXPECT_EQ(lost_at(Dialect::ios, block + "  bgp dampening\n exit\n"), "");
}

TEST(LostDevices, ALineOfAProcessThatNoExitHasLeft) {
  std::string block = std::string(kHead) + " neighbor 192.0.2.1 remote-as 64501\n";
  for (Dialect dialect : {Dialect::ios, Dialect::eos, Dialect::frr}) {
    EXPECT_EQ(lost_at(dialect, block + "!\nbgp default local-preference 200\n"), "bgp default local-preference 200");
    EXPECT_EQ(lost_at(dialect, block + "exit\nbgp default local-preference 200\n"), "");
  }
  EXPECT_EQ(lost_at(Dialect::frr, block + " segment-routing srv6\n  locator L\nbgp reject-as-sets\n"),
            "bgp reject-as-sets");
  EXPECT_EQ(lost_at(Dialect::frr, block + "bgp as-path access-list A permit .*\n"), "");
  EXPECT_EQ(lost_at(Dialect::frr, block + "route-map M permit 10\nbgp session-dscp 10\n"), "");
}

TEST(LostDevices, BlocksThatEndWithAWordOfTheirOwn) {
  Lowered l(Dialect::frr, R"(frr version 8.4.4
router bgp 64500
 neighbor 192.0.2.1 remote-as 64501
 segment-routing srv6
  locator L
 exit
 address-family l2vpn evpn
  vni 100
   rd 1:1
  exit-vni
  vni 200
   rd 1:2
  exit-vni
 exit-address-family
 address-family ipv4 unicast
  neighbor 192.0.2.1 route-map M out
quit
quit
route-map M permit 10
)");
  EXPECT_EQ(l.device().not_checked, "");
  EXPECT_EQ(l.session("192.0.2.1").export_to.policies, std::vector<std::string>{"M"});
}

}  // namespace
}  // namespace bgproof::routemap::testing
