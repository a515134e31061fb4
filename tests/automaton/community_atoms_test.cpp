// The partition of communities against the reference's contains(), and its sizes against counts by hand.
#include "encoder/automaton/community_atoms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "encoder/automaton/community_text.h"

namespace bgproof {
namespace {

CommunityPattern pattern(CommunityFields fields) { return {fields, {}}; }
CommunityPattern literal(std::string_view text) {
  const std::optional<Community> community = parse_community(text);
  EXPECT_TRUE(community.has_value()) << text;
  return {community.value_or(Community{}), {}};
}
CommunityPattern expression(const std::string& text, std::set<CommunityKind> kinds = {CommunityKind::standard},
                            bool searched = true) {
  return {CommunityRegex{text, searched, std::move(kinds)}, {}};
}
CommunityPattern standard(NumberRange first, NumberRange second) {
  return pattern({CommunityKind::standard, {first, second, NumberRange{}}});
}

const std::set<CommunityKind> kAllKinds = {CommunityKind::standard, CommunityKind::large, CommunityKind::extended};

CommunityAtoms build(const CommunityAtomsBuilder& builder) {
  auto result = builder.build();
  const auto* limit = std::get_if<AutomatonLimit>(&result);
  EXPECT_EQ(limit, nullptr) << (limit != nullptr ? limit->what : "");
  return std::get<CommunityAtoms>(std::move(result));
}

// The size of a set as the sum over its atoms.
uint64_t size_of(const CommunityAtoms& atoms, CommunitySetId set) {
  uint64_t size = 0;
  for (AtomId id : atoms.atoms_of(set)) size += atoms.atom(id).size;
  return size;
}

Community random_community(std::mt19937& random) {
  const std::array<uint32_t, 10> numbers = {0, 1, 7, 64500, 64501, 70, 651, 6512, 65535, 11537};
  const auto number = [&](uint32_t limit) {
    const uint32_t value = random() % 4 == 0 ? static_cast<uint32_t>(random()) : numbers[random() % numbers.size()];
    return limit == UINT32_MAX ? value : value % (limit + 1);
  };
  Community community;
  switch (random() % 3) {
    case 0:
      community = {CommunityKind::standard, {number(0xffff), number(0xffff), 0}};
      break;
    case 1:
      community = {CommunityKind::large, {number(UINT32_MAX), number(UINT32_MAX), number(UINT32_MAX)}};
      break;
    default: {
      const std::array<uint32_t, 9> types = {0x0002, 0x0102, 0x0202, 0x0003, 0x0203, 0x4300, 0x0106, 0x4104, 0x0000};
      const uint32_t type = random() % 5 == 0 ? random() & 0xffff : types[random() % types.size()];
      community.kind = CommunityKind::extended;
      community.fields[0] = type;
      community.fields[1] = number(field_limit(CommunityKind::extended, 1, type));
      community.fields[2] = number(field_limit(CommunityKind::extended, 2, type));
    }
  }
  return community;
}

NumberRange random_range(std::mt19937& random) {
  switch (random() % 4) {
    case 0:
      return {};
    case 1:
      return {64500, 64500};
    case 2:
      return {100, 7000};
    default: {
      const auto low = static_cast<uint32_t>(random() % 70000);
      return {low, low + static_cast<uint32_t>(random() % 1000)};
    }
  }
}

CommunityPattern random_pattern(std::mt19937& random) {
  switch (random() % 3) {
    case 0:
      return {random_community(random), {}};
    case 1: {
      CommunityFields fields{static_cast<CommunityKind>(random() % 3), {}};
      for (NumberRange& range : fields.fields) range = random_range(random);
      if (fields.kind == CommunityKind::extended && random() % 2 == 0) fields.fields[0] = {0x0002, 0x0202};
      return pattern(fields);
    }
    default: {
      const std::array<const char*, 12> expressions = {
          ".*:.*", "^64500:7.*",        "11537:651[12]*", "^64500:", ":1$", "7",
          "^rt:",  "(64500|7):[0-9]+$", "^[0-9]{1,3}:",   "L",       "\\.", "0x4"};
      std::set<CommunityKind> kinds = kAllKinds;
      if (random() % 2 == 0) kinds = {static_cast<CommunityKind>(random() % 3)};
      return expression(expressions[random() % expressions.size()], kinds, random() % 4 != 0);
    }
  }
}

TEST(CommunityText, TheUniverseIsTheTextForms) {
  std::mt19937 random(4);
  for (int i = 0; i < 20000; ++i) {
    const Community community = random_community(random);
    const std::string text = to_string(community);
    ASSERT_TRUE(community_universe(community.kind).accepts(text)) << text;
    ASSERT_EQ(parse_community(text), community) << text;
    for (CommunityKind kind : kAllKinds) {
      ASSERT_EQ(community_universe(kind).accepts(text), kind == community.kind) << text;
    }
  }
}

TEST(CommunityText, TheUniverseHasAsManyAsThereAre) {
  for (CommunityKind kind : kAllKinds) {
    const auto split = TextClassifier::build(community_universe(kind), {}, {});
    const auto& classes = std::get<TextClassifier>(split).classes();
    ASSERT_EQ(classes.size(), 1u);
    EXPECT_TRUE(classes[0].size == community_count(kind)) << to_string(kind);
  }
}

TEST(CommunityAtoms, MembershipIsTheReferences) {
  std::mt19937 random(5);
  int members = 0;
  for (int round = 0; round < 60; ++round) {
    CommunityAtomsBuilder builder;
    std::vector<CommunitySet> sets;
    std::vector<Community> mentioned;
    for (uint32_t i = 1 + random() % 5; i > 0; --i) {
      CommunitySet set;
      for (uint32_t k = random() % 4; k > 0; --k) set.patterns.push_back(random_pattern(random));
      if (random() % 3 == 0) set.except.push_back(random_pattern(random));
      EXPECT_EQ(builder.add(set), sets.size());
      sets.push_back(set);
    }
    if (random() % 2 == 0) mentioned.push_back(random_community(random));
    for (const Community& community : mentioned) builder.mention(community);
    const CommunityAtoms atoms = build(builder);

    const auto check = [&](const Community& community, AtomId id) {
      ASSERT_EQ(atoms.atom(id).kind, community.kind);
      for (CommunitySetId set = 0; set < sets.size(); ++set) {
        const auto& of = atoms.atoms_of(set);
        const bool is_in = std::binary_search(of.begin(), of.end(), id);
        members += is_in ? 1 : 0;
        ASSERT_EQ(is_in, contains(sets[set], community)) << to_string(community) << " in " << to_string(sets[set]);
      }
    };
    for (int i = 0; i < 300; ++i) {
      const Community community = random_community(random);
      check(community, atoms.atom_of(community));
    }
    for (AtomId id = 0; id < atoms.size(); ++id) {
      const std::vector<Community> few = atoms.members(id, 20);
      ASSERT_EQ(few.size(), std::min<uint64_t>(20, atoms.atom(id).size));
      EXPECT_EQ(few.front(), atoms.atom(id).representative);
      EXPECT_EQ(std::set<Community>(few.begin(), few.end()).size(), few.size());
      for (const Community& community : few) {
        ASSERT_EQ(atoms.atom_of(community), id);
        check(community, id);
      }
    }
    for (const Community& community : mentioned) {
      const CommunityAtom& atom = atoms.atom(atoms.atom_of(community));
      EXPECT_TRUE(atom.is_mentioned);
      EXPECT_EQ(atom.size, 1u);
      EXPECT_EQ(atom.representative, community);
    }
    uint64_t standard_size = 0;
    for (AtomId id : atoms.atoms_of(CommunityKind::standard)) standard_size += atoms.atom(id).size;
    EXPECT_EQ(standard_size, uint64_t{1} << 32);
  }
  EXPECT_GT(members, 1000);
}

TEST(CommunityAtoms, SizesAreExact) {
  CommunityAtomsBuilder builder;
  const auto add = [&](std::vector<CommunityPattern> patterns) { return builder.add({std::move(patterns), {}}); };
  const auto range = add({standard({64500, 64500}, {100, 199})});
  const auto any = add({expression(".*:.*", kAllKinds)});
  const auto sevens = add({expression("^64500:7.*")});
  const auto loose = add({expression("11537:651[12]*")});
  const auto tight = add({expression("11537:651[12]*", {CommunityKind::standard}, false)});
  const auto wild = add({standard({64500, 64500}, {})});
  const auto nothing = add({});
  const CommunityAtoms atoms = build(builder);
  EXPECT_EQ(size_of(atoms, range), 100u);
  EXPECT_EQ(size_of(atoms, sevens), 1u + 10 + 100 + 1000);  // 7, 7x, 7xx, 7xxx: 7xxxx is above 65535
  EXPECT_EQ(size_of(atoms, tight), 1u + 2 + 4);             // 651, 651x, 651xx
  EXPECT_EQ(size_of(atoms, loose), 1u + 10 + 100);          // nothing ties the end: 651, 651x, 651xx
  EXPECT_EQ(size_of(atoms, wild), 65536u);
  EXPECT_TRUE(atoms.atoms_of(nothing).empty());
  EXPECT_EQ(atoms.atoms_of(any).size(), atoms.size());
}

TEST(CommunityAtoms, AListThatIsOnlyMatchedIsOneAtom) {
  CommunityAtomsBuilder builder;
  CommunitySet list;
  for (uint32_t i = 0; i < 3000; ++i) {
    list.patterns.push_back({Community{CommunityKind::standard, {64500, i, 0}}, {}});
  }
  builder.add(list);
  builder.mention(Community{CommunityKind::standard, {64500, 7, 0}});
  const CommunityAtoms atoms = build(builder);
  ASSERT_EQ(atoms.atoms_of(0).size(), 2u);
  EXPECT_EQ(size_of(atoms, 0), 3000u);
  EXPECT_EQ(atoms.size(), 5u);  // those, and the rest of each kind
}

TEST(CommunityAtoms, TenThousandLiteralsOverManySets) {
  CommunityAtomsBuilder builder;
  for (uint32_t set = 0; set < 2000; ++set) {
    CommunitySet literals;
    for (uint32_t i = 0; i < 6; ++i) {
      literals.patterns.push_back({Community{CommunityKind::large, {64500, 0, set * 5 + i}}, {}});
    }
    builder.add(literals);
  }
  builder.add({{pattern({CommunityKind::large, {NumberRange{64500, 64500}, {}, {}}})}, {}});
  const CommunityAtoms atoms = build(builder);
  // Every sixth literal is shared by two neighbors, the first of all and the last are not.
  EXPECT_EQ(atoms.atoms_of(CommunityKind::large).size(), 2000u + 1999 + 2);
  EXPECT_EQ(atoms.atoms_of(5).size(), 3u);
  EXPECT_EQ(size_of(atoms, 5), 6u);
}

TEST(CommunityAtoms, ManyDisjointPatterns) {
  CommunityAtomsBuilder builder;
  for (uint32_t i = 0; i < 1000; ++i) builder.add({{standard({i, i}, {})}, {}});
  const CommunityAtoms atoms = build(builder);
  EXPECT_EQ(atoms.atoms_of(CommunityKind::standard).size(), 1001u);
  for (CommunitySetId set = 0; set < 1000; ++set) EXPECT_EQ(size_of(atoms, set), 65536u);
}

TEST(CommunityAtoms, TooManyClassesAreALimitNotAGuess) {
  CommunityAtomsBuilder builder;
  for (int digit = 0; digit < 10; ++digit) {
    builder.add({{expression(std::to_string(digit) + ".*:")}, {}});
    builder.add({{expression(":.*" + std::to_string(digit))}, {}});
  }
  const auto result = builder.build();
  ASSERT_TRUE(std::holds_alternative<AutomatonLimit>(result));
  EXPECT_EQ(std::get<AutomatonLimit>(result).what, "more than 4096 classes of communities");
}

TEST(CommunityAtoms, RepresentativesLookFamiliar) {
  CommunityAtomsBuilder builder;
  builder.add({{literal("64500:1"), literal("64500:3")}, {}});
  builder.mention(*parse_community("64500:1"));
  builder.add({{standard({64501, 64501}, {})}, {}});
  builder.add({{literal("64500:1:2")}, {}});
  const CommunityAtoms atoms = build(builder);
  const auto shown = [&](const char* text) {
    return to_string(atoms.atom(atoms.atom_of(*parse_community(text))).representative);
  };
  EXPECT_EQ(shown("64500:3"), "64500:3");
  EXPECT_EQ(shown("64501:60000"), "64501:1");
  EXPECT_EQ(shown("1:1"), "64500:2");
  EXPECT_EQ(shown("9:9:9"), "64500:1:1");
  EXPECT_EQ(shown("soo:1:1"), "rt:64496:1");
}

}  // namespace
}  // namespace bgproof
