// `bgproof trace` as a user runs it.
#include "tests/cli/program.h"
#include "tests/cli/small_network.h"

namespace bgproof {
namespace {

class TraceTest : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("net/edge01.conf", small_config());
  }
  Ran trace(const std::string& route, std::vector<std::string> more = {"--policy", "TO-PEER@edge01"}) const {
    std::vector<std::string> arguments = {"trace", "--route", route};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.push_back("net");
    return run(arguments);
  }
};

TEST_F(TraceTest, EachClauseWithItsConditionsAndTheEnd) {
  Ran ran = trace("prefix=10.0.0.0/8 as-path=64501 64502");
  EXPECT_EQ(ran.status, 0) << ran.err;
  for (const char* part : {"1  TO-PEER/OWN", "does not match", "prefix-list OWN;",
                           "false: 10.0.0.0/8 is not in it; nearest: 198.51.100.0/24", "2  TO-PEER/REST",
                           "^^^^^^ reject", "rejected by TO-PEER/REST"})
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << "\n" << ran.out;
  ran = trace("prefix=198.51.100.0/24");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("true: 198.51.100.0/24 is in 198.51.100.0/24"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("accepted by TO-PEER/OWN"), std::string::npos) << ran.out;
}

TEST_F(TraceTest, WhatIsNotGivenIsSaid) {
  Ran ran = trace("prefix=10.0.0.0/8");
  EXPECT_NE(ran.out.find("= not given   so taken: route-type external, as-path 64496"), std::string::npos) << ran.out;
  ran = trace("prefix=10.0.0.0/8 protocol=static");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out.find("as-path"), std::string::npos) << ran.out;
}

TEST_F(TraceTest, ASessionInBothDirectionsWithItsDefault) {
  Ran ran = trace("prefix=198.51.100.0/24", {"--neighbor", "192.0.2.1@edge01"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("(import from 192.0.2.1)"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("(default)"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("(export to 192.0.2.1)"), std::string::npos) << ran.out;
  ran = trace("prefix=198.51.100.0/24", {"--neighbor", "192.0.2.1@edge01", "--export"});
  EXPECT_EQ(ran.out.find("(import from"), std::string::npos) << ran.out;
  EXPECT_EQ(trace("prefix=2001:db8::/32", {"--neighbor", "192.0.2.1@edge01"}).status, 2);
}

TEST_F(TraceTest, BothOutcomesOfWhatIsNotModelled) {
  write("net/edge01.conf", small_config("edge01", "prefix-list OWN; made-up-condition;"));
  Ran ran = trace("prefix=198.51.100.0/24");
  EXPECT_EQ(ran.status, 3) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("it could end otherwise"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("= otherwise"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("accepted by TO-PEER/OWN"), std::string::npos) << ran.out;
  // Beside a condition that fails it does not matter.
  EXPECT_EQ(trace("prefix=10.0.0.0/8").status, 0);
}

TEST_F(TraceTest, TheWitnessOfAFindingByItsId) {
  write("net/edge01.conf", small_config("edge01", "protocol bgp;"));
  write("net/a.intent", small_intent());
  Ran checked = run({"check", "--out", "json", "net"});
  EXPECT_EQ(checked.status, 1);
  size_t at = checked.out.find("\"id\": \"") + 7;
  std::string id = checked.out.substr(at, 16);
  Ran ran = run({"trace", id.substr(0, 8), "net"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("accepted by TO-PEER/OWN"), std::string::npos) << ran.out;
  ran = run({"trace", "ffffff", "net"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find(id), std::string::npos) << ran.err;
}

TEST_F(TraceTest, MistakesAreStatusTwo) {
  EXPECT_EQ(trace("as-path=64501").status, 2);
  EXPECT_EQ(trace("prefix=10.0.0.1/8").status, 2);
  Ran ran = trace("prefix=10.0.0.0/8 comunity=64500:1");
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("did you mean `community`?"), std::string::npos) << ran.err;
  EXPECT_EQ(trace("prefix=10.0.0.0/8 as-path=1 {2").status, 2);
  EXPECT_EQ(trace("prefix=10.0.0.0/8 as-path=empty route-type=external").status, 2);
  EXPECT_EQ(trace("prefix=10.0.0.0/8 med=4294967296").status, 2);
  EXPECT_EQ(trace("prefix=10.0.0.0/8 med=1 med=2").status, 2);
  EXPECT_EQ(trace("prefix=10.0.0.0/8", {}).status, 2);
  EXPECT_EQ(run({"trace"}).status, 2);
}

TEST_F(TraceTest, JsonHasEveryStepWithItsConditions) {
  Ran ran = run({"trace", "--route", "prefix=10.0.0.0/8", "--policy", "TO-PEER", "--out", "json", "net"});
  EXPECT_EQ(ran.status, 0);
  for (const char* part : {"\"schema\": \"bgproof.trace/1\"", "\"accepted\": false", "\"holds\": false",
                           "\"why\": \"10.0.0.0/8 is not in it; nearest: 198.51.100.0/24\"", "\"certain\": true"})
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << ran.out;
}

}  // namespace
}  // namespace bgproof
