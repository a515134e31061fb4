// J12: what the members of a community match, and what delete, add and set do with them.
#include "grammar/junos/community.h"
#include "tests/junos/lowered.h"

namespace bgproof::junos::testing {
namespace {

bool matches(const std::string& definition, const std::vector<std::string>& communities, const Choices& choices = {}) {
  Lowered l(
      policy_text("term A { from community C; then accept; } term LAST { then reject; }", "community C " + definition));
  EXPECT_TRUE(l.unmodelled().empty()) << definition;
  return l.accepts("P", carrying("10.0.0.0/8", communities), choices);
}

std::vector<std::string> after(const std::string& action, const std::string& definition,
                               const std::vector<std::string>& communities, const Choices& choices = {}) {
  Lowered l(policy_text("term A { then { community " + action + " C; accept; } }", "community C " + definition));
  EXPECT_TRUE(l.unmodelled().empty()) << definition;
  std::vector<std::string> result;
  for (const Community& each : l.run("P", carrying("10.0.0.0/8", communities), choices).route.communities)
    result.push_back(to_string(each));
  std::sort(result.begin(), result.end());
  return result;
}

using Texts = std::vector<std::string>;
const std::string kRegex = "junos.community-regex";

TEST(JunosCommunities, MembersConjoinNamesAlternate) {
  EXPECT_TRUE(matches("members [ 64500:1 64500:2 ];", {"64500:1", "64500:2", "64500:3"}));
  EXPECT_FALSE(matches("members [ 64500:1 64500:2 ];", {"64500:1"}));
  EXPECT_TRUE(matches("{ invert-match; members [ 64500:1 64500:2 ]; }", {"64500:1"}));
  EXPECT_FALSE(matches("{ invert-match; members 64500:1; }", {"64500:1"}));
}

TEST(JunosCommunities, Kinds) {
  EXPECT_TRUE(matches("members no-export;", {"65535:65281"}));
  EXPECT_TRUE(matches("members large:64500:1:2;", {"64500:1:2"}));
  EXPECT_FALSE(matches("members large:64500:1:2;", {"64500:1"}));
  EXPECT_TRUE(matches("members target:64500:1;", {"rt:64500:1"}));
  EXPECT_FALSE(matches("members target:64500:1;", {"soo:64500:1"}));
  EXPECT_TRUE(matches("members origin:192.0.2.1:5;", {"soo:192.0.2.1:5"}));
  EXPECT_TRUE(matches("members target:64500L:1;", {"rt:64500L:1"}));
  EXPECT_FALSE(matches("members target:64500L:1;", {"rt:64500:1"}));
  EXPECT_TRUE(matches("members target:70000:1;", {"rt:70000:1"}));
  EXPECT_TRUE(matches("members target:*:1;", {"rt:70000:1"}));
  EXPECT_TRUE(matches("members target:64500:*;", {"rt:64500:4000000000"}));
  EXPECT_TRUE(matches("members 0x4300:1:2;", {"ext:0x4300:1:2"}));
  // Type 0xfde8 of an unknown layout: the octets of 672277 (0x000a4215) and of 36867 (0x9003) one after the other.
  EXPECT_TRUE(matches("members 65000:672277L:36867;", {"ext:0xfde8:10:1108709379"}));
  EXPECT_FALSE(matches("members \"64500:1;\";", {"64500:1"}));
}

TEST(JunosCommunities, WildcardFieldIsAnyNumber) {
  EXPECT_TRUE(matches("members 64500:*;", {"64500:0"}));
  EXPECT_FALSE(matches("members 64500:*;", {"64501:0"}));
  EXPECT_TRUE(matches("members *:20;", {"1:20"}));
  EXPECT_FALSE(matches("members *:20;", {"1:120"}));
  EXPECT_TRUE(matches("members large:64500:*:3;", {"64500:77:3"}));
}

TEST(JunosCommunities, AnchoringIsAnAssumptionWhereItMatters) {
  Choices whole = reading(kRegex, "whole");
  EXPECT_TRUE(matches("members \"64500:651[12]*\";", {"64500:6519"}));
  EXPECT_FALSE(matches("members \"64500:651[12]*\";", {"64500:6519"}, whole));
  EXPECT_TRUE(matches("members \"64500:651[12]*\";", {"64500:6511"}, whole));
  EXPECT_TRUE(matches("members 500:.*;", {"64500:1"}));
  EXPECT_FALSE(matches("members 500:.*;", {"64500:1"}, whole));
  // Anchored by the text itself: no reading to choose.
  for (const char* member : {"^64500:1..$", "64500:.*", ".*:64500", "^(64500|64501):1[0-9]*$"}) {
    Lowered l(policy_text("term A { from community C; then accept; }",
                          std::string("community C members \"") + member + "\";"));
    EXPECT_EQ(l.run("P", carrying("10.0.0.0/8", {"64500:100"})).assumptions.count(kRegex), 0u) << member;
  }
}

TEST(JunosCommunities, TheDocumentedTextMatch) {
  // Over characters: `.` is any of them, not any number.
  EXPECT_TRUE(matches("members \"^1...:100$\";", {"1100:100"}));
  EXPECT_FALSE(matches("members \"^1...:100$\";", {"11000:100"}));
}

TEST(JunosCommunities, DeleteOfEverythingTakesAllKinds) {
  Texts all = {"64500:1", "65535:65281", "64500:1:2", "rt:64500:1", "soo:64500:2"};
  EXPECT_EQ(after("delete", "members .*:.*;", all), Texts{});
  EXPECT_EQ(after("delete", "members *:*;", all), Texts{});
  EXPECT_TRUE(matches("members .*:.*;", {"64500:1:2"}));
  EXPECT_FALSE(matches("members .*:.*;", {"64500:1:2"}, reading("junos.any-community", "standard")));
  EXPECT_FALSE(matches("members .*:.*;", {}));
}

TEST(JunosCommunities, DeleteTakesEachMember) {
  EXPECT_EQ(after("delete", "members [ 64500:1 64500:2 ];", {"64500:1", "64500:3"}), Texts{"64500:3"});
  EXPECT_EQ(after("delete", "members 64500:*;", {"64500:1", "64501:3"}), Texts{"64501:3"});
  EXPECT_EQ(after("delete", "{ invert-match; members 64500:*; }", {"64500:1", "64501:3", "64500:1:2"}),
            Texts{"64500:1"});
  EXPECT_EQ(after("delete", "{ invert-match; members 64500:*; }", {"64500:1", "64501:3", "64500:1:2"},
                  reading("junos.invert-match-delete", "named-kinds")),
            (Texts{"64500:1", "64500:1:2"}));
}

TEST(JunosCommunities, SetReplaces) {
  EXPECT_EQ(after("set", "members 64500:9;", {"64500:1", "64500:1:2"}), Texts{"64500:9"});
  EXPECT_EQ(after("set", "members 64500:9;", {"64500:1", "64500:1:2"}, reading("junos.community-set", "named-kinds")),
            (Texts{"64500:1:2", "64500:9"}));
}

TEST(JunosCommunities, AddOfAPatternIsFree) {
  Lowered l(policy_text("term A { then { community add C; accept; } }", "community C members 64500:*;"));
  EXPECT_EQ(l.count("BP116"), 1u);
  ASSERT_EQ(l.unmodelled().size(), 1u);
  EXPECT_EQ(l.run("P", bgp("10.0.0.0/8")).met.size(), 1u);
  EXPECT_TRUE(l.accepts("P", bgp("10.0.0.0/8")));
}

TEST(JunosCommunities, UndefinedAndBroken) {
  Lowered undefined(policy_text("term A { from community C; then accept; }"));
  EXPECT_EQ(undefined.count("BP112"), 1u);
  EXPECT_EQ(undefined.unmodelled().size(), 1u);
  Lowered broken(policy_text("term A { from community C; then accept; }", "community C members \"64500:(1\";"));
  EXPECT_EQ(broken.count("BP114"), 1u);
  EXPECT_EQ(broken.unmodelled().size(), 1u);
  Lowered large(policy_text("term A { from community C; then accept; }", "community C members 64500:70000;"));
  EXPECT_EQ(large.unmodelled().size(), 1u);
}

}  // namespace
}  // namespace bgproof::junos::testing
