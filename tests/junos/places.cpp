// Every statement of the model names its lines; what has no meaning is a choice at its line; big inputs stay cheap.
#include "grammar/junos/as_path.h"
#include "policy/visit.h"
#include "tests/junos/lowered.h"

namespace bgproof::junos::testing {
namespace {

TEST(JunosPlaces, DispositionsConditionsAndClauses) {
  Lowered l(
      policy_text("term A { from { protocol bgp; community C; } then { local-preference 5; accept; } } then reject;",
                  "community C members 64500:1;"));
  Outcome out = l.run("P", carrying("10.0.0.0/8", {"64500:1"}));
  EXPECT_EQ(l.text(out.decided_at), "accept");
  const Policy& policy = l.device().library->policies[*out.decided_by.policy];
  const Clause& clause = policy.clauses[out.decided_by.clause];
  EXPECT_EQ(clause.name, "A");
  ASSERT_EQ(clause.conditions.size(), 2u);
  EXPECT_EQ(l.text(clause.conditions[0]), "protocol bgp");
  EXPECT_EQ(l.text(clause.conditions[1]), "community C");
  Outcome rejected = l.run("P", bgp("10.0.0.0/8"));
  EXPECT_EQ(l.text(rejected.decided_at), "reject");
  EXPECT_EQ(policy.clauses[rejected.decided_by.clause].name, "(unnamed)");
}

TEST(JunosPlaces, EveryStatementHasARange) {
  Lowered l(
      "routing-options { autonomous-system 64500; }\n"
      "protocols { bgp { group E { type external; peer-as 64501; local-preference 5; metric-out 5; remove-private; "
      "as-override; "
      "import [ A ( A && !B ) ]; export B; neighbor 192.0.2.2; } } }\n"
      "policy-options { policy-statement A { term T { from { policy B; route-filter 10.0.0.0/8 exact { tag 1; } } then "
      "{ metric add 1; "
      "next-hop self; community add C; community delete C; } } }\n"
      "policy-statement B { term T { from { as-path X; family inet; } then { default-action reject; trace; next "
      "policy; } } }\n"
      "community C members 64500:1; as-path X \"1 .*\"; }\n");
  auto ranged = [&](const std::vector<Clause>& clauses) {
    for (const Clause& clause : clauses) EXPECT_TRUE(clause.range.known() || clause.name == "(default)") << clause.name;
    walk(clauses, [&](const bgproof::Statement& each) {
      EXPECT_TRUE(each.range.known() || std::holds_alternative<DecideByDefault>(each.is)) << each.is.index();
    });
  };
  for (const Policy& policy : l.device().library->policies) ranged(policy.clauses);
  for (const Session& session : l.device().sessions)
    for (const Attachment* each : {&session.import_from, &session.export_to}) {
      ranged(each->program.entry);
      ranged(each->program.rewrite);
    }
}

TEST(JunosPlaces, UnknownLinesAreChoicesAtTheirLines) {
  Lowered l(policy_text("term A { from { sunshine high; protocol bgp; } then { dance; accept; } } sing;"));
  ASSERT_EQ(l.unmodelled().size(), 4u);
  EXPECT_EQ(l.text(l.unmodelled()[0].range), "sunshine high");
  EXPECT_EQ(l.text(l.unmodelled()[1].range), "dance");  // whether it sets the next hop
  EXPECT_EQ(l.text(l.unmodelled()[2].range), "dance");
  EXPECT_EQ(l.text(l.unmodelled()[3].range), "sing");
  EXPECT_EQ(l.count("BP117"), 3u);
  // A free conjunct: it can't match what another condition excludes.
  Route route = of_protocol(Protocol::static_, "10.0.0.0/8");
  for (const ChoiceKey& key : l.run("P", route).met) EXPECT_NE(key.choice.value, 0u);
}

TEST(JunosPlaces, WhatCannotBeReadIsNeverNothing) {
  // A statement without its end: in the policy, in policy-options, in a session.
  Lowered term(policy_text("term A {\n from {\n protocol bgp\n community C;\n }\n then accept;\n }",
                           "community C members 64500:1;"));
  EXPECT_FALSE(term.unmodelled().empty() && term.device().not_checked.empty());
  Lowered options("policy-options {\n prefix-list A\n policy-statement P { then accept; }\n}\n");
  EXPECT_FALSE(options.device().not_checked.empty());
  Lowered group(
      "protocols { bgp { group E {\n type external;\n apply-groups GONE; peer-as 64501; neighbor 192.0.2.1; } } }\n");
  EXPECT_FALSE(group.unmodelled().empty() && group.device().not_checked.empty());
  Lowered whole("policy-options { policy-statement P { then accept; }\n");
  EXPECT_FALSE(whole.device().not_checked.empty());
}

TEST(JunosPlaces, RecursionIsFreeAndTold) {
  Lowered l(policy_text("term A { from policy Q; then accept; } then reject;",
                        "policy-statement Q { term A { from policy P; then reject; } then accept; }"));
  EXPECT_EQ(l.count("BP115"), 1u);
  EXPECT_FALSE(l.run("P", bgp("10.0.0.0/8")).met.empty());
}

TEST(JunosPlaces, UndefinedNames) {
  Lowered l(policy_text("term A { from { prefix-list X; as-path Y; policy Z; } then accept; }"));
  EXPECT_EQ(l.count("BP111"), 1u);
  EXPECT_EQ(l.count("BP113"), 1u);
  EXPECT_EQ(l.count("BP110"), 1u);
  EXPECT_EQ(l.unmodelled().size(), 3u);
}

TEST(JunosPlaces, SetFormGivesTheSameModel) {
  Lowered curly(
      policy_text("term A { from { protocol [ bgp static ]; prefix-list-filter X orlonger; } then { metric { igp 5; } "
                  "accept; } } then reject;",
                  "prefix-list X { 10.0.0.0/8; }"));
  Lowered set(
      "set policy-options policy-statement P term A from protocol bgp\n"
      "set policy-options policy-statement P term A from protocol static\n"
      "set policy-options policy-statement P term A from prefix-list-filter X orlonger\n"
      "set policy-options policy-statement P term A then metric igp 5\n"
      "set policy-options policy-statement P term A then accept\n"
      "set policy-options policy-statement P then reject\n"
      "set policy-options prefix-list X 10.0.0.0/8\n");
  for (const char* prefix : {"10.1.0.0/16", "11.0.0.0/8", "2001:db8::/32"})
    for (Protocol protocol : {Protocol::static_, Protocol::direct})
      EXPECT_EQ(curly.accepts("P", of_protocol(protocol, prefix)), set.accepts("P", of_protocol(protocol, prefix)))
          << prefix;
  EXPECT_EQ(curly.unmodelled().size(), set.unmodelled().size());
}

TEST(JunosPlaces, OnePrefixListForAllUses) {
  std::string text = "prefix-list X {";
  for (int i = 0; i < 1000; ++i) text += " 10." + std::to_string(i / 256) + "." + std::to_string(i % 256) + ".0/24;";
  Lowered l(
      policy_text("term A { from prefix-list X; then accept; } term B { from { prefix-list X; tag 1; } then reject; }",
                  text + " }"));
  std::set<const PrefixList*> lists;
  auto look = [&](const Condition& each) {
    if (const auto* in = std::get_if<PrefixIn>(&each.is)) lists.insert(in->list.get());
  };
  for (const Policy& policy : l.device().library->policies)
    walk(policy.clauses, [&](const bgproof::Statement& each) {
      for (const Condition* condition : conditions_of(each)) walk(*condition, look);
    });
  ASSERT_EQ(lists.size(), 1u);
  EXPECT_EQ((*lists.begin())->entries.size(), 1000u);
  EXPECT_TRUE(l.accepts("P", bgp("10.3.231.0/24")));
}

TEST(JunosPlaces, AsPathErrorsNameThePlace) {
  for (const char* bad : {"1 (2", "1 )", "[ ]", "5-3", "x", "1 ^ 2", "1{3,2}", "*", "99999999999"}) {
    auto parsed = parse_as_path(bad);
    EXPECT_TRUE(std::holds_alternative<AsPathError>(parsed)) << bad;
  }
  std::string deep(100000, '(');
  EXPECT_TRUE(std::holds_alternative<AsPathError>(parse_as_path(deep)));
}

}  // namespace
}  // namespace bgproof::junos::testing
