// One router of ten against the intents of examples/internet2, by its script, where the corpus is present
// (BGPROOF_CORPORA, else beside the project); without it the script says so and ends well.
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/lowered/corpora.h"

namespace bgproof {
namespace {

namespace fs = std::filesystem;

fs::path corpus() { return testing::corpora(BGPROOF_SOURCE_DIR) / "internet2-2014"; }

class Internet2Test : public ProgramTest {};

// A filter of private numbers looks into sets, or not.
TEST_F(Internet2Test, EverySessionHasAVerdictInEitherReading) {
  if (!fs::is_directory(corpus())) GTEST_SKIP() << "no corpus at " << corpus();
  for (auto [reading, proved, violated] : {std::tuple{"whole", 17, 43}, std::tuple{"members", 37, 23}}) {
    Ran ran = run({"check", (corpus() / "kans.conf").string(), "--intents",
                   std::string(BGPROOF_SOURCE_DIR) + "/examples/internet2/intents", "--assume",
                   std::string("junos.as-path-set=") + reading, "--out", "json"});
    EXPECT_EQ(ran.status, 1) << ran.err;
    nlohmann::json summary = nlohmann::json::parse(ran.out)["summary"];
    EXPECT_EQ(summary["proved"], proved) << reading;
    EXPECT_EQ(summary["violated"], violated) << reading;
    EXPECT_EQ(summary["possible"], 0) << reading;
    EXPECT_EQ(summary["unknown"], 0) << reading;
  }
}

// One line less in one of ten files: one policy lets less through, and nothing else is reported.
TEST_F(Internet2Test, ADiffReportsWhatIsAffectedAlone) {
  if (!fs::is_directory(corpus())) GTEST_SKIP() << "no corpus at " << corpus();
  for (const auto& file : fs::directory_iterator(corpus())) {
    if (file.path().extension() != ".conf") continue;
    std::string text = slurp(file.path());
    write("before/" + file.path().filename().string(), text);
    if (file.path().filename() == "kans.conf") {
      const std::string line = "                route-filter 192.245.136.0/24 orlonger;\n";
      size_t at = text.find(line);
      ASSERT_NE(at, std::string::npos);
      text.erase(at, line.size());
    }
    write("after/" + file.path().filename().string(), text);
  }
  Ran ran = run({"diff", "before", "after", "--expect", "narrower,attrs", "--out", "json"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  nlohmann::json report = nlohmann::json::parse(ran.out);
  EXPECT_EQ(report["effect"], "narrower");
  EXPECT_FALSE(report["undecided"]);
  EXPECT_TRUE(report["changes"].empty());
  size_t touched = 0;
  for (const auto& check : report["checks"]) {
    if (check["effect"] == "equal") continue;
    ++touched;
    EXPECT_EQ(check["device"], "KANS-re0");
    for (const auto& finding : check["findings"]) EXPECT_EQ(finding["hunks"].size(), 1u);
  }
  EXPECT_EQ(touched, 1u);
  EXPECT_GT(report["checks"].size(), 1000u);
}

TEST_F(Internet2Test, NothingIsRunWithoutTheConfigs) {
  std::string script = std::string(BGPROOF_SOURCE_DIR) + "/examples/internet2/run";
  EXPECT_EQ(std::system((script + " " + place_of("nowhere").string() + " 2> /dev/null").c_str()), 0);
}

}  // namespace
}  // namespace bgproof
