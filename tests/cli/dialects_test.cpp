// Questions without intents, and traces, on the dialects of route maps as on Junos: the same network, written five
// times.
#include <nlohmann/json.hpp>

#include "tests/cli/edited_configs.h"
#include "tests/cli/program.h"

namespace bgproof {
namespace {

using Json = nlohmann::json;

class DialectsTest : public ProgramTest, public testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("net/" + std::string(GetParam()) + "-r1.conf", edited_config(GetParam()));
  }
  bool is_junos() const { return std::string(GetParam()) == "junos"; }
  // "10" and "OWN", "20" and "CUST".
  std::string clause(const char* entry, const char* term) const { return is_junos() ? term : entry; }
};

TEST_P(DialectsTest, QueryFindsARouteOrProvesThatThereIsNone) {
  Ran ran = run({"query", "TO-PEER@r1", "has 64500:1", "net", "--out", "json"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  Json report = Json::parse(ran.out);
  std::set<std::string> clauses;
  for (const Json& route : report["answers"][0]["routes"]) {
    clauses.insert(route["clause"]);
    EXPECT_EQ(route["input"]["communities"], Json({"64500:1"}));
    EXPECT_FALSE(route["trace"].empty());
  }
  EXPECT_TRUE(clauses.contains("TO-PEER/" + clause("20", "CUST"))) << ran.out;
  EXPECT_EQ(run({"query", "TO-PEER@r1", "len v4 25..32 and lacks 64500:1", "net"}).status, 0);
  EXPECT_EQ(run({"query", "TO-PEER@r1", "has 64500:1 and not prefix in { 198.51.100.0/24, 203.0.113.0/24 }", "--then",
                 "med 5..5", "net"})
                .status,
            1);
  EXPECT_EQ(run({"query", "TO-PEER@r1", "prefix in { 192.0.2.0/24 } and lacks 64500:1", "--rejects", "net"}).status, 1);
}

TEST_P(DialectsTest, QueryOfASession) {
  EXPECT_EQ(run({"query", "192.0.2.1@r1", "import", "path matches <^AS64501 .*>", "net"}).status, 1);
  Ran none = run({"query", "192.0.2.1@r1", "import", "path matches <^AS64502 .*>", "net"});
  EXPECT_EQ(none.status, 0) << none.out;
  EXPECT_NE(none.out.find("none, proved"), std::string::npos) << none.out;
  EXPECT_EQ(run({"query", "192.0.2.1@r1", "import", "has 64500:", "net"}).status, 2);
}

TEST_P(DialectsTest, TraceShowsEachClauseAndEachChange) {
  Ran ran = run({"trace", "--route", "192.0.2.0/24 as-path=64501 community=64500:1", "--policy", "TO-PEER@r1", "net"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("  1  TO-PEER/" + clause("10", "OWN")), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("192.0.2.0/24 is not in it"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("  2  TO-PEER/" + clause("20", "CUST")), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("med none -> 5"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("accepted by TO-PEER/" + clause("20", "CUST")), std::string::npos) << ran.out;
  Ran rejected =
      run({"trace", "--route", "192.0.2.0/24 as-path=64502", "--neighbor", "192.0.2.1@r1", "--import", "net"});
  EXPECT_NE(rejected.out.find("rejected by FROM-PEER/" + clause("(default)", "(unnamed)")), std::string::npos)
      << rejected.out;
  Ran kept = run({"trace", "--route", "192.0.2.0/24 as-path=64501", "--neighbor", "192.0.2.1@r1", "--import", "net"});
  EXPECT_NE(kept.out.find("-> 120"), std::string::npos) << kept.out;
}

TEST_P(DialectsTest, TraceOfAFinding) {
  write("net/a.intent", "intent 1\npolicy \"TO-PEER\" {\n  may prefix in { 198.51.100.0/24, 203.0.113.0/24 }\n}\n");
  Ran checked = run({"check", "net", "--out", "json"});
  EXPECT_EQ(checked.status, 1) << checked.err;
  Json report = Json::parse(checked.out);
  Json finding = report["checks"][0]["findings"][0];
  Ran ran = run({"trace", finding["id"].get<std::string>().substr(0, 8), "net", "--out", "json"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  Json trace = Json::parse(ran.out)["traces"][0];
  EXPECT_EQ(trace["input"], finding["input"]);
  EXPECT_EQ(trace["output"], finding["output"]);
  EXPECT_EQ(trace["clause"], finding["clause"]);
  EXPECT_GE(trace["steps"].size(), 2u);
}

TEST_P(DialectsTest, LintFindsTheSameSmells) {
  std::string text = edited_config(GetParam());
  auto replaced = [&](const std::string& what, const std::string& with) {
    size_t at = text.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    text.replace(at, what.size(), with);
  };
  // An entry behind the others that meets what the first one has decided, one that does what happens anyway, a list of
  // nobody.
  if (is_junos()) {
    replaced("        term REST {\n",
             "        term AGAIN {\n            from {\n                prefix-list OWN;\n            }\n"
             "            then reject;\n        }\n        term REST {\n");
    replaced(
        "    policy-statement CLEAN {\n",
        "    policy-statement IDLE {\n        term DIRECT {\n            from protocol direct;\n            then "
        "reject;\n"
        "        }\n        term STATIC {\n            from protocol static;\n            then accept;\n        }\n"
        "        then accept;\n    }\n    prefix-list NOBODY {\n        10.0.0.0/8;\n    }\n    policy-statement CLEAN "
        "{\n");
  } else {
    replaced("route-map FROM-PEER permit 10\n",
             "route-map TO-PEER deny 30\n   match ip address prefix-list OWN\n"
             "route-map IDLE deny 10\n   match tag 5\nroute-map IDLE permit 20\n"
             "   match tag 6\nroute-map IDLE permit 30\n"
             "ip prefix-list NOBODY seq 5 permit 10.0.0.0/8\nroute-map FROM-PEER permit 10\n");
  }
  write("net/" + std::string(GetParam()) + "-r1.conf", text);
  Ran ran = run({"lint", "net", "--out", "json"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  std::set<std::string> said;
  Json report = Json::parse(ran.out);
  for (const Json& one : report["diagnostics"])
    said.insert(one["code"].get<std::string>() + " " + one["message"].get<std::string>());
  auto says = [&](const std::string& begin) {
    return std::any_of(said.begin(), said.end(), [&](const std::string& line) { return line.starts_with(begin); });
  };
  EXPECT_TRUE(says("BP802 no route can meet clause " + clause("30", "AGAIN") + " of TO-PEER")) << ran.out;
  EXPECT_TRUE(says("BP804 clause " + clause("20", "STATIC") + " of IDLE changes nothing")) << ran.out;
  EXPECT_TRUE(says("BP806 the last clause of IDLE accepts")) << ran.out;
  EXPECT_TRUE(says("BP807 policy IDLE is defined")) << ran.out;
  EXPECT_TRUE(says("BP808 prefix-list NOBODY is defined and never used")) << ran.out;
  EXPECT_FALSE(says("BP804 clause " + clause("20", "CUST") + " of TO-PEER")) << ran.out;
  EXPECT_FALSE(says("BP808 prefix-list OWN")) << ran.out;
}

TEST_P(DialectsTest, TwinsOfTheFamilies) {
  if (is_junos()) return;  // lint_test.cpp
  std::string text = edited_config(GetParam());
  const std::string four =
      "route-map SEND-V4 permit 10\n   match community CUST\n   set metric 5\n"
      "route-map SEND-V4 permit 20\n   match as-path P5\n";
  const std::string six = "route-map SEND-V6 permit 10\n   match community CUST\n   set metric 5\n";
  size_t at = text.find("route-map STATICS permit 10");
  write("net/" + std::string(GetParam()) + "-r1.conf", text.insert(at, four + six));
  Ran ran = run({"lint", "net"});
  EXPECT_NE(ran.out.find("warning[BP805]: SEND-V6 and SEND-V4 look like twins"), std::string::npos) << ran.out;
}

INSTANTIATE_TEST_SUITE_P(Of, DialectsTest, testing::Values("eos", "frr", "ios", "junos", "nxos"),
                         [](const testing::TestParamInfo<const char*>& value) { return std::string(value.param); });

}  // namespace
}  // namespace bgproof
