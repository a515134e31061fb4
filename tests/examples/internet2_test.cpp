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

TEST_F(Internet2Test, EverySessionHasAVerdict) {
  if (!fs::is_directory(corpus())) GTEST_SKIP() << "no corpus at " << corpus();
  Ran ran = run({"check", corpus().string(), "--intents", std::string(BGPROOF_SOURCE_DIR) + "/examples/internet2/intents",
                 "--device", "KANS*", "--out", "json"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  nlohmann::json summary = nlohmann::json::parse(ran.out)["summary"];
  EXPECT_EQ(summary["proved"], 37);
  EXPECT_EQ(summary["violated"], 23);
  EXPECT_EQ(summary["possible"], 0);
  EXPECT_EQ(summary["unknown"], 0);
}

TEST_F(Internet2Test, NothingIsRunWithoutTheConfigs) {
  std::string script = std::string(BGPROOF_SOURCE_DIR) + "/examples/internet2/run";
  EXPECT_EQ(std::system((script + " " + place_of("nowhere").string() + " 2> /dev/null").c_str()), 0);
}

}  // namespace
}  // namespace bgproof
