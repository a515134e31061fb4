// The generator of tests/generator keeps its promises: everything occurs, routes are legal, programs run, seeds repeat.
#include <gtest/gtest.h>

#include <map>

#include "policy/visit.h"
#include "tests/generator/generate.h"
#include "tests/generator/small_world.h"

namespace bgproof {
namespace {

struct Case {
  Pool pool;
  Program program;
  Route route;
  Choices choices;
};

Case generate(uint64_t seed) {
  Random random(seed);
  Case made;
  made.pool = random_pool(random);
  made.program = random_program(random, made.pool);
  collect(made.program, random, made.pool);
  complete(made.pool);
  made.route = random_route(random, made.pool);
  made.choices = random_choices(random, made.pool, made.program);
  return made;
}

void for_each_statement(const Program& program, const OnStatement& visit) {
  walk(program.entry, visit);
  walk(program.rewrite, visit);
  for (const Policy& policy : program.library->policies) walk(policy.clauses, visit);
}

TEST(Generator, MakesEveryStatementAndCondition) {
  std::map<size_t, int> statements;
  std::map<size_t, int> conditions;
  for (uint64_t seed = 0; seed < 500; ++seed)
    for_each_statement(generate(seed).program, [&](const Statement& statement) {
      ++statements[statement.is.index()];
      for (const Condition* root : conditions_of(statement))
        walk(*root, [&](const Condition& condition) { ++conditions[condition.is.index()]; });
    });
  for (size_t i = 0; i < std::variant_size_v<StatementKinds>; ++i) EXPECT_GT(statements[i], 0) << "statement " << i;
  for (size_t i = 0; i < std::variant_size_v<ConditionKinds>; ++i) EXPECT_GT(conditions[i], 0) << "condition " << i;
}

TEST(Generator, MakesEveryFormOfAnAction) {
  std::map<Decision, int> decisions;
  std::map<Call::As, int> calls;
  std::map<SetNumber::How, int> numbers;
  std::map<RemovePrivate::Which, int> removals;
  std::map<PrefixList::Mode, int> modes;
  int masks = 0;
  std::map<size_t, int> patterns;
  for (uint64_t seed = 0; seed < 500; ++seed)
    for_each_statement(generate(seed).program, [&](const Statement& statement) {
      if (const auto* s = std::get_if<Disposition>(&statement.is)) ++decisions[s->decision];
      if (const auto* s = std::get_if<Call>(&statement.is)) ++calls[s->as];
      if (const auto* s = std::get_if<SetNumber>(&statement.is)) ++numbers[s->how];
      if (const auto* s = std::get_if<RemovePrivate>(&statement.is)) ++removals[s->which];
      for (const Condition* root : conditions_of(statement))
        walk(*root, [&](const Condition& condition) {
          if (const auto* in = std::get_if<PrefixIn>(&condition.is)) {
            ++modes[in->list->mode];
            for (const PrefixEntry& entry : in->list->entries) masks += entry.pattern.mask.has_value();
          }
          if (const auto* carries = std::get_if<CarriesCommunity>(&condition.is))
            for (const CommunityPattern& pattern : carries->set.patterns) ++patterns[pattern.is.index()];
        });
    });
  EXPECT_EQ(decisions.size(), 5u);
  EXPECT_EQ(calls.size(), 2u);
  EXPECT_EQ(numbers.size(), 4u);
  EXPECT_EQ(removals.size(), 3u);
  EXPECT_EQ(modes.size(), 3u);
  EXPECT_EQ(patterns.size(), 3u);
  EXPECT_GT(masks, 0);
}

TEST(Generator, RoutesAreLegalAndProgramsRun) {
  int accepted = 0;
  int met = 0;
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    Case made = generate(seed);
    ASSERT_TRUE(is_legal(made.route)) << seed;
    Outcome outcome = evaluate(made.program, made.route, made.choices);
    accepted += outcome.accepted;
    met += !outcome.met.empty();
    std::set<ChoiceKey> once(outcome.met.begin(), outcome.met.end());
    ASSERT_EQ(once.size(), outcome.met.size()) << "a line is met once, seed " << seed;
    std::set<ChoiceKey> places;
    for (const ChoicePlace& place : choice_places(made.program)) places.insert(place.key);
    for (const ChoiceKey& key : outcome.met) ASSERT_TRUE(places.contains(key)) << seed;
    ASSERT_TRUE(is_well_formed(outcome.route.as_path)) << seed;
    ASSERT_EQ(outcome.route.prefix, made.route.prefix) << "never changed by a policy";
  }
  // Neither verdict is rare, or laws on programs would test little.
  EXPECT_GT(accepted, 900);
  EXPECT_LT(accepted, 2400);
  EXPECT_GT(met, 300);
}

TEST(Generator, ConditionsAreTrueAndFalse) {
  std::map<size_t, std::pair<int, int>> values;
  for (uint64_t seed = 0; seed < 6000; ++seed) {
    Random random(seed);
    Pool pool = random_pool(random);
    Condition condition = random_condition(random, pool, Features::route_only(), 0);
    collect(condition, random, pool);
    for (int i = 0; i < 5; ++i) {
      auto& [yes, no] = values[condition.is.index()];
      ++(holds(condition, random_route(random, pool)) ? yes : no);
    }
  }
  for (const auto& [index, counts] : values) {
    EXPECT_GT(counts.first, 20) << "condition " << index;
    EXPECT_GT(counts.second, 20) << "condition " << index;
  }
}

TEST(Generator, FeaturesLeaveOut) {
  Features plain = Features::route_only();
  plain.as_path_matches = plain.as_path_text = plain.as_path_length = plain.as_path_changes =
      plain.sets_and_confederations = false;
  plain.community_fields = plain.community_regexes = plain.community_count = plain.masks = plain.longest_match = false;
  plain.calls = false;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    Pool pool = random_pool(random);
    Program program = random_program(random, pool, plain);
    for (const AsSegment& segment : random_route(random, pool, plain).as_path.segments)
      EXPECT_EQ(segment.kind, AsSegment::Kind::sequence);
    EXPECT_TRUE(choice_places(program).empty());
    for_each_statement(program, [&](const Statement& statement) {
      EXPECT_FALSE(std::holds_alternative<Call>(statement.is));
      EXPECT_FALSE(std::holds_alternative<PrependAsns>(statement.is));
      EXPECT_FALSE(std::holds_alternative<SetFlag>(statement.is));
      for (const Condition* root : conditions_of(statement))
        walk(*root, [&](const Condition& condition) {
          EXPECT_FALSE(std::holds_alternative<AsPathMatches>(condition.is));
          EXPECT_FALSE(std::holds_alternative<AsPathText>(condition.is));
          EXPECT_FALSE(std::holds_alternative<CommunityCount>(condition.is));
          EXPECT_FALSE(std::holds_alternative<AssumptionIs>(condition.is));
          if (const auto* in = std::get_if<PrefixIn>(&condition.is)) {
            for (const PrefixEntry& entry : in->list->entries) EXPECT_FALSE(entry.pattern.mask);
          }
        });
    });
  }
}

