// apply-groups and apply-path of the Junos reader.
#include <gtest/gtest.h>

#include "tests/grammar/junos_tree.h"

namespace bgproof::junos {
namespace {

TEST(JunosInherit, ValuesOfTheTextWinAndEarlierGroupsWin) {
  ReadText read = read_text(R"(
groups {
    G1 { protocols { bgp { group A { hold-time 10; type external; } } } }
    G2 { protocols { bgp { group A { hold-time 20; peer-as 2; local-preference 20; } } } }
}
apply-groups [ G1 G2 ];
protocols { bgp { group A { local-preference 100; } } }
)");
  EXPECT_EQ(read.tree(read.at("protocols > bgp > group A")),
            "[group A]\n  [local-preference 100]\n  [hold-time 10]^\n  [type external]^\n  [peer-as 2]^\n");
  EXPECT_EQ(read.codes(), "");
}

TEST(JunosInherit, GroupsNamedFurtherInsideWin) {
  ReadText read = read_text(R"(
groups {
    OUT { protocols { bgp { group <*> { hold-time 10; type external; } } } }
    IN { protocols { bgp { group A { hold-time 20; } } } }
}
apply-groups OUT;
protocols { bgp { group A { apply-groups IN; } group B; } }
)");
  EXPECT_EQ(read.tree(read.at("protocols > bgp")),
            "[bgp]\n  [group A]\n    [hold-time 20]^\n    [type external]^\n"
            "  [group B]\n    [hold-time 10]^\n    [type external]^\n");
}

TEST(JunosInherit, ListsAreAppendedToAndTermsComeLast) {
  ReadText read = read_text(R"(
groups {
    G {
        protocols { bgp { group <*> { import [ LAST FIRST ]; export ONLY; } } }
        policy-options {
            policy-statement <*-IMPORT> { term REST { then reject; } term A { from protocol bgp; then community add C; } }
            community <*> members 9:9;
        }
    }
}
apply-groups G;
protocols { bgp { group A { import FIRST; } } }
policy-options {
    policy-statement X-IMPORT { term A { then { local-preference 5; accept; } } }
    policy-statement X-EXPORT { then accept; }
    community C members 1:1;
}
)");
  EXPECT_EQ(
      read.tree(),
      "[protocols]\n  [bgp]\n    [group A]\n      [import FIRST LAST]\n      [export ONLY]^\n"
      "[policy-options]\n  [policy-statement X-IMPORT]\n    [term A]\n      [then]\n        [local-preference 5]\n"
      "        [accept]\n        [community add C]^\n      [from]^\n        [protocol bgp]^\n"
      "    [term REST]^\n      [then]^\n        [reject]^\n"
      "  [policy-statement X-EXPORT]\n    [then]\n      [accept]\n"
      "  [community C]\n    [members 1:1 9:9]\n");
}

TEST(JunosInherit, OneActionOfAKindIsInherited) {
  ReadText read = read_text(R"(
groups { G { policy-options { policy-statement <*> { then { local-preference 1; metric 2; reject; community add D; } } } } }
apply-groups G;
policy-options { policy-statement P { then { local-preference 9; community add C; accept; } } }
)");
  EXPECT_EQ(read.tree(read.at("policy-options > policy-statement P > then")),
            "[then]\n  [local-preference 9]\n  [community add C]\n  [accept]\n  [metric 2]^\n  [community add D]^\n");
}

TEST(JunosInherit, PatternsMatchWholeNamesAndCreateNothing) {
  ReadText read = read_text(R"(
groups {
    G { protocols { bgp { group <CUST-*> { neighbor <10.[0-3].?.*> { passive; } } group <[!C]*> { type internal; } } } }
}
apply-groups G;
protocols { bgp { group CUST-1 { neighbor 10.2.3.44; neighbor 10.4.3.44; neighbor 10.2.33.4; } group XCUST-1 { neighbor 10.2.3.44; } } }
)");
  EXPECT_EQ(read.tree(read.at("protocols > bgp")),
            "[bgp]\n  [group CUST-1]\n    [neighbor 10.2.3.44]\n      [passive]^\n    [neighbor 10.4.3.44]\n"
            "    [neighbor 10.2.33.4]\n  [group XCUST-1]\n    [neighbor 10.2.3.44]\n    [type internal]^\n");
}

TEST(JunosInherit, ExceptTakesAGroupAway) {
  ReadText read = read_text(R"(
groups { G { protocols { bgp { group <*> { passive; } hold-time 9; } } } H { protocols { bgp { group <*> { type internal; } } } } }
apply-groups [ G H ];
protocols { bgp { group A { apply-groups-except G; } group B; } }
)");
  EXPECT_EQ(read.tree(read.at("protocols > bgp")),
            "[bgp]\n  [group A]\n    [type internal]^\n  [group B]\n    [passive]^\n    [type internal]^\n  [hold-time "
            "9]^\n");
}

TEST(JunosInherit, GroupsMayNameGroups) {
  ReadText read = read_text(R"(
groups {
    G { apply-groups H; protocols { bgp { hold-time 9; } } }
    H { apply-groups G; protocols { bgp { hold-time 8; passive; } } }
}
apply-groups G;
protocols { bgp { } }
)");
  EXPECT_EQ(read.tree(), "[protocols]\n  [bgp]\n    [hold-time 9]^\n    [passive]^\n");
  EXPECT_EQ(read.codes(), "");
}

TEST(JunosInherit, InactiveMeansAbsent) {
  ReadText read = read_text(R"(
groups {
    G { protocols { bgp { inactive: hold-time 9; local-preference 1; inactive: group A { passive; } } } }
    inactive: H { protocols { bgp { preference 1; } } }
}
inactive: apply-groups G;
protocols { bgp { apply-groups G; inactive: local-preference 2; inactive: group B { apply-groups G; } } }
)");
  EXPECT_EQ(read.tree(),
            "[protocols]\n  [bgp]\n    -[local-preference 2]\n    -[group B]\n      [apply-groups G]\n"
            "    [local-preference 1]^\n");
}

TEST(JunosInherit, SetFormOfTheSame) {
  ReadText read = read_text(
      "set groups G protocols bgp group <*> import G1\nset protocols bgp group A import A1\n"
      "set protocols bgp group A apply-groups G\nset protocols bgp group B peer-as 1\n");
  EXPECT_EQ(read.tree(),
            "[protocols]\n  [bgp]\n    [group A]\n      [import A1 G1]\n    [group B]\n      [peer-as 1]\n");
}

TEST(JunosInherit, HostNameMayComeFromAGroup) {
  ReadText read =
      read_text("groups { re0 { system { host-name r-re0; } } }\napply-groups re0;\nsystem { ports { x; } }\n");
  EXPECT_EQ(read.config.host_name, "r-re0");
}

TEST(JunosInherit, AnUndefinedGroupIsToldAndLeavesAMark) {
  ReadText read = read_text("policy-options { policy-statement P { apply-groups GONE; then accept; } }");
  EXPECT_EQ(read.codes(), "BP104");
  EXPECT_EQ(read.pointed("BP104"), "GONE");
  EXPECT_EQ(read.tree(read.at("policy-options > policy-statement P")),
            "[policy-statement P]\n  [unreadable apply-groups GONE]^\n  [then]\n    [accept]\n");
  EXPECT_FALSE(read.config.truncated);
  // Where the mark stands for nothing that is looked at, nothing of the device is known.
  EXPECT_TRUE(read_text("apply-groups GONE;\npolicy-options { prefix-list P; }\n").config.truncated);
  EXPECT_TRUE(read_text("policy-options { apply-groups GONE; prefix-list P; }\n").config.truncated);
  EXPECT_FALSE(read_text("protocols { bgp { group G { apply-groups GONE; } } }\n").config.truncated);
}

TEST(JunosInherit, AGroupWithAConditionMayHold) {
  ReadText read = read_text(R"(
groups {
    NIGHT {
        when { time 22:00 to 06:00; }
        protocols { bgp { group <*> { export SAFE; hold-time 9; } } }
        policy-options {
            policy-statement SAFE { then reject; }
            policy-statement P { term ALL { then reject; } then { accept; } }
        }
    }
}
apply-groups NIGHT;
protocols { bgp { group A { hold-time 5; } } }
policy-options { policy-statement P { term ONE { then accept; } } }
)");
  EXPECT_EQ(read.tree(read.at("protocols > bgp > group A")),
            "[group A]\n  [hold-time 5]\n  [unreadable export SAFE]^\n");
  EXPECT_EQ(read.tree(read.at("policy-options")),
            "[policy-options]\n  [policy-statement P]\n    [term ONE]\n      [then]\n        [accept]\n"
            "    [unreadable term ALL]^\n    [unreadable then]^\n"
            "  [policy-statement SAFE]^\n    [unreadable policy-statement SAFE]^\n    [unreadable then]^\n");
  EXPECT_EQ(read.codes(), "");
  EXPECT_EQ(read_text("groups { G { inactive: when { time 1; } protocols { bgp { passive; } } } }\napply-groups G;\n"
                      "protocols { bgp { } }\n")
                .tree(),
            "[protocols]\n  [bgp]\n    [passive]^\n");
}

TEST(JunosInherit, AKeywordIsNoPattern) {
  ReadText read = read_text(
      "groups { G { protocols { <*> { group UP { export LEAK; } } } } }\napply-groups G;\n"
      "protocols { bgp { group UP; } }\n");
  EXPECT_EQ(read.tree(), "[protocols]\n  [bgp]\n    [group UP]\n  [unreadable <*> group UP export LEAK]^\n");
}

TEST(JunosInherit, WhatAGroupSaysInShortOrUnknownWordsIsNotLost) {
  for (const char* word : {"gr", "groupx"}) {
    ReadText read = read_text(std::string("groups { G { protocols { bgp { ") + word +
                              " <*> { export LEAK; } } } } }\napply-groups G;\nprotocols { bgp { group UP; } }\n");
    EXPECT_EQ(read.tree(), std::string("[protocols]\n  [bgp]\n    [group UP]\n    [unreadable ") + word +
                               " <*> export LEAK]^\n");
  }
}

TEST(JunosInherit, GroupsOfOneRoutingEngineMayHold) {
  const std::string text = R"(
groups {
    re0 { system { host-name a; } interfaces { fxp0 { unit 0 { family inet { address 10.0.0.1/24; } } } }
          routing-options { router-id 1.1.1.1; autonomous-system 65001; } protocols { bgp { local-preference 5; } } }
    node1 { protocols { bgp { group X { peer-as 1; neighbor 10.0.0.9; } } } }
    report { protocols { bgp { passive; } } }
}
apply-groups [ re0 "${node}" report ];
protocols { bgp { } }
)";
  ReadText read = read_text(text);
  EXPECT_EQ(read.config.host_name, "a");
  EXPECT_EQ(read.tree(read.at("protocols > bgp")),
            "[bgp]\n  [unreadable local-preference 5]^\n  [group X]^\n    [unreadable group X]^\n"
            "    [unreadable peer-as 1]^\n    [neighbor 10.0.0.9]^\n      [unreadable neighbor 10.0.0.9]^\n"
            "  [passive]^\n");
  EXPECT_EQ(read.tree(read.at("routing-options")),
            "[routing-options]^\n  [router-id 1.1.1.1]^\n  [unreadable autonomous-system 65001]^\n");
  EXPECT_EQ(read_text(text + "policy-options { prefix-list P { apply-path \"interfaces <*> unit <*> family inet address "
                             "<*>\"; } }\n")
                .codes(),
            "BP105");
}

TEST(JunosInherit, StrippedPatternsMayConcernAnything) {
  ReadText read = read_text(
      "groups { G { protocols { bgp { group  { hold-time 5; neighbor 10.0.0.9 { passive; } } } } } }\n"
      "apply-groups G;\nprotocols { bgp { group A { peer-as 1; } group B { hold-time 7; } } }\n");
  EXPECT_EQ(read.codes(), "BP106");
  EXPECT_EQ(read.tree(read.at("protocols > bgp")),
            "[bgp]\n  [group A]\n    [peer-as 1]\n    [unreadable hold-time 5]^\n    [unreadable neighbor 10.0.0.9]^\n"
            "  [group B]\n    [hold-time 7]\n    [unreadable neighbor 10.0.0.9]^\n");
}

TEST(JunosInherit, NamelessBlocksAreNotedOnce) {
  ReadText read = read_text(
      "interfaces {\n     {\n mtu 1;\n unit  {\n mtu 2;\n }\n }\n     {\n mtu 3;\n }\n}\n"
      "policy-options { prefix-list P; }\n");
  EXPECT_EQ(read.codes(), "BP106");
  EXPECT_EQ(read.tree(),
            "[interfaces]\n  []\n    [mtu 1]\n    [unit]\n      [mtu 2]\n  []\n    [mtu 3]\n"
            "[policy-options]\n  [prefix-list P]\n");
}

constexpr const char* kInterfaces = R"(
interfaces {
    ge-0/0/0 { unit 0 { family inet { address 10.0.0.1/24; address 10.0.1.1/24 { primary; } } family inet6 { address 2001:db8::1/64; } } }
    ge-0/0/1 { unit 5 { family inet { inactive: address 10.9.0.1/24; } } }
    lo0 { unit 0 { family inet { address 192.0.2.1; } } }
}
protocols { bgp { group A { neighbor 10.0.0.2; neighbor 2001:db8::2; } group B { neighbor 10.0.0.2; allow [ 10.5.0.0/16 10.6.0.0/16 ]; } } }
routing-instances { V { protocols { bgp { group C { neighbor 10.7.0.1; } } } } }
)";

