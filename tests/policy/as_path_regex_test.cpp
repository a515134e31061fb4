#include "policy/as_path_regex.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/generator/generate.h"

namespace bgproof {
namespace {

using Kind = AsPathRegex::Kind;

AsPathRegex leaf(Kind kind, std::vector<NumberRange> ranges = {}) {
  AsPathRegex regex;
  regex.kind = kind;
  regex.ranges = std::move(ranges);
  return regex;
}
AsPathRegex asn(Asn low, Asn high) { return leaf(Kind::asns, {{low, high}}); }
AsPathRegex asn(Asn number) { return asn(number, number); }
AsPathRegex node(Kind kind, std::vector<AsPathRegex> of) {
  AsPathRegex regex;
  regex.kind = kind;
  regex.of = std::move(of);
  return regex;
}
AsPathRegex repeat(AsPathRegex of, uint32_t low, uint32_t high) {
  AsPathRegex regex = node(Kind::repeat, {std::move(of)});
  regex.low = low;
  regex.high = high;
  return regex;
}
AsPathRegex any() { return leaf(Kind::any_letter); }
AsPathRegex anything() { return repeat(any(), 0, AsPathRegex::kUnbounded); }

AsPath aggregated() { return {{{AsSegment::Kind::sequence, {1, 2}}, {AsSegment::Kind::set, {3, 4}}}}; }

TEST(AsPathRegex, MatchesTheWholePath) {
  EXPECT_TRUE(matches(asn(1234), path_of({1234})));
  EXPECT_FALSE(matches(asn(1234), path_of({1234, 5})));
  EXPECT_FALSE(matches(asn(100), path_of({65100}))) << "numbers, not digits (J11)";
  AsPathRegex ends_in_100 = node(Kind::sequence, {anything(), asn(100)});
  EXPECT_TRUE(matches(ends_in_100, path_of({1, 2, 100})));
  EXPECT_TRUE(matches(ends_in_100, path_of({100})));
  EXPECT_FALSE(matches(ends_in_100, path_of({65100})));
  EXPECT_TRUE(matches(leaf(Kind::empty), AsPath{}));
  EXPECT_FALSE(matches(leaf(Kind::empty), path_of({1})));
  EXPECT_FALSE(matches(leaf(Kind::nothing), AsPath{}));
  EXPECT_FALSE(matches(any(), AsPath{}));
  EXPECT_TRUE(matches(node(Kind::sequence, {}), AsPath{}));
  EXPECT_FALSE(matches(node(Kind::alternative, {}), AsPath{}));
}

TEST(AsPathRegex, ReadsSetsAsOneLetter) {
  EXPECT_TRUE(matches(node(Kind::sequence, {asn(1), asn(2), any()}), aggregated()));
  EXPECT_TRUE(matches(node(Kind::sequence, {asn(1), asn(2), leaf(Kind::set_letter)}), aggregated()));
  EXPECT_TRUE(matches(node(Kind::sequence, {asn(1), asn(2), leaf(Kind::set_letter, {{4, 9}})}), aggregated()));
  EXPECT_FALSE(matches(node(Kind::sequence, {asn(1), asn(2), leaf(Kind::set_letter, {{5, 9}})}), aggregated()));
  EXPECT_FALSE(matches(node(Kind::sequence, {asn(1), asn(2), asn(3, 4)}), aggregated()));
  EXPECT_FALSE(matches(leaf(Kind::set_letter), path_of({3})));
}

TEST(AsPathRegex, ReadsConfederationsLikeOtherSegments) {
  AsPath path = {{{AsSegment::Kind::confed_sequence, {7, 8}}, {AsSegment::Kind::confed_set, {9}}}};
  EXPECT_TRUE(matches(node(Kind::sequence, {asn(7), asn(8), leaf(Kind::set_letter, {{9, 9}})}), path));
  EXPECT_FALSE(matches(node(Kind::sequence, {asn(7), asn(8), asn(9)}), path));
}

TEST(AsPathRegex, CountsRepetitions) {
  AsPathRegex twice_or_thrice = repeat(asn(5), 2, 3);
  EXPECT_FALSE(matches(twice_or_thrice, path_of({5})));
  EXPECT_TRUE(matches(twice_or_thrice, path_of({5, 5})));
  EXPECT_TRUE(matches(twice_or_thrice, path_of({5, 5, 5})));
  EXPECT_FALSE(matches(twice_or_thrice, path_of({5, 5, 5, 5})));
  EXPECT_TRUE(matches(repeat(asn(5), 0, 0), AsPath{}));
  EXPECT_FALSE(matches(repeat(asn(5), 0, 0), path_of({5})));
}

TEST(AsPathRegex, Prints) {
  EXPECT_EQ(to_string(node(Kind::sequence, {anything(), asn(100), asn(64512, 65534)})), ".* 100 [64512-65534]");
  EXPECT_EQ(to_string(node(Kind::sequence, {node(Kind::alternative, {asn(1), asn(2)}), repeat(asn(3), 0, 1)})),
            "(1 | 2) 3?");
  EXPECT_EQ(to_string(repeat(node(Kind::sequence, {asn(1), asn(2)}), 2, 2)), "(1 2){2}");
  EXPECT_EQ(to_string(repeat(repeat(asn(1), 1, AsPathRegex::kUnbounded), 2, 5)), "(1+){2,5}");
  EXPECT_EQ(to_string(repeat(asn(1), 3, AsPathRegex::kUnbounded)), "1{3,}");
  EXPECT_EQ(to_string(leaf(Kind::empty)), "()");
  EXPECT_EQ(to_string(leaf(Kind::nothing)), "[]");
  EXPECT_EQ(to_string(leaf(Kind::set_letter)), "{.}");
  EXPECT_EQ(to_string(leaf(Kind::set_letter, {{1, 1}, {5, 7}})), "{1 5-7}");
}

TEST(AsPathRegex, EqualityIgnoresTheUsersText) {
  AsPathRegex one = asn(1);
  AsPathRegex same = asn(1);
  same.text = "^1$";
  EXPECT_EQ(one, same);
  EXPECT_FALSE(one == asn(2));
  EXPECT_FALSE(repeat(one, 0, 1) == repeat(one, 0, 2));
}

// An independent matcher over positions in the word; a segment's letters are told apart by hand.
struct Letter {
  bool set;
  std::vector<Asn> members;
};

bool fits(const AsPathRegex& regex, const Letter& letter) {
  if (regex.kind == Kind::any_letter) return true;
  if (letter.set != (regex.kind == Kind::set_letter)) return false;
  if (letter.set && regex.ranges.empty()) return true;
  for (Asn member : letter.members)
    for (const NumberRange& range : regex.ranges)
      if (range.low <= member && member <= range.high) return true;
  return false;
}

std::set<size_t> ends(const AsPathRegex& regex, const std::vector<Letter>& word, size_t from) {
  switch (regex.kind) {
    case Kind::nothing:
      return {};
    case Kind::empty:
      return {from};
    case Kind::asns:
    case Kind::any_letter:
    case Kind::set_letter:
      return from < word.size() && fits(regex, word[from]) ? std::set<size_t>{from + 1} : std::set<size_t>{};
    case Kind::sequence: {
      std::set<size_t> at = {from};
      for (const AsPathRegex& part : regex.of) {
        std::set<size_t> next;
        for (size_t position : at) next.merge(ends(part, word, position));
        at = next;
      }
      return at;
    }
    case Kind::alternative: {
      std::set<size_t> at;
      for (const AsPathRegex& part : regex.of) at.merge(ends(part, word, from));
      return at;
    }
    case Kind::repeat: {
      uint32_t rounds = std::min<uint32_t>(regex.high, regex.low + static_cast<uint32_t>(word.size()) + 1);
      std::set<size_t> result;
      std::set<size_t> at = {from};
      for (uint32_t round = 0;; ++round) {
        if (round >= regex.low) result.insert(at.begin(), at.end());
        if (round == rounds) return result;
        std::set<size_t> next;
        for (size_t position : at) next.merge(ends(regex.of[0], word, position));
        at = next;
      }
    }
  }
  return {};
}

std::vector<Letter> letters(const AsPath& path) {
  std::vector<Letter> word;
  for (const AsSegment& segment : path.segments) {
    bool set = segment.kind == AsSegment::Kind::set || segment.kind == AsSegment::Kind::confed_set;
    if (set) word.push_back({true, segment.asns});
    if (!set)
      for (Asn number : segment.asns) word.push_back({false, {number}});
  }
  return word;
}

TEST(AsPathRegex, AgreesWithASearchOverAllPositions) {
  int matched = 0;
  for (uint64_t seed = 0; seed < 600; ++seed) {
    Random random(seed);
    Pool pool = random_pool(random);
    AsPathRegex regex = random_path_regex(random, pool, {}, 3);
    collect(Condition{AsPathMatches{regex}, {}}, random, pool);
    for (int i = 0; i < 40; ++i) {
      AsPath path = random_path(random, pool);
      if (letters(path).size() > 12) continue;  // the search is cubic and worse
      bool expected = ends(regex, letters(path), 0).contains(letters(path).size());
      ASSERT_EQ(matches(regex, path), expected) << to_string(regex) << " on " << to_string(path) << " seed " << seed;
      matched += expected;
    }
  }
  EXPECT_GT(matched, 3000);
}

}  // namespace
}  // namespace bgproof
