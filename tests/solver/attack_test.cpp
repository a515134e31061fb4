// Verdicts under attack. What is proved must survive random routes and the enumeration of a small world, judged by the
// reference evaluator; what a random route breaks must be found; what is violated must be broken whatever the
// unmodelled lines do.
#include <gtest/gtest.h>

#include <algorithm>

#include "intents/task.h"
#include "solver/check.h"
#include "tests/generator/small_world.h"
#include "tests/solver/random_task.h"

namespace bgproof {

namespace {

constexpr int kTasks = 400;
constexpr int kRoutes = 200;
// Expressions over all communities of a route for which it matters in hundreds of places which of two kinds has the
// lower number, such as `0:.* .*0:0`, are a named limit. Nothing else may be.
constexpr int kMostUnknown = kTasks / 100;

bool possible_here(const Task& task, const Route& route) {
  return is_legal(route) && task.families.contains(route.prefix.family) && task.roles.contains(route.learned_from) &&
         holds(task.offered, route);
}

Judgement judged(const Task& task, const Route& route, const Choices& choices) {
  Outcome outcome = evaluate(task.program, route, choices);
  return judge(task, route, outcome.accepted, outcome.route);
}

// A route that fails several obligations is one of the routes of each of these findings, and which of them names it is
// a matter of taste; so for BP5xx the family counts.
bool has_code(const CheckResult& result, const std::string& code) {
  auto obliges = [](const std::string& of) { return of.starts_with("BP5") || of == "BP402"; };
  for (const Finding& finding : result.findings)
    if (finding.code == code || (obliges(finding.code) && obliges(code))) return true;
  return false;
}

struct Count {
  int proved = 0, violated = 0, possible = 0, unknown = 0;
};

void attack(uint64_t seed, const Features& features, Count& count) {
  RandomTask made = random_task(seed, features);
  const Task& task = made.task;
  SourceSet sources;
  CheckOptions options;
  options.causes = 40;
  CheckResult result = check(task, sources, options);
  switch (result.verdict) {
    case Verdict::proved:
      ++count.proved;
      break;
    case Verdict::violated:
      ++count.violated;
      break;
    case Verdict::possible:
      ++count.possible;
      break;
    case Verdict::unknown:
      ++count.unknown;
      EXPECT_NE(result.reason.find("the order of too many communities"), std::string::npos) << seed << result.reason;
      return;
    case Verdict::not_checked:
      FAIL() << "seed " << seed;
  }
  Random random(seed + 1'000'000);
  for (int i = 0; i < kRoutes; ++i) {
    Route route = random_route(random, made.pool, features);
    if (!possible_here(task, route)) continue;
    Choices choices = random_choices(random, made.pool, task.program, features);
    Judgement judgement = judged(task, route, choices);
    if (judgement.fine) continue;
    ASSERT_NE(result.verdict, Verdict::proved) << "seed " << seed << ": " << to_string(route) << " " << judgement.code;
    if (result.reason.empty()) {
      EXPECT_TRUE(has_code(result, judgement.code))
          << "seed " << seed << ": " << to_string(route) << " gives " << judgement.code;
    }
  }
  for (const Finding& finding : result.findings) {
    if (finding.verdict != Verdict::violated) continue;
    for (int i = 0; i < 20; ++i) {
      Choices choices = random_choices(random, made.pool, task.program, features);
      EXPECT_FALSE(judged(task, finding.input, choices).fine) << "seed " << seed << ": " << to_string(finding.input);
    }
  }
}

TEST(Attack, VerdictsWithoutUnmodelledLines) {
  Features features;
  features.unmodelled = false;
  features.assumptions = false;
  Count count;
  for (int seed = 0; seed < kTasks; ++seed) attack(static_cast<uint64_t>(seed), features, count);
  // The test says nothing if one verdict hardly ever occurs.
  EXPECT_GT(count.proved, kTasks / 20);
  EXPECT_GT(count.violated, kTasks / 4);
  EXPECT_EQ(count.possible, 0);
  EXPECT_LE(count.unknown, kMostUnknown);
}

TEST(Attack, VerdictsWithUnmodelledLines) {
  Features features;
  features.assumptions = false;
  Count count;
  for (int seed = 0; seed < kTasks; ++seed) attack(static_cast<uint64_t>(10'000 + seed), features, count);
  EXPECT_GT(count.proved, kTasks / 50);
  EXPECT_GT(count.violated, kTasks / 10);
  EXPECT_GT(count.possible, 0);
  EXPECT_LE(count.unknown, kMostUnknown);
}

// Code, row, clause and region of each finding, sorted.
std::vector<std::string> findings_of(const CheckResult& result) {
  std::vector<std::string> all;
  for (const Finding& finding : result.findings) {
    std::string text = finding.code + " " + std::to_string(finding.row.value_or(999)) + " " + finding.clause;
    for (const std::string& condition : finding.region.conditions) text += "\n  " + condition;
    all.push_back(text);
  }
  std::sort(all.begin(), all.end());
  return all;
}

// Prefixes asked for by cells of the diagrams and by address bits are the same question.
TEST(Attack, CellsSayWhatBitsSay) {
  Features features;
  features.unmodelled = false;
  features.assumptions = false;
  int violated = 0;
  for (uint64_t seed = 50'000; seed < 50'120; ++seed) {
    RandomTask made = random_task(seed, features);
    SourceSet sources;
    CheckOptions by_bits, by_cells;
    by_bits.large_sets = SIZE_MAX;
    by_cells.large_sets = 0;
    CheckResult bits = check(made.task, sources, by_bits), cells = check(made.task, sources, by_cells);
    EXPECT_EQ(bits.verdict, cells.verdict) << "seed " << seed;
    EXPECT_EQ(bits.row_alive, cells.row_alive) << "seed " << seed;
    EXPECT_EQ(findings_of(bits), findings_of(cells)) << "seed " << seed;
    violated += cells.verdict == Verdict::violated;
  }
  EXPECT_GT(violated, 30);
}

}  // namespace

}  // namespace bgproof
