// The traps J1-J15: each expectation is derived by hand from what the devices or their documents show.
#include "tests/junos/lowered.h"

namespace bgproof::junos::testing {
namespace {

const std::string kRejectRest = " term LAST { then reject; }\n";

TEST(JunosTraps, J1DefaultOfExportIsBgpOnly) {
  Lowered l(policy_text("term A { from protocol ospf; then reject; }"));
  EXPECT_TRUE(l.accepts("P", bgp("10.0.0.0/8")));
  EXPECT_FALSE(l.accepts("P", of_protocol(Protocol::static_, "10.0.0.0/8")));
  EXPECT_EQ(l.policy("P").entry.back().name, "(default)");
  EXPECT_FALSE(l.policy("P").entry.back().range.known());
}

TEST(JunosTraps, J1SessionsWithoutPolicies) {
  Lowered l(
      "routing-options { autonomous-system 64500; }\n"
      "protocols { bgp { group E { type external; peer-as 64501; neighbor 192.0.2.1; } } }\n");
  const Session& s = l.session("192.0.2.1");
  EXPECT_TRUE(evaluate(s.import_from.program, bgp("10.0.0.0/8")).accepted);
  EXPECT_TRUE(evaluate(s.export_to.program, bgp("10.0.0.0/8")).accepted);
  EXPECT_FALSE(evaluate(s.export_to.program, of_protocol(Protocol::direct, "10.0.0.0/8")).accepted);
  EXPECT_TRUE(s.export_to.policies.empty());
}

TEST(JunosTraps, J2NoConditionMatchesEverything) {
  Lowered l(policy_text("term A { from { inactive: protocol static; } then accept; }" + kRejectRest));
  EXPECT_TRUE(l.accepts("P", bgp("10.0.0.0/8")));
  EXPECT_TRUE(l.accepts("P", of_protocol(Protocol::static_, "2001:db8::/32")));
}

TEST(JunosTraps, J2DeletedPrefixListLeavesRouteType) {
  std::string lists = "prefix-list X { 10.0.0.0/8; }";
  Lowered with(
      policy_text("term A { from { prefix-list X; route-type internal; } then accept; }" + kRejectRest, lists));
  Lowered without(policy_text("term A { from { route-type internal; } then accept; }" + kRejectRest, lists));
  EXPECT_TRUE(with.accepts("P", ibgp("10.0.0.0/8")));
  EXPECT_FALSE(with.accepts("P", ibgp("172.16.0.0/12")));
  EXPECT_TRUE(without.accepts("P", ibgp("172.16.0.0/12")));
  EXPECT_TRUE(without.accepts("P", ibgp("2001:db8::/32")));
  EXPECT_FALSE(without.accepts("P", bgp("172.16.0.0/12")));
  Route direct = of_protocol(Protocol::direct, "172.16.0.0/12");
  EXPECT_FALSE(without.accepts("P", direct));
  EXPECT_TRUE(without.accepts("P", direct, reading("junos.route-type-internal", "not-external")));
}

TEST(JunosTraps, J3EmptyPrefixListMatchesNothing) {
  Lowered l(policy_text("term A { from { prefix-list X; } then { as-path-prepend 22; accept; } }", "prefix-list X;"));
  Outcome out = l.run("P", bgp("10.0.0.0/8"));
  EXPECT_TRUE(out.accepted);  // by the default
  EXPECT_EQ(out.route.as_path, path_of({64496}));
}

TEST(JunosTraps, J4KindsConjoinNamesAlternate) {
  Lowered l(policy_text(
      "term A { from { protocol [ bgp static ]; community [ ONE TWO ]; tag 7; } then accept; }" + kRejectRest,
      "community ONE members 64500:1; community TWO members 64500:2;"));
  Route route = carrying("10.0.0.0/8", {"64500:2"});
  EXPECT_FALSE(l.accepts("P", route));
  route[Number::tag] = 7;
  EXPECT_TRUE(l.accepts("P", route));
  route.communities = {*parse_community("64500:3")};
  EXPECT_FALSE(l.accepts("P", route));
}

TEST(JunosTraps, J4PrefixConditionsAreOneGroup) {
  Lowered l(
      policy_text("term A { from { prefix-list X; route-filter 172.16.0.0/12 orlonger; protocol bgp; } then accept; }" +
                      kRejectRest,
                  "prefix-list X { 10.0.0.0/8; }"));
  EXPECT_TRUE(l.accepts("P", bgp("10.0.0.0/8")));
  EXPECT_TRUE(l.accepts("P", bgp("172.16.5.0/24")));
  EXPECT_FALSE(l.accepts("P", bgp("10.1.0.0/16")));
  EXPECT_FALSE(l.accepts("P", bgp("10.0.0.0/8"), reading("junos.prefix-group", "and")));
}

TEST(JunosTraps, J5LongestFilterDecidesAlone) {
  Lowered l(policy_text(
      "term A { from { route-filter 192.168.0.0/16 orlonger; route-filter 192.168.254.0/23 exact; } then accept; }" +
      kRejectRest));
  EXPECT_TRUE(l.accepts("P", bgp("192.168.1.0/24")));
  EXPECT_TRUE(l.accepts("P", bgp("192.168.254.0/23")));
  EXPECT_FALSE(l.accepts("P", bgp("192.168.254.0/24")));  // the documented example
}

TEST(JunosTraps, J5WalkupTriesShorterOnes) {
  std::string term =
      "term A { from { route-filter 192.168.0.0/16 orlonger; route-filter 192.168.254.0/23 exact; } then accept; }";
  Lowered local(policy_text("defaults { route-filter walkup; }" + term + kRejectRest));
  EXPECT_TRUE(local.accepts("P", bgp("192.168.254.0/24")));
  Lowered global(policy_text(term + kRejectRest, "defaults { route-filter walkup; }"));
  EXPECT_TRUE(global.accepts("P", bgp("192.168.254.0/24")));
  Lowered off(
      policy_text("defaults { route-filter no-walkup; }" + term + kRejectRest, "defaults { route-filter walkup; }"));
  EXPECT_FALSE(off.accepts("P", bgp("192.168.254.0/24")));
}

TEST(JunosTraps, J5SamePrefixTopToBottomWithInlineActions) {
  Lowered l(policy_text(
      "term A { from { route-filter 0.0.0.0/0 upto /7 reject; route-filter 0.0.0.0/0 upto /24 { next-hop self; } "
      "route-filter 0.0.0.0/0 orlonger reject; } then { local-preference 7; accept; } }"
      "term B { then { tag 5; accept; } }"));
  EXPECT_FALSE(l.accepts("P", bgp("0.0.0.0/7")));
  EXPECT_FALSE(l.accepts("P", bgp("10.0.0.0/25")));
  Outcome out = l.run("P", bgp("10.0.0.0/8"));
  EXPECT_TRUE(out.accepted);
  EXPECT_EQ(out.route.next_hop.kind, NextHop::Kind::self);
  EXPECT_FALSE(out.route[Number::local_pref].has_value());  // `then` is skipped
  EXPECT_EQ(out.route[Number::tag], 5u);                    // and the next term runs
  EXPECT_TRUE(l.run("P", bgp("2001:db8::/32")).route[Number::tag].has_value());
}

TEST(JunosTraps, J5LongerOfAPrefixList) {
  Lowered l(policy_text("term A { from { prefix-list-filter X longer; } then accept; }" + kRejectRest,
                        "prefix-list X { 10.0.0.0/8; 10.1.0.0/16; 10.2.0.1/32; }"));
  EXPECT_FALSE(l.accepts("P", bgp("10.0.0.0/8")));
  EXPECT_TRUE(l.accepts("P", bgp("10.3.0.0/16")));
  EXPECT_TRUE(l.accepts("P", bgp("10.1.1.0/24")));
  EXPECT_FALSE(l.accepts("P", bgp("10.1.0.0/16")));  // by its own entry
  EXPECT_FALSE(l.accepts("P", bgp("10.2.0.1/32")));
  EXPECT_TRUE(l.accepts("P", bgp("10.1.0.0/16"), reading("junos.prefix-list-filter-lookup", "any")));
  EXPECT_TRUE(l.accepts("P", bgp("10.2.0.1/32"), reading("junos.prefix-list-filter-lookup", "any")));
}

struct MatchTypeCase {
  std::string filter;
  std::vector<std::string> in, out;
};
TEST(JunosTraps, J6MatchTypes) {
  const std::vector<MatchTypeCase> cases = {
      {"10.0.0.0/8 exact", {"10.0.0.0/8"}, {"10.0.0.0/9", "0.0.0.0/0"}},
      {"10.0.0.0/8 orlonger", {"10.0.0.0/8", "10.2.3.4/32"}, {"11.0.0.0/8"}},
      {"10.0.0.0/8 longer", {"10.0.0.0/9"}, {"10.0.0.0/8"}},
      {"10.0.0.0/8 upto /16", {"10.0.0.0/8", "10.5.0.0/16"}, {"10.5.0.0/17"}},
      {"10.0.0.0/8 prefix-length-range /12-/16", {"10.16.0.0/12", "10.5.0.0/16"}, {"10.0.0.0/11", "10.5.0.0/17"}},
      {"10.0.0.0/8 through 10.1.0.0/16",
       {"10.0.0.0/8", "10.0.0.0/15", "10.1.0.0/16"},
       {"10.0.0.0/16", "10.1.0.0/17", "10.2.0.0/16"}},
      {"10.0.1.0/24 address-mask 255.0.255.0", {"10.7.1.0/24"}, {"10.7.2.0/24", "10.7.1.0/25", "11.7.1.0/24"}},
      {"2001:db8::/32 orlonger", {"2001:db8:1::/48"}, {"10.0.0.0/8"}},
      {"10/8 exact", {"10.0.0.0/8"}, {"10.0.0.0/9"}},
  };
  for (const MatchTypeCase& each : cases) {
    Lowered l(policy_text("term A { from { route-filter " + each.filter + "; } then accept; }" + kRejectRest));
    for (const std::string& prefix : each.in) EXPECT_TRUE(l.accepts("P", bgp(prefix))) << each.filter << " " << prefix;
    for (const std::string& prefix : each.out)
      EXPECT_FALSE(l.accepts("P", bgp(prefix))) << each.filter << " " << prefix;
    EXPECT_TRUE(l.unmodelled().empty()) << each.filter;
  }
}

TEST(JunosTraps, J6UnknownMatchTypeIsFreeBelowItsPrefix) {
  Lowered l(
      policy_text("term A { from { route-filter 0.0.0.0/0 orlonger; route-filter 10.0.0.0/8 sideways; protocol bgp; } "
                  "then accept; }" +
                  kRejectRest));
  ASSERT_EQ(l.unmodelled().size(), 1u);
  Outcome hidden = l.run("P", bgp("10.1.0.0/16"));
  EXPECT_FALSE(hidden.accepted);  // the unknown filter is the longest: 0/0 does not count
  ASSERT_EQ(hidden.met.size(), 1u);
  Choices yes;
  yes.lines[hidden.met[0]].matches = true;
  EXPECT_TRUE(l.accepts("P", bgp("10.1.0.0/16"), yes));
  EXPECT_TRUE(l.accepts("P", bgp("192.0.2.0/24")));
  EXPECT_TRUE(l.run("P", bgp("192.0.2.0/24")).met.empty());
  // Without a prefix nobody knows what it hides.
  Lowered bad(policy_text("term A { from { route-filter 0.0.0.0/0 orlonger; route-filter ten exact; } then accept; }" +
                          kRejectRest));
  EXPECT_EQ(bad.run("P", bgp("192.0.2.0/24")).met.size(), 1u);
}

TEST(JunosTraps, J7ChainsFallThroughToTheDefault) {
  Lowered l(
      "policy-options {\n"
      " policy-statement A { term T { from community C; then next policy; } term U { then { local-preference 50; } } "
      "}\n"
      " policy-statement B { term T { from community C; then reject; } term U { then next policy; } }\n"
      " community C members 64500:1;\n}\n"
      "routing-options { autonomous-system 64500; }\n"
      "protocols { bgp { group E { type external; peer-as 64501; import [ A B ]; neighbor 192.0.2.1; } } }\n");
  const Program& import = l.session("192.0.2.1").import_from.program;
  EXPECT_FALSE(evaluate(import, carrying("10.0.0.0/8", {"64500:1"})).accepted);
  Outcome out = evaluate(import, bgp("10.0.0.0/8"));
  EXPECT_TRUE(out.accepted);
  EXPECT_EQ(out.route[Number::local_pref], 50u);
  EXPECT_EQ(l.session("192.0.2.1").import_from.policies, (std::vector<std::string>{"A", "B"}));
}

TEST(JunosTraps, J7NextTermBeatsAcceptAndDefaultAction) {
  Lowered next(policy_text("term A { then { accept; next term; } }" + kRejectRest));
  EXPECT_FALSE(next.accepts("P", bgp("10.0.0.0/8")));
  Lowered fallback(policy_text("term A { then { default-action reject; } }"));
  EXPECT_FALSE(fallback.accepts("P", bgp("10.0.0.0/8")));
  Lowered overridden(policy_text("term A { then { default-action reject; accept; } }"));
  EXPECT_TRUE(overridden.accepts("P", bgp("10.0.0.0/8")));
  Lowered accepted(policy_text("term A { then { default-action accept; } }"));
  EXPECT_TRUE(accepted.accepts("P", of_protocol(Protocol::static_, "10.0.0.0/8")));
}

// One result of a policy for each community: 1 accepts, 2 rejects, 3 next policy, none falls off.
std::string chain_text(const std::string& expression) {
  std::string text = "policy-options {\n";
  for (const char* p : {"A", "B"})
    text += std::string(" policy-statement ") + p + " { term X { from community " + p +
            "1; then { tag 1; accept; } } term Y { from community " + p +
            "2; then { tag2 2; reject; } } term Z { from community " + p + "3; then next policy; } }\n";
  for (int i = 1; i <= 3; ++i) {
    text += " community A" + std::to_string(i) + " members 1:" + std::to_string(i) + ";\n";
    text += " community B" + std::to_string(i) + " members 2:" + std::to_string(i) + ";\n";
  }
  text += " policy-statement LAST { then { metric 99; reject; } }\n}\n";
  text += "routing-options { autonomous-system 64500; }\n";
  text += "protocols { bgp { group E { type external; peer-as 64501; import [ " + expression +
          " LAST ]; neighbor 192.0.2.1; } } }\n";
  return text;
}

enum class Result { accept, reject, next };
Result result_of(const std::string& expression, int a, int b) {
  Lowered l(chain_text(expression));
  std::vector<std::string> communities;
  if (a != 0) communities.push_back("1:" + std::to_string(a));
  if (b != 0) communities.push_back("2:" + std::to_string(b));
  Outcome out = evaluate(l.session("192.0.2.1").import_from.program, carrying("10.0.0.0/8", communities));
  if (out.accepted) return Result::accept;
  return out.route[Number::med] == 99u ? Result::next : Result::reject;
}

TEST(JunosTraps, J8Expressions) {
  auto plain = [](int x) { return x == 1 ? Result::accept : x == 2 ? Result::reject : Result::next; };
  for (int a = 0; a <= 3; ++a) {
    for (int b = 0; b <= 3; ++b) {
      Result first = plain(a), second = plain(b);
      EXPECT_EQ(result_of("( A && B )", a, b), first == Result::reject ? Result::reject : second) << a << b;
      EXPECT_EQ(result_of("( A || B )", a, b), first == Result::reject ? second : first) << a << b;
      EXPECT_EQ(result_of("!A", a, b), first == Result::reject ? Result::accept : Result::reject) << a << b;
      Result inverted = second == Result::reject ? Result::accept : Result::reject;
      EXPECT_EQ(result_of("( A && !B )", a, b), first == Result::reject ? Result::reject : inverted) << a << b;
      EXPECT_EQ(result_of("( ! ( A || B ) )", a, b),
                first == Result::reject && second == Result::reject ? Result::accept : Result::reject)
          << a << b;
    }
  }
}

// Each `!` of a list that grows line by line counts, though the list has one already; so does a name behind it.
TEST(JunosTraps, J8NegationsInLinesOfTheirOwn) {
  Lowered l(
      "set policy-options policy-statement A term X from tag 1\n"
      "set policy-options policy-statement A term X then reject\n"
      "set policy-options policy-statement B term X from tag 2\n"
      "set policy-options policy-statement B term X then reject\n"
      "set routing-options autonomous-system 64500\n"
      "set protocols bgp group G type internal\n"
      "set protocols bgp group G neighbor 192.0.2.1 export \"!A\"\n"
      "set protocols bgp group G neighbor 192.0.2.1 export \"!B\"\n"
      "set protocols bgp group G neighbor 192.0.2.2 export A\n"
      "set protocols bgp group G neighbor 192.0.2.2 export \"!A\"\n");
  EXPECT_TRUE(l.unmodelled().empty());
  EXPECT_EQ(l.session("192.0.2.1").export_to.policies, (std::vector<std::string>{"!A", "!B"}));
  EXPECT_EQ(l.session("192.0.2.2").export_to.policies, (std::vector<std::string>{"A", "!A"}));
}

TEST(JunosTraps, J8SubroutineDefaultAndEffects) {
  std::string definitions =
      "policy-statement S { term A { from community C; then { local-preference 7; reject; } } }"
      "community C members 64500:1;";
  Lowered l(policy_text(
      "term A { from policy S; then accept; }" + std::string(" term LAST { then { tag 9; reject; } }"), definitions));
  EXPECT_TRUE(l.accepts("P", bgp("10.0.0.0/8")));  // unmatched: the default of BGP
  EXPECT_FALSE(l.accepts("P", of_protocol(Protocol::static_, "10.0.0.0/8")));
  Outcome out = l.run("P", carrying("10.0.0.0/8", {"64500:1"}));
  EXPECT_FALSE(out.accepted);
  EXPECT_EQ(out.route[Number::local_pref], 7u);  // what S did persists
  EXPECT_EQ(out.route[Number::tag], 9u);
}

TEST(JunosTraps, J8SubroutineRunsOnlyWhenTheRestHolds) {
  Lowered l(policy_text("term A { from { protocol static; policy S; } then accept; } term B { then accept; }",
                        "policy-statement S { then { local-preference 7; accept; } }"));
  EXPECT_FALSE(l.run("P", bgp("10.0.0.0/8")).route[Number::local_pref].has_value());
  EXPECT_EQ(l.run("P", of_protocol(Protocol::static_, "10.0.0.0/8")).route[Number::local_pref], 7u);
}

TEST(JunosTraps, J9LastOfAFamilyAndOrder) {
  Lowered l(policy_text(
      "term A { then { accept; local-preference 100; local-preference add 5; as-path-expand last-as count 2; "
      "as-path-prepend 7; as-path-prepend \"8 9\"; origin egp; origin incomplete; metric 5; metric 6; } }"));
  Route in = bgp("10.0.0.0/8");
  in[Number::local_pref] = 50;
  Outcome out = l.run("P", in);
  EXPECT_TRUE(out.accepted);
  EXPECT_EQ(out.route[Number::local_pref], 55u);               // only `add 5` is kept
  EXPECT_EQ(out.route.as_path, path_of({8, 8, 8, 9, 64496}));  // prepend before expand
  EXPECT_EQ(out.route.origin, Origin::incomplete);
  EXPECT_EQ(out.route[Number::med], 6u);
  Lowered reject(policy_text("term A { then { accept; reject; } }"));
  EXPECT_FALSE(reject.accepts("P", bgp("10.0.0.0/8")));
}

TEST(JunosTraps, J9CommunityActionsAllInOrder) {
  std::string definitions = "community A members 64500:1; community B members 64500:2; community C members 64500:3;";
  Lowered l(
      policy_text("term A { then { community add A; community set B; community add C; community delete B; accept; } }",
                  definitions));
  EXPECT_EQ(l.run("P", bgp("10.0.0.0/8")).route.communities, (Communities{*parse_community("64500:3")}));
  Lowered signs(policy_text("term A { then { community = A; community + B; community - A; accept; } }", definitions));
  EXPECT_EQ(signs.run("P", bgp("10.0.0.0/8")).route.communities, (Communities{*parse_community("64500:2")}));
}

TEST(JunosTraps, J10LaterTermsSeeEarlierWrites) {
  Lowered l(
      policy_text("term A { then { community add C; local-preference 7; as-path-prepend 9; } }"
                  "term B { from { community C; local-preference 7; as-path NINE; } then accept; }" +
                      kRejectRest,
                  "community C members 64500:1; as-path NINE \"9 .*\";"));
  EXPECT_TRUE(l.accepts("P", bgp("10.0.0.0/8")));
}

TEST(JunosTraps, J11AsPathsAreTokensAndAnchored) {
  auto accepts = [](const std::string& expression, std::vector<Asn> path) {
    Lowered l(
        policy_text("term A { from as-path X; then accept; }" + kRejectRest, "as-path X \"" + expression + "\";"));
    EXPECT_TRUE(l.unmodelled().empty()) << expression;
    return l.accepts("P", with_path(std::move(path)));
  };
  EXPECT_FALSE(accepts(".*100", {65100}));
  EXPECT_FALSE(accepts("65.*", {65102}));
  EXPECT_TRUE(accepts("65102.*", {65102, 1}));
  EXPECT_TRUE(accepts("1234", {1234}));
  EXPECT_TRUE(accepts("^1234$", {1234}));
  EXPECT_FALSE(accepts("1234", {1234, 1}));
  EXPECT_TRUE(accepts("()", {}));
  EXPECT_FALSE(accepts("()", {1}));
  EXPECT_TRUE(accepts(".* (64512-65535) .*", {1, 64512, 2}));
  EXPECT_FALSE(accepts(".* (64512-65535) .*", {1, 64511}));
  EXPECT_TRUE(accepts("[5 10-12]{2,3}", {5, 11}));
  EXPECT_FALSE(accepts("[5 10-12]{2,3}", {5}));
  EXPECT_TRUE(accepts("1 (2|3 4)+ 5?", {1, 3, 4, 2}));
  EXPECT_TRUE(accepts(".*1.* | .*174.*", {3, 174, 9}));
  EXPECT_FALSE(accepts(".*1.* | .*174.*", {3, 1741, 11}));
  EXPECT_TRUE(accepts("1.0 .", {65536, 5}));
}

TEST(JunosTraps, J11BadExpressionIsFree) {
  Lowered l(policy_text("term A { from as-path X; then accept; }" + kRejectRest, "as-path X \"1 ( 2\";"));
  EXPECT_EQ(l.count("BP114"), 1u);
  EXPECT_EQ(l.unmodelled().size(), 1u);
}

TEST(JunosTraps, J14HostBitsAreMasked) {
  Lowered l(policy_text("term A { from { route-filter 10.1.2.3/8 exact; prefix-list X; } then accept; }" + kRejectRest,
                        "prefix-list X { 172.16.9.9/12; 192.0.2.1; }"));
  EXPECT_TRUE(l.accepts("P", bgp("10.0.0.0/8")));
  EXPECT_TRUE(l.accepts("P", bgp("172.16.0.0/12")));
  EXPECT_TRUE(l.accepts("P", bgp("192.0.2.1/32")));
}

TEST(JunosTraps, J15NeighborReplacesGroup) {
  Lowered l(
      "policy-options { policy-statement G { then { tag 1; accept; } } policy-statement N { then { tag 2; accept; } } "
      "}\n"
      "routing-options { autonomous-system 64500; }\n"
      "protocols { bgp { import G; group E { type external; peer-as 64501; import G;\n"
      " neighbor 192.0.2.1 { import N; } neighbor 192.0.2.2 { inactive: import N; } neighbor 192.0.2.3; } } }\n");
  auto tag = [&](const char* neighbor) {
    return evaluate(l.session(neighbor).import_from.program, bgp("10.0.0.0/8")).route[Number::tag];
  };
  EXPECT_EQ(tag("192.0.2.1"), 2u);
  EXPECT_EQ(tag("192.0.2.2"), 1u);
  EXPECT_EQ(tag("192.0.2.3"), 1u);
}

// Behind an expression in which a `default-action` was met, static routes leave in one reading.
TEST(JunosTraps, ADefaultOfAnOperandIsAskedBothWays) {
  Lowered l(
      "routing-options { autonomous-system 64500; }\n"
      "protocols { bgp { group G { type external; peer-as 64501; export ( A || B ); neighbor 192.0.2.1; } } }\n"
      "policy-options { policy-statement A { term S { from protocol static; then default-action accept; } }\n"
      " policy-statement B { term L { then reject; } } }\n");
  const Program& program = l.session("192.0.2.1").export_to.program;
  Route route = of_protocol(Protocol::static_, "198.51.100.0/24");
  Outcome forgotten = evaluate(program, route);
  EXPECT_FALSE(forgotten.accepted);
  EXPECT_TRUE(forgotten.assumptions.contains("junos.default-action-in-expression"));
  Choices kept = reading("junos.default-action-in-expression", "kept");
  Outcome open = evaluate(program, route, kept);
  ASSERT_EQ(open.met.size(), 1u);
  kept.lines[open.met[0]].matches = true;
  EXPECT_TRUE(evaluate(program, route, kept).accepted);
}

}  // namespace
}  // namespace bgproof::junos::testing