TEST(Generator, RepeatsItself) {
  for (uint64_t seed : {0u, 1u, 99u}) {
    Case first = generate(seed);
    Case second = generate(seed);
    EXPECT_EQ(first.route, second.route);
    ASSERT_EQ(first.program.entry.size(), second.program.entry.size());
    for (size_t i = 0; i < first.program.entry.size(); ++i)
      EXPECT_EQ(to_string(first.program.entry[i], *first.program.library),
                to_string(second.program.entry[i], *second.program.library));
  }
  // The engine is the standard's: its ten thousandth number is in the standard's text.
  std::mt19937_64 engine;
  engine.discard(9999);
  EXPECT_EQ(engine(), 9981545732273789042u);
}

TEST(SmallWorld, HasEveryCombinationThatIsLegal) {
  Pool pool;
  pool.prefixes = {parse_prefix("10.0.0.0/8").value()};
  pool.asns = {1, 2};
  pool.communities = {parse_community("1:1").value(), parse_community("1:2").value(), parse_community("1:3").value()};
  pool.roles = {"customer"};
  SmallWorld world = small_world(pool);
  std::vector<std::string> prefixes;
  for (const Prefix& prefix : world.prefixes) prefixes.push_back(to_string(prefix));
  EXPECT_EQ(prefixes,
            (std::vector<std::string>{"10.0.0.0/7", "10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "11.0.0.0/8"}));
  // Sources: external and internal from the customer, internal, direct and static originated. Paths: none, 1, 2, four
  // of two numbers, one with a set: 8; the external source can't have the empty one. Communities: 8 sets. Numbers: one
  // of each.
  EXPECT_EQ(world.size(), 5u * 5 * 8 * 8);
  std::set<std::string> seen;
  uint64_t visited = for_each_route(world, [&](const Route& route) {
    EXPECT_TRUE(is_legal(route));
    seen.insert(to_string(route) + std::string(to_string(route.route_type)));
    return true;
  });
  EXPECT_EQ(visited, 5u * 8 * (4 * 8 + 7));
  EXPECT_EQ(seen.size(), visited) << "no route twice";
  EXPECT_EQ(for_each_route(world, [](const Route&) { return false; }), 1u);
}

TEST(SmallWorld, StaysWithinItsLimits) {
  Random random(5);
  Pool pool = random_pool(random);
  SmallWorldLimits limits;
  limits.free_bits = 3;
  limits.prefixes = 20;
  SmallWorld world = small_world(pool, limits);
  EXPECT_LE(world.prefixes.size(), 20u);
  EXPECT_GE(world.prefixes.size(), 15u) << "the first constant with three free bits below it";
}

}  // namespace
}  // namespace bgproof
