// Sessions: which they are, what can be offered to them, and what they do to a route behind the policies.
#include "tests/junos/lowered.h"

namespace bgproof::junos::testing {
namespace {

std::string router(const std::string& bgp_text, const std::string& more = "") {
  return "system { host-name r1; }\nrouting-options { autonomous-system 64500; }\nprotocols { bgp { " + bgp_text +
         " } }\n" + more;
}

Outcome sent(const Lowered& l, const std::string& neighbor, const Route& route) {
  return evaluate(l.session(neighbor).export_to.program, route);
}

TEST(JunosSessions, KindFamiliesAndNames) {
  Lowered l(router(
      "group I { type internal; neighbor 192.0.2.1 { description core; } }"
      "group E { peer-as 64501; neighbor 192.0.2.2; neighbor 2001:db8::2; neighbor 192.0.2.3 { peer-as 64500; } }"
      "group F { type external; family inet6 { unicast { prefix-limit { maximum 5; } } labeled-unicast; } family inet "
      "{ any; } "
      "neighbor 192.0.2.4 { peer-as 1.1; } neighbor 192.0.2.5 { peer-as 5; family inet { unicast; } } }"
      "group D { type external; peer-as 64503; allow 192.0.2.128/25; }"));
  EXPECT_EQ(l.device().name, "r1");
  EXPECT_EQ(l.device().local_as, 64500u);
  ASSERT_EQ(l.device().sessions.size(), 7u);
  const Session& internal = l.session("192.0.2.1");
  EXPECT_FALSE(internal.external);
  EXPECT_EQ(internal.remote_as, 64500u);
  EXPECT_EQ(internal.description, "core");
  EXPECT_EQ(internal.group, "I");
  EXPECT_FALSE(internal.reflects);
  EXPECT_TRUE(l.session("192.0.2.2").external);
  EXPECT_EQ(l.session("192.0.2.2").families, std::set<Family>{Family::ipv4});
  EXPECT_EQ(l.session("2001:db8::2").families, std::set<Family>{Family::ipv6});
  EXPECT_FALSE(l.session("192.0.2.3").external);
  const Session& both = l.session("192.0.2.4");
  EXPECT_EQ(both.remote_as, 65537u);
  EXPECT_EQ(both.families, (std::set<Family>{Family::ipv4, Family::ipv6}));
  EXPECT_EQ(both.other_families, (std::vector<std::string>{"inet6 labeled-unicast", "inet multicast"}));
  EXPECT_EQ(l.session("192.0.2.5").families, std::set<Family>{Family::ipv4});
  EXPECT_EQ(l.session("192.0.2.128/25").remote_as, 64503u);
  EXPECT_FALSE(l.session("192.0.2.128/25").address.has_value());
  EXPECT_TRUE(l.unmodelled().empty());
}

TEST(JunosSessions, UnreadStatementsMayReplaceTheChain) {
  std::string policies =
      "policy-options { policy-statement OUT { then reject; } policy-statement LEAK { then accept; } }\n";
  std::string group = "group UP { type external; peer-as 65010; export OUT; neighbor 192.0.2.1 { ";
  // Some way to accept what the policy rejects, through a line that is free.
  auto may_accept = [&](const std::string& text) {
    Lowered l(text);
    const Program& program = l.session("192.0.2.1").export_to.program;
    Route route = bgp("10.0.0.0/8");
    Choices choices;
    for (const Step& step : evaluate(program, route).trace)
      if (step.choice) choices.lines[*step.choice] = {true, Decision::accept, route};
    return evaluate(program, route, choices).accepted;
  };
  for (const char* knob : {"apply-groups GONE;", "export [ LEAK;", "flux-capacitor 8;", "expo LEAK;"}) {
    EXPECT_TRUE(may_accept(router(group + knob + " } }", policies))) << knob;
    EXPECT_TRUE(may_accept(router(std::string(knob) + group + " } }", policies))) << knob;
  }
  for (const char* knob : {"hold-time 90;", "description x;", ""})
    EXPECT_FALSE(may_accept(router(group + knob + " } }", policies))) << knob;
  std::string set = "set protocols bgp group UP type external peer-as 65010\nset protocols bgp group UP export OUT\n"
                    "set protocols bgp group UP neighbor 192.0.2.1\nset policy-options policy-statement OUT then reject\n";
  EXPECT_TRUE(may_accept(set + "set protocols bgp group UP neighbor 192.0.2.1 export [ LEAK\n"));
  EXPECT_TRUE(may_accept(set + "set protocols bgp gr UP neighbor 192.0.2.1 export LEAK\n"));
  EXPECT_FALSE(may_accept(set + "set protocols bgp group UP neighbor 192.0.2.1 description \"x\n"));
  std::string stripped = "groups { G { protocols { bgp { group { neighbor { KNOB; } } } } } }\napply-groups G;\n";
  auto with = [&](const std::string& knob) {
    std::string text = stripped;
    return text.replace(text.find("KNOB"), 4, knob) + router(group + " } }", policies);
  };
  EXPECT_TRUE(may_accept(with("export LEAK")));
  EXPECT_FALSE(may_accept(with("hold-time 9")));
}

TEST(JunosSessions, UnreadStatementsMayBeAFamily) {
  Lowered l(router("group UP { type external; peer-as 65010; neighbor 192.0.2.1 { fam inet6; } neighbor 192.0.2.2 { "
                   "export [ X; } neighbor 192.0.2.3 { family in { unicast; } } }"));
  std::set<Family> both = {Family::ipv4, Family::ipv6};
  EXPECT_EQ(l.session("192.0.2.1").families, both);
  EXPECT_EQ(l.session("192.0.2.3").families, both);
}

TEST(JunosSessions, WhatNoSessionMeetsIsNotLost) {
  EXPECT_NE(Lowered(router("group UP { apply-groups GONE; }")).device().not_checked, "");
  EXPECT_NE(Lowered(router("apply-groups GONE;")).device().not_checked, "");
  EXPECT_EQ(Lowered(router("apply-groups GONE; group UP { neighbor 192.0.2.1; }")).device().not_checked, "");
  EXPECT_EQ(Lowered(router("") + "routing-instances { V { description bgp; } }\n").device().not_checked, "");
  std::string instance = "routing-instances { V { KEYWORD { bgp { group UP { neighbor 192.0.2.1; } } } } }\n";
  EXPECT_NE(Lowered(router("groupx UP { neighbor 192.0.2.1; }")).device().not_checked, "");
  EXPECT_NE(Lowered(router("group UP { neighborx 192.0.2.1; }")).device().not_checked, "");
  EXPECT_EQ(Lowered(router("group UP { hold-time 9; }")).device().not_checked, "");
  for (const char* keyword : {"proto", "policy-options", "routing-o", "protocolsx"}) {
    std::string text = instance;
    EXPECT_NE(Lowered(router("") + text.replace(text.find("KEYWORD"), 7, keyword)).device().not_checked, "") << keyword;
  }
}

TEST(JunosSessions, AGroupThatHoldsAtNightMayReplaceTheExport) {
  Lowered l("groups { N { when { time 22:00 to 06:00; } protocols { bgp { group <*> { export LEAK; } } } } }\n"
            "apply-groups N;\n" +
            router("group UP { type external; peer-as 65010; neighbor 192.0.2.1 { } }"));
  ASSERT_EQ(l.unmodelled().size(), 1u);
  EXPECT_EQ(l.unmodelled()[0].text, "export LEAK");
  // Nothing of it concerns the other direction.
  EXPECT_EQ(l.session("192.0.2.1").import_from.program.entry.size(), 1u);
  EXPECT_EQ(l.session("192.0.2.1").export_to.program.entry.size(), 2u);
}

TEST(JunosSessions, NeighborsThatAreDiscovered) {
  Lowered l(
      "set routing-options autonomous-system 65000\nset protocols bgp group AUTO type external\n"
      "set protocols bgp group AUTO dynamic-neighbor DN peer-auto-discovery family inet6 ipv6-nd\n"
      "set protocols bgp group AUTO dynamic-neighbor DN peer-auto-discovery interface ge-0/0/0.0\n"
      "set protocols bgp group AUTO peer-as-list PEERS\n");
  ASSERT_EQ(l.device().sessions.size(), 1u);
  const Session& session = l.session("DN");
  EXPECT_TRUE(session.external);
  EXPECT_EQ(session.group, "AUTO");
  EXPECT_EQ(session.families, (std::set<Family>{Family::ipv4, Family::ipv6}));
  EXPECT_TRUE(evaluate(session.export_to.program, bgp("2001:db8::/32")).accepted);
  EXPECT_TRUE(l.unmodelled().empty());
}

TEST(JunosSessions, WhatCanBeOffered) {
  Lowered l(router(
      "group I { type internal; neighbor 192.0.2.1; } group E { type external; peer-as 64501; neighbor 192.0.2.2; }"));
  const Session& e = l.session("192.0.2.2");
  Route from_it = bgp("10.0.0.0/8");
  from_it.neighbor = parse_address("192.0.2.2");
  EXPECT_TRUE(offered(e.import_from, from_it));
  EXPECT_FALSE(offered(e.import_from, bgp("10.0.0.0/8")));  // of 192.0.2.1
  Route internal = from_it;
  internal.route_type = RouteType::internal;
  EXPECT_FALSE(offered(e.import_from, internal));
  EXPECT_TRUE(offered(e.export_to, internal));
  EXPECT_FALSE(offered(l.session("192.0.2.1").export_to, internal));
  EXPECT_TRUE(offered(l.session("192.0.2.1").export_to, from_it));
  Route elsewhere = from_it;
  elsewhere.rib = "inet.2";
  EXPECT_FALSE(offered(e.export_to, elsewhere));
}

TEST(JunosSessions, Reflection) {
  Lowered l(
      router("group C { type internal; cluster 1.1.1.1; neighbor 192.0.2.1; } group N { type internal; neighbor "
             "192.0.2.2; }"));
  Route from_client = ibgp("10.0.0.0/8");  // of 192.0.2.1
  Route from_other = from_client;
  from_other.neighbor = parse_address("192.0.2.9");
  EXPECT_TRUE(l.session("192.0.2.1").reflects);
  EXPECT_TRUE(offered(l.session("192.0.2.1").export_to, from_other));
  EXPECT_TRUE(offered(l.session("192.0.2.2").export_to, from_client));
  EXPECT_FALSE(offered(l.session("192.0.2.2").export_to, from_other));
}

TEST(JunosSessions, NextHopOfExternalSessions) {
  std::string policies =
      "policy-options { policy-statement KEEP { then { next-hop 198.51.100.1; accept; } } policy-statement OK { then "
      "accept; } }";
  Lowered l(router(
      "group E { type external; peer-as 64501; export OK; neighbor 192.0.2.2; neighbor 192.0.2.3 { export KEEP; }"
      " neighbor 192.0.2.4 { multihop { no-nexthop-change; } } }"
      "group I { type internal; export OK; neighbor 192.0.2.5; }",
      policies));
  EXPECT_EQ(sent(l, "192.0.2.2", bgp("10.0.0.0/8")).route.next_hop.kind, NextHop::Kind::self);
  EXPECT_EQ(sent(l, "192.0.2.3", bgp("10.0.0.0/8")).route.next_hop.address, *parse_address("198.51.100.1"));
  EXPECT_EQ(sent(l, "192.0.2.4", bgp("10.0.0.0/8")).route.next_hop.kind, NextHop::Kind::address);
  EXPECT_EQ(sent(l, "192.0.2.5", bgp("10.0.0.0/8")).route.next_hop.kind, NextHop::Kind::address);
}

TEST(JunosSessions, RemovePrivateForms) {
  Lowered l(
      router("group E { type external; peer-as 64999; neighbor 192.0.2.2 { remove-private; } neighbor 192.0.2.3 { "
             "remove-private all; }"
             " neighbor 192.0.2.4 { remove-private { all { replace; } } } neighbor 192.0.2.5 { remove-private all "
             "replace nearest; }"
             " neighbor 192.0.2.6 { remove-private all no-peer-loop-check; } }"));
  auto path = [&](const char* neighbor, std::vector<Asn> before) {
    return to_string(sent(l, neighbor, with_path(before)).route.as_path);
  };
  EXPECT_EQ(path("192.0.2.2", {64600, 3, 64601}), "3 64601");
  EXPECT_EQ(path("192.0.2.2", {64600, 64999, 64601}), "64999 64601");  // stops at the neighbor's own
  EXPECT_EQ(path("192.0.2.3", {64600, 3, 64601, 64999}), "3 64999");
  EXPECT_EQ(path("192.0.2.4", {64600, 3}), "64500 3");
  EXPECT_EQ(path("192.0.2.5", {3, 64600}), "3 3");
  EXPECT_EQ(path("192.0.2.6", {3, 64999}), "3");
}

// Numbers that the policy puts in front of the own AS: both readings, towards another AS alone.
TEST(JunosSessions, PrependedNumbersAreApartOrNot) {
  std::string policies =
      "policy-options { policy-statement P { then { as-path-prepend \"64600 7\"; } } policy-statement X { then "
      "as-path-expand last-as; } policy-statement Y { then as-path-expand \"64601 8\"; } policy-statement Z { then "
      "accept; } }";
  Lowered l(
      router("group E { type external; peer-as 64999; remove-private all; export [ P Z ]; neighbor 192.0.2.2; "
             "neighbor 192.0.2.3 { export [ P X Z ]; } neighbor 192.0.2.4 { export [ P Y Z ]; } "
             "neighbor 192.0.2.5 { export [ Y P Z ]; } neighbor 192.0.2.6 { route-server-client; } }"
             "group I { type internal; export [ P X Z ]; neighbor 192.0.2.7; }",
             policies));
  Choices behind, both;
  behind.readings = {{"junos.expand-after-prepend", "behind"}, {"junos.remove-private-prepended", "behind"}};
  both.readings = {{"junos.expand-after-prepend", "in-front"}, {"junos.remove-private-prepended", "all"}};
  auto path = [&](const char* neighbor, const Choices& choices) {
    return to_string(evaluate(l.session(neighbor).export_to.program, with_path({64602, 3}), choices).route.as_path);
  };
  EXPECT_EQ(path("192.0.2.2", behind), "64600 7 3");
  EXPECT_EQ(path("192.0.2.2", both), "7 3");
  EXPECT_EQ(path("192.0.2.3", behind), "64600 7 3");
  EXPECT_EQ(path("192.0.2.3", both), "7 3");
  EXPECT_EQ(path("192.0.2.4", behind), "64600 7 8 3");
  EXPECT_EQ(path("192.0.2.4", both), "8 7 3");
  EXPECT_EQ(path("192.0.2.5", behind), "64600 7 8 3");
  EXPECT_EQ(path("192.0.2.5", both), "7 8 3");
  for (const Choices& choices : {behind, both}) {
    EXPECT_EQ(path("192.0.2.6", choices), "7 3") << "no own AS stands between";
    EXPECT_EQ(path("192.0.2.7", choices), "64600 64600 7 64602 3");
  }
}

TEST(JunosSessions, AsOverrideAndMetricOut) {
  std::string policies = "policy-options { policy-statement M { from tag 1; then metric 7; } }";
  Lowered l(router(
      "group E { type external; peer-as 64501; as-override; metric-out 50; export M; neighbor 192.0.2.2; }", policies));
  Outcome out = sent(l, "192.0.2.2", with_path({3, 64501, 64501}));
  EXPECT_EQ(out.route.as_path, path_of({3, 64500, 64500}));
  EXPECT_EQ(out.route[Number::med], 50u);
  Route tagged = with_path({3});
  tagged[Number::tag] = 1;
  EXPECT_EQ(sent(l, "192.0.2.2", tagged).route[Number::med], 7u);
}

TEST(JunosSessions, LocalPreferenceOfTheSession) {
  Lowered l(router("group E { type external; peer-as 64501; local-preference 150; import P; neighbor 192.0.2.2; }",
                   "policy-options { policy-statement P { from tag 1; then local-preference 7; } }"));
  const Program& import = l.session("192.0.2.2").import_from.program;
  EXPECT_EQ(evaluate(import, bgp("10.0.0.0/8")).route[Number::local_pref], 150u);
  Route tagged = bgp("10.0.0.0/8");
  tagged[Number::tag] = 1;
  EXPECT_EQ(evaluate(import, tagged).route[Number::local_pref], 7u);
}

TEST(JunosSessions, UndefinedPolicyIsFree) {
  Lowered l(router("group E { type external; peer-as 64501; export [ MISSING ]; neighbor 192.0.2.2; }"));
  EXPECT_EQ(l.count("BP110"), 1u);
  const Program& program = l.session("192.0.2.2").export_to.program;
  Outcome out = evaluate(program, bgp("10.0.0.0/8"));
  ASSERT_EQ(out.met.size(), 1u);
  Choices reject;
  reject.lines[out.met[0]].decides = Decision::reject;
  reject.lines[out.met[0]].attributes = bgp("10.0.0.0/8");
  EXPECT_FALSE(evaluate(program, bgp("10.0.0.0/8"), reject).accepted);
}

TEST(JunosSessions, NoPolicyDefaultsOfNewerReleases) {
  Lowered l(
      router("defaults { ebgp { no-policy { receive reject; advertise reject-always; } } } group E { type external; "
             "peer-as 64501; "
             "neighbor 192.0.2.2; } group I { type internal; neighbor 192.0.2.3; }"));
  EXPECT_FALSE(evaluate(l.session("192.0.2.2").import_from.program, bgp("10.0.0.0/8")).accepted);
  EXPECT_FALSE(sent(l, "192.0.2.2", bgp("10.0.0.0/8")).accepted);
  EXPECT_TRUE(sent(l, "192.0.2.3", bgp("10.0.0.0/8")).accepted);
}

TEST(JunosSessions, UnknownKnobIsFreeAndKnownOnesAreNot) {
  Lowered known(router(
      "group E { type external; peer-as 64501; hold-time 30; advertise-peer-as; passive; family inet { unicast { "
      "prefix-limit { maximum 10; } } } bfd-liveness-detection { minimum-interval 5; } neighbor 192.0.2.2; }"));
  EXPECT_TRUE(known.unmodelled().empty());
  Lowered unknown(router("group E { type external; peer-as 64501; frobnicate yes; neighbor 192.0.2.2; }"));
  EXPECT_FALSE(unknown.unmodelled().empty());
  EXPECT_GE(unknown.count("BP117"), 1u);
  EXPECT_FALSE(sent(unknown, "192.0.2.2", bgp("10.0.0.0/8")).met.empty());
}

TEST(JunosSessions, InstancesAndLogicalSystems) {
  Lowered l(router("group E { type external; peer-as 64501; neighbor 192.0.2.2; }",
                   "routing-instances { v { routing-options { autonomous-system 64510; } protocols { bgp { group E { "
                   "type external; peer-as 64501; "
                   "export P; neighbor 192.0.2.3; } } } } }"
                   "policy-options { policy-statement P { to instance v; then reject; } }"
                   "logical-systems { ls { policy-options { policy-statement P { then accept; } } protocols { bgp { "
                   "group E { type external; "
                   "peer-as 64501; export P; neighbor 192.0.2.4; } } } } }"));
  EXPECT_EQ(l.session("192.0.2.3").instance, "v");
  EXPECT_EQ(l.session("192.0.2.3").local_as, 64510u);
  Route in_v = bgp("10.0.0.0/8");
  in_v.rib = "v.inet.0";
  EXPECT_TRUE(offered(l.session("192.0.2.3").export_to, in_v));
  EXPECT_FALSE(sent(l, "192.0.2.3", in_v).accepted);
  ASSERT_EQ(l.devices.size(), 2u);
  EXPECT_EQ(l.devices[1].name, "r1:ls");
  ASSERT_EQ(l.devices[1].sessions.size(), 1u);
  EXPECT_EQ(l.devices[1].sessions[0].logical_system, "ls");
  EXPECT_EQ(l.devices[1].sessions[0].local_as, 64500u);
}

TEST(JunosSessions, LocalAs) {
  Lowered l(
      router("group A { local-as 64700; neighbor 192.0.2.1 { peer-as 64700; } neighbor 192.0.2.2 { peer-as 64500; } }"
             "group B { local-as 64700 alias; neighbor 192.0.2.3 { peer-as 64500; } neighbor 192.0.2.4 { peer-as 5; "
             "as-override; } }"));
  EXPECT_FALSE(l.session("192.0.2.1").external);
  EXPECT_TRUE(l.session("192.0.2.2").external);
  EXPECT_FALSE(l.session("192.0.2.3").external);
  EXPECT_EQ(sent(l, "192.0.2.4", with_path({3, 5})).route.as_path, path_of({3, 64700}));
}

TEST(JunosSessions, Confederation) {
  Lowered l(
      "routing-options { autonomous-system 65001; confederation 64500 members [ 65001 65002 ]; }\n"
      "protocols { bgp { group C { type external; neighbor 192.0.2.1 { peer-as 65002; } neighbor 192.0.2.2 { peer-as "
      "7; } } } }\n");
  EXPECT_FALSE(l.session("192.0.2.1").external);
  EXPECT_TRUE(l.session("192.0.2.2").external);
  EXPECT_TRUE(offered(l.session("192.0.2.1").export_to, ibgp("10.0.0.0/8")));
  EXPECT_EQ(sent(l, "192.0.2.1", bgp("10.0.0.0/8")).route.next_hop.kind, NextHop::Kind::address);
}

TEST(JunosSessions, PolicyFamiliesFollowTheSessions) {
  Lowered l(router("group E { type external; peer-as 64501; export A; family inet6 { unicast; } neighbor 192.0.2.2; }",
                   "policy-options { policy-statement A { from policy S; then accept; } policy-statement S { then "
                   "accept; } policy-statement U { then "
                   "accept; } }"));
  for (const NamedPolicy& policy : l.device().policies) {
    std::set<Family> expected = {Family::ipv6};
    if (policy.name == "U") expected.insert(Family::ipv4);
    EXPECT_EQ(policy.families, expected) << policy.name;
  }
}

}  // namespace
}  // namespace bgproof::junos::testing
