// Automata over AS paths against the reference: the matcher by derivatives, and the evaluator for changes of the path.
#include "encoder/automaton/path_dfa.h"

#include <gtest/gtest.h>

#include "tests/automaton/path_samples.h"

namespace bgproof {
namespace {

PathDfa made(const PathDfa::Made& result) {
  const auto* limit = std::get_if<AutomatonLimit>(&result);
  EXPECT_EQ(limit, nullptr) << (limit != nullptr ? limit->what : "");
  return std::get<PathDfa>(result);
}

// Every path over these letters up to a length.
std::vector<AsPath> all_paths(const std::vector<PathLetter>& letters, size_t longest) {
  std::vector<PathWord> words = {{}};
  std::vector<AsPath> paths;
  for (size_t i = 0; i < words.size(); ++i) {
    paths.push_back(path_of(words[i]));
    if (words[i].size() == longest) continue;
    for (const PathLetter& letter : letters) {
      PathWord longer = words[i];
      longer.push_back(letter);
      words.push_back(std::move(longer));
    }
  }
  return paths;
}

TEST(AsnPartition, ClassesAreMembershipInTheSets) {
  Random random(11);
  for (int round = 0; round < 200; ++round) {
    std::vector<AsnRanges> sets;
    for (uint32_t i = random() % 4; i > 0; --i) sets.push_back({some_range(random), some_range(random)});
    const AsnPartition partition(sets);
    const auto signature = [&](Asn asn) {
      std::vector<bool> result;
      for (const AsnRanges& set : sets) result.push_back(contains(normalized(set), asn));
      return result;
    };
    std::vector<Asn> asns = {0, UINT32_MAX};
    for (int i = 0; i < 20; ++i) asns.push_back(some_asn(random) + random() % 3 - 1);
    for (Asn left : asns) {
      for (Asn right : asns) {
        EXPECT_EQ(partition.class_of(left) == partition.class_of(right), signature(left) == signature(right));
      }
      EXPECT_TRUE(contains(partition.ranges_of(partition.class_of(left)), left));
      EXPECT_LE(partition.lowest(partition.class_of(left)), left);
      EXPECT_EQ(contains(complement(normalized({{left, left}})), left), false);
    }
  }
}

TEST(PathLetter, WordsAndPathsCorrespond) {
  Random random(12);
  for (int i = 0; i < 500; ++i) {
    const AsPath path = some_path(random);
    EXPECT_TRUE(is_well_formed(path)) << to_string(path);
    EXPECT_EQ(path_of(word_of(path)), path);
  }
}

TEST(PathDfa, AllShortPathsAgreeWithTheReferenceMatcher) {
  const std::vector<AsPath> paths = all_paths({{AsSegment::Kind::sequence, {1}},
                                               {AsSegment::Kind::sequence, {64512}},
                                               {AsSegment::Kind::confed_sequence, {2}},
                                               {AsSegment::Kind::set, {1}},
                                               {AsSegment::Kind::set, {2, 65535}}},
                                              4);
  Random random(13);
  int matched = 0;
  for (int round = 0; round < 200; ++round) {
    const AsPathRegex regex = some_regex(random, 3);
    const PathDfa dfa = made(PathDfa::compile(regex));
    for (const AsPath& path : paths) {
      const bool expected = matches(regex, path);
      matched += expected ? 1 : 0;
      ASSERT_EQ(dfa.accepts(path), expected) << to_string(regex) << " on " << to_string(path);
    }
  }
  EXPECT_GT(matched, 1000);
}

TEST(PathDfa, RandomPathsAgreeWithTheReferenceMatcher) {
  Random random(14);
  int matched = 0;
  for (int round = 0; round < 300; ++round) {
    const AsPathRegex regex = some_regex(random, 4);
    const PathDfa dfa = made(PathDfa::compile(regex));
    for (int i = 0; i < 60; ++i) {
      const AsPath path = some_path(random, 8);
      const bool expected = matches(regex, path);
      matched += expected ? 1 : 0;
      ASSERT_EQ(dfa.accepts(path), expected) << to_string(regex) << " on " << to_string(path);
    }
  }
  EXPECT_GT(matched, 1000);
}

TEST(PathDfa, AMatchAfterChangesIsTheInverseImage) {
  Random random(15);
  int matched = 0;
  for (int round = 0; round < 600; ++round) {
    std::vector<PathTransform> transforms;
    for (uint32_t i = 1 + random() % 3; i > 0; --i) transforms.push_back(some_transform(random));
    const AsPathRegex regex = some_regex(random, 3);
    const NumberRange range = {static_cast<uint32_t>(random() % 4), random() % 2 == 0 ? UINT32_MAX : 5};
    const PathDfa dfa = made(PathDfa::compile(regex, transforms));
    const PathDfa length_dfa = made(PathDfa::with_length(range, transforms));
    for (int i = 0; i < 50; ++i) {
      const AsPath path = some_path(random);
      const AsPath after = changed(transforms, path);
      ASSERT_EQ(path_of(bgproof::apply(transforms, word_of(path))), after) << to_string(path);
      const bool expected = matches(regex, after);
      matched += expected ? 1 : 0;
      ASSERT_EQ(dfa.accepts(path), expected)
          << to_string(regex) << " on " << to_string(path) << " changed to " << to_string(after);
      ASSERT_EQ(length_dfa.accepts(path), range.contains(length(after))) << to_string(path);
    }
  }
  EXPECT_GT(matched, 1000);
}

TEST(PathDfa, BooleanOperationsAndQuotient) {
  Random random(16);
  for (int round = 0; round < 150; ++round) {
    const AsPathRegex left = some_regex(random, 3), right = some_regex(random, 3);
    const PathDfa a = made(PathDfa::compile(left)), b = made(PathDfa::compile(right));
    const PathDfa either = made(PathDfa::unite(a, b)), both = made(PathDfa::intersect(a, b));
    const PathWord prefix = word_of(some_path(random, 3));
    const PathDfa quotient = a.left_quotient(prefix);
    for (int i = 0; i < 40; ++i) {
      const AsPath path = some_path(random);
      const PathWord word = word_of(path);
      EXPECT_EQ(either.accepts(word), matches(left, path) || matches(right, path));
      EXPECT_EQ(both.accepts(word), matches(left, path) && matches(right, path));
      EXPECT_EQ(a.complement().accepts(word), !matches(left, path));
      PathWord longer = prefix;
      longer.insert(longer.end(), word.begin(), word.end());
      EXPECT_EQ(quotient.accepts(word), a.accepts(longer));
    }
    EXPECT_TRUE(made(PathDfa::intersect(a, a.complement())).is_empty());
    EXPECT_TRUE(made(PathDfa::unite(a, a.complement())).is_universal());
  }
}

TEST(PathDfa, DistancesAreExact) {
  const PathDfa dfa = made(PathDfa::compile(in_order({one(1), set_with(2), one(3)})));
  EXPECT_EQ(dfa.distance(PathDfa::start(), true, false), 3u);
  EXPECT_EQ(dfa.distance(PathDfa::start(), true, true), PathDfa::kNever);  // a set is not plain
  EXPECT_EQ(dfa.distance(PathDfa::start(), false, true), 0u);
}

TEST(PathDfa, ManyNumbersAreOneLabel) {
  std::vector<NumberRange> cone;
  for (Asn asn = 1; asn <= 20000; asn += 2) cone.push_back({asn, asn});
  const PathDfa dfa = made(PathDfa::compile(in_order({anything(), regex_of(AsPathRegex::Kind::asns, cone)})));
  EXPECT_EQ(dfa.size(), 2u);
  EXPECT_EQ(dfa.alphabet().asns.size(), 2u);
  // An alternative that is searched does not multiply.
  std::vector<AsPathRegex> group;
  for (Asn asn = 1; asn <= 200; ++asn) group.push_back(without_sets(asn));
  EXPECT_EQ(made(PathDfa::compile(either(group))).size(), 2u);
}

TEST(PathDfa, LimitsAreSaid) {
  std::vector<AsPathRegex> sets;
  for (Asn asn = 1; asn <= 20; ++asn) sets.push_back(in_order({set_with(asn), one(asn)}));
  EXPECT_TRUE(std::holds_alternative<AutomatonLimit>(PathDfa::compile(either(sets))));
  EXPECT_TRUE(std::holds_alternative<AutomatonLimit>(PathDfa::with_length({0, 100000})));
  const AsPathRegex huge = times(times(times(times(one(1), 200, 200), 200, 200), 200, 200), 200, 200);
  EXPECT_TRUE(std::holds_alternative<AutomatonLimit>(PathDfa::compile(huge)));
}

}  // namespace
}  // namespace bgproof
