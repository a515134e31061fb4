// Which combinations of languages exist: answers against the reference, conflicts against enumeration, effort in steps.
#include "encoder/automaton/path_languages.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/automaton/path_samples.h"

namespace bgproof {
namespace {

PathLanguageId id_of(const PathLanguages::Added& added) {
  const auto* limit = std::get_if<AutomatonLimit>(&added);
  EXPECT_EQ(limit, nullptr) << (limit != nullptr ? limit->what : "");
  return std::get<PathLanguageId>(added);
}

std::string shown(const PathAnswer& answer) {
  if (const auto* path = std::get_if<AsPath>(&answer)) return "path " + to_string(*path);
  if (const auto* limit = std::get_if<AutomatonLimit>(&answer)) return "limit " + limit->what;
  std::string text = "conflict";
  for (size_t i : std::get<PathConflict>(answer).core) text += " " + std::to_string(i);
  return text;
}

// A language with its meaning by the reference.
struct Meaning {
  std::optional<AsPathRegex> regex;
  NumberRange length;
  std::vector<PathTransform> transforms;

  bool holds(const AsPath& path) const {
    const AsPath after = changed(transforms, path);
    return regex ? matches(*regex, after) : length.contains(bgproof::length(after));
  }
};

// The letters of a world so small that it can be enumerated.
std::vector<AsPath> small_world() {
  const std::vector<PathLetter> letters = {
      {AsSegment::Kind::sequence, {1}}, {AsSegment::Kind::sequence, {2}},   {AsSegment::Kind::sequence, {64512}},
      {AsSegment::Kind::set, {1}},      {AsSegment::Kind::set, {1, 64512}}, {AsSegment::Kind::confed_sequence, {2}}};
  std::vector<PathWord> words = {{}};
  for (size_t i = 0; i < words.size() && words[i].size() < 4; ++i) {
    for (const PathLetter& letter : letters) {
      PathWord longer = words[i];
      longer.push_back(letter);
      words.push_back(std::move(longer));
    }
  }
  std::vector<AsPath> paths;
  for (const PathWord& word : words) paths.push_back(path_of(word));
  return paths;
}

TEST(PathLanguages, RandomCombinationsAgreeWithTheReference) {
  Random random(21);
  const std::vector<AsPath> world = small_world();
  int found = 0, conflicts = 0;
  for (int round = 0; round < 150; ++round) {
    PathLanguages languages;
    std::vector<Meaning> meanings;
    std::vector<PathLanguageId> ids;
    for (uint32_t i = 2 + random() % 4; i > 0; --i) {
      Meaning meaning;
      if (random() % 3 == 0) meaning.transforms.push_back(some_transform(random));
      if (random() % 5 == 0) {
        const uint32_t low = random() % 3;
        meaning.length = {low, random() % 2 == 0 ? low : low + 2};
        ids.push_back(id_of(languages.add_length(meaning.length, meaning.transforms)));
      } else {
        meaning.regex = some_regex(random, 2);
        ids.push_back(id_of(languages.add(*meaning.regex, meaning.transforms)));
      }
      meanings.push_back(meaning);
    }
    for (uint32_t polarity = 0; polarity < (1u << ids.size()); ++polarity) {
      std::vector<PathConstraint> constraints;
      for (size_t i = 0; i < ids.size(); ++i) constraints.push_back({ids[i], (polarity >> i & 1) != 0});
      const auto fulfils = [&](const AsPath& path, size_t i) { return meanings[i].holds(path) == constraints[i].in; };
      const PathAnswer answer = languages.find_path(constraints);
      if (const auto* path = std::get_if<AsPath>(&answer)) {
        ++found;
        ASSERT_TRUE(is_well_formed(*path));
        for (size_t i = 0; i < ids.size(); ++i) ASSERT_TRUE(fulfils(*path, i)) << shown(answer);
        continue;
      }
      ASSERT_TRUE(std::holds_alternative<PathConflict>(answer)) << shown(answer);
      ++conflicts;
      const std::vector<size_t>& core = std::get<PathConflict>(answer).core;
      ASSERT_FALSE(core.empty());
      if (round % 5 == 0) {
        for (const AsPath& path : world) {
          bool all = true;
          for (size_t i : core) all = all && fulfils(path, i);
          ASSERT_FALSE(all) << to_string(path) << " refutes " << shown(answer);
        }
      }
      // No part of the core is a conflict.
      for (size_t left_out = 0; left_out < core.size(); ++left_out) {
        std::vector<PathConstraint> fewer;
        for (size_t k = 0; k < core.size(); ++k) {
          if (k != left_out) fewer.push_back(constraints[core[k]]);
        }
        ASSERT_TRUE(std::holds_alternative<AsPath>(languages.find_path(fewer)));
      }
    }
  }
  EXPECT_GT(found, 300);
  EXPECT_GT(conflicts, 300);
}

TEST(PathLanguages, EqualLanguagesHaveOneNumber) {
  PathLanguages languages;
  const PathLanguageId one_way = id_of(languages.add(with(7)));
  EXPECT_EQ(id_of(languages.add(either({with(7), in_order({with(7), with(7)})}))), one_way);
  EXPECT_EQ(id_of(languages.add(with(7), {PrependAsns{{8}}})), one_way);
  EXPECT_NE(id_of(languages.add(with(8))), one_way);
  EXPECT_EQ(languages.size(), 2u);
}

TEST(PathLanguages, ThreeHundredOverlappingPatternsAreOnePathAway) {
  PathLanguages languages;
  std::vector<PathConstraint> constraints;
  for (uint32_t i = 0; i < 1000; ++i) constraints.push_back({id_of(languages.add(with(100 + i))), i % 10 < 3});
  PathSearchOptions options;
  options.steps = 2'000'000;  // 300 letters, for each 3,000 pieces of 1,000 languages
  const PathAnswer answer = languages.find_path(constraints, options);
  ASSERT_TRUE(std::holds_alternative<AsPath>(answer)) << shown(answer);
  const AsPath& path = std::get<AsPath>(answer);
  EXPECT_EQ(length(path), 300u);
  for (const PathConstraint& constraint : constraints) {
    EXPECT_EQ(matches(with(100 + constraint.language), path), constraint.in);
  }
}

TEST(PathLanguages, OnePositiveAmongAThousandIsOneLetter) {
  PathLanguages languages;
  std::vector<PathConstraint> constraints;
  for (uint32_t i = 0; i < 1000; ++i) constraints.push_back({id_of(languages.add(with(100 + i))), i == 777});
  PathSearchOptions options;
  options.steps = 2'000;
  const PathAnswer answer = languages.find_path(constraints, options);
  ASSERT_TRUE(std::holds_alternative<AsPath>(answer)) << shown(answer);
  EXPECT_EQ(std::get<AsPath>(answer), path_of(std::vector<Asn>{877}));
}

// A number in a set is one for the characters and none for the tokens.
TEST(PathLanguages, WhereOnlySetsDifferSetsAreFound) {
  PathLanguages languages;
  std::vector<PathConstraint> constraints;
  for (uint32_t i = 0; i < 120; ++i) {
    const std::string number = std::to_string(70'000 + 7 * i);
    const bool in = i % 3 != 0;
    constraints.push_back({id_of(languages.add_text("(^|[,{}() ]|$)" + number + "(^|[,{}() ]|$)")), in});
    constraints.push_back({id_of(languages.add(without_sets(70'000 + 7 * i))), false});
  }
  const PathAnswer answer = languages.find_path(constraints);
  ASSERT_TRUE(std::holds_alternative<AsPath>(answer)) << shown(answer);
  const AsPath& path = std::get<AsPath>(answer);
  for (const PathConstraint& constraint : constraints)
    EXPECT_EQ(languages.contains(constraint.language, path), constraint.in);
}

TEST(PathLanguages, AConflictAmongHundredsIsFound) {
  PathLanguages languages;
  std::vector<PathConstraint> constraints;
  for (uint32_t i = 0; i < 200; ++i) constraints.push_back({id_of(languages.add(with(100 + i))), true});
  constraints.push_back({id_of(languages.add(ends_in(150))), true});
  constraints.push_back({id_of(languages.add(ends_in(160))), true});
  const PathAnswer answer = languages.find_path(constraints);
  ASSERT_TRUE(std::holds_alternative<PathConflict>(answer)) << shown(answer);
  EXPECT_EQ(std::get<PathConflict>(answer).core, (std::vector<size_t>{200, 201}));
}

TEST(PathLanguages, LengthAgainstContents) {
  PathLanguages languages;
  std::vector<PathConstraint> constraints = {{id_of(languages.add_length({0, 2})), true}};
  for (uint32_t i = 0; i < 6; ++i) constraints.push_back({id_of(languages.add(without_sets(100 + i))), true});
  constraints.push_back(
      {id_of(languages.add(in_order({times(regex_of(AsPathRegex::Kind::asns, {{0, 4294967295}}), 0)}))), true});
  // Confederation segments count nothing, so six numbers fit into any length.
  PathAnswer answer = languages.find_path(constraints);
  ASSERT_TRUE(std::holds_alternative<AsPath>(answer)) << shown(answer);
  EXPECT_LE(length(std::get<AsPath>(answer)), 2u);
  // Behind a prepend there are only so many left.
  constraints.push_back({id_of(languages.add_length({0, 2}, {PrependAsns{{1, 1, 1}}})), true});
  answer = languages.find_path(constraints);
  ASSERT_TRUE(std::holds_alternative<PathConflict>(answer)) << shown(answer);
  EXPECT_EQ(std::get<PathConflict>(answer).core, (std::vector<size_t>{constraints.size() - 1}));
}

TEST(PathLanguages, ASetOfHundredsThatAreAllForbidden) {
  PathLanguages languages;
  std::vector<NumberRange> members;
  std::vector<PathConstraint> constraints;
  for (Asn asn = 100; asn < 400; asn += 2) {
    members.push_back({asn, asn});
    constraints.push_back({id_of(languages.add(with(asn))), false});
  }
  const AsPathRegex some =
      either({regex_of(AsPathRegex::Kind::asns, members), regex_of(AsPathRegex::Kind::set_letter, members)});
  constraints.push_back({id_of(languages.add(in_order({anything(), some, anything()}))), true});
  // Every one of them is needed: sets of members multiply, but each member is the end by itself.
  const PathAnswer answer = languages.find_path(constraints);
  ASSERT_TRUE(std::holds_alternative<PathConflict>(answer)) << shown(answer);
  EXPECT_EQ(std::get<PathConflict>(answer).core.size(), constraints.size());
  constraints[70].in = true;
  EXPECT_TRUE(std::holds_alternative<AsPath>(languages.find_path(constraints)));
}

TEST(PathLanguages, OnlyASetWillDo) {
  PathLanguages languages;
  const PathAnswer answer = languages.find_path({{id_of(languages.add_length({1, 1})), true},
                                                 {id_of(languages.add(with(7))), true},
                                                 {id_of(languages.add(with(8))), true},
                                                 {id_of(languages.add(with(9))), false}});
  ASSERT_TRUE(std::holds_alternative<AsPath>(answer)) << shown(answer);
  const AsPath& path = std::get<AsPath>(answer);
  EXPECT_EQ(length(path), 1u);
  EXPECT_TRUE(matches(with(7), path) && matches(with(8), path) && !matches(with(9), path)) << to_string(path);
}

TEST(PathLanguages, PathsAreBelievable) {
  PathLanguages languages;
  const PathLanguageId not_empty = id_of(languages.add(in_order({any_letter(), anything()})));
  const PathLanguageId mentions = id_of(languages.add(with(64496)));
  PathSearchOptions options;
  options.familiar = {64500, 64496};
  const auto path = [&](std::vector<PathConstraint> constraints) {
    return shown(languages.find_path(constraints, options));
  };
  EXPECT_EQ(path({{not_empty, true}}), "path 64500");
  EXPECT_EQ(path({{not_empty, true}, {mentions, true}}), "path 64496");
  EXPECT_EQ(path({{not_empty, false}, {mentions, false}}), "path ");
  const PathLanguageId three = id_of(languages.add_length({3, 3}));
  EXPECT_EQ(path({{three, true}, {mentions, false}}), "path 64500 64497 64498");
}

TEST(PathLanguages, TheLimitIsSaid) {
  PathLanguages languages;
  // No path has all of them in so few letters, and no two of them are in each other's way.
  std::vector<PathConstraint> constraints = {
      {id_of(languages.add(times(regex_of(AsPathRegex::Kind::asns, {{0, 4294967295}}), 0, 11))), true}};
  for (uint32_t i = 0; i < 200; ++i) constraints.push_back({id_of(languages.add(without_sets(100 + i))), true});
  PathSearchOptions options;
  options.steps = 1'000'000;
  const PathAnswer answer = languages.find_path(constraints, options);
  EXPECT_FALSE(std::holds_alternative<AsPath>(answer)) << shown(answer);
  ASSERT_TRUE(std::holds_alternative<AutomatonLimit>(answer)) << shown(answer);
}

TEST(PathLanguages, OriginsExcludeEachOther) {
  PathLanguages languages;
  std::set<PathLanguageId> origins, neighbors;
  for (uint32_t i = 0; i < 40; ++i) {
    origins.insert(id_of(languages.add(ends_in(100 + i))));
    neighbors.insert(id_of(languages.add(begins_with(100 + i))));
    id_of(languages.add(with(100 + i)));  // not exclusive
  }
  origins.insert(
      id_of(languages.add(in_order({anything(), regex_of(AsPathRegex::Kind::asns, {{200, 300}, {400, 500}})}))));
  const PathLanguageId overlapping =
      id_of(languages.add(in_order({anything(), regex_of(AsPathRegex::Kind::asns, {{250, 450}})})));
  const auto groups = languages.exclusive_groups();
  ASSERT_EQ(groups.size(), 2u);
  for (const auto& group : groups) {
    const std::set<PathLanguageId> members(group.begin(), group.end());
    EXPECT_TRUE(members == origins || members == neighbors);
    EXPECT_FALSE(members.contains(overlapping));
    for (PathLanguageId left : group) {
      for (PathLanguageId right : group) {
        EXPECT_TRUE(left == right || languages.conflict({left, true}, {right, true}));
      }
    }
  }
}

TEST(PathLanguages, OneDialectsWordsImplyThoseOfAnother) {
  PathLanguages languages;
  std::map<PathLanguageId, PathLanguageId> expected;
  for (uint32_t i = 0; i < 40; ++i) {
    PathLanguageId origin = id_of(languages.add(ends_in(100 + i)));
    PathLanguageId neighbor = id_of(languages.add(begins_with(100 + i)));
    PathLanguageId anywhere = id_of(languages.add(with(100 + i)));
    expected[origin] = expected[neighbor] = anywhere;
  }
  std::map<PathLanguageId, PathLanguageId> found;
  for (const auto& [small, large] : languages.inclusions()) {
    EXPECT_TRUE(languages.conflict({small, true}, {large, false}));
    EXPECT_TRUE(found.emplace(small, large).second);
  }
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace bgproof
