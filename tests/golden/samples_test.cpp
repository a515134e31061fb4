// The samples of `bgproof explain` (docs/explain.md): that none is missing, and that each does what its page says.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/codes.h"
#include "cli/decide.h"
#include "cli/inputs.h"
#include "cli/intent_lints.h"
#include "cli/rules.h"
#include "cli/smells.h"
#include "policy/assumption.h"
#include "report/dead_rows.h"
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

// All codes that the program says of a sample: of a config by itself as `lint` does, of intents on the network of the
// samples as `check` and `lint` do.
std::set<std::string> said_of(const std::string& path) {
  const std::string root = std::string(BGPROOF_SOURCE_DIR) + "/";
  bool intents = path.ends_with(".intent");
  Options options;
  options.date = "2026-11-23";
  options.paths = {root + (intents ? "docs/explain/network.conf" : path)};
  if (intents) options.intents = {root + path};
  Inputs inputs;
  std::vector<Check> checks;
  Diagnostics lints;
  EXPECT_TRUE(read_network(options, inputs)) << path;
  if (!intents) {
    lints = find_smells(options, inputs, true);
  } else if (read_intents(options, true, {}, inputs) && bind_checks(options, inputs, checks)) {
    lints = find_intent_lints(options, inputs, checks);
    decide(options, inputs, checks);
    settle_dead_rows(checks, inputs.diagnostics);
  }
  std::set<std::string> codes;
  for (const Diagnostics* said : {&inputs.diagnostics, &lints})
    for (const Diagnostic& one : said->all()) codes.insert(one.code);
  for (const Check& check : checks) codes.insert(check.task.not_checked_code);
  return codes;
}

TEST(Samples, NoPageIsWithout) {
  auto listed = [](const std::string& page) {
    const Samples* found = find_samples(page);
    EXPECT_NE(found, nullptr) << page;
    if (found) {
      EXPECT_TRUE((!found->fails.empty() && !found->passes.empty()) || !found->remark.empty()) << page;
    }
  };
  for (const CodeInfo& code : codes()) listed(std::string(code.code));
  for (const Assumption& assumption : assumptions()) listed(std::string(assumption.name));
  for (const Rule& rule : rules())
    for (const std::string& trap : rule.traps) listed(dialect_of(rule) + trap);
}

TEST(Samples, NoRuleIsWithout) {
  for (const Rule& rule : rules()) EXPECT_NE(samples_of(rule), nullptr) << rule.own.front();
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
                   bool trap = std::any_of(rule.traps.begin(), rule.traps.end(),
                                           [&](const std::string& name) { return dialect_of(rule) + name == page; });
                   return trap || std::count(rule.own.begin(), rule.own.end(), page) > 0;
                 });
    EXPECT_TRUE(known) << "there is no page " << each.page;
  }
}

// What a golden expects is checked by the walk over all goldens.
TEST(Samples, OfFindingsExpectWhatTheirPageSays) {
  for (const Samples& each : samples()) {
    if (find_assumption(each.page)) continue;
    bool is_code = find_code(each.page) != nullptr;
    // What is left open cannot be violated: the remark of its page says so.
    auto says = [&](std::string_view word) { return each.remark.find(word) != std::string::npos; };
    auto breaks = [&](const Expected& it) {
      if (is_code) return it.word == "violated" && it.code == each.page;
      return it.word == "violated" || (it.word == "possible" && says("possible")) ||
             (it.word == "not_checked" && says("not checked"));
    };
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

TEST(Samples, OfCodesAreSaid) {
  size_t seen = 0;
  for (const Samples& each : samples()) {
    if (!each.fails.starts_with("docs/explain/")) continue;
    ++seen;
    EXPECT_TRUE(said_of(each.fails).contains(each.page)) << each.fails;
    EXPECT_FALSE(said_of(each.passes).contains(each.page)) << each.passes;
  }
  EXPECT_GE(seen, 50u);
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
  std::set<std::string> own;
  for (const Rule& rule : rules()) {
    EXPECT_FALSE(rule.own.empty());
    for (const std::string& name : rule.own) EXPECT_TRUE(own.insert(name).second) << name << " means two rules";
    EXPECT_GE(rule.cells.size(), 3u) << rule.names.front();
    for (const std::string& name : rule.names) EXPECT_NE(name.back(), '/') << rule.section;
  }
  EXPECT_EQ(slug("`route-type internal`"), "route-type-internal");
}

}  // namespace
}  // namespace bgproof
