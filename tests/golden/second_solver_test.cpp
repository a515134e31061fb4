// cvc5 says of every question behind every golden what Z3 has said. Not under the sanitizers, where a third run of all
// goldens would take its time and show nothing new.
#include "solver/second_solver.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/check.h"
#include "tests/golden/golden.h"
#include "tests/golden/pipeline.h"

namespace bgproof {

namespace {

Question question(const std::string& text, Question::Answer answer) { return {"one", "it can be", text, answer}; }

const std::string kSat = "(set-logic QF_BV)\n(declare-const a Bool)\n(assert a)\n(check-sat)\n";
const std::string kUnsat = "(set-logic QF_BV)\n(declare-const a Bool)\n(assert a)\n(assert (not a))\n(check-sat)\n";

TEST(SecondSolver, AgreesOrStopsTheRun) {
  ASSERT_NE(second_solver(), "");
  CrossCheck checked =
      cross_check({question(kSat, Question::Answer::sat), question(kUnsat, Question::Answer::unsat)}, "a task");
  EXPECT_EQ(checked.agreed, 2u);
  EXPECT_TRUE(checked.undecided.empty());
  EXPECT_THROW(cross_check({question(kSat, Question::Answer::unsat)}, "a task"), InternalError);
  EXPECT_THROW(cross_check({question(kSat, Question::Answer::sat), question(kUnsat, Question::Answer::sat)}, "a task"),
               InternalError);
}

TEST(SecondSolver, SaysWhatItDidNotAnswer) {
  CrossCheck checked = cross_check({question("(set-logic QF_BV)\n(assert nonsense)\n", Question::Answer::sat),
                                    question(kSat, Question::Answer::sat)},
                                   "a task");
  EXPECT_EQ(checked.agreed, 0u);
  ASSERT_EQ(checked.undecided.size(), 2u);
  EXPECT_NE(checked.undecided[0].find("error"), std::string::npos) << checked.undecided[0];
  EXPECT_EQ(checked.undecided[1], "one: not asked");
  // What Z3 has not answered is not asked.
  EXPECT_EQ(cross_check({question(kSat, Question::Answer::unknown)}, "a task").agreed, 0u);
}

#ifndef __SANITIZE_ADDRESS__
TEST(SecondSolver, AgreesOnEveryGolden) {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(BGPROOF_SOURCE_DIR) / "tests/golden";
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root))
    if (entry.path().extension() == ".conf") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  size_t agreed = 0;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}}, problem;
    std::optional<Golden> golden = parse_golden(text, problem);
    ASSERT_TRUE(golden) << file << ": " << problem;
    std::vector<Question> questions;
    GoldenRun made;
    run(fs::relative(file, root).string(), text, *golden, made, {},
        [&](Question asked) { questions.push_back(std::move(asked)); });
    bool decided = std::any_of(made.checks.begin(), made.checks.end(),
                               [](const Check& check) { return check.task.not_checked.empty(); });
    if (decided) {
      EXPECT_FALSE(questions.empty()) << file;
    }
    CrossCheck checked = cross_check(questions, file.filename());
    for (const std::string& open : checked.undecided) ADD_FAILURE() << file << ": " << open;
    agreed += checked.agreed;
  }
  EXPECT_GT(agreed, files.size());
  RecordProperty("questions", static_cast<int>(agreed));
}
#endif

}  // namespace

}  // namespace bgproof
