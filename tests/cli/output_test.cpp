// Outputs: where they go, that they are the same every time, and that they keep secrets.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/cli/small_network.h"

namespace bgproof {
namespace {

using Json = nlohmann::json;

class OutputTest : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("c/edge.conf", small_config("edge01", "protocol bgp;"));
    write("c/edge02.conf", small_config("edge02", "protocol bgp;"));
    write("intents/t.intent", small_intent());
  }
};

TEST_F(OutputTest, JsonIsTheSameInEveryRunAndWithEveryNumberOfThreads) {
  Ran one = run({"check", "c", "--out", "json", "--date", "2026-11-24", "-j", "1"});
  Ran two = run({"check", "c", "--out", "json", "--date", "2026-11-24", "-j", "8"});
  EXPECT_EQ(one.status, 1);
  EXPECT_GT(one.out.size(), 500u);
  EXPECT_EQ(one.out, two.out);
  Json json = Json::parse(one.out);
  EXPECT_EQ(json["schema"], "bgproof.report/1");
  EXPECT_EQ(json["date"], "2026-11-24");
  EXPECT_EQ(json["summary"]["violated"], 2);
  EXPECT_EQ(json["summary"]["causes"], 1);
  const Json& check = json["checks"][0];
  EXPECT_EQ(check["device"], "edge01");
  EXPECT_EQ(check["direction"], "export");
  EXPECT_EQ(check["sessions"], Json({"192.0.2.1"}));
  EXPECT_EQ(check["policies"], Json({"TO-PEER"}));
  EXPECT_EQ(check["families"], Json({"ipv4"}));
  EXPECT_EQ(check["intent"]["line"], 5);
  const Json& finding = check["findings"][0];
  EXPECT_EQ(finding["code"], "BP301");
  EXPECT_EQ(finding["clause"], "TO-PEER/OWN");
  EXPECT_EQ(finding["cause"], json["checks"][1]["findings"][0]["cause"]);
  EXPECT_NE(finding["id"], json["checks"][1]["findings"][0]["id"]);
  EXPECT_EQ(finding["input"]["family"], "ipv4");
  EXPECT_FALSE(finding["trace"].empty());
  EXPECT_FALSE(finding["region"].empty());
}

TEST_F(OutputTest, TextIsTheSameInEveryRun) {
  Ran one = run({"check", "c"}), two = run({"check", "c"});
  EXPECT_EQ(one.out, two.out);
  EXPECT_EQ(one.err, "");
}

TEST_F(OutputTest, TheEntryOfAListThatLetsARouteThroughIsShown) {
  const std::string lists =
      "ip prefix-list LONG seq 5 permit 203.0.113.0/24\nip prefix-list LONG seq 10 permit 198.51.100.0/24 le 26\n";
  const std::string router = "version 17.6\nhostname edge03\nrouter bgp 64500\n neighbor 192.0.2.9 remote-as 64501\n";
  std::map<std::string, std::string> ways = {
      {"by-list", router + " neighbor 192.0.2.9 prefix-list LONG out\n" + lists},
      {"by-map", router + " neighbor 192.0.2.9 route-map M out\n" + lists +
                     "route-map M permit 10\n match ip address prefix-list LONG\n"}};
  write("ios/intents/t.intent",
        "intent 1\nnetwork AS64500\nrole peer = as 64501\nexport to role peer { may prefix in { 203.0.113.0/24, "
        "198.51.100.0/24 } }\n");
  for (const auto& [name, text] : ways) {
    write("ios/" + name + ".cfg", text);
    Ran ran = run({"check", "ios/" + name + ".cfg", "--intents", "ios/intents"});
    EXPECT_EQ(ran.status, 1) << ran.err;
    EXPECT_NE(ran.out.find("ip prefix-list LONG seq 10 permit 198.51.100.0/24 le 26"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("the prefix is in this entry"), std::string::npos) << ran.out;
    EXPECT_EQ(ran.out.find("by default"), std::string::npos) << ran.out;
    Json report = Json::parse(run({"check", "ios/" + name + ".cfg", "--intents", "ios/intents", "--out", "json"}).out);
    const Json& entries = report["checks"][0]["findings"][0]["entries"];
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0]["text"], "ip prefix-list LONG seq 10 permit 198.51.100.0/24 le 26");
    EXPECT_EQ(entries[0]["location"]["line"], 7);
  }
}

