// `bgproof lint` and the smells in `check`, as a user runs them.
#include <fmt/format.h>

#include "tests/cli/program.h"
#include "tests/cli/small_network.h"

namespace bgproof {
namespace {

class LintTest : public ProgramTest {};

TEST_F(LintTest, AConfigThatIsFineIsSaidToBe) {
  write("net/edge01.conf", small_config());
  Ran ran = run({"lint", "net"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out, "0 smells on 1 device, 1 policy\n");
  EXPECT_EQ(run({"lint", "--strict", "net"}).status, 0);
}

TEST_F(LintTest, ASmellIsNoFailureUnlessStrict) {
  write("net/edge01.conf", small_config("edge01", "inactive: prefix-list OWN;"));
  Ran ran = run({"lint", "net"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("warning[BP801]: term OWN has lost its conditions"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("warning[BP803]: nothing comes past clause OWN of TO-PEER"), std::string::npos) << ran.out;
  EXPECT_EQ(run({"lint", "--strict", "net"}).status, 1);
}

TEST_F(LintTest, CheckHasTheWarningsAndTheSameStatus) {
  write("net/edge01.conf", small_config("edge01", "prefix-list OWN; inactive: prefix-list OTHER;"));
  write("net/a.intent", small_intent());
  EXPECT_EQ(run({"check", "net"}).status, 0);
  EXPECT_EQ(run({"check", "--strict", "net"}).status, 0);
  std::string config = small_config();
  size_t rest = config.find("        term REST");
  config.insert(rest,
                "        term AGAIN {\n            from { prefix-list OWN; }\n            then reject;\n        }\n");
  write("net/edge01.conf", config);
  // What takes a proof is looked for only if it counts.
  EXPECT_EQ(run({"check", "net"}).out.find("BP802"), std::string::npos);
  Ran ran = run({"check", "--strict", "net"});
  EXPECT_EQ(ran.status, 1) << ran.out;
  EXPECT_NE(ran.out.find("warning[BP802]: no route can meet clause AGAIN of TO-PEER: OWN decides all"),
            std::string::npos)
      << ran.out;
}

// A chain may go on behind the policy, and reject what falls off its end.
TEST_F(LintTest, AClauseThatAcceptsIsNotIdleIfAPolicyBehindMayReject) {
  auto config = [](const std::string& terms) {
    return "system { host-name edge01; }\nrouting-options { autonomous-system 64500; }\nprotocols { bgp { group UP { "
           "type external; peer-as 64501; export [ CUST DENY ]; neighbor 192.0.2.1; } } }\npolicy-options {\n"
           "  policy-statement CUST {\n" +
           terms +
           "  }\n  policy-statement DENY { then reject; }\n  community CU members 64500:1;\n"
           "  prefix-list PL { 198.51.100.0/24; }\n}\n";
  };
  auto is_told = [&](const std::string& terms) {
    write("net/edge01.conf", config(terms));
    return run({"lint", "--strict", "net"}).out.find("BP804") != std::string::npos;
  };
  const std::string term = "    term c { from { protocol bgp; community CU; } then accept; }\n";
  EXPECT_FALSE(is_told(term));
  EXPECT_TRUE(is_told(term + "    term d { from protocol bgp; then accept; }\n"));
  EXPECT_FALSE(is_told(term + "    term d { from protocol static; then { tag 5; next policy; } }\n"));
  EXPECT_FALSE(is_told("    term c { from community CU; then default-action accept; }\n"));
  // What it does, or keeps from being done, for others than BGP.
  const std::string rest = "    term d { then accept; }\n";
  EXPECT_TRUE(is_told("    term a { from { prefix-list PL; } then accept; }\n" + rest));
  for (const char* act : {"priority low", "install-nexthop lsp one", "damping gentle"})
    EXPECT_FALSE(
        is_told("    term a { from { prefix-list PL; } then { " + std::string(act) + "; accept; } }\n" + rest));
  EXPECT_FALSE(
      is_told("    term a { from { prefix-list PL; } then accept; }\n"
              "    term d { then { priority low; accept; } }\n"));
}

TEST_F(LintTest, AnEntryOfARouteMapIsNotIdleIfItActsForOthersThanBgp) {
  auto is_told = [&](const std::string& line) {
    write("net/edge01.conf",
          "version 17.9\nhostname edge01\n!\nrouter bgp 64500\n neighbor 192.0.2.1 remote-as 64501\n"
          " neighbor 192.0.2.1 route-map OUT out\n!\nip prefix-list PL seq 5 permit 203.0.113.0/24\n!\n"
          "route-map OUT permit 10\n match ip address prefix-list PL\n" +
              line + "route-map OUT permit 20\n!\nend\n");
    return run({"lint", "--strict", "net"}).out.find("BP804") != std::string::npos;
  };
  EXPECT_TRUE(is_told(""));
  for (const char* line : {"traffic-index 5", "dampening 30 1500 10000 120", "ip precedence 5", "metric-type type-1"})
    EXPECT_FALSE(is_told(" set " + std::string(line) + "\n")) << line;
}

// Who shadows whom in a policy of very many clauses; nobody would wait for an encoding for each suspect.
TEST_F(LintTest, ManyClauses) {
  std::string lists, terms;
  for (int i = 0; i < 200; ++i) {
    lists += fmt::format("  prefix-list L{} {{ 10.{}.{}.0/24; }}\n", i, i / 200, i % 200);
    // Every fiftieth asks for what term 7 has.
    terms += fmt::format("    term t{} {{ from {{ prefix-list L{}; }} then {{ local-preference {}; accept; }} }}\n", i,
                         i % 50 == 49 ? 7 : i, i);
  }
  write("net/edge01.conf",
        "system { host-name edge01; }\nrouting-options { autonomous-system 64500; }\nprotocols { bgp { group UP { "
        "type external; peer-as 64501; export P; neighbor 192.0.2.1; } } }\npolicy-options {\n" +
            lists + "  policy-statement P {\n" + terms + "    term empty;\n    term last { then reject; }\n  }\n}\n");
  Ran ran = run({"lint", "net"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("no route can meet clause t49 of P: t7 decides all"), std::string::npos) << ran.out;
  for (int dead : {99, 149, 199})  // without term 7 it is term 49 that decides them
    EXPECT_NE(ran.out.find(fmt::format("no route can meet clause t{} of P: the clauses before it decide all", dead)),
              std::string::npos)
        << dead;
  EXPECT_NE(ran.out.find("BP808"), std::string::npos);  // the lists that nobody names
  size_t told = 0;
  for (size_t at = 0; (at = ran.out.find("[BP802]", at)) != std::string::npos; ++at) ++told;
  EXPECT_EQ(told, 4u);
}

TEST_F(LintTest, EqualSmellsOfManyDevicesAreOne) {
  for (const char* host : {"edge01", "edge02", "edge03"})
    write(std::string("net/") + host + ".conf", small_config(host, "inactive: prefix-list OWN;"));
  Ran ran = run({"lint", "net"});
  size_t first = ran.out.find("warning[BP803]");
  ASSERT_NE(first, std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("warning[BP803]", first + 1), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("= also in     net/edge02.conf"), std::string::npos) << ran.out;
}

TEST_F(LintTest, RowsOfIntents) {
  write("net/edge01.conf", small_config());
  write("net/a.intent",
        "intent 1\nrole peer = as 64501\nset own = { 198.51.100.0/24 }\nexport to role peer {\n"
        "  may [all] prefix in own orlonger\n  may [strict] prefix in own exact then strip no-export\n}\n");
  Ran ran = run({"lint", "net"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("warning[BP223]: [strict] is idle: [all] allows all"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("note[BP224]"), std::string::npos) << ran.out;
}

// A never row is told only if it forbids nothing in any session of its block.
TEST_F(LintTest, NeverRowsThatForbidNothing) {
  write("net/edge01.conf", small_config());
  auto told = [&](const std::string& rows) {
    write("net/a.intent",
          "intent 1\nrole peer = as 64501\nset own = { 198.51.100.0/24 }\nexport to role peer {\n" + rows + "}\n");
    Ran ran = run({"lint", "net"});
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
    return ran.out.find("note[BP225]") != std::string::npos;
  };
  const std::string own = "  may [own] prefix in own orlonger and originated\n";
  EXPECT_TRUE(told(own + "  never prefix in { 10.0.0.0/8 } orlonger\n"));
  EXPECT_TRUE(told(own + "  never len v4 < 8 and len v4 > 16\n"));
  EXPECT_TRUE(told(own + "  never len v6 0..128\n"));
  EXPECT_FALSE(told(own + "  never prefix in { 198.51.100.128/25 } orlonger\n"));
  EXPECT_FALSE(told(own + "  never has 64500:1\n"));
  EXPECT_TRUE(told(own + "  never learned-from provider\n"));
  EXPECT_FALSE(told(own + "  may path-len < 5\n  never prefix in { 10.0.0.0/8 } orlonger\n"));
  EXPECT_FALSE(told("  never any\n"));
}

TEST_F(LintTest, WhatCannotBeReadIsNotClean) {
  write("net/edge01.conf", small_config());
  std::string config = small_config("edge02");
  write("net/edge02.conf", config.substr(0, config.size() - 12));
  Ran ran = run({"lint", "net"});
  EXPECT_EQ(ran.status, 3) << ran.out;
  EXPECT_NE(ran.out.find("1 device was not looked at"), std::string::npos) << ran.out;
  EXPECT_EQ(run({"lint", "nowhere"}).status, 2);
}

TEST_F(LintTest, Json) {
  write("net/edge01.conf", small_config("edge01", "inactive: prefix-list OWN;"));
  Ran ran = run({"lint", "--out", "json", "net"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("\"schema\": \"bgproof.lint/1\""), std::string::npos);
  EXPECT_NE(ran.out.find("\"code\": \"BP803\""), std::string::npos);
  EXPECT_EQ(run({"lint", "--out", "json", "net"}).out, ran.out);
}

class ExplainTest : public ProgramTest {};

TEST_F(ExplainTest, CodesAssumptionsAndRules) {
  Ran ran = run({"explain", "bp301"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("a sample that fails, tests/golden/junos/j02-prefix-list-deleted.conf"), std::string::npos);
  EXPECT_NE(ran.out.find("one that passes"), std::string::npos);
  for (const char* name : {"junos.route-type-internal", "junos/route-type-internal"}) {
    ran = run({"explain", name});
    EXPECT_EQ(ran.status, 0) << name;
    EXPECT_NE(ran.out.find("readings    bgp, not-external"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("routes from iBGP"), std::string::npos) << ran.out;
  }
  ran = run({"explain", "junos/prefix-list-filter"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("alternatives of one group"), std::string::npos) << ran.out;
  ran = run({"explain", "J4"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("j04-prefix-matches-are-alternatives"), std::string::npos) << ran.out;
}

TEST_F(ExplainTest, ListsAndNearNames) {
  EXPECT_NE(run({"explain", "rules"}).out.find("junos/route-type-internal\n"), std::string::npos);
  EXPECT_NE(run({"explain", "codes"}).out.find("BP802"), std::string::npos);
  Ran ran = run({"explain", "junos/route-type-intern"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("did you mean `junos/route-type-internal`?"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace bgproof
