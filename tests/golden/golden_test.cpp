// Walks tests/golden/: each configuration is checked as its header asks, and its findings are those that a human has
// expected, no fewer and no more.
#include "tests/golden/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "tests/golden/attack.h"
#include "tests/golden/pipeline.h"

namespace bgproof {

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = fs::path(BGPROOF_SOURCE_DIR) / "tests/golden";

std::vector<std::string> golden_files() {
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kRoot))
    if (entry.path().extension() == ".conf") files.push_back(fs::relative(entry.path(), kRoot).string());
  std::sort(files.begin(), files.end());
  return files;
}

std::string text_of(const std::string& file) {
  std::ifstream in(kRoot / file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string describe(const Finding& finding, const Task& task) {
  std::string row = finding.row ? " [" + task.rows[*finding.row].id + "]" : "";
  std::string text = std::string(to_string(finding.verdict)) + " " + finding.code + " " + finding.clause + row + "  " +
                     to_string(finding.input);
  for (const std::string& condition : finding.region.conditions) text += "\n    region " + condition;
  for (const Dependency& dependency : finding.depends_on) text += "\n    depends on " + dependency.text;
  return text;
}

std::string describe(const GoldenRun& run) {
  std::string text;
  for (const Diagnostic& diagnostic : run.diagnostics.sorted())
    text += diagnostic.code + " " + diagnostic.message + "\n";
  for (const Check& check : run.checks) {
    text += "verdict " + std::string(to_string(check.result.verdict)) + " " + check.result.reason +
            check.task.not_checked + "\n";
    for (const Finding& finding : check.result.findings) text += "  " + describe(finding, check.task) + "\n";
  }
  return text;
}

bool fits(const Expected& expected, const Finding& finding, const Task& task) {
  return expected.word == to_string(finding.verdict) && expected.code == finding.code &&
         (expected.clause == "*" || expected.clause == finding.clause) &&
         (expected.row.empty() || (finding.row && task.rows[*finding.row].id == expected.row));
}

Verdict verdict_of(const Golden& golden) {
  if (golden.expects("proved")) return Verdict::proved;
  if (golden.expects("not_checked")) return Verdict::not_checked;
  bool violated = std::any_of(golden.expected.begin(), golden.expected.end(),
                              [](const Expected& expected) { return expected.word == "violated"; });
  return violated ? Verdict::violated : Verdict::possible;
}

// A seed of its own for each file, the same in each run.
uint64_t seed_of(const std::string& file) {
  uint64_t seed = 14695981039346656037ULL;
  for (char c : file) seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return seed;
}

// Of each file, made once for both tests.
const GoldenRun& checked_once(const std::string& file, const std::string& text, const Golden& golden) {
  static std::map<std::string, GoldenRun> runs;
  auto [made, is_new] = runs.try_emplace(file);
  if (is_new) run(file, text, golden, made->second);
  return made->second;
}

class Goldens : public testing::TestWithParam<std::string> {};

TEST_P(Goldens, GiveWhatIsExpected) {
  const std::string& file = GetParam();
  std::string text = text_of(file), problem;
  std::optional<Golden> golden = parse_golden(text, problem);
  ASSERT_TRUE(golden) << file << ": " << problem;
  const GoldenRun& checked = checked_once(file, text, *golden);

  if (golden->expects("error")) {
    std::set<std::string> codes;
    for (const Diagnostic& diagnostic : checked.diagnostics.all())
      if (diagnostic.severity == Severity::error) codes.insert(diagnostic.code);
    EXPECT_TRUE(codes.contains(golden->expected[0].code)) << describe(checked);
    return;
  }
  ASSERT_FALSE(checked.diagnostics.has_errors()) << describe(checked);
  ASSERT_FALSE(checked.checks.empty()) << "no check is asked for";

  std::vector<Expected> open = golden->expected;
  for (const Check& check : checked.checks) {
    EXPECT_EQ(check.result.verdict, verdict_of(*golden)) << golden->why << "\n" << describe(checked);
    if (golden->expects("not_checked")) {
      EXPECT_EQ(check.task.not_checked_code, golden->expected[0].code);
    }
    for (const Finding& finding : check.result.findings) {
      auto expected =
          std::find_if(open.begin(), open.end(), [&](const Expected& it) { return fits(it, finding, check.task); });
      EXPECT_NE(expected, open.end()) << "not expected: " << describe(finding, check.task) << "\n" << golden->why;
      if (expected != open.end()) open.erase(expected);
    }
  }
  if (!golden->expects("proved") && !golden->expects("not_checked")) {
    for (const Expected& expected : open)
      ADD_FAILURE() << "not found: " << expected.word << " " << expected.code << " " << expected.clause << "\n"
                    << golden->why << "\n"
                    << describe(checked);
  }
  if (!golden->region.empty() && !checked.checks[0].result.findings.empty()) {
    const Finding& first = checked.checks[0].result.findings[0];
    for (const std::string& complaint : compare_regions(first.region.conditions, golden->region))
      ADD_FAILURE() << "region found against region expected: " << complaint << "\n" << describe(checked);
  }
}

// What comes for nothing with each golden.
TEST_P(Goldens, StandUpToTheReference) {
  const std::string& file = GetParam();
  std::string text = text_of(file), problem;
  std::optional<Golden> golden = parse_golden(text, problem);
  ASSERT_TRUE(golden) << file << ": " << problem;
  const GoldenRun& checked = checked_once(file, text, *golden);
  for (const Check& check : checked.checks) {
    if (check.result.verdict == Verdict::proved)
      for (const std::string& complaint : attack_proof(check.task, seed_of(file))) ADD_FAILURE() << complaint;
    for (const Finding& finding : check.result.findings)
      if (finding.verdict == Verdict::violated)
        for (const std::string& complaint : attack_finding(check.task, finding, seed_of(file)))
          ADD_FAILURE() << complaint << "\n" << describe(finding, check.task);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Goldens, testing::ValuesIn(golden_files()), [](const auto& made) {
  std::string name = made.param;
  for (char& c : name)
    if (!isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

TEST(GoldenTree, HasNoEmptyFolderAndNoStrangers) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kRoot)) {
    if (entry.is_directory()) {
      EXPECT_FALSE(fs::is_empty(entry.path())) << entry.path();
    } else if (entry.path().parent_path() != kRoot) {
      EXPECT_EQ(entry.path().extension(), ".conf") << entry.path();
    }
  }
  EXPECT_GE(golden_files().size(), 60u);
}

TEST(GoldenTree, HasEveryTrapInBothForms) {
  for (int trap = 1; trap <= 15; ++trap) {
    std::string prefix = "junos/j" + std::string(trap < 10 ? "0" : "") + std::to_string(trap) + "-";
    std::set<std::string> words;
    for (const std::string& file : golden_files()) {
      std::string problem;
      std::optional<Golden> golden = parse_golden(text_of(file), problem);
      if (golden && file.rfind(prefix, 0) == 0)
        for (const Expected& expected : golden->expected) words.insert(expected.word);
    }
    EXPECT_TRUE(words.contains("proved") && words.contains("violated")) << "J" << trap;
  }
}

// The traps of the route-map dialects that a map alone can show; those of sessions have goldens of sessions.
TEST(GoldenTree, HasEveryTrapOfRouteMaps) {
  const std::vector<std::string> traps = {"ios/c02",  "ios/c03",  "ios/c03a", "ios/c04", "ios/c05", "ios/c06",
                                          "nxos/n02", "nxos/n03", "nxos/n04", "eos/e02", "eos/e03", "frr/f01",
                                          "frr/f02",  "frr/f03",  "frr/f04",  "frr/f05", "frr/f06"};
  std::vector<std::string> files = golden_files();
  for (const std::string& trap : traps)
    EXPECT_TRUE(std::any_of(files.begin(), files.end(), [&](const std::string& file) {
      return file.starts_with(trap + "-");
    })) << trap;
}

TEST(GoldenHeader, RefusesWhatSaysNothing) {
  std::string good = "# POLICY: P\n# INTENT: may any\n# EXPECT: proved\n# WHY: because\n";
  auto problem_of = [](const std::string& text) {
    std::string problem;
    return parse_golden(text, problem) ? "" : problem;
  };
  EXPECT_EQ(problem_of(good), "");
  EXPECT_NE(problem_of("# POLICY: P\n# INTENT: may any\n# WHY: because\n"), "");
  EXPECT_NE(problem_of("# POLICY: P\n# INTENT: may any\n# EXPECT: proved\n"), "");
  EXPECT_NE(problem_of("# INTENT: may any\n# EXPECT: proved\n# WHY: because\n"), "");
  EXPECT_NE(problem_of("# POLICY: P\n# EXPECT: proved\n# WHY: because\n"), "");
  EXPECT_NE(problem_of(good + "# NOTE: x\n"), "");
  EXPECT_NE(problem_of(good + "# EXPECT: proved\n"), "");
  EXPECT_NE(problem_of(good + "# POLICY: Q\n"), "");
  EXPECT_NE(problem_of(good + "# SESSION: 192.0.2.1 export\n"), "");
  EXPECT_NE(problem_of(good + "# REGION: any\n"), "");
  EXPECT_NE(problem_of("# POLICY: P\n# INTENT: may any\n# EXPECT: violated P/T\n# WHY: because\n"), "");
  EXPECT_NE(problem_of("# POLICY: P\n# INTENT: may any\n# EXPECT: refuted BP301 P/T\n# WHY: because\n"), "");
}

}  // namespace

}  // namespace bgproof
