// What sessions do to routes around their policies, with the evaluator.
#include "tests/bgp/lowered.h"

namespace bgproof::routemap::testing {
namespace {

std::string frr(const std::string& neighbor, const std::string& more = "", const std::string& version = "8.4.4") {
  return "frr version " + version + "\nfrr defaults datacenter\nhostname r1\nrouter bgp 64500\n" +
         " neighbor 192.0.2.2 remote-as 64501\n neighbor 192.0.2.3 remote-as 64500\n" + neighbor + "exit\n" + more;
}

std::string ios(const std::string& neighbor, const std::string& more = "") {
  return "hostname r1\nrouter bgp 64500\n neighbor 192.0.2.2 remote-as 64501\n neighbor 192.0.2.3 remote-as 64500\n" +
         neighbor + "!\n" + more;
}

std::string eos(const std::string& neighbor, const std::string& more = "") {
  return "hostname r1\nrouter bgp 64500\n   neighbor 192.0.2.2 remote-as 64501\n   neighbor 192.0.2.3 remote-as "
         "64500\n" +
         neighbor + "!\n" + more;
}

TEST(BgpPrograms, CommunitiesThatAreSent) {
  Route route = carrying("198.51.100.0/24", {"64500:1", "64500:1:2", "rt:64500:1"});
  auto sent = [&](Dialect dialect, const std::string& text, const Choices& choices = {}) {
    return to_string(Lowered(dialect, text).sent("192.0.2.2", route, choices).route.communities);
  };
  const std::string all = to_string(route.communities);
  EXPECT_EQ(sent(Dialect::ios, ios("")), "{}");
  EXPECT_EQ(sent(Dialect::ios, ios(" neighbor 192.0.2.2 send-community\n")), "{64500:1}");
  EXPECT_EQ(sent(Dialect::ios, ios(" neighbor 192.0.2.2 send-community both\n"),
                 reading("ios.send-large-community", "with-standard")),
            all);
  EXPECT_EQ(sent(Dialect::ios, ios(" neighbor 192.0.2.2 send-community extended\n")), "{rt:64500:1}");
  EXPECT_EQ(sent(Dialect::eos, eos("")), "{}");
  EXPECT_EQ(sent(Dialect::eos, eos("   neighbor 192.0.2.2 send-community\n")), all);
  EXPECT_EQ(sent(Dialect::eos, eos("   neighbor 192.0.2.2 send-community standard large\n")), "{64500:1, 64500:1:2}");
  EXPECT_EQ(sent(Dialect::eos, eos("   neighbor 192.0.2.2 send-community\n"
                                   "   neighbor 192.0.2.2 send-community remove large\n")),
            "{64500:1, rt:64500:1}");
  EXPECT_EQ(sent(Dialect::frr, frr("")), all);
  EXPECT_EQ(sent(Dialect::frr, frr(" no neighbor 192.0.2.2 send-community\n")), "{64500:1:2, rt:64500:1}");
  EXPECT_EQ(sent(Dialect::frr, frr(" no neighbor 192.0.2.2 send-community all\n"
                                   " neighbor 192.0.2.2 send-community large\n")),
            "{64500:1:2}");
}

TEST(BgpPrograms, PrivateNumbers) {
  auto sent = [](Dialect dialect, const std::string& text, std::vector<Asn> path, const Choices& choices = {}) {
    return to_string(
        Lowered(dialect, text).sent("192.0.2.2", with_path("198.51.100.0/24", std::move(path)), choices).route.as_path);
  };
  // The lab of eos_private_asn.
  std::string basic = eos("   neighbor 192.0.2.2 remove-private-as\n");
  EXPECT_EQ(sent(Dialect::eos, basic, {65100, 65101}), "");
  EXPECT_EQ(sent(Dialect::eos, basic, {65100, 25}), "65100 25");
  EXPECT_EQ(sent(Dialect::eos, basic, {111, 65101}), "111 65101");
  std::string all = eos("   neighbor 192.0.2.2 remove-private-as all\n");
  EXPECT_EQ(sent(Dialect::eos, all, {65100, 25}), "25");
  EXPECT_EQ(sent(Dialect::eos, all, {111, 65101}), "111");
  std::string replaced = eos("   neighbor 192.0.2.2 remove-private-as all replace-as\n");
  EXPECT_EQ(sent(Dialect::eos, replaced, {65100, 65101}), "64500 64500");
  EXPECT_EQ(sent(Dialect::eos, replaced, {111, 65101}), "111 64500");
  std::string to_private =
      "hostname r1\nrouter bgp 100\n   neighbor 192.0.2.2 remote-as 65100\n"
      "   neighbor 192.0.2.2 remove-private-as\n";
  EXPECT_EQ(sent(Dialect::eos, to_private, {65100, 65101}), "65100");
  // IOS: open without `all`.
  std::string cisco = ios(" neighbor 192.0.2.2 remove-private-as\n");
  EXPECT_EQ(sent(Dialect::ios, cisco, {65100, 25}), "65100 25");
  EXPECT_EQ(sent(Dialect::ios, cisco, {65100, 25}, reading("ios.remove-private-as", "leading")), "25");
  EXPECT_EQ(sent(Dialect::ios, cisco, {65100, 64501}), "65100 64501");
  // FRR 8.4 in front of the map, 10 behind it.
  std::string lines = " neighbor 192.0.2.2 remove-private-AS\n neighbor 192.0.2.2 route-map OUT out\n";
  std::string map = "route-map OUT permit 10\n set as-path prepend 65099\nexit\n";
  EXPECT_EQ(sent(Dialect::frr, frr(lines, map), {65010}), "65099");
  EXPECT_EQ(sent(Dialect::frr, frr(lines, map, "10.1"), {65010}), "");
  std::string unknown = frr(lines, map, "9.0");
  EXPECT_EQ(sent(Dialect::frr, unknown, {65010}), "65099");
  EXPECT_EQ(sent(Dialect::frr, unknown, {65010}, reading("frr.private-as-order", "after-route-map")), "");
}

TEST(BgpPrograms, AsOverrideReplacesTheNeighborsNumber) {
  Lowered l(Dialect::frr, frr(" neighbor 192.0.2.2 as-override\n"));
  EXPECT_EQ(to_string(l.sent("192.0.2.2", with_path("198.51.100.0/24", {65010, 64501})).route.as_path), "65010 64500");
}

TEST(BgpPrograms, NextHops) {
  Route external = bgp("198.51.100.0/24");
  Route internal = ibgp("198.51.100.0/24");
  auto kind = [](const Lowered& l, const std::string& neighbor, const Route& route, const Choices& choices = {}) {
    return l.sent(neighbor, route, choices).route.next_hop.kind;
  };
  constexpr auto self = NextHop::Kind::self, address = NextHop::Kind::address;
  Lowered plain(Dialect::ios, ios(""));
  EXPECT_EQ(kind(plain, "192.0.2.2", external), self);
  EXPECT_EQ(kind(plain, "192.0.2.3", external), address);
  Lowered inside(Dialect::ios, ios(" network 198.51.100.0\n neighbor 192.0.2.3 next-hop-self\n"));
  EXPECT_EQ(kind(inside, "192.0.2.3", external), self);
  EXPECT_EQ(kind(inside, "192.0.2.3", internal), address);
  EXPECT_EQ(kind(plain, "192.0.2.3", of_protocol(Protocol::direct, "198.51.100.0/24")), address);  // not originated
  EXPECT_EQ(kind(inside, "192.0.2.3", of_protocol(Protocol::direct, "198.51.100.0/24")), self);
  EXPECT_EQ(kind(Lowered(Dialect::ios, ios(" neighbor 192.0.2.3 next-hop-self all\n")), "192.0.2.3", internal), self);
  Lowered eos_self(Dialect::eos, eos("   neighbor 192.0.2.3 next-hop-self\n"));
  EXPECT_EQ(kind(eos_self, "192.0.2.3", internal), self);
  EXPECT_EQ(kind(eos_self, "192.0.2.3", internal, reading("eos.next-hop-self-reflected", "no")), address);
  Lowered kept(Dialect::frr, frr(" neighbor 192.0.2.2 attribute-unchanged next-hop\n"));
  EXPECT_EQ(kind(kept, "192.0.2.2", external), address);
  Lowered by_map(Dialect::ios, ios(" neighbor 192.0.2.2 route-map OUT out\n",
                                   "route-map OUT permit 10\n set ip next-hop 203.0.113.7\n"));
  EXPECT_EQ(to_string(by_map.sent("192.0.2.2", external).route.next_hop), "203.0.113.7");
}

TEST(BgpPrograms, MetricAndLocalPreference) {
  Route learned = bgp("198.51.100.0/24");
  learned[Number::med] = 50;
  learned[Number::local_pref] = 250;
  Lowered l(Dialect::ios, ios(" bgp default local-preference 120\n network 10.0.0.0\n"));
  EXPECT_EQ(l.sent("192.0.2.2", learned).route[Number::med], std::nullopt);
  EXPECT_EQ(l.sent("192.0.2.3", learned).route[Number::med], 50u);
  Route own = of_protocol(Protocol::ospf, "10.0.0.0/8");
  own[Number::med] = 7;
  EXPECT_EQ(l.sent("192.0.2.2", own).route[Number::med], 7u);
  EXPECT_EQ(l.sent("192.0.2.3", own).route[Number::local_pref], 120u);
  EXPECT_EQ(l.learned("192.0.2.2", learned).route[Number::local_pref], 120u);
  EXPECT_EQ(l.learned("192.0.2.3", learned).route[Number::local_pref], 250u);
  Lowered f(Dialect::frr,
            frr(" neighbor 192.0.2.2 route-map IN in\n", "route-map IN permit 10\n set local-preference +7\nexit\n"));
  EXPECT_EQ(f.learned("192.0.2.2", learned).route[Number::local_pref], 7u);  // live
  EXPECT_EQ(Lowered(Dialect::frr, frr("")).learned("192.0.2.2", learned).route[Number::local_pref], 100u);
  Lowered kept(Dialect::frr, frr(" neighbor 192.0.2.2 attribute-unchanged med\n"));
  EXPECT_EQ(kept.sent("192.0.2.2", learned).route[Number::med], 50u);
}

TEST(BgpPrograms, FrrHearsWellKnownCommunities) {
  Lowered l(Dialect::frr,
            frr(" neighbor 192.0.2.2 route-map IN in\n", "route-map IN permit 10\n set local-preference 300\nexit\n"));
  Outcome black = l.learned("192.0.2.2", carrying("198.51.100.1/32", {"65535:666"}));
  EXPECT_TRUE(black.route.communities.contains(well_known::kNoExport));
  Outcome shut = l.learned("192.0.2.2", carrying("198.51.100.0/24", {"65535:0"}));
  EXPECT_EQ(shut.route[Number::local_pref], 0u);
  Outcome inside = l.learned("192.0.2.3", carrying("198.51.100.1/32", {"65535:666"}));
  EXPECT_FALSE(inside.route.communities.contains(well_known::kNoExport));
}

TEST(BgpPrograms, LinesOfAllProcessesOfFrr) {
  auto sent = [](const std::string& outside, const std::string& lines = "") {
    Lowered l(Dialect::frr, outside + frr(lines));
    return l.sent("192.0.2.2", bgp("198.51.100.0/24")).route.communities.contains(well_known::kGracefulShutdown);
  };
  EXPECT_FALSE(sent(""));
  EXPECT_TRUE(sent("bgp graceful-shutdown\n"));
  EXPECT_TRUE(sent("bgp graceful-shutdown\n", " no bgp graceful-shutdown\n"));
  EXPECT_FALSE(sent("bgp graceful-shutdown\nno bgp graceful-shutdown\n"));
  EXPECT_TRUE(sent("bgp graceful-shutdown\nno bgp graceful-shutdown\n", " bgp graceful-shutdown\n"));
  auto unmodelled = [](const std::string& line) {
    return Lowered(Dialect::frr, line + frr("")).sent("192.0.2.2", bgp("198.51.100.0/24")).met.size();
  };
  for (const char* known : {"bgp session-dscp 10\n", "bgp no-rib\n", "bgp community alias 64500:1 A\n"})
    EXPECT_EQ(unmodelled(known), 0u) << known;
  EXPECT_NE(unmodelled("bgp some-future-knob\n"), 0u);
}

TEST(BgpPrograms, LocalRoles) {
  Route plain = bgp("198.51.100.0/24");
  Route marked = plain;
  marked[Number::otc] = 64501;
  Route foreign = plain;
  foreign[Number::otc] = 64499;
  Lowered customer(Dialect::frr, frr(" neighbor 192.0.2.2 local-role customer\n"));
  EXPECT_EQ(customer.learned("192.0.2.2", plain).route[Number::otc], 64501u);
  EXPECT_TRUE(customer.learned("192.0.2.2", foreign).accepted);
  EXPECT_TRUE(customer.sent("192.0.2.2", plain).accepted);
  EXPECT_FALSE(customer.sent("192.0.2.2", marked).accepted);
  Lowered provider(Dialect::frr, frr(" neighbor 192.0.2.2 local-role provider\n"));
  EXPECT_FALSE(provider.learned("192.0.2.2", marked).accepted);
  EXPECT_EQ(provider.sent("192.0.2.2", plain).route[Number::otc], 64500u);
  EXPECT_EQ(provider.sent("192.0.2.2", marked).route[Number::otc], 64501u);
  Lowered peer(Dialect::frr, frr(" neighbor 192.0.2.2 local-role peer\n"));
  EXPECT_TRUE(peer.learned("192.0.2.2", marked).accepted);
  EXPECT_FALSE(peer.learned("192.0.2.2", foreign).accepted);
}

TEST(BgpPrograms, WhoWantsAPolicy) {
  Route route = bgp("198.51.100.0/24");
  auto accepts = [&](Dialect dialect, const std::string& text) {
    return Lowered(dialect, text).learned("192.0.2.2", route).accepted;
  };
  const std::string plain = "hostname r1\nrouter bgp 64500\n neighbor 192.0.2.2 remote-as 64501\n";
  EXPECT_TRUE(accepts(Dialect::ios, plain));
  EXPECT_FALSE(accepts(Dialect::ios, plain + " bgp safe-ebgp-policy\n"));
  EXPECT_FALSE(accepts(Dialect::frr, plain));
  EXPECT_TRUE(accepts(Dialect::frr, plain + " no bgp ebgp-requires-policy\n"));
  EXPECT_TRUE(accepts(Dialect::frr, "frr defaults datacenter\n" + plain));
  EXPECT_FALSE(accepts(Dialect::frr, "frr defaults datacenter\n" + plain + " bgp ebgp-requires-policy\n"));
  EXPECT_TRUE(accepts(Dialect::frr, "frr version 7.3\n" + plain));
  EXPECT_FALSE(accepts(Dialect::frr, "frr version 7.4\n" + plain));
  EXPECT_TRUE(accepts(Dialect::eos, plain));
  EXPECT_FALSE(accepts(Dialect::eos, plain + " bgp missing-policy direction in action deny\n"));
  EXPECT_TRUE(accepts(Dialect::eos, plain + " bgp missing-policy direction out action deny\n"));
  EXPECT_FALSE(accepts(Dialect::eos, plain + " bgp missing-policy direction out action deny-in-out\n"));
  EXPECT_TRUE(accepts(Dialect::nxos,
                      "hostname r1\nfeature bgp\nrouter bgp 64500\n  neighbor 192.0.2.2\n    remote-as 64501\n"
                      "    address-family ipv4 unicast\n"));
  // The line that decides is named.
  Lowered l(Dialect::ios, plain + " bgp safe-ebgp-policy\n");
  EXPECT_EQ(l.decided_at(l.learned("192.0.2.2", route)), "bgp safe-ebgp-policy");
}

TEST(BgpPrograms, FrrClosesConfederationsThatWantAPolicy) {
  const std::string text = R"(frr version 8.4.4
hostname r1
router bgp 64500
 bgp confederation identifier 64499
 bgp confederation peers 64600
%s neighbor 192.0.2.2 remote-as 64600
 neighbor 192.0.2.2 route-map ALL in
exit
route-map ALL permit 10
)";
  auto with = [&](const std::string& line) { return std::string(text).replace(text.find("%s"), 2, line); };
  EXPECT_FALSE(Lowered(Dialect::frr, with("")).learned("192.0.2.2", bgp("198.51.100.0/24")).accepted);
  EXPECT_TRUE(Lowered(Dialect::frr, with(" no bgp ebgp-requires-policy\n"))
                  .learned("192.0.2.2", bgp("198.51.100.0/24"))
                  .accepted);
}

TEST(BgpPrograms, UndefinedAndEmptyLists) {
  Route route = bgp("198.51.100.0/24");
  Lowered i(Dialect::ios, ios(" neighbor 192.0.2.2 prefix-list NOWHERE in\n"));
  EXPECT_EQ(i.count("BP111"), 1u);
  EXPECT_TRUE(i.learned("192.0.2.2", route).accepted);
  EXPECT_FALSE(i.learned("192.0.2.2", route, reading("ios.undefined-filter", "deny")).accepted);
  EXPECT_FALSE(
      Lowered(Dialect::frr, frr(" neighbor 192.0.2.2 prefix-list NOWHERE in\n")).learned("192.0.2.2", route).accepted);
  EXPECT_FALSE(Lowered(Dialect::frr, frr(" neighbor 192.0.2.2 distribute-list NOWHERE in\n"))
                   .learned("192.0.2.2", route)
                   .accepted);
  EXPECT_TRUE(
      Lowered(Dialect::frr, frr(" neighbor 192.0.2.2 prefix-list E in\n", "ip prefix-list E description nothing\n"))
          .learned("192.0.2.2", route)
          .accepted);
}

TEST(BgpPrograms, FilterListsSeeTheReceivedPathOrTheChangedOne) {
  Lowered l(Dialect::ios,
            ios(" neighbor 192.0.2.2 filter-list 1 in\n neighbor 192.0.2.2 route-map IN in\n",
                "ip as-path access-list 1 permit ^64496$\nroute-map IN permit 10\n set as-path prepend 1\n"));
  Route route = bgp("198.51.100.0/24");
  EXPECT_TRUE(l.learned("192.0.2.2", route).accepted);
  EXPECT_FALSE(l.learned("192.0.2.2", route, reading("ios.filter-list-in", "after-route-map")).accepted);
}

TEST(BgpPrograms, ReflectedRoutesAreNotChangedOnFrr) {
  const std::string map = "route-map OUT permit 10\n set community 64500:9\nexit\n";
  const std::string lines = " neighbor 192.0.2.3 route-reflector-client\n neighbor 192.0.2.3 route-map OUT out\n";
  Lowered l(Dialect::frr, frr(lines, map));
  EXPECT_TRUE(l.sent("192.0.2.3", ibgp("198.51.100.0/24")).accepted);
  EXPECT_TRUE(l.sent("192.0.2.3", ibgp("198.51.100.0/24")).route.communities.empty());
  EXPECT_FALSE(l.sent("192.0.2.3", bgp("198.51.100.0/24")).route.communities.empty());
  Lowered allowed(Dialect::frr, frr(" bgp route-reflector allow-outbound-policy\n" + lines, map));
  EXPECT_FALSE(allowed.sent("192.0.2.3", ibgp("198.51.100.0/24")).route.communities.empty());
  // One that goes on behind a change is free.
  Lowered open(
      Dialect::frr,
      frr(lines,
          "route-map OUT permit 10\n on-match next\n set community 64500:9\nexit\nroute-map OUT permit 20\nexit\n"));
  EXPECT_FALSE(open.sent("192.0.2.3", ibgp("198.51.100.0/24")).met.empty());
  EXPECT_TRUE(open.sent("192.0.2.3", bgp("198.51.100.0/24")).met.empty());
}

TEST(BgpPrograms, UnknownKnobsMayDoAnything) {
  Lowered l(Dialect::ios, ios(" neighbor 192.0.2.2 frobnicate 7\n bgp twiddle\n"));
  EXPECT_EQ(l.learned("192.0.2.2", bgp("198.51.100.0/24")).met.size(), 4u);  // each in front and behind
  EXPECT_EQ(l.learned("192.0.2.3", bgp("198.51.100.0/24")).met.size(), 2u);
  Lowered known(Dialect::ios, ios(R"( bgp log-neighbor-changes
 bgp router-id 192.0.2.1
 timers bgp 10 30
 maximum-paths 4
 neighbor 192.0.2.2 timers 10 30
 neighbor 192.0.2.2 password 7 abc
 neighbor 192.0.2.2 soft-reconfiguration inbound
 neighbor 192.0.2.2 maximum-prefix 100
 neighbor 192.0.2.2 update-source Loopback0
 neighbor 192.0.2.2 ebgp-multihop 2
)"));
  EXPECT_TRUE(known.learned("192.0.2.2", bgp("198.51.100.0/24")).met.empty());
  EXPECT_EQ(known.count("BP117"), 0u);
}

TEST(BgpPrograms, FactsOfSessions) {
  Lowered l(Dialect::frr, frr(" neighbor 192.0.2.2 enforce-first-as\n"));
  const Session& e = l.session("192.0.2.2");
  Route from_it = with_path("198.51.100.0/24", {64501, 7});
  from_it.neighbor = parse_address("192.0.2.2");
  EXPECT_TRUE(offered(e.import_from, from_it));
  from_it.as_path = path_of({7, 64501});
  EXPECT_FALSE(offered(e.import_from, from_it));
  EXPECT_FALSE(offered(e.export_to, carrying("198.51.100.0/24", {"65535:65281"})));
  EXPECT_FALSE(offered(e.export_to, carrying("198.51.100.0/24", {"65535:65282"})));
  const Session& i = l.session("192.0.2.3");
  EXPECT_TRUE(offered(i.export_to, carrying("198.51.100.0/24", {"65535:65281"})));
  EXPECT_FALSE(offered(i.export_to, ibgp("198.51.100.0/24")));
  EXPECT_TRUE(offered(i.export_to, bgp("198.51.100.0/24")));
  Lowered rr(Dialect::frr, frr(" neighbor 192.0.2.3 route-reflector-client\n neighbor 192.0.2.4 remote-as 64500\n"));
  EXPECT_TRUE(offered(rr.session("192.0.2.3").export_to, ibgp("198.51.100.0/24")));
  Route of_client = ibgp("198.51.100.0/24");
  EXPECT_FALSE(offered(rr.session("192.0.2.4").export_to, of_client));
  of_client.neighbor = parse_address("192.0.2.3");
  EXPECT_TRUE(offered(rr.session("192.0.2.4").export_to, of_client));
  EXPECT_TRUE(rr.session("192.0.2.3").reflects);
}

}  // namespace
}  // namespace bgproof::routemap::testing
