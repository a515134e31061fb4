// Effects under attack: what is called equal, narrower or wider must survive random routes and the enumeration of a
// small world, judged by the reference evaluator; what a random route shows must be found and lie in the region;
// every difference holds in a replay, whatever the unmodelled lines do.
#include <gtest/gtest.h>

#include "solver/compare.h"
#include "tests/compare/mutate.h"
#include "tests/compare/regions.h"
#include "tests/generator/small_world.h"

namespace bgproof {
namespace {

constexpr int kPairs = 40;
constexpr int kRoutes = 60;
constexpr uint64_t kLargestWorld = 2'000;
constexpr int kOfWorld = 100;

Side side_of(Program program) {
  Side side;
  side.program = std::move(program);
  side.families = {Family::ipv4, Family::ipv6};
  return side;
}

// A line does the same on both sides, as it might if it looked at nothing: by its text.
struct SharedChoices {
  std::map<std::string, std::optional<Choice>> lines;
  Readings readings;

  SharedChoices(Random& random, const Pool& pool, const Comparison& comparison, const Features& features) {
    readings = random_choices(random, pool, comparison.before().program, features).readings;
    for (const Assumption& assumption : assumptions())
      if (!assumption.open) readings.erase(std::string(assumption.name));
    for (const Side& side : comparison.sides) {
      Choices some = random_choices(random, pool, side.program, features);
      for (const ChoicePlace& place : choice_places(side.program)) {
        auto found = some.lines.find(place.key);
        std::optional<Choice> choice;
        if (found != some.lines.end()) choice = found->second;
        lines.try_emplace(key(side, place), choice);
      }
    }
  }

  static std::string key(const Side& side, const ChoicePlace& place) {
    const std::string& text = side.program.library->unmodelled.at(place.key.choice.value).text;
    return (place.havoc ? "action " : "test ") + text + (place.havoc && place.havoc->may_decide ? " decides" : "");
  }

  Choices of(const Side& side) const {
    Choices choices;
    choices.readings = readings;
    for (const ChoicePlace& place : choice_places(side.program))
      if (const auto& choice = lines.at(key(side, place))) choices.lines.emplace(place.key, *choice);
    return choices;
  }
};

bool offered(const Side& side, const Route& route) {
  if (!side.families.contains(route.prefix.family)) return false;
  for (const Fact& fact : side.facts)
    if (!holds(fact.condition, route)) return false;
  return true;
}

std::optional<Change> change_of(const Comparison& comparison, const Route& route, const SharedChoices& choices) {
  std::array<Outcome, 2> ran;
  std::array<bool, 2> passes{};
  for (size_t i : {0, 1}) {
    const Side& side = comparison.sides[i];
    if (!offered(side, route)) continue;
    ran[i] = evaluate(side.program, route, choices.of(side));
    passes[i] = ran[i].accepted;
  }
  if (passes[0] != passes[1]) return passes[1] ? Change::newly_accepted : Change::newly_rejected;
  if (!passes[0] || ran[0].route == ran[1].route) return std::nullopt;
  return Change::changed;
}

bool allowed(const DiffResult& result, Change change) {
  switch (result.effect) {
    case Effect::equal:
      return false;
    case Effect::changed:
      return change == Change::changed;
    case Effect::narrower:
      return change == Change::newly_rejected || (change == Change::changed && result.attributes_changed);
    case Effect::wider:
      return change == Change::newly_accepted || (change == Change::changed && result.attributes_changed);
    case Effect::incomparable:
      return change != Change::changed || result.attributes_changed;
    case Effect::unknown:
      return true;
  }
  return false;
}

// Some finding of the change covers the prefix.
bool covered(const DiffResult& result, Change change, const Prefix& prefix) {
  if (!result.reason.empty()) return true;
  for (const DiffFinding& finding : result.findings)
    if (finding.change == change && (!finding.region.complete || in_region(finding.region, prefix))) return true;
  return false;
}

class Attack {
 public:
  Attack(uint64_t seed, const Features& features) : seed_(seed), random_(seed), features_(features) {
    pool_ = random_pool(random_);
    comparison_.device = "router";
  }

  void run_as_it_is(Program before, Program after) {
    comparison_.sides = {side_of(std::move(before)), side_of(std::move(after))};
    compare_and_attack();
  }

  // Now and then with fewer routes offered to one side.
  void run(Program before, Program after) {
    comparison_.sides = {side_of(std::move(before)), side_of(std::move(after))};
    if (random_.chance(30)) {
      Features tests = Features::route_only();
      tests.as_path_matches = false;
      comparison_.sides[random_.below(2)].facts.push_back({random_condition(random_, pool_, tests, 1), "a fact", {}});
    }
    compare_and_attack();
  }

  void compare_and_attack() {
    CheckOptions options;
    options.causes = 60;
    result = compare(comparison_, sources_, options);
    if (result.effect == Effect::unknown && !result.reason.empty() && result.findings.empty()) return;
    for (int i = 0; i < kRoutes; ++i) attack(random_route(random_, pool_, features_));
    small_worlds();
    for (const DiffFinding& finding : result.findings) attack(finding);
  }

  Program program() { return random_program(random_, pool_, features_, {2, 3, 3, 2}); }
  Program mutate(const Program& program) { return mutated(program, random_, pool_, features_); }
  Program rewrite(const Program& program) { return rewritten(program, random_); }