std::string expanded(const std::string& path) {
  ReadText read = read_text(std::string(kInterfaces) + "policy-options { prefix-list P { 1.0.0.0/8; apply-path \"" +
                            path + "\"; } }");
  std::string out;
  for (const Statement& item : read.at("policy-options > prefix-list P").children) {
    out += (out.empty() ? "" : " ") + item.keyword();
    if (&item != &read.at("policy-options > prefix-list P").children.front()) {
      EXPECT_TRUE(read.sources.text(item.range).starts_with("apply-path \"")) << item.keyword();
    }
  }
  std::string codes = read.codes();
  return out + (codes.empty() ? "" : " " + codes);
}

TEST(JunosApplyPath, ExpandsAgainstTheTree) {
  EXPECT_EQ(expanded("interfaces <*> unit <*> family inet address <*>"),
            "1.0.0.0/8 10.0.0.1/24 10.0.1.1/24 192.0.2.1/32");
  EXPECT_EQ(expanded("interfaces <ge-*> unit 0 family inet6 address <*>"), "1.0.0.0/8 2001:db8::1/64");
  EXPECT_EQ(expanded("protocols bgp group <*> neighbor <*>"), "1.0.0.0/8 10.0.0.2/32 2001:db8::2/128");
  EXPECT_EQ(expanded("protocols bgp group <*> neighbor <10.*>"), "1.0.0.0/8 10.0.0.2/32");
  EXPECT_EQ(expanded("protocols bgp group B allow <*>"), "1.0.0.0/8 10.5.0.0/16 10.6.0.0/16");
  EXPECT_EQ(expanded("routing-instances <*> protocols bgp group <*> neighbor <*>"), "1.0.0.0/8 10.7.0.1/32");
  EXPECT_EQ(expanded("protocols bgp group NONE neighbor <*>"), "1.0.0.0/8");
}

