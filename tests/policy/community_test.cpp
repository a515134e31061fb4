#include "policy/community.h"

#include <gtest/gtest.h>

namespace bgproof {
namespace {

std::string round_trip(std::string_view text) {
  std::optional<Community> community = parse_community(text);
  return community ? to_string(*community) : "refused";
}

Community community(std::string_view text) { return parse_community(text).value(); }

CommunityPattern regex(std::string expression, bool searched, std::set<CommunityKind> kinds) {
  return {CommunityRegex{std::move(expression), searched, std::move(kinds)}, {}};
}

const std::set<CommunityKind> kAllKinds = {CommunityKind::standard, CommunityKind::large, CommunityKind::extended};

TEST(Community, TextFormsRoundTrip) {
  for (std::string_view text : {"64500:1", "0:0", "65535:65535", "64500:1:2", "4294967295:0:4294967295", "rt:64500:1",
                                "rt:64500:4294967295", "rt:64500L:1", "rt:70000:1", "rt:192.0.2.1:65535", "soo:64500:1",
                                "soo:192.0.2.1:1", "soo:1L:2", "ext:0x4300:1:2", "ext:0xffff:65535:4294967295"})
    EXPECT_EQ(round_trip(text), text);
}

TEST(Community, NamesAreGivenToTypesThatHaveOne) {
  EXPECT_EQ(round_trip("ext:0x0002:64500:1"), "rt:64500:1");
  EXPECT_EQ(round_trip("ext:0x0103:3221225985:7"), "soo:192.0.2.1:7");
  EXPECT_EQ(community("rt:64500:1"), (Community{CommunityKind::extended, {0x0002, 64500, 1}}));
  EXPECT_EQ(community("rt:64500L:1"), (Community{CommunityKind::extended, {0x0202, 64500, 1}}));
  EXPECT_EQ(community("rt:70000:1"), (Community{CommunityKind::extended, {0x0202, 70000, 1}}));
  EXPECT_EQ(community("soo:192.0.2.1:1"), (Community{CommunityKind::extended, {0x0103, 0xc0000201, 1}}));
  EXPECT_EQ(round_trip("ext:0x4002:64500:1"), "ext:0x4002:64500:1") << "not transitive: another type";
}

TEST(Community, WellKnownOnesAreNumbers) {
  EXPECT_EQ(to_string(well_known::kNoExport), "65535:65281");
  EXPECT_EQ(to_string(well_known::kBlackhole), "65535:666");
  EXPECT_EQ(to_string(well_known::kGracefulShutdown), "65535:0");
}

TEST(Community, WordsAreWhatADaemonPrints) {
  auto words = [](std::string_view text) { return text_of(*parse_community(text), CommunityNames::words); };
  EXPECT_EQ(words("64500:1"), "64500:1");
  EXPECT_EQ(words("64500:1:2"), "64500:1:2");
  EXPECT_EQ(words("65535:65281"), "no-export");
  EXPECT_EQ(words("65535:65283"), "local-AS");
  EXPECT_EQ(words("65535:65285"), "65535:65285");
  EXPECT_EQ(words("0:0"), "internet");
  EXPECT_EQ(words("65535:65281:0"), "65535:65281:0");
  EXPECT_EQ(words("rt:64500:1"), "RT:64500:1");
  EXPECT_EQ(words("soo:64500L:1"), "SoO:64500:1");
  EXPECT_EQ(words("rt:192.0.2.1:5"), "RT:192.0.2.1:5");
  EXPECT_EQ(words("ext:0x4300:1:2"), "ext:0x4300:1:2");
  EXPECT_EQ(text_of(*parse_community("65535:65281"), CommunityNames::numeric), "65535:65281");
  for (size_t i = 1; i < kCommunityNames.size(); ++i)
    EXPECT_LT(kCommunityNames[i - 1].community, kCommunityNames[i].community);
}

TEST(Community, TextOfAllIsInTheOrderOfTheirNumbers) {
  Communities all;
  for (std::string_view text : {"65535:65281", "9:1", "64500:10", "64500:9", "64500:1:2", "rt:1:1", "0:0"})
    all.insert(*parse_community(text));
  EXPECT_EQ(text_of(all, CommunityKind::standard, CommunityNames::numeric), "0:0 9:1 64500:9 64500:10 65535:65281");
  EXPECT_EQ(text_of(all, CommunityKind::standard, CommunityNames::words), "internet 9:1 64500:9 64500:10 no-export");
  EXPECT_EQ(text_of(all, CommunityKind::large, CommunityNames::words), "64500:1:2");
  EXPECT_EQ(text_of(all, CommunityKind::extended, CommunityNames::words), "RT:1:1");
  EXPECT_EQ(text_of({}, CommunityKind::standard, CommunityNames::words), "");
}

TEST(Community, FieldsHaveTheLimitsOfTheirLayout) {
  for (std::string_view text : {"65536:0",
                                "0:65536",
                                "4294967296:0:0",
                                "0:0:4294967296",
                                "rt:65536:65536",
                                "rt:64500L:65536",
                                "rt:192.0.2.1:65536",
                                "rt:64500:4294967296",
                                "ext:0x10000:0:0",
                                "ext:0x4300:65536:0",
                                "ext:0x4200:0:65536",
                                "",
                                ":",
                                "1",
                                "1:",
                                ":1",
                                "1:2:3:4",
                                "-1:2",
                                "+1:2",
                                "1 :2",
                                "rt:1",
                                "rt:1:2:3",
                                "ext:2:1:1",
                                "ext:0x:1:1",
                                "xx:1:2",
                                "rt:::1",
                                "rt:L:1"})
    EXPECT_EQ(round_trip(text), "refused") << text;
  EXPECT_EQ(field_limit(CommunityKind::standard, 0), 0xffffu);
  EXPECT_EQ(field_limit(CommunityKind::standard, 2), 0u);
  EXPECT_EQ(field_limit(CommunityKind::large, 2), UINT32_MAX);
  EXPECT_EQ(field_limit(CommunityKind::extended, 0), 0xffffu);
  EXPECT_EQ(field_limit(CommunityKind::extended, 1, 0x0002), 0xffffu);
  EXPECT_EQ(field_limit(CommunityKind::extended, 2, 0x0002), UINT32_MAX);
  EXPECT_EQ(field_limit(CommunityKind::extended, 1, 0x4102), UINT32_MAX);
  EXPECT_EQ(field_limit(CommunityKind::extended, 2, 0x4102), 0xffffu);
  EXPECT_EQ(field_limit(CommunityKind::extended, 1, 0x0202), UINT32_MAX);
  EXPECT_EQ(field_limit(CommunityKind::extended, 1, 0x4302), 0xffffu);
}

TEST(CommunityPattern, FieldsTestTheirKindAndEachRange) {
  CommunityPattern pattern{CommunityFields{CommunityKind::standard, {NumberRange{64500, 64500}, NumberRange{10, 19}}},
                           {}};
  EXPECT_TRUE(contains(pattern, community("64500:10")));
  EXPECT_TRUE(contains(pattern, community("64500:19")));
  EXPECT_FALSE(contains(pattern, community("64500:9")));
  EXPECT_FALSE(contains(pattern, community("64500:20")));
  EXPECT_FALSE(contains(pattern, community("64501:10")));
  EXPECT_FALSE(contains(pattern, community("64500:10:0")));
  CommunityPattern large{
      CommunityFields{CommunityKind::large, {NumberRange{64500, 64500}, NumberRange{}, NumberRange{0, 5}}}, {}};
  EXPECT_TRUE(contains(large, community("64500:4294967295:5")));
  EXPECT_FALSE(contains(large, community("64500:1:6")));
  EXPECT_FALSE(contains(large, community("64500:1")));
}

TEST(CommunityPattern, RegexesReadTheTextOfTheirKinds) {
  EXPECT_TRUE(contains(regex("00:1", true, kAllKinds), community("64500:1")));
  EXPECT_TRUE(contains(regex("00:1", true, kAllKinds), community("100:100"))) << "searched: anywhere in the text";
  EXPECT_FALSE(contains(regex("00:1", false, kAllKinds), community("64500:1"))) << "whole";
  EXPECT_TRUE(contains(regex("[0-9]+:1", false, kAllKinds), community("64500:1")));
  EXPECT_FALSE(contains(regex("[0-9]+:1", false, kAllKinds), community("64500:1:1")));
  EXPECT_TRUE(contains(regex(".*:.*", true, kAllKinds), community("rt:64500:1")));
  EXPECT_FALSE(contains(regex(".*:.*", true, {CommunityKind::standard}), community("rt:64500:1")));
  EXPECT_FALSE(contains(regex(".*:.*", true, {}), community("64500:1")));
  EXPECT_TRUE(contains(regex("^65535:65281$", true, kAllKinds), well_known::kNoExport));
}

TEST(CommunityPattern, RegexesReadWordsWhereADeviceWritesThem) {
  CommunityRegex regex{"^no-export$", true, {CommunityKind::standard}, CommunityNames::words};
  EXPECT_TRUE(contains(CommunityPattern{regex, {}}, well_known::kNoExport));
  regex.names = CommunityNames::numeric;
  EXPECT_FALSE(contains(CommunityPattern{regex, {}}, well_known::kNoExport));
  regex = {"65535:", true, {CommunityKind::standard}, CommunityNames::words};
  EXPECT_FALSE(contains(CommunityPattern{regex, {}}, well_known::kNoExport));
  EXPECT_TRUE(contains(CommunityPattern{regex, {}}, *parse_community("65535:9")));
  EXPECT_EQ(to_string(CommunityPattern{regex, {}}), "/65535:/ in words");
}

TEST(CommunitySet, IsTheUnionOfPatternsWithoutTheExceptions) {
  CommunitySet set;
  EXPECT_FALSE(contains(set, community("64500:1")));
  set.patterns = {{community("64500:1"), {}},
                  {CommunityFields{CommunityKind::standard, {NumberRange{64501, 64501}}}, {}}};
  EXPECT_TRUE(contains(set, community("64500:1")));
  EXPECT_TRUE(contains(set, community("64501:7")));
  EXPECT_FALSE(contains(set, community("64500:2")));
  set.except = {{community("64501:7"), {}}};
  EXPECT_FALSE(contains(set, community("64501:7")));
  EXPECT_TRUE(contains(set, community("64501:8")));
}

TEST(CommunitySet, PrintsInTheWordsOfTheIntentLanguage) {
  auto fields = [](CommunityKind kind, NumberRange a, NumberRange b, NumberRange c = {}) {
    return to_string(CommunityPattern{CommunityFields{kind, {a, b, c}}, {}});
  };
  EXPECT_EQ(fields(CommunityKind::standard, {64500, 64500}, {0, 0xffff}), "64500:*");
  EXPECT_EQ(fields(CommunityKind::standard, {64500, 64500}, {}), "64500:*");
  EXPECT_EQ(fields(CommunityKind::standard, {}, {10, 19}), "*:[10-19]");
  EXPECT_EQ(fields(CommunityKind::large, {64500, 64500}, {}, {}), "64500:*:*");
  EXPECT_EQ(fields(CommunityKind::large, {64500, 64500}, {0, 0xffff}, {}), "64500:[0-65535]:*");
  EXPECT_EQ(fields(CommunityKind::extended, {2, 2}, {64500, 64500}, {}), "rt:64500:*");
  EXPECT_EQ(fields(CommunityKind::extended, {0x202, 0x202}, {64500, 64500}, {}), "rt:64500L:*");
  EXPECT_EQ(fields(CommunityKind::extended, {0x103, 0x103}, {0xc0000201, 0xc0000201}, {1, 1}), "soo:192.0.2.1:1");
  EXPECT_EQ(fields(CommunityKind::extended, {0x4300, 0x4300}, {}, {1, 1}), "ext:0x4300:*:1");
  EXPECT_EQ(fields(CommunityKind::extended, {}, {}, {}), "ext:*:*:*");
  CommunitySet set;
  EXPECT_EQ(to_string(set), "{}");
  set.patterns = {{community("64500:1"), {}}};
  EXPECT_EQ(to_string(set), "64500:1");
  set.patterns.push_back(regex("^1", true, kAllKinds));
  EXPECT_EQ(to_string(set), "{64500:1, /^1/}");
  set.except = {{community("1:1"), {}}};
  EXPECT_EQ(to_string(set), "{64500:1, /^1/} - {1:1}");
}

}  // namespace
}  // namespace bgproof
