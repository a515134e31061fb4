// Expressions over all communities of a route: the machine that reads communities against the evaluator that prints
// them.
#include "encoder/automaton/community_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "encoder/automaton/printed_communities.h"
#include "policy/evaluate.h"
#include "tests/generator/random.h"

namespace bgproof {
namespace {

CommunityList made(const CommunityText& text) {
  const auto result = community_list(text);
  const auto* limit = std::get_if<AutomatonLimit>(&result);
  EXPECT_EQ(limit, nullptr) << (limit != nullptr ? limit->what : "");
  return limit != nullptr ? CommunityList{} : std::get<CommunityList>(result);
}

std::string limit_of(const CommunityText& text) {
  const auto result = community_list(text);
  const auto* limit = std::get_if<AutomatonLimit>(&result);
  return limit != nullptr ? limit->what : "none";
}

size_t letter_of(const CommunityList& list, const Community& community) {
  for (size_t i = 1; i < list.letters.size(); ++i) {
    const CommunityList::Letter& letter = list.letters[i];
    if (std::find(letter.members.begin(), letter.members.end(), community) != letter.members.end()) return i;
    if (letter.texts.accepts(to_string(community))) return i;
  }
  return 0;
}

// Stretch by stretch; within each the letters from the last to the first, each as often as it counts.
bool run(const CommunityList& list, const Communities& communities) {
  std::map<std::pair<size_t, size_t>, uint32_t> counts;
  for (const Community& community : communities) {
    const auto above = std::upper_bound(list.boundaries.begin(), list.boundaries.end(), community);
    ++counts[{static_cast<size_t>(above - list.boundaries.begin()), list.letters.size() - letter_of(list, community)}];
  }
  CommunityList::State state = 0;
  for (const auto& [at, count] : counts) {
    const CommunityList::Letter& letter = list.letters[list.letters.size() - at.second];
    for (uint32_t i = 0; i < std::min(count, letter.most); ++i) state = letter.to[state];
  }
  return list.accepts[state] != 0;
}

Communities some_communities(Random& random, CommunityKind kind) {
  const std::vector<uint32_t> numbers = {0, 1, 2, 9, 10, 11, 12, 100, 666, 6450, 64500, 64501, 65000, 65535, 65281};
  Communities communities;
  for (uint32_t i = random.below(5); i > 0; --i) {
    Community community{kind, {random.pick(numbers), random.pick(numbers), 0}};
    if (kind == CommunityKind::large) community.fields[2] = random.pick(numbers);
    if (kind == CommunityKind::extended)
      community.fields = {random.pick(std::vector<uint32_t>{0x0002, 0x0003, 0x0102, 0x0202, 0x4300}),
                          random.pick(numbers), random.pick(numbers)};
    if (random.chance(10))
      community = random.pick(std::vector<CommunityName>(kCommunityNames.begin(), kCommunityNames.end())).community;
    communities.insert(community);
  }
  return communities;
}

constexpr std::string_view kEdge = "(^|[,{}() ]|$)";
std::string edged(std::string_view text) { return std::string(kEdge) + std::string(text) + std::string(kEdge); }

TEST(CommunityList, OneCommunityAmongOthersIsOneLetter) {
  const CommunityList list = made({CommunityKind::standard, edged("64500:1")});
  EXPECT_EQ(list.accepts.size(), 2u);
  ASSERT_EQ(list.letters.size(), 2u);
  EXPECT_EQ(list.letters[1].members, (std::vector<Community>{{CommunityKind::standard, {64500, 1, 0}}}));
  EXPECT_TRUE(list.boundaries.empty());
  EXPECT_EQ(list.letters[0].most, 1u);
}

TEST(CommunityList, AnchorsLookAtTheOrder) {
  const CommunityList list = made({CommunityKind::standard, "^64500:"});
  EXPECT_EQ(list.boundaries, (std::vector<Community>{{CommunityKind::standard, {64500, 0, 0}},
                                                     {CommunityKind::standard, {64501, 0, 0}}}));
  std::vector<Community> types;
  for (uint32_t type : {0x0002, 0x0003, 0x0102, 0x0103, 0x0202, 0x0203})
    types.push_back({CommunityKind::extended, {type, 0, 0}});
  EXPECT_EQ(made({CommunityKind::extended, "^rt:"}).boundaries, types);
}

TEST(CommunityList, CountsWhereTheNumberMatters) {
  EXPECT_EQ(made({CommunityKind::standard, "^64500:1$"}).letters[1].most, 1u) << "there is only one";
  EXPECT_EQ(made({CommunityKind::standard, "^64500:[12]$"}).letters[1].most, 2u);
  EXPECT_EQ(made({CommunityKind::standard, "^[^ ]*$"}).letters[0].most, 2u) << "one community at most";
  EXPECT_EQ(made({CommunityKind::large, ".* .* .*"}).letters[0].most, 3u);
}

TEST(CommunityList, LimitsHaveNames) {
  EXPECT_EQ(
      limit_of({CommunityKind::standard, "^[^ ]*( [^ ]* [^ ]*)*$"}),
      "a number of communities that must be exact in the expression `^[^ ]*( [^ ]* [^ ]*)*$` over all communities "
      "of a route");
  EXPECT_NE(limit_of({CommunityKind::standard, ":100$"}).find("the order of too many communities"), std::string::npos);
  EXPECT_NE(limit_of({CommunityKind::extended, ":100$"}).find("the order of too many communities"), std::string::npos);
}

TEST(CommunityList, AgreesWithTheEvaluator) {
  const std::vector<std::string> standard = {edged("64500:1"),
                                             "64500:1",
                                             "^64500:1$",
                                             "^64500:1",
                                             "^64500:",
                                             "^64500:[0-9]+$",
                                             edged("64500:[0-9]*"),
                                             edged("(64500|65000):1[0-9]"),
                                             "64500:1 64500:2",
                                             "^64500:1 64500:2$",
                                             edged("64500:1") + ".*" + edged("65000:2"),
                                             "^(64500:1|64500:2)$",
                                             "^(64500:1 )?64500:2$",
                                             " .* ",
                                             "^$",
                                             ".*",
                                             "",
                                             "[^0-9: ]",
                                             "^[^ ]*$",
                                             "no-export",
                                             "65535:65281",
                                             "^no-export$",
                                             "^internet ",
                                             "^64500:.* no-export$",
                                             "64500:[12] 64500:1[0-2]",
                                             "1 9",
                                             "^0:",
                                             "[[:alpha:]]",
                                             "0:0",
                                             "(9|10):9 "};
  const std::vector<std::string> large = {edged("64500:1:2"), "^64500:", "^64500:1:2$", "64500:1:1 64500:1:2", "^$",
                                          "^64500:[0-9:]*$",  ":9:",     "9 10"};
  const std::vector<std::string> extended = {edged("RT:64500:1"),
                                             "RT:64500:",
                                             "^RT:64500:1$",
                                             "SoO",
                                             "rt:",
                                             "64500L",
                                             "0x4300",
                                             "^$",
                                             "O:",
                                             edged("RT:[0-9]+:9"),
                                             "^rt:",
                                             "^soo:64500:",
                                             "^RT:64500:1 RT:64500:2$",
                                             "^RT:.* SoO:",
                                             "rt:0.0.0.9:9 ",
                                             "^rt:0.0.(0|251).244:",
                                             "rt:(64500|65536)L?:.* rt:",
                                             "^ext:0x4300:9",
                                             "(9|10):9 ext",
                                             "64501:1 .*64500L:2"};
  Random random(42);
  int checked = 0, yes = 0, limits = 0;
  for (const auto& [kind, expressions] : {std::pair(CommunityKind::standard, standard),
                                          {CommunityKind::large, large},
                                          {CommunityKind::extended, extended}})
    for (const std::string& expression : expressions)
      for (CommunityNames names : {CommunityNames::numeric, CommunityNames::words}) {
        const CommunityText text{kind, expression, names};
        const auto result = community_list(text);
        const auto* list = std::get_if<CommunityList>(&result);
        if (list == nullptr) {
          ++limits;
          continue;
        }
        for (int i = 0; i < 150; ++i) {
          Route route;
          route.communities = some_communities(random, kind);
          Communities of_kind;
          for (const Community& community : route.communities)
            if (community.kind == kind) of_kind.insert(community);
          const bool expected = holds({text, {}}, route);
          ASSERT_EQ(run(*list, of_kind), expected)
              << to_string(Condition{text, {}}) << " on `" << text_of(route.communities, kind, names) << '`';
          ++checked;
          yes += expected;
        }
      }
  EXPECT_GT(yes, checked / 20);
  EXPECT_LE(limits, 10);
}

TEST(CommunityList, BelowIsTheOrderOfNumbers) {
  Random random(7);
  for (int i = 0; i < 2000; ++i) {
    const CommunityKind kind = static_cast<CommunityKind>(random.below(3));
    const Communities two = some_communities(random, kind);
    if (two.size() < 2 || two.begin()->kind != kind || two.rbegin()->kind != kind) continue;
    EXPECT_TRUE(contains(below(*two.rbegin()), *two.begin()));
    EXPECT_FALSE(contains(below(*two.begin()), *two.rbegin()));
    EXPECT_FALSE(contains(below(*two.begin()), *two.begin()));
  }
}

}  // namespace
}  // namespace bgproof
