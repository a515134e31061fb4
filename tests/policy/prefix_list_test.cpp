#include "policy/prefix_list.h"

#include <gtest/gtest.h>

namespace bgproof {
namespace {

Prefix prefix(std::string_view text) { return parse_prefix(text).value(); }

PrefixEntry entry(std::string_view text, int low, int high, uint32_t slot = 0) {
  return {{prefix(text), static_cast<uint8_t>(low), static_cast<uint8_t>(high), {}}, slot, {}};
}

constexpr uint32_t kNone = PrefixEntry::kNoMatch;

// The slot, or kNone.
uint32_t slot(const PrefixList& list, std::string_view text) { return lookup(list, prefix(text)).value_or(kNone); }

TEST(PrefixPattern, TestsAddressAndLength) {
  PrefixPattern pattern = entry("10.0.0.0/8", 16, 24).pattern;
  EXPECT_FALSE(matches(pattern, prefix("10.0.0.0/8")));
  EXPECT_FALSE(matches(pattern, prefix("10.0.0.0/15")));
  EXPECT_TRUE(matches(pattern, prefix("10.1.0.0/16")));
  EXPECT_TRUE(matches(pattern, prefix("10.1.1.0/24")));
  EXPECT_FALSE(matches(pattern, prefix("10.1.1.0/25")));
  EXPECT_FALSE(matches(pattern, prefix("11.1.0.0/16")));
  EXPECT_FALSE(matches(pattern, prefix("a00::/16"))) << "the same bits in the other family";
  EXPECT_TRUE(matches(entry("::/0", 0, 128).pattern, prefix("2001:db8::1/128")));
  EXPECT_FALSE(matches(entry("0.0.0.0/0", 0, 32).pattern, prefix("::/0")));
}

TEST(PrefixPattern, MasksLookAtTheirBitsAlone) {
  PrefixPattern pattern = entry("10.0.5.0/24", 24, 24).pattern;
  pattern.mask = parse_address("255.0.255.0")->bits;
  EXPECT_TRUE(matches(pattern, prefix("10.77.5.0/24")));
  EXPECT_FALSE(matches(pattern, prefix("10.77.6.0/24")));
  EXPECT_FALSE(matches(pattern, prefix("10.77.5.0/25")));
  EXPECT_FALSE(matches(pattern, prefix("11.0.5.0/24")));
  EXPECT_FALSE(matches(pattern, prefix("a4d:500::/24"))) << "the same bits in the other family";
  // A mask has no length of its own: shorter routes match if the lengths say so.
  pattern.low = 0;
  pattern.mask = parse_address("255.0.0.0")->bits;
  EXPECT_TRUE(matches(pattern, prefix("10.0.0.0/8")));
}

TEST(PrefixPattern, AccessListsAreRunsOfLengths) {
  auto patterns = [](std::string_view address, std::string_view wildcard, std::string_view netmask,
                     std::string_view netmask_wildcard) {
    return access_patterns(*parse_address(address), parse_address(wildcard)->bits, *parse_address(netmask),
                           parse_address(netmask_wildcard)->bits);
  };
  // permit ip 10.0.0.0 0.255.0.255 255.255.0.0 0.0.255.0: from /16 to /24.
  std::vector<PrefixPattern> some = patterns("10.0.5.9", "0.255.0.255", "255.255.0.0", "0.0.255.0");
  ASSERT_EQ(some.size(), 1u);
  EXPECT_TRUE(matches(some[0], prefix("10.7.5.0/24")));
  EXPECT_FALSE(matches(some[0], prefix("10.7.6.0/24")));
  EXPECT_FALSE(matches(some[0], prefix("10.7.5.0/25")));
  EXPECT_FALSE(matches(some[0], prefix("10.0.0.0/15")));
  EXPECT_EQ(some[0].low, 16);
  EXPECT_EQ(some[0].high, 24);
  // A netmask of which one bit alone is compared may be any that has it, or any that has it not.
  EXPECT_EQ(patterns("0.0.0.0", "255.255.255.255", "0.0.0.128", "255.255.255.127")[0].low, 25);
  some = patterns("0.0.0.0", "255.255.255.255", "0.0.0.0", "255.255.255.127");
  ASSERT_EQ(some.size(), 1u);
  EXPECT_EQ(some[0].high, 24);
  EXPECT_TRUE(patterns("10.0.0.0", "0.0.0.0", "255.0.255.0", "0.0.0.0").empty()) << "no length has such a netmask";
  some = patterns("2001:db8::", "::ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff::", "::");
  ASSERT_EQ(some.size(), 1u);
  EXPECT_TRUE(matches(some[0], prefix("2001:db8::/64")));
  EXPECT_FALSE(matches(some[0], prefix("2001:db8::/65")));
}

TEST(PrefixPattern, PrintsLikeTheIntentLanguage) {
  EXPECT_EQ(to_string(entry("192.0.2.0/24", 24, 24).pattern), "192.0.2.0/24");
  EXPECT_EQ(to_string(entry("192.0.2.0/24", 24, 28).pattern), "192.0.2.0/24 le 28");
  EXPECT_EQ(to_string(entry("192.0.2.0/24", 25, 28).pattern), "192.0.2.0/24 ge 25 le 28");
  EXPECT_EQ(to_string(entry("192.0.2.0/24", 24, 32).pattern), "192.0.2.0/24 orlonger");
  EXPECT_EQ(to_string(entry("192.0.2.0/24", 26, 32).pattern), "192.0.2.0/24 ge 26");
  EXPECT_EQ(to_string(entry("2001:db8::/32", 32, 128).pattern), "2001:db8::/32 orlonger");
  EXPECT_EQ(to_string(entry("192.0.2.1/32", 32, 32).pattern), "192.0.2.1/32");
}

TEST(PrefixList, AnyIsAUnionAndEmptyMatchesNothing) {
  PrefixList list;
  EXPECT_EQ(slot(list, "10.0.0.0/8"), kNone);
  list.entries = {entry("10.0.0.0/8", 8, 8), entry("10.0.0.0/8", 16, 16)};
  EXPECT_EQ(slot(list, "10.0.0.0/8"), 0u);
  EXPECT_EQ(slot(list, "10.1.0.0/16"), 0u);
  EXPECT_EQ(slot(list, "10.0.0.0/12"), kNone);
}

TEST(PrefixList, FirstIsDecidedByTheFirstEntryThatMatches) {
  PrefixList list{
      PrefixList::Mode::first,
      {entry("10.1.0.0/16", 16, 32, kNone), entry("10.0.0.0/8", 8, 32, 0), entry("10.1.0.0/16", 16, 16, 1)}};
  EXPECT_EQ(slot(list, "10.1.0.0/16"), kNone) << "denied, although a later entry would match";
  EXPECT_EQ(slot(list, "10.2.0.0/16"), 0u);
  EXPECT_EQ(slot(list, "11.0.0.0/8"), kNone);
}

// The example of J5: 0/0 upto /7 reject; 0/0 upto /24 next-hop self; 0/0 orlonger reject, each with an action of its
// own.
TEST(PrefixList, TheSamePrefixAgainIsReadTopToBottom) {
  PrefixList list{PrefixList::Mode::longest,
                  {entry("0.0.0.0/0", 0, 7, 1), entry("0.0.0.0/0", 0, 24, 2), entry("0.0.0.0/0", 0, 32, 3)}};
  EXPECT_EQ(slot(list, "0.0.0.0/0"), 1u);
  EXPECT_EQ(slot(list, "10.0.0.0/7"), 1u);
  EXPECT_EQ(slot(list, "10.0.0.0/8"), 2u);
  EXPECT_EQ(slot(list, "10.0.0.0/24"), 2u);
  EXPECT_EQ(slot(list, "10.0.0.0/25"), 3u);
}

TEST(PrefixList, TheLongestCoveringPrefixAloneIsAsked) {
  PrefixList list{PrefixList::Mode::longest, {entry("10.0.0.0/8", 8, 32, 0), entry("10.1.0.0/16", 16, 16, 1)}};
  EXPECT_EQ(slot(list, "10.2.0.0/24"), 0u);
  EXPECT_EQ(slot(list, "10.1.0.0/16"), 1u);
  EXPECT_EQ(slot(list, "10.1.1.0/24"), kNone)
      << "the /16 covers it and its length fails: the shorter filter is not asked";
  std::swap(list.entries[0], list.entries[1]);
  EXPECT_EQ(slot(list, "10.1.1.0/24"), kNone) << "whatever the order";
  EXPECT_EQ(slot(list, "10.0.0.0/9"), 0u);
  EXPECT_EQ(slot(list, "8.0.0.0/7"), kNone);
}

TEST(PrefixList, TheDecidingEntryIsNotTheFirstOfItsSlot) {
  PrefixList longest{PrefixList::Mode::longest, {entry("10.0.0.0/8", 8, 32), entry("10.1.0.0/16", 16, 32)}};
  EXPECT_EQ(deciding_entry(longest, prefix("10.1.1.0/24")), &longest.entries[1]);
  EXPECT_EQ(deciding_entry(longest, prefix("10.2.0.0/16")), &longest.entries[0]);
  EXPECT_EQ(deciding_entry(longest, prefix("11.0.0.0/16")), nullptr);
  PrefixList first{PrefixList::Mode::first, {entry("10.1.0.0/16", 16, 32, kNone), entry("10.0.0.0/8", 8, 32)}};
  EXPECT_EQ(deciding_entry(first, prefix("10.1.1.0/24")), &first.entries[0]) << "a deny decides too";
  EXPECT_EQ(slot(first, "10.1.1.0/24"), kNone);
}

TEST(PrefixList, AMaskCoversWhatItsBitsMatch) {
  PrefixList list{PrefixList::Mode::longest, {entry("10.0.0.0/8", 8, 32, 0), entry("10.0.5.0/24", 24, 24, 1)}};
  list.entries[1].pattern.mask = parse_address("255.0.255.0")->bits;
  EXPECT_EQ(slot(list, "10.9.5.0/24"), 1u);
  EXPECT_EQ(slot(list, "10.9.5.0/25"), kNone) << "covered by the /24, whose length fails";
  EXPECT_EQ(slot(list, "10.9.6.0/24"), 0u);
}

}  // namespace
}  // namespace bgproof