TEST_F(OutputTest, QuestionsAreFilesOfTheSameBytes) {
  for (const char* directory : {"one", "two"}) run({"check", "c", "--dump-queries", directory, "--date", "2026-11-24"});
  auto files_in = [&](const std::string& directory) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(place_of(directory))) {
      std::string name = entry.path().filename();
      files.emplace(name, read(directory + "/" + name));
    }
    return files;
  };
  std::map<std::string, std::string> one = files_in("one"), two = files_in("two");
  EXPECT_EQ(one, two);
  ASSERT_GE(one.size(), 6u);
  auto broken = std::find_if(one.begin(), one.end(),
                             [](const auto& file) { return file.first.find("-broken.smt2") != std::string::npos; });
  ASSERT_NE(broken, one.end());
  EXPECT_EQ(broken->first.rfind("edge01-export-192.0.2.1-", 0), 0u);
  for (const char* has :
       {"; Z3: sat", "may [own] prefix in own exact", "protocol bgp;", "(set-logic QF_BV)", "(check-sat)"})
    EXPECT_NE(broken->second.find(has), std::string::npos) << has;
  EXPECT_EQ(broken->second.find("SeCrEtKeY"), std::string::npos);
}

TEST_F(OutputTest, ASecondSolverSaysTheSame) {
  Ran ran = run({"check", "c", "--cross-check", "--out", "text", "--out", "json=r.json"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("cvc5"), std::string::npos);
  EXPECT_NE(ran.out.find("and 0 undecided"), std::string::npos);
  Json checked = Json::parse(read("r.json"))["cross_check"];
  EXPECT_GE(checked["agreed"], 6);
  EXPECT_TRUE(checked["undecided"].empty());
}

TEST_F(OutputTest, SeveralOutputs) {
  Ran ran = run({"check", "c", "--out", "text", "--out", "json=r.json"});
  EXPECT_NE(ran.out.find("error[BP301]"), std::string::npos);
  EXPECT_EQ(Json::parse(read("r.json"))["summary"]["violated"], 2);
  EXPECT_EQ(run({"check", "c", "--out", "json=r.json"}).out, "");
}

TEST_F(OutputTest, ColourOnlyWhenAsked) {
  EXPECT_EQ(run({"check", "c"}).out.find('\x1b'), std::string::npos);
  EXPECT_NE(run({"check", "c", "--color", "always"}).out.find("\x1b[1;31merror[BP301]"), std::string::npos);
  EXPECT_EQ(run({"check", "c", "--color", "never"}).out.find('\x1b'), std::string::npos);
}

TEST_F(OutputTest, SecretsStayInside) {
  // A broken line right at the key makes diagnostics quote it.
  std::string config = small_config();
  size_t at = config.find("authentication-key");
  config.insert(at, "] ");
  write("c/edge.conf", config);
  for (const char* format : {"text", "json"})
    for (const char* command : {"check", "parse"}) {
      Ran ran = run({command, "c", "--out", format});
      EXPECT_EQ((ran.out + ran.err).find("SeCrEtKeY"), std::string::npos) << command << ' ' << format;
    }
}

TEST_F(OutputTest, JsonSaysWhyNothingWasChecked) {
  write("intents/t.intent", "nonsense");
  Ran ran = run({"check", "c", "--out", "json"});
  EXPECT_EQ(ran.status, 2);
  Json json = Json::parse(ran.out);
  EXPECT_EQ(json["diagnostics"][0]["code"], "BP201");
  EXPECT_EQ(json["diagnostics"][0]["location"]["file"], "intents/t.intent");
}

TEST_F(OutputTest, ParseListsUnmodelledLines) {
  write("c/edge.conf", small_config("edge01", "some-future-keyword 1;"));
  Ran ran = run({"parse", "c"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("c/edge.conf: junos\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("some-future-keyword"), std::string::npos) << ran.out;
  Json json = Json::parse(run({"parse", "c", "--out", "json"}).out);
  EXPECT_EQ(json["schema"], "bgproof.parse/1");
  EXPECT_EQ(json["files"][0]["devices"][0]["unmodelled"].size(), 1u);
  EXPECT_EQ(json["files"][1]["devices"][0]["unmodelled"].size(), 0u);
}

TEST_F(OutputTest, ProjectFile) {
  write("bgproof.toml",
        "intents = [\"mine\"]\nexclude = [\"edge02*\"]\n[assumptions]\n\"junos.community-regex\" = \"whole\"\n");
  write("mine/a.intent", small_intent());
  write("intents/t.intent", "nonsense");
  Json json = Json::parse(run({"check", "c", "--out", "json"}).out);
  EXPECT_EQ(json["checks"].size(), 1u);
  write("bgproof.toml", "intent = []\n");
  Ran ran = run({"check", "c"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("error[BP135]: `intent` is not a setting\n   --> bgproof.toml:1:"), std::string::npos)
      << ran.err;
  write("bgproof.toml", "intents = [\n");
  EXPECT_EQ(run({"check", "c"}).status, 2);
  write("bgproof.toml", "[assumptions]\n\"junos.nothing\" = \"x\"\n");
  EXPECT_EQ(run({"check", "c"}).status, 2);
}

}  // namespace
}  // namespace bgproof
