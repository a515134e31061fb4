// Commands of the set form.
#include <gtest/gtest.h>

#include "tests/grammar/junos_tree.h"

namespace bgproof::junos {
namespace {

std::string policy_after(const std::string& lines) {
  ReadText read = read_text(
      "set policy-options policy-statement P term A from protocol bgp\n"
      "set policy-options policy-statement P term A then accept\n"
      "set policy-options policy-statement P term B then reject\n" +
      lines);
  std::string codes = read.codes();
  return read.tree(read.at("policy-options")) + codes;
}

TEST(JunosEdit, Delete) {
  EXPECT_EQ(policy_after("delete policy-options policy-statement P term A\n"),
            "[policy-options]\n  [policy-statement P]\n    [term B]\n      [then]\n        [reject]\n");
  EXPECT_EQ(policy_after("delete policy-options policy-statement P term A from protocol\n"
                         "delete policy-options policy-statement P term B then reject\n"),
            "[policy-options]\n  [policy-statement P]\n    [term A]\n      [from]\n      [then]\n        [accept]\n"
            "    [term B]\n      [then]\n");
  EXPECT_EQ(
      policy_after("delete policy-options policy-statement P\nset policy-options policy-statement P then reject\n"),
      "[policy-options]\n  [policy-statement P]\n    [then]\n      [reject]\n");
}

TEST(JunosEdit, MembersOfLists) {
  auto group = [](const std::string& lines) {
    ReadText read = read_text("set protocols bgp group G export [ A B C ]\n" + lines);
    return read.tree(read.at("protocols > bgp > group G")) + read.codes();
  };
  EXPECT_EQ(group(""), "[group G]\n  [export A B C]\n");
  EXPECT_EQ(group("delete protocols bgp group G export A\n"), "[group G]\n  [export B C]\n");
  EXPECT_EQ(group("delete protocols bgp group G export [ A C ]\n"), "[group G]\n  [export B]\n");
  EXPECT_EQ(group("delete protocols bgp group G export\n"), "[group G]\n");
  EXPECT_EQ(group("deactivate protocols bgp group G export B\n"), "[group G]\n  [export A C]\n  -[export B]\n");
  EXPECT_EQ(group("deactivate protocols bgp group G export\n"), "[group G]\n  -[export A B C]\n");
  EXPECT_EQ(group("deactivate protocols bgp group G\nactivate protocols bgp group G\n"),
            "[group G]\n  [export A B C]\n");
  EXPECT_EQ(group("insert protocols bgp group G export C before A\n"), "[group G]\n  [export C A B]\n");
  EXPECT_EQ(group("insert protocols bgp group G export A after B\n"), "[group G]\n  [export B A C]\n");
  EXPECT_EQ(group("delete protocols bgp group G export X\n"), "[group G]\n  [export A B C]\nBP108");
}

TEST(JunosEdit, InsertAndRename) {
  EXPECT_EQ(policy_after("insert policy-options policy-statement P term B before term A\n"),
            "[policy-options]\n  [policy-statement P]\n    [term B]\n      [then]\n        [reject]\n"
            "    [term A]\n      [from]\n        [protocol bgp]\n      [then]\n        [accept]\n");
  EXPECT_EQ(policy_after("rename policy-options policy-statement P term A to term C\n"),
            "[policy-options]\n  [policy-statement P]\n"
            "    [term C]\n      [from]\n        [protocol bgp]\n      [then]\n        [accept]\n"
            "    [term B]\n      [then]\n        [reject]\n");
  EXPECT_EQ(policy_after("copy policy-options policy-statement P term B to term C\n"
                         "delete policy-options policy-statement P term A\n"),
            "[policy-options]\n  [policy-statement P]\n    [term B]\n      [then]\n        [reject]\n"
            "    [term C]\n      [then]\n        [reject]\n");
}

TEST(JunosEdit, LevelsOfEdit) {
  EXPECT_EQ(
      policy_after("edit policy-options policy-statement P\ndelete term A\nedit term B\nset from protocol static\n"
                   "up\nset term C then accept\ntop\nset policy-options prefix-list L\n"),
      "[policy-options]\n  [policy-statement P]\n    [term B]\n      [then]\n        [reject]\n      [from]\n"
      "        [protocol static]\n    [term C]\n      [then]\n        [accept]\n  [prefix-list L]\n");
}

TEST(JunosEdit, SetIntoWhatIsInactiveStaysInactive) {
  EXPECT_EQ(
      policy_after("deactivate policy-options policy-statement P term A\n"
                   "set policy-options policy-statement P term A then next term\n"
                   "delete policy-options policy-statement P term B\n"),
      "[policy-options]\n  [policy-statement P]\n    -[term A]\n      [from]\n        [protocol bgp]\n      [then]\n"
      "        [accept]\n        [next term]\n");
}

TEST(JunosEdit, NotesAndProtectionMeanNothing) {
  EXPECT_EQ(policy_after("annotate policy-options \"text\"\nprotect policy-options policy-statement P\n"
                         "delete policy-options policy-statement P term A\n"
                         "set policy-options policy-statement P apply-flags omit\n# comment\n\n"),
            "[policy-options]\n  [policy-statement P]\n    [term B]\n      [then]\n        [reject]\n");
}

TEST(JunosEdit, NamingNothingIsTold) {
  ReadText read = read_text(
      "set policy-options prefix-list P\ndelete policy-options prefix-list Q\n"
      "deactivate protocols bgp group X\ndelete firewall family inet\n");
  EXPECT_EQ(read.codes(), "BP108 BP108");
  EXPECT_EQ(read.pointed("BP108"), "delete policy-options prefix-list Q");
  EXPECT_EQ(read.tree(), "[policy-options]\n  [prefix-list P]\n");
}

TEST(JunosEdit, BrokenLinesAreToldAndLeaveAMarkWhereTheySpeak) {
  EXPECT_EQ(
      policy_after("set policy-options policy-statement P term B from community \"x\n"
                   "set policy-options policy-statement P term B from as-path [ a b\n"
                   "set policy-options policy-statement P term C to x ]\n"
                   "insert policy-options policy-statement P term B\n"),
      "[policy-options]\n  [policy-statement P]\n    [term A]\n      [from]\n        [protocol bgp]\n      [then]\n"
      "        [accept]\n    [term B]\n      [then]\n        [reject]\n      [unreadable from community]\n"
      "      [unreadable from as-path a b]\n    [unreadable term C to x]\n    [unreadable term B]\n"
      "BP107 BP107 BP107 BP107");
}

TEST(JunosEdit, ShortWordsAreToldAndLeaveAMark) {
  EXPECT_EQ(policy_after("set policy-options policy-statement P te C then accept\n"
                         "delete policy-options policy-statement P ter A\n"),
            "[policy-options]\n  [policy-statement P]\n    [term A]\n      [from]\n        [protocol bgp]\n      [then]\n"
            "        [accept]\n    [term B]\n      [then]\n        [reject]\n    [unreadable te C then accept]\n"
            "    [unreadable ter A]\nBP120 BP120");
  for (const char* line : {"set pol prefix-list Q", "delete prot bgp", "deactivate routing-o", "edit policy-o\nset prefix-list Q",
                           "set policy-options prefix-l Q", "set protocols b group X", "load merge terminal",
                           "rollback 1", "wildcard delete policy-options prefix-list <*>"}) {
    ReadText read = read_text(std::string("set policy-options prefix-list P\n") + line + "\n");
    bool told = read.config.truncated || read.tree().find("unreadable") != std::string::npos;
    EXPECT_TRUE(told) << line;
    EXPECT_NE(read.codes(), "") << line;
  }
}

TEST(JunosEdit, TranscriptsHaveCommandsBehindPrompts) {
  ReadText read = read_text(
      "admin@r1> configure\nEntering configuration mode\n\n{master:0}[edit]\nadmin@r1# set policy-options prefix-list P\n\n"
      "[edit]\nadmin@r1# edit policy-options prefix-list P\n\n[edit policy-options prefix-list P]\n"
      "admin@r1# set 10.0.0.0/8\n\n[edit policy-options prefix-list P]\nadmin@r1# up\n\n[edit policy-options]\n"
      "admin@r1# set prefix-list Q\n\n[edit policy-options]\nadmin@r1# show | compare\n\n[edit]\n"
      "admin@r1# commit\nadmin@r1> set cli screen-length 0\n");
  EXPECT_EQ(read.tree(), "[policy-options]\n  [prefix-list P]\n    [10.0.0.0/8]\n  [prefix-list Q]\n");
  EXPECT_FALSE(read.config.truncated);
  EXPECT_TRUE(read_text("set policy-options prefix-list P\nadmin@r1# load override x\n").config.truncated);
}

TEST(JunosEdit, APromptOfAnotherFormSwallowsNoCommand) {
  EXPECT_TRUE(read_text("r1# set policy-options prefix-list Q\nset policy-options prefix-list P\n").config.truncated);
  EXPECT_TRUE(read_text("set policy-options prefix-list P\nr1# set policy-options prefix-list Q\n").config.truncated);
  EXPECT_TRUE(read_text("set policy-options prefix-list P\na@r1> set policy-options prefix-list Q\n").config.truncated);
  EXPECT_FALSE(read_text("Welcome to r1\nset policy-options prefix-list P\n").config.truncated);
  EXPECT_TRUE(looks_like_junos("admin@r1> configure\nadmin@r1# set policy-options prefix-list P\n"));
}

TEST(JunosEdit, ShortWordsOfWhatIsDeletedAreTold) {
  EXPECT_EQ(policy_after("delete policy-options policy-statement P term B then rej\n"),
            "[policy-options]\n  [policy-statement P]\n    [term A]\n      [from]\n        [protocol bgp]\n      [then]\n"
            "        [accept]\n    [term B]\n      [then]\n        [reject]\n        [unreadable rej]\nBP120");
  // A name is not cut short.
  EXPECT_TRUE(policy_after("delete policy-options policy-s P\n").ends_with("BP120"));
  EXPECT_TRUE(read_text("set policy-options prefix-list P1 10.0.0.0/24\ndelete policy-options prefix-list P\n"
                        "delete policy-options prefix-list P1 10.0.0.0/2\n")
                  .codes() == "BP108 BP108");
}

TEST(JunosEdit, WhatCannotBeMovedChangesItsSurroundings) {
  EXPECT_EQ(policy_after("insert policy-options policy-statement P term B bef term A\n"),
            "[policy-options]\n  [policy-statement P]\n    [term A]\n      [from]\n        [protocol bgp]\n      [then]\n"
            "        [accept]\n    [term B]\n      [then]\n        [reject]\n    [unreadable term B bef term A]\nBP107");
}

TEST(JunosEdit, QuitLeavesAnEdit) {
  EXPECT_EQ(read_text("edit system\nquit\nset policy-options prefix-list P\nquit\n").tree(),
            "[policy-options]\n  [prefix-list P]\n");
}

TEST(JunosEdit, UpLeavesOneLevel) {
  ReadText read = read_text(
      "edit protocols bgp group A neighbor 10.0.0.1\nset passive\nup\nset export X\nup 2\nset bgp hold-time 9\n");
  EXPECT_EQ(read.tree(),
            "[protocols]\n  [bgp]\n    [group A]\n      [neighbor 10.0.0.1]\n        [passive]\n      [export X]\n"
            "    [hold-time 9]\n");
}

TEST(JunosEdit, AnUnknownCommandOverEverythingIsFatal) {
  ReadText read = read_text("set policy-options prefix-list P\nreplace pattern A with B\n");
  EXPECT_TRUE(read.config.truncated);
  EXPECT_EQ(read.codes(), "BP107");
}

TEST(JunosEdit, AWrappedLineIsNotLostQuietly) {
  ReadText read = read_text("set policy-options policy-statement P then acc\nept\nset policy-options prefix-list L\n");
  EXPECT_TRUE(read.config.truncated);
  EXPECT_EQ(read.codes(), "BP101");
  EXPECT_EQ(read.pointed("BP101"), "ept");
}

}  // namespace
}  // namespace bgproof::junos