  DiffResult result;

 private:
  SharedChoices choices() { return {random_, pool_, comparison_, features_}; }

  void attack(Route route) {
    route.learned_from = "originated";  // which only intents speak of
    std::optional<Change> change = change_of(comparison_, route, choices());
    if (!change) return;
    EXPECT_TRUE(allowed(result, *change)) << "seed " << seed_ << ": called " << to_string(result.effect) << ", but "
                                          << to_string(*change) << " " << to_string(route);
    EXPECT_TRUE(covered(result, *change, route.prefix))
        << "seed " << seed_ << ": no region of " << to_string(*change) << " has " << to_string(route);
  }

  void small_worlds() {
    SmallWorldLimits limits{1, 16, 1, 2, 1, 1};
    SmallWorld world = small_world(pool_, limits);
    if (world.size() > kLargestWorld) return;
    uint64_t every = 1 + world.size() / kOfWorld, number = 0;
    for_each_route(world, [&](const Route& route) {
      if (number++ % every == 0) attack(route);
      return !::testing::Test::HasFailure();
    });
  }

  void attack(const DiffFinding& finding) {
    EXPECT_TRUE(!finding.region.complete || in_region(finding.region, finding.input.prefix))
        << "seed " << seed_ << ": " << to_string(finding.change) << " " << to_string(finding.input.prefix) << " "
        << ::testing::PrintToString(finding.region.conditions);
    if (!finding.certain) {
      EXPECT_FALSE(finding.depends_on.empty()) << "seed " << seed_;
      return;
    }
    for (int i = 0; i < 10; ++i)
      EXPECT_EQ(change_of(comparison_, finding.input, choices()), finding.change)
          << "seed " << seed_ << ": " << to_string(finding.input);
    // Another member of the region shows the change too, with some other attributes.
    std::vector<Prefix> members = members_of(finding.region, random_);
    if (members.empty()) return;
    for (int i = 0; i < 300; ++i) {
      Route route = i < 100 ? finding.input : random_route(random_, pool_, features_);
      route.prefix = random_.pick(members);
      route.learned_from = "originated";
      if (is_legal(route) && change_of(comparison_, route, choices()) == finding.change) return;
    }
    ++lonely;
  }

  uint64_t seed_;
  Random random_;
  Features features_;
  Pool pool_;
  SourceSet sources_;
  Comparison comparison_;

 public:
  int lonely = 0;  // findings of whose region no other member was confirmed
};

using Effects = std::map<Effect, int>;

Features modelled() {
  Features features;
  features.unmodelled = features.assumptions = false;
  return features;
}

TEST(CompareAttack, UnrelatedPrograms) {
  Effects effects;
  for (int seed = 0; seed < kPairs / 2 && !HasFailure(); ++seed) {
    Attack attack(static_cast<uint64_t>(seed), modelled());
    Program before = attack.program();
    attack.run(before, attack.program());
    ++effects[attack.result.effect];
  }
  EXPECT_GT(effects[Effect::incomparable], 0);
  EXPECT_GT(effects[Effect::narrower] + effects[Effect::wider], kPairs / 10);
  EXPECT_LE(effects[Effect::unknown], kPairs / 20);
}

TEST(CompareAttack, OneEdit) {
  Effects effects;
  int lonely = 0;
  for (int seed = 0; seed < kPairs && !HasFailure(); ++seed) {
    Attack attack(static_cast<uint64_t>(1'000 + seed), modelled());
    Program before = attack.program();
    attack.run(before, attack.mutate(before));
    ++effects[attack.result.effect];
    lonely += attack.lonely;
  }
  for (Effect effect : {Effect::equal, Effect::narrower, Effect::wider, Effect::changed})
    EXPECT_GT(effects[effect], 0) << to_string(effect);
  EXPECT_LE(effects[Effect::unknown], kPairs / 20);
  EXPECT_LE(lonely, kPairs / 5);
}

TEST(CompareAttack, OneEditBesideUnmodelledLines) {
  Effects effects;
  for (int seed = 0; seed < kPairs && !HasFailure(); ++seed) {
    Attack attack(static_cast<uint64_t>(2'000 + seed), Features{});
    Program before = attack.program();
    attack.run(before, attack.mutate(before));
    ++effects[attack.result.effect];
  }
  EXPECT_GT(effects[Effect::equal], 0);
  EXPECT_GT(effects[Effect::narrower] + effects[Effect::wider] + effects[Effect::changed], kPairs / 20);
}

// With unmodelled lines too: each does one thing with one route, wherever it stands.
TEST(CompareAttack, OtherWordsAreEqual) {
  int undecided = 0;
  for (int seed = 0; seed < kPairs && !HasFailure(); ++seed) {
    Features features;
    features.unmodelled = features.assumptions = seed % 2 == 1;
    Attack attack(static_cast<uint64_t>(3'000 + seed), features);
    Program before = attack.program();
    attack.run_as_it_is(before, attack.rewrite(before));
    if (attack.result.effect == Effect::unknown && features.unmodelled)
      ++undecided;
    else
      EXPECT_EQ(attack.result.effect, Effect::equal) << "seed " << 3'000 + seed;
  }
  // Where an unmodelled line may have led the two programs apart, paths are compared that no formula compares.
  EXPECT_LE(undecided, kPairs / 20);
}

}  // namespace
}  // namespace bgproof
