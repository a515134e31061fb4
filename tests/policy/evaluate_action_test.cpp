// What each action does, on a route that passes a program of that action alone.
#include <gtest/gtest.h>

#include "tests/policy/programs.h"

namespace bgproof {
namespace {

using namespace testing;
using Kind = AsSegment::Kind;
using Which = RemovePrivate::Which;

Route after(Statement::Is action, const Route& before = route()) {
  Outcome outcome = evaluate(program({}, {clause("all", {does(std::move(action)), accept()})}), before);
  EXPECT_TRUE(outcome.accepted);
  return outcome.route;
}

std::optional<uint32_t> med_after(SetNumber::How how, uint32_t value, uint32_t base, std::optional<uint32_t> before) {
  Route with = route();
  with[Number::med] = before;
  return after(SetNumber{how, Number::med, value, base}, with)[Number::med];
}

std::string path_after(Statement::Is action, AsPath before) {
  Route with = route();
  with.as_path = std::move(before);
  return to_string(after(std::move(action), with).as_path);
}

std::string communities_after(Statement::Is action, std::vector<std::string_view> before) {
  Route with = route();
  for (std::string_view text : before) with.communities.insert(parse_community(text).value());
  return to_string(after(std::move(action), with).communities);
}

Communities communities(std::vector<std::string_view> texts) {
  Communities result;
  for (std::string_view text : texts) result.insert(parse_community(text).value());
  return result;
}

TEST(SetNumber, SaturatesAtBothEnds) {
  using How = SetNumber::How;
  EXPECT_EQ(med_after(How::assign, 5, 0, 7), 5u);
  EXPECT_EQ(med_after(How::assign, 5, 0, std::nullopt), 5u);
  EXPECT_EQ(med_after(How::add, 5, 0, 7), 12u);
  EXPECT_EQ(med_after(How::add, UINT32_MAX, 0, UINT32_MAX), UINT32_MAX);
  EXPECT_EQ(med_after(How::add, 1, 0, UINT32_MAX - 1), UINT32_MAX);
  EXPECT_EQ(med_after(How::subtract, 5, 0, 7), 2u);
  EXPECT_EQ(med_after(How::subtract, 7, 0, 7), 0u);
  EXPECT_EQ(med_after(How::subtract, 8, 0, 7), 0u);
  EXPECT_EQ(med_after(How::subtract, UINT32_MAX, 0, 0), 0u);
}

TEST(SetNumber, StartsFromTheBaseIfTheNumberIsAbsent) {
  using How = SetNumber::How;
  EXPECT_EQ(med_after(How::add, 5, 100, std::nullopt), 105u);
  EXPECT_EQ(med_after(How::add, 5, 100, 7), 12u);
  EXPECT_EQ(med_after(How::subtract, 30, 100, std::nullopt), 70u);
  EXPECT_EQ(med_after(How::subtract, 5, 0, std::nullopt), 0u);
  EXPECT_EQ(med_after(How::add, 2, UINT32_MAX, std::nullopt), UINT32_MAX);
  EXPECT_EQ(med_after(How::unset, 2, 100, 7), std::nullopt);
  EXPECT_EQ(med_after(How::unset, 2, 100, std::nullopt), std::nullopt);
}

TEST(SetAttributes, ChangeTheirAttributeAlone) {
  Route expected = route();
  expected.origin = Origin::incomplete;
  EXPECT_EQ(after(SetOrigin{Origin::incomplete}), expected);
  expected = route();
  expected.next_hop = {NextHop::Kind::self, {}};
  EXPECT_EQ(after(SetNextHop{{NextHop::Kind::self, {}}}), expected);
  expected = route();
  expected.rpki = Rpki::invalid;
  EXPECT_EQ(after(SetRpki{Rpki::invalid}), expected);
  EXPECT_EQ(after(NoEffect{}), route());
}

TEST(Communities, AddDeleteKeepReplace) {
  CommunitySet across;  // 64500:* standard, 64500:*:* large, and route targets by their text
  across.patterns = {{CommunityFields{CommunityKind::standard, {NumberRange{64500, 64500}}}, {}},
                     {CommunityFields{CommunityKind::large, {NumberRange{64500, 64500}}}, {}},
                     {CommunityRegex{"^rt:", true, {CommunityKind::extended}}, {}}};
  std::vector<std::string_view> mixed = {"64500:1", "64501:1", "64500:1:1", "64501:1:1", "rt:1:1", "soo:1:1"};
  EXPECT_EQ(communities_after(DeleteCommunities{across}, mixed), "{64501:1, 64501:1:1, soo:1:1}");
  EXPECT_EQ(communities_after(KeepCommunities{across}, mixed), "{64500:1, 64500:1:1, rt:1:1}");
  EXPECT_EQ(communities_after(KeepCommunities{}, mixed), "{}");
  EXPECT_EQ(communities_after(DeleteCommunities{}, {"1:1"}), "{1:1}");
  EXPECT_EQ(communities_after(AddCommunities{communities({"1:1", "1:1:1"})}, {"1:1", "2:2"}), "{1:1, 2:2, 1:1:1}");
  EXPECT_EQ(communities_after(ReplaceCommunities{{CommunityKind::standard}, communities({"9:9"})}, mixed),
            "{9:9, 64500:1:1, 64501:1:1, rt:1:1, soo:1:1}");
  EXPECT_EQ(communities_after(ReplaceCommunities{{CommunityKind::large, CommunityKind::extended}, {}}, mixed),
            "{64500:1, 64501:1}");
  EXPECT_EQ(communities_after(ReplaceCommunities{{}, communities({"9:9:9"})}, {"1:1", "1:1:1"}), "{1:1, 1:1:1, 9:9:9}");
}

// J12: a member ".*:.*" deletes well-known, extended and large communities too.
TEST(Communities, ARegexOverAllKindsDeletesEverything) {
  CommunitySet everything;
  everything.patterns = {
      {CommunityRegex{".*:.*", true, {CommunityKind::standard, CommunityKind::large, CommunityKind::extended}}, {}}};
  EXPECT_EQ(communities_after(DeleteCommunities{everything}, {"65535:65281", "1:1:1", "rt:1:1", "ext:0x4300:0:2"}),
            "{}");
}

TEST(Path, Prepends) {
  EXPECT_EQ(path_after(PrependAsns{{1, 2}}, path_of({3})), "1 2 3");
  EXPECT_EQ(path_after(PrependAsns{{1, 2}}, AsPath{}), "1 2");
  EXPECT_EQ(path_after(PrependAsns{{1}}, {{{Kind::set, {3, 4}}}}), "1 {3 4}");
  EXPECT_EQ(path_after(PrependFirst{2}, path_of({3, 4})), "3 3 3 4");
  EXPECT_EQ(path_after(PrependFirst{0}, path_of({3, 4})), "3 4");
  EXPECT_EQ(path_after(PrependFirst{2}, AsPath{}), "");
  EXPECT_EQ(path_after(PrependFirst{2}, {{{Kind::set, {3, 4}}, {Kind::sequence, {5}}}}), "{3 4} 5");
}

TEST(Path, RemovesLeadingPrivateNumbers) {
  RemovePrivate leading{Which::leading, std::nullopt, false, std::nullopt};
  EXPECT_EQ(path_after(leading, path_of({64512, 64513, 1, 64514, 2})), "1 64514 2");
  EXPECT_EQ(path_after(leading, path_of({1, 64512})), "1 64512");
  EXPECT_EQ(path_after(leading, path_of({64512, 4200000000})), "");
  EXPECT_EQ(path_after(leading, AsPath{}), "");
  EXPECT_EQ(
      path_after(leading, {{{Kind::sequence, {64512}}, {Kind::set, {64513, 64514}}, {Kind::sequence, {64515, 1}}}}),
      "1");
  EXPECT_EQ(path_after(leading, {{{Kind::sequence, {64512}}, {Kind::set, {1, 64514}}, {Kind::sequence, {64515}}}}),
            "{1 64514} 64515")
      << "a set with a public number stops the removal and stays whole";
  leading.spare = 64513;
  EXPECT_EQ(path_after(leading, path_of({64512, 64513, 64514, 1})), "64513 64514 1")
      << "the spared one counts as public";
  leading = {Which::leading, 7, false, std::nullopt};
  EXPECT_EQ(path_after(leading, path_of({64512, 64513, 1, 64514})), "7 7 1 64514");
}

TEST(Path, RemovesPrivateNumbersWhereverTheyStand) {
  RemovePrivate all{Which::all, std::nullopt, false, std::nullopt};
  EXPECT_EQ(path_after(all, path_of({64512, 1, 64513, 2, 4294967294})), "1 2");
  EXPECT_EQ(path_after(all, {{{Kind::sequence, {1}}, {Kind::set, {64512}}, {Kind::sequence, {2}}}}), "1 2");
  EXPECT_EQ(path_after(all, {{{Kind::sequence, {1}}, {Kind::set, {2, 64512}}}}), "1 {2}");
  all.replacement = 9;
  EXPECT_EQ(path_after(all, path_of({64512, 1, 64513})), "9 1 9");
  EXPECT_EQ(path_after(all, {{{Kind::set, {2, 64512, 64513}}}}), "{2 9}") << "a set has no doubles";
}

TEST(Path, ReplacesPrivateNumbersByTheNearestPublicOne) {
  RemovePrivate nearest{Which::all, 9, true, std::nullopt};
  EXPECT_EQ(path_after(nearest, path_of({64512, 1, 64513, 64514, 2, 64515})), "9 1 1 1 2 2");
  EXPECT_EQ(path_after(nearest, {{{Kind::sequence, {1}}, {Kind::set, {3, 64513}}, {Kind::sequence, {64514}}}}),
            "1 {1 3} 1")
      << "a set gives no nearest number";
  nearest.replacement.reset();
  EXPECT_EQ(path_after(nearest, path_of({64512, 1, 64513})), "1 1");
}

TEST(Path, RemovesAllOnlyIfThereIsNoOther) {
  RemovePrivate if_all{Which::if_all, std::nullopt, false, std::nullopt};
  EXPECT_EQ(path_after(if_all, path_of({64512, 64513})), "");
  EXPECT_EQ(path_after(if_all, path_of({64512, 1})), "64512 1");
  EXPECT_EQ(path_after(if_all, {{{Kind::sequence, {64512}}, {Kind::set, {1, 64513}}}}), "64512 {1 64513}");
  if_all.spare = 64513;
  EXPECT_EQ(path_after(if_all, path_of({64512, 64513})), "64512 64513");
}

std::string path_after(std::vector<Statement::Is> actions, AsPath before) {
  Body body;
  for (Statement::Is& action : actions) body.push_back(does(std::move(action)));
  body.push_back(accept());
  Route with = route();
  with.as_path = std::move(before);
  return to_string(evaluate(program({}, {clause("all", std::move(body))}), with).route.as_path);
}

TEST(Path, WhatStandsApartIsPassedOver) {
  const PrependAsns apart{{64512, 1}, PrependAsns::Where::apart}, behind{{7}, PrependAsns::Where::behind};
  const PrependFirst again{2, true};
  const RemovePrivate removal{Which::all, std::nullopt, false, std::nullopt, true};
  EXPECT_EQ(path_after({apart, behind}, path_of({3})), "64512 1 7 3");
  EXPECT_EQ(path_after({behind, apart}, path_of({3})), "64512 1 7 3");
  EXPECT_EQ(path_after({apart, again}, path_of({3, 4})), "64512 1 3 3 3 4");
  EXPECT_EQ(path_after({apart, again}, AsPath{}), "64512 1");
  EXPECT_EQ(path_after({apart, apart, removal}, path_of({64513, 3})), "64512 1 64512 1 3");
  EXPECT_EQ(path_after({behind, removal}, path_of({64513, 3})), "7 3") << "nothing stands apart";
  EXPECT_EQ(path_after({apart, removal}, {{{Kind::set, {64513}}}}), "64512 1");
  EXPECT_EQ(path_after({apart, ReplaceAsn{{{1, 3}}, 9}, removal}, path_of({64513, 3})), "64512 9 9")
      << "a replacement meets what stands apart and leaves it so";
}

TEST(Path, WhatStandsApartIsAPartOfThePathForOtherChanges) {
  const PrependAsns apart{{64512, 1}, PrependAsns::Where::apart};
  const RemovePrivate plain{Which::all, std::nullopt, false, std::nullopt};
  RemovePrivate behind = plain;
  behind.behind = true;
  EXPECT_EQ(path_after({apart, plain}, path_of({64513, 3})), "1 3");
  EXPECT_EQ(path_after({apart, PrependFirst{1}, behind}, path_of({3})), "1 3") << "joined by the repetition";
  EXPECT_EQ(path_after({apart, PrependAsns{{5}}, behind}, path_of({3})), "5 1 3");
  EXPECT_EQ(path_after({apart, RemoveAsns{{{1, 1}}}, behind}, path_of({3})), "3");
  EXPECT_EQ(path_after({apart, ReplacePath{{64512, 2}}, behind}, path_of({3})), "2");
  EXPECT_EQ(path_after({ReplacePath{{64513, 2}}, apart, behind}, path_of({3})), "64512 1 2");
}

TEST(Path, ReplacesNumbersInEverySegment) {
  ReplaceAsn replace{{NumberRange{5, 7}, NumberRange{100, 100}}, 64500};
  EXPECT_EQ(path_after(replace, path_of({5, 8, 100, 7})), "64500 8 64500 64500");
  EXPECT_EQ(path_after(replace, {{{Kind::sequence, {1}}, {Kind::set, {5, 6, 64500}}}}), "1 {64500}");
  EXPECT_EQ(path_after(replace, {{{Kind::confed_sequence, {5}}, {Kind::sequence, {6}}}}), "(64500) 64500");
  EXPECT_EQ(path_after(ReplaceAsn{{}, 1}, path_of({5})), "5");
}

TEST(Path, TakesNumbersOutOfEverySegment) {
  AsPath path{{{AsSegment::Kind::sequence, {1, 2, 1}},
               {AsSegment::Kind::set, {1}},
               {AsSegment::Kind::sequence, {3}},
               {AsSegment::Kind::confed_set, {1, 4}}}};
  EXPECT_EQ(path_after(RemoveAsns{{{1, 1}}}, path), "2 3 [4]");
  EXPECT_EQ(path_after(RemoveAsns{{{2, 3}, {4, UINT32_MAX}}}, path), "1 1 {1} [1]");
  EXPECT_EQ(path_after(RemoveAsns{}, path), to_string(path));
  EXPECT_EQ(path_after(RemoveAsns{{NumberRange{}}}, path), "");
}

TEST(Path, BecomesAnother) {
  EXPECT_EQ(path_after(ReplacePath{{7, 8, 7}}, path_of({5})), "7 8 7");
  EXPECT_EQ(path_after(ReplacePath{}, path_of({5})), "");
  EXPECT_EQ(path_after(ReplacePath{{7}}, AsPath{}), "7");
}

}  // namespace
}  // namespace bgproof
