// The samples of `bgproof explain` (docs/explain.md): that none is missing, and that each does what its page says.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/codes.h"
#include "cli/inputs.h"
#include "cli/rules.h"
#include "cli/smells.h"
#include "policy/assumption.h"
#include "tests/golden/golden.h"
#include "tests/golden/pipeline.h"

namespace bgproof {
namespace {

bool is_golden(const std::string& path) { return path.starts_with("tests/golden/"); }

Golden golden_of(const std::string& path) {
  std::string problem;
  std::optional<Golden> golden = parse_golden(sample_text(path), problem);
  EXPECT_TRUE(golden) << path << ": " << problem;
  return golden.value_or(Golden{});
}

std::set<std::string> smells_of(const std::string& path) {
  Options options;
  options.paths = {std::string(BGPROOF_SOURCE_DIR) + "/" + path};
  Inputs inputs;
  EXPECT_TRUE(read_network(options, inputs)) << path;
  std::set<std::string> codes;
  for (const Diagnostics& said : {inputs.diagnostics, find_smells(options, inputs, true)})
    for (const Diagnostic& one : said.all()) codes.insert(one.code);
  return codes;
}

TEST(Samples, NoPageThatNeedsSomeIsWithout) {
  for (const CodeInfo& code : codes()) {
    bool of_findings = code.code[2] == '3' || code.code[2] == '4' || code.code[2] == '5' || code.code[2] == '8';
    if (!of_findings) continue;
    const Samples* found = find_samples(code.code);
    ASSERT_NE(found, nullptr) << code.code;
    EXPECT_TRUE((!found->fails.empty() && !found->passes.empty()) || !found->remark.empty()) << code.code;
  }
  for (const Assumption& assumption : assumptions())
    if (assumption.name.starts_with("junos.")) {
      EXPECT_NE(find_samples(assumption.name), nullptr) << assumption.name;
    }
  for (const Rule& rule : rules())
    for (const std::string& trap : rule.traps)
      if (rule.names.front().starts_with("junos/")) {
        EXPECT_NE(find_samples("junos/" + trap), nullptr) << rule.names.front();
      }
}

TEST(Samples, NameWhatThereIs) {
  ASSERT_GT(samples().size(), 30u);
  for (const Samples& each : samples()) {
    for (const std::string& path : {each.fails, each.passes}) {
      if (path.empty()) continue;
      EXPECT_FALSE(sample_text(path).empty()) << each.page << " " << path;
      EXPECT_TRUE(std::filesystem::exists(std::string(BGPROOF_SOURCE_DIR) + "/" + path)) << path;
    }
    std::string page = each.page;
    std::replace(page.begin(), page.end(), '.', '/');
    bool known = find_code(each.page) || find_assumption(each.page) ||
                 std::any_of(rules().begin(), rules().end(), [&](const Rule& rule) {
                   bool trap = std::any_of(rule.traps.begin(), rule.traps.end(), [&](const std::string& name) {
                     return rule.names.front().substr(0, rule.names.front().find('/') + 1) + name == page;
                   });
                   return trap || std::count(rule.names.begin(), rule.names.end(), page) > 0;
                 });
    EXPECT_TRUE(known) << "there is no page " << each.page;
  }
}

// What a golden expects is checked by the walk over all goldens.
TEST(Samples, OfFindingsExpectWhatTheirPageSays) {
  for (const Samples& each : samples()) {
    if (find_assumption(each.page)) continue;
    bool is_code = find_code(each.page) != nullptr;
    auto breaks = [&](const Expected& it) { return it.word == "violated" && (!is_code || it.code == each.page); };
    if (is_golden(each.fails)) {
      Golden fails = golden_of(each.fails);
      EXPECT_TRUE(std::any_of(fails.expected.begin(), fails.expected.end(), breaks)) << each.page;
    }
    if (is_golden(each.passes)) {
      EXPECT_TRUE(golden_of(each.passes).expects("proved")) << each.page;
    }
    EXPECT_TRUE((!each.fails.empty() && !each.passes.empty()) || !each.remark.empty()) << each.page;
  }
}

TEST(Samples, OfSmellsSmell) {
  size_t seen = 0;
  for (const Samples& each : samples()) {
    if (!each.fails.starts_with("docs/explain/")) continue;
    ++seen;
    EXPECT_TRUE(smells_of(each.fails).contains(each.page)) << each.fails;
    EXPECT_FALSE(smells_of(each.passes).contains(each.page)) << each.passes;
  }
  EXPECT_GE(seen, 5u);
}

// One sample, asked under each reading: the answers are those of the page, and they differ.
TEST(Samples, OfAssumptionsDependOnThem) {
  for (const Assumption& assumption : assumptions()) {
    const Samples* found = find_samples(assumption.name);
    if (!found || found->fails.empty()) continue;
    std::set<Verdict> verdicts;
    for (std::string_view value : assumption.values) {
      std::string text(sample_text(found->fails));
      Golden golden = golden_of(found->fails);
      GoldenRun checked;
      run(found->fails.substr(std::string("tests/golden/").size()), text, golden, checked,
          {{std::string(assumption.name), std::string(value)}});
      ASSERT_EQ(checked.checks.size(), 1u) << assumption.name;
      Verdict verdict = checked.checks.front().result.verdict;
      verdicts.insert(verdict);
      std::string said = std::string(value) + ": " + std::string(to_string(verdict));
      EXPECT_NE(found->remark.find(said), std::string::npos) << assumption.name << ": " << said;
    }
    EXPECT_GT(verdicts.size(), 1u) << assumption.name;
  }
}

TEST(Rules, AreFoundInTheDocuments) {
  ASSERT_GT(rules().size(), 50u);
  for (const Rule& rule : rules()) {
    EXPECT_FALSE(rule.names.empty());
    EXPECT_GE(rule.cells.size(), 3u) << rule.names.front();
    for (const std::string& name : rule.names) EXPECT_NE(name.back(), '/') << rule.section;
  }
  EXPECT_EQ(slug("`route-type internal`"), "route-type-internal");
}

}  // namespace
}  // namespace bgproof
