// `bgproof query` as a user runs it.
#include "tests/cli/program.h"
#include "tests/cli/small_network.h"

namespace bgproof {
namespace {

class QueryTest : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("net/edge01.conf", small_config());
  }
};

TEST_F(QueryTest, ARouteThatExistsIsStatusOne) {
  Ran ran = run({"query", "TO-PEER@edge01", "any", "net"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_NE(ran.out.find("found: TO-PEER on edge01 accepts a route with `any`"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("= route       198.51.100.0/24"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("= region      prefix in { 198.51.100.0/24 }"), std::string::npos) << ran.out;
}

TEST_F(QueryTest, NoneIsProvedAndStatusZero) {
  Ran ran = run({"query", "TO-PEER@edge01", "not prefix in { 198.51.100.0/24 }", "net"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("none, proved"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("at all"), std::string::npos) << ran.out;
}

TEST_F(QueryTest, FamiliesThatAreNotAskedAboutAreNamed) {
  write(
      "r.conf",
      "system { host-name r1; }\nrouting-options { autonomous-system 65000; }\n"
      "policy-options { policy-statement V { term a { from family inet; then reject; } then accept; } }\n"
      "protocols { bgp { group E { type external; peer-as 200; neighbor 192.0.2.1 { export V; family inet { unicast; } "
      "family inet6 { labeled-unicast { explicit-null; } } } } } }\n");
  Ran ran = run({"query", "192.0.2.1@r1", "export", "len v6 0..128", "r.conf"});
  EXPECT_EQ(ran.status, 3) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("not checked: the export of r1 to 192.0.2.1: inet6 labeled-unicast is exchanged too"),
            std::string::npos)
      << ran.out;
  ran = run({"query", "192.0.2.1@r1", "export", "len v6 0..128", "r.conf", "--out", "json"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.out.find("\"answer\": \"not_checked\""), std::string::npos) << ran.out;
  // What the condition excludes is not left out.
  ran = run({"query", "192.0.2.1@r1", "export", "len v4 0..32", "r.conf"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(ran.out.find("not checked"), std::string::npos) << ran.out;
  EXPECT_EQ(run({"query", "192.0.2.1@r1", "export", "not prefix in { ::/0 orlonger }", "r.conf"}).status, 0);
  EXPECT_EQ(run({"query", "192.0.2.1@r1", "export", "med = 5", "r.conf"}).status, 3);
  EXPECT_EQ(run({"query", "192.0.2.1@r1", "import", "any", "r.conf"}).status, 1);
}

TEST_F(QueryTest, AConditionThatNothingMeetsIsSaid) {
  Ran ran = run({"query", "TO-PEER@edge01", "len v4 < 8 and len v4 > 16", "net"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("no route that can be offered here meets the condition at all"), std::string::npos) << ran.out;
}

TEST_F(QueryTest, RejectsAsksForTheOthers) {
  EXPECT_EQ(run({"query", "TO-PEER", "prefix in { 198.51.100.0/24 }", "--rejects", "net"}).status, 0);
  Ran ran = run({"query", "TO-PEER", "len v4 0..32", "--rejects", "net"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("TO-PEER/REST"), std::string::npos) << ran.out;
}

TEST_F(QueryTest, ThenAsksOfTheResult) {
  EXPECT_EQ(run({"query", "TO-PEER@edge01", "any", "--then", "unchanged communities", "net"}).status, 1);
  // The policy adds nothing, so a route that did not carry it cannot have it.
  EXPECT_EQ(run({"query", "TO-PEER@edge01", "lacks 64500:1", "--then", "add 64500:1", "net"}).status, 0);
}

TEST_F(QueryTest, ASessionIsItsChainAndWhatItRewrites) {
  EXPECT_EQ(run({"query", "192.0.2.1@edge01", "export", "any", "net"}).status, 1);
  EXPECT_EQ(run({"query", "192.0.2.1@edge01", "export", "len v6 0..128", "net"}).status, 0);
  // No import policy: Junos takes everything.
  Ran ran = run({"query", "*@edge01", "import", "prefix in { 10.0.0.0/8 orlonger }", "net"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_NE(ran.out.find("from 192.0.2.1"), std::string::npos) << ran.out;
}

TEST_F(QueryTest, NamesOfTheIntentsAreWords) {
  write("net/intents/own.intent", "intent 1\nset own = { 198.51.100.0/24 }\nclass ours = prefix in own orlonger\n");
  EXPECT_EQ(run({"query", "TO-PEER@edge01", "ours", "net"}).status, 1);
  EXPECT_EQ(run({"query", "TO-PEER@edge01", "not ours", "net"}).status, 0);
}

TEST_F(QueryTest, WhatIsNotModelledMakesItPossible) {
  write("net/edge01.conf", small_config("edge01", "prefix-list OWN; made-up-condition;"));
  Ran ran = run({"query", "TO-PEER@edge01", "any", "net"});
  EXPECT_EQ(ran.status, 3) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("possible: "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("= depends on"), std::string::npos) << ran.out;
}

TEST_F(QueryTest, MistakesAreStatusTwoAndPointIntoTheCondition) {
  Ran ran = run({"query", "TO-PEER@edge01", "prefix im own", "net"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("--> the condition:1:8"), std::string::npos) << ran.err;
  EXPECT_EQ(run({"query", "TO-PEER@edge01", "any ) may ( any", "net"}).status, 2);
  EXPECT_EQ(run({"query", "TO-PEER@edge01", "any } policy \"X\" { may any", "net"}).status, 2);
  EXPECT_EQ(run({"query", "TO-PEER@edge01", "any then strip no-export", "net"}).status, 2);
  EXPECT_EQ(run({"query", "TO-PEER@edge01", "", "net"}).status, 2);
  EXPECT_EQ(run({"query", "TO-PEER@edge01", "any", "--rejects", "--then", "strip no-export", "net"}).status, 2);
  EXPECT_EQ(run({"query"}).status, 2);
}

TEST_F(QueryTest, MessagesSayNothingOfWhatIsWrittenAroundTheCondition) {
  auto err = [&](const std::string& condition) { return run({"query", "TO-PEER@edge01", condition, "net"}).err; };
  std::string end = err("len v4 24..");
  EXPECT_NE(end.find("expected a number, found the end"), std::string::npos) << end;
  std::string word = err("prefixx in { 10.0.0.0/8 }");
  EXPECT_NE(word.find("expected `and` or `or`, found `in`"), std::string::npos) << word;
  EXPECT_EQ(word.find("error", 1), std::string::npos) << word;
  EXPECT_NE(err("(any").find("expected `)`, `and` or `or`, found the end"), std::string::npos);
  EXPECT_NE(err("any )").find("a `)` that nothing has opened"), std::string::npos);
}

TEST_F(QueryTest, UnknownNamesAreAnsweredWithNearOnes) {
  Ran ran = run({"query", "TO-PER@edge01", "any", "net"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("did you mean `TO-PEER`?"), std::string::npos) << ran.err;
  ran = run({"query", "TO-PEER@edge1", "any", "net"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("did you mean `edge01`?"), std::string::npos) << ran.err;
  ran = run({"query", "203.0.113.77@edge01", "import", "any", "net"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("neighbors are 192.0.2.1"), std::string::npos) << ran.err;
}

TEST_F(QueryTest, JsonHasRouteTraceAndRegion) {
  Ran ran = run({"query", "TO-PEER@edge01", "any", "--out", "json", "net"});
  EXPECT_EQ(ran.status, 1);
  for (const char* part :
       {"\"schema\": \"bgproof.query/1\"", "\"answer\": \"exists\"", "\"prefix\": \"198.51.100.0/24\"", "\"trace\": [",
        "\"region\": [", "\"clause\": \"TO-PEER/OWN\""})
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << ran.out;
  EXPECT_EQ(run({"query", "TO-PEER@edge01", "any", "--out", "json", "net"}).out, ran.out);
}

}  // namespace
}  // namespace bgproof
