// Each example is run as its README says and answers what its expected.json promises: {STATE: {exit, summary,
// findings}}, where every finding reported has to be one of those expected, by code and by the name of its clause, and
// each of them occurs. "diff" promises what `diff before after` says without the intents.
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/cli/program.h"

namespace bgproof {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class ExamplesTest : public ProgramTest {};

std::vector<fs::path> examples() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(fs::path(BGPROOF_SOURCE_DIR) / "examples"))
    if (fs::exists(entry.path() / "expected.json")) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

TEST_F(ExamplesTest, AnswerWhatTheyPromise) {
  ASSERT_GE(examples().size(), 3u);
  for (const fs::path& example : examples()) {
    Json expected = Json::parse(slurp(example / "expected.json"));
    ASSERT_FALSE(expected.empty()) << example;
    for (const auto& [state, promise] : expected.items()) {
      if (state == "diff") continue;
      SCOPED_TRACE(example.filename().string() + "/" + state);
      Ran ran = run({"check", (example / state).string(), "--out", "json", "--date", "2026-11-24"});
      EXPECT_EQ(ran.status, promise["exit"]) << ran.err;
      Json json = Json::parse(ran.out);
      EXPECT_EQ(json["summary"], promise["summary"]);
      std::set<std::pair<std::string, std::string>> wanted, got;
      for (const Json& finding : promise.value("findings", Json::array()))
        wanted.emplace(finding["code"], finding["clause"]);
      for (const Json& check : json["checks"])
        for (const Json& finding : check["findings"]) {
          std::string clause = finding["clause"];
          got.emplace(finding["code"], clause.substr(clause.rfind('/') + 1));
        }
      EXPECT_EQ(got, wanted);
    }
  }
}

TEST_F(ExamplesTest, GiveTheSameBytesTwice) {
  for (const fs::path& example : examples())
    for (const char* format : {"json", "text"}) {
      Ran first = run({"check", (example / "after").string(), "--out", format, "--date", "2026-11-24"});
      Ran second = run({"check", (example / "after").string(), "--out", format, "--date", "2026-11-24"});
      EXPECT_FALSE(first.out.empty()) << example;
      EXPECT_EQ(first.out, second.out) << example << " " << format;
    }
}

// What an engineer needs of a finding: a place, a route, the lines on its way, the region.
TEST_F(ExamplesTest, ExplainTheirFindings) {
  for (const fs::path& example : examples()) {
    Json json = Json::parse(run({"check", (example / "after").string(), "--out", "json", "--date", "2026-11-24"}).out);
    size_t findings = 0;
    for (const Json& check : json["checks"])
      for (const Json& finding : check["findings"]) {
        ++findings;
        // An absence has no line; its name says so.
        if (finding["location"].is_null())
          EXPECT_TRUE(finding["clause"].get<std::string>().ends_with("(default)")) << example;
        else
          EXPECT_GT(finding["location"]["line"], 0) << example;
        EXPECT_FALSE(finding["trace"].empty()) << example;
        EXPECT_FALSE(finding["region"].empty()) << example;
        EXPECT_FALSE(finding["input"]["prefix"].get<std::string>().empty()) << example;
      }
    EXPECT_GT(findings, 0u) << example;
  }
}

// The edit of each was meant to announce less.
TEST_F(ExamplesTest, DiffersAsPromised) {
  size_t promises = 0;
  for (const fs::path& example : examples()) {
    SCOPED_TRACE(example);
    Json promise = Json::parse(slurp(example / "expected.json"))["diff"];
    if (promise.is_null()) continue;
    ++promises;
    std::vector<std::string> command = {"diff", (example / "before").string(), (example / "after").string()};
    Ran plain = run(command);
    EXPECT_EQ(plain.status, 0) << plain.err;
    std::string removed = promise["removed"];
    EXPECT_NE(plain.out.find(removed), std::string::npos) << plain.out;
    EXPECT_EQ(run(command).out, plain.out);
    command.insert(command.end(), {"--expect", promise["expect"].get<std::string>(), "--out", "json"});
    Ran ran = run(command);
    EXPECT_EQ(ran.status, promise["exit"]);
    Json json = Json::parse(ran.out);
    EXPECT_EQ(json["schema"], "bgproof.diff/1");
    EXPECT_EQ(json["effect"], promise["effect"]);
    std::map<std::string, size_t> sessions;
    std::set<std::string> causes;
    bool as_promised = false;
    for (const Json& check : json["checks"]) {
      if (check["effect"] != "equal") sessions[check["effect"]] += check["sessions"].size();
      for (const Json& finding : check["findings"]) {
        causes.insert(finding["cause"].get<std::string>());
        EXPECT_TRUE(finding["certain"]);
        EXPECT_FALSE(finding["region"].empty());
        EXPECT_FALSE(finding["hunks"].empty());
        std::vector<std::string> clauses;
        for (const char* side : {"old", "new"}) {
          std::string clause = finding[side]["clause"];
          clauses.push_back(clause.substr(clause.rfind('/') + 1));
        }
        as_promised |= finding["change"] == promise["change"] && Json(clauses) == promise["clauses"];
      }
    }
    EXPECT_TRUE(as_promised) << ran.out;
    EXPECT_EQ(Json(sessions), promise["sessions"]);
    EXPECT_EQ(causes.size(), promise["causes"]);
  }
  EXPECT_GE(promises, 4u);
}

TEST_F(ExamplesTest, AreWholeFolders) {
  for (const auto& entry : fs::directory_iterator(fs::path(BGPROOF_SOURCE_DIR) / "examples")) {
    if (entry.path().filename() == "internet2") continue;  // intents for configs that are not ours: internet2_test.cpp
    for (const char* part : {"expected.json", "README.md", "after", "intents"})
      EXPECT_TRUE(fs::exists(entry.path() / part)) << entry.path() << " lacks " << part;
  }
}

TEST_F(ExamplesTest, EachHasAReadmeOfAFewLines) {
  for (const fs::path& example : examples()) {
    std::string readme = slurp(example / "README.md");
    EXPECT_GT(readme.size(), 100u) << example;
    EXPECT_LE(std::count(readme.begin(), readme.end(), '\n'), 15) << example;
  }
}

}  // namespace
}  // namespace bgproof