TEST(JunosApplyPath, WhatIsNotReadIsUnknownAndNotEmpty) {
  EXPECT_EQ(expanded("system name-server <*>"), "1.0.0.0/8 apply-path-unresolved BP105");
  EXPECT_EQ(expanded("protocols <*> group <*> neighbor <*>"), "1.0.0.0/8 apply-path-unresolved BP105");
  EXPECT_EQ(expanded("protocols bgp group  neighbor "), "1.0.0.0/8 apply-path-unresolved BP105");
  EXPECT_EQ(expanded(""), "1.0.0.0/8 apply-path-unresolved BP105");
}

TEST(JunosApplyPath, SeesWhatWasInherited) {
  ReadText read = read_text(
      "groups { G { protocols { bgp { group X { neighbor 10.0.0.9 { peer-as 1; } } } }\n"
      "policy-options { prefix-list P { apply-path \"protocols bgp group <*> neighbor <*>\"; } } } }\napply-groups "
      "G;\n");
  EXPECT_EQ(read.tree(read.at("policy-options > prefix-list P")), "[prefix-list P]^\n  [10.0.0.9/32]^\n");
}

TEST(JunosApplyPath, ATruncatedTextIsUnknown) {
  ReadText read = read_text(
      "policy-options { prefix-list P { apply-path \"protocols bgp group <*> neighbor <*>\"; } }\nprotocols { bgp {");
  EXPECT_TRUE(read.config.truncated);
  EXPECT_EQ(read.tree(read.at("policy-options > prefix-list P")), "[prefix-list P]\n  [apply-path-unresolved]\n");
}

}  // namespace
}  // namespace bgproof::junos
