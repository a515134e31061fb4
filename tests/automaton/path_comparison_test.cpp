// "Only put in front of" as an automaton, against the evaluator that makes the changes.
#include <gtest/gtest.h>

#include "encoder/automaton/path_dfa.h"
#include "intents/obligation.h"
#include "tests/automaton/path_samples.h"

namespace bgproof {
namespace {

bool reference(const std::vector<PathTransform>& transforms, const NumberRange& times, const AsPath& path) {
  Route before, after;
  before.as_path = path;
  after.as_path = changed(transforms, path);
  return holds(Obligation{PrependObligation{times}, {}, {}}, before, after);
}

bool automaton(const std::vector<PathTransform>& transforms, const NumberRange& times, const AsPath& path) {
  const PathDfa::Made made = PathDfa::prepended(times, transforms);
  const auto* dfa = std::get_if<PathDfa>(&made);
  EXPECT_NE(dfa, nullptr) << std::get<AutomatonLimit>(made).what;
  return dfa != nullptr && dfa->accepts(path);
}

RemovePrivate removal(RemovePrivate::Which which) {
  RemovePrivate removal;
  removal.which = which;
  return removal;
}

TEST(PathComparison, SeesThroughWhatThePolicyPutsThereItself) {
  const std::vector<PathTransform> own = {removal(RemovePrivate::Which::all), PrependAsns{{64512}}};
  EXPECT_TRUE(automaton(own, {1, 1}, path_of({1, 2})));
  EXPECT_FALSE(automaton(own, {1, 1}, path_of({1, 64513})));
  // Behind the private number that goes away stands the one that comes.
  EXPECT_TRUE(automaton(own, {0, 0}, path_of({64512, 1})));
  EXPECT_FALSE(automaton(own, {0, 0}, path_of({64513, 1})));
  const std::vector<PathTransform> twice = {PrependAsns{{64512, 64512}}, RemoveAsns{{{64512, 64512}}},
                                            PrependAsns{{7}}};
  EXPECT_TRUE(automaton(twice, {1, 1}, path_of({1, 2})));
  EXPECT_FALSE(automaton(twice, {1, 1}, path_of({64512, 2})));
}

TEST(PathComparison, AConstantPathComparesToo) {
  const std::vector<PathTransform> constant = {ReplacePath{{7, 7, 8}}};
  EXPECT_TRUE(automaton(constant, {0, 0}, path_of({7, 7, 8})));
  EXPECT_TRUE(automaton(constant, {1, 1}, path_of({7, 8})));
  EXPECT_TRUE(automaton(constant, {2, 2}, path_of(std::vector<Asn>{8})));
  EXPECT_FALSE(automaton(constant, {3, 3}, AsPath{})) << "7 7 8 is not one number";
  EXPECT_TRUE(automaton({ReplacePath{{7, 7}}}, {2, 2}, AsPath{}));
  EXPECT_TRUE(automaton({ReplacePath{}}, {0, 5}, AsPath{}));
}

TEST(PathComparison, ReplacingBackIsNoChange) {
  const std::vector<PathTransform> there_and_back = {ReplaceAsn{{{1, 1}}, 2}, ReplaceAsn{{{2, 2}}, 1}};
  EXPECT_TRUE(automaton(there_and_back, {0, 0}, path_of({1, 3})));
  EXPECT_FALSE(automaton(there_and_back, {0, 0}, path_of({2, 3})));
}

TEST(PathComparison, AgreesWithTheEvaluator) {
  Random random(20261127);
  int limits = 0, yes = 0, compared = 0;
  for (int round = 0; round < 1500; ++round) {
    std::vector<PathTransform> transforms;
    for (uint32_t i = random() % 4; i > 0; --i) transforms.push_back(some_transform(random));
    const uint32_t low = random() % 3;
    const NumberRange times = {low, random() % 3 == 0 ? UINT32_MAX : low + random() % 3};
    const PathDfa::Made made = PathDfa::prepended(times, transforms);
    const auto* dfa = std::get_if<PathDfa>(&made);
    if (dfa == nullptr) {
      ++limits;
      continue;
    }
    for (int i = 0; i < 60; ++i) {
      AsPath path = some_path(random);
      // What the changes make of a path is often such a path again.
      if (i % 3 == 0) path = changed(transforms, path);
      const bool expected = reference(transforms, times, path);
      ASSERT_EQ(dfa->accepts(path), expected)
          << "round " << round << " times " << times.low << ".." << times.high << ": " << to_string(path) << " -> "
          << to_string(changed(transforms, path));
      yes += expected;
      ++compared;
    }
  }
  EXPECT_GT(yes, compared / 10);
  EXPECT_LT(limits, 30);
}

}  // namespace
}  // namespace bgproof
