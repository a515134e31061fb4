// Bad input of the Junos reader: each mistake has its code and its place, nothing crashes, and what is lost is said.
#include <gtest/gtest.h>

#include <random>

#include "tests/grammar/junos_tree.h"

namespace bgproof::junos {
namespace {

TEST(JunosBadInput, EndsInsideABlock) {
  ReadText read = read_text(
      "version 1;\npolicy-options {\n    policy-statement A {\n        term B {\n            from protocol bgp;\n");
  EXPECT_TRUE(read.config.truncated);
  EXPECT_EQ(read.codes(), "BP102");
  EXPECT_EQ(read.pointed("BP102"), "term B");
  const Diagnostic& told = read.diagnostics.all()[0];
  ASSERT_EQ(told.labels.size(), 2u);
  EXPECT_EQ(read.sources.text(told.labels[1].range), "policy-options");
  // What was there is in the tree.
  EXPECT_EQ(read.text_at("policy-options > policy-statement A > term B > from > protocol bgp"), "protocol bgp");
}

TEST(JunosBadInput, EndsInsideASkippedBlock) {
  ReadText read = read_text("firewall {\n family inet {\n");
  EXPECT_TRUE(read.config.truncated);
  EXPECT_EQ(read.pointed("BP102"), "family inet");
}

TEST(JunosBadInput, EndsInsideAStatementStringOrComment) {
  struct Case {
    const char* text;
    const char* pointed;
  };
  for (Case each : {Case{"policy-options { prefix-list P; }\nproto", "proto"},
                    {"policy-options { as-path X \"1 2; }\n", "\""},
                    {"policy-options { prefix-list P; } /* the rest", "/*"},
                    {"system { login { message \"hello; } }\n", "\""}}) {
    ReadText read = read_text(each.text);
    EXPECT_TRUE(read.config.truncated) << each.text;
    EXPECT_EQ(read.pointed("BP102"), each.pointed) << each.text;
  }
}

TEST(JunosBadInput, AStrayQuoteHidesWhatFollows) {
  ReadText read = read_text(
      "policy-options {\n    as-path X \"1 2;\n    prefix-list P {\n        10.0.0.0/8;\n    }\n    as-path Y "
      "\"3\";\n}\n");
  EXPECT_TRUE(read.config.truncated);
  EXPECT_EQ(read.pointed("BP101"), "\"");
}

TEST(JunosBadInput, ABraceTooMany) {
  ReadText read =
      read_text("policy-options { policy-statement A { then accept; } } }\npolicy-statement B { then accept; }\n");
  EXPECT_TRUE(read.config.truncated);
  EXPECT_EQ(read.codes(), "BP101");
  EXPECT_EQ(read.pointed("BP101"), "}");
}

TEST(JunosBadInput, AMissingEndOfAStatement) {
  ReadText read = read_text("policy-options { policy-statement A { term B { from protocol bgp } then accept } }\n");
  EXPECT_FALSE(read.config.truncated);
  EXPECT_EQ(read.codes(), "BP101 BP101");
  EXPECT_EQ(read.pointed("BP101"), "}");
  EXPECT_EQ(read.tree(read.at("policy-options > policy-statement A")),
            "[policy-statement A]\n  [term B]\n    [from]\n      [protocol bgp]\n  [then]\n    [accept]\n");
}

TEST(JunosBadInput, AStatementThatGoesOnWithAKeywordIsSetAside) {
  ReadText read = read_text(
      "policy-options {\n policy-statement A {\n  from community [ x\n y ]\n  then accept;\n }\n"
      " as-path X \"1\"\n policy-statement B {\n then reject;\n }\n as-path Y\n \"2\";\n}\n");
  EXPECT_EQ(read.codes(), "BP101 BP101");
  EXPECT_EQ(
      read.tree(),
      "[policy-options]\n  [policy-statement A]\n    [unreadable from community x y]\n    [then]\n      [accept]\n"
      "  [unreadable as-path X 1]\n  [policy-statement B]\n    [then]\n      [reject]\n  [as-path Y 2]\n");
}

TEST(JunosBadInput, AMissingEndDoesNotSwallowASection) {
  for (const char* text : {"system\n{ host-name h; }\nfoo bar\nprotocols {\n bgp { group G; }\n}\n",
                           "protocols {\n mpls\n bgp {\n group G;\n }\n}\n"}) {
    ReadText read = read_text(text);
    EXPECT_TRUE(read.config.truncated) << text;
    EXPECT_EQ(read.codes(), "BP101") << text;
    EXPECT_EQ(read.at("protocols > bgp > group G").keyword(), "group") << text;
  }
}

TEST(JunosBadInput, BrokenLists) {
  ReadText read = read_text("protocols { bgp { group G { export [ A B; import C ]; hold-time 9; } } }\n");
  EXPECT_EQ(read.codes(), "BP101 BP101 BP101");
  EXPECT_EQ(read.tree(read.at("protocols > bgp > group G")),
            "[group G]\n  [unreadable export A B]\n  [import C]\n  [unreadable]\n  [hold-time 9]\n");
}

TEST(JunosBadInput, WhatNoSectionHasIsTold) {
  ReadText read = read_text("pol { prefix-list P { 10.0.0.0/8; } }\npolicy-options { prefix-list Q; }\nchassis { x; }\n");
  EXPECT_EQ(read.codes(), "BP120");
  EXPECT_EQ(read.pointed("BP120"), "pol");
  EXPECT_EQ(read.tree(), "[unreadable pol]\n[policy-options]\n  [prefix-list Q]\n");
  EXPECT_EQ(read_text("protocols { bg { group G; } ospf { area 0; } }\n").tree(), "[protocols]\n  [unreadable bg]\n");
  EXPECT_EQ(read_text("policy-options { prefix-l P; }\n").tree(), "[policy-options]\n  [unreadable prefix-l P]\n");
  EXPECT_EQ(read_text("policy-options { prefix-list P; }\nopenconfig-bgp:bgp { x; }\n").codes(), "BP120");
  EXPECT_EQ(read_text("policy-options { prefix-list P; }\ninactive: foo { x; }\n").codes(), "");
}

TEST(JunosBadInput, ShortWordsAreTold) {
  ReadText read = read_text(
      "protocols { bgp { group G { neigh 10.0.0.1; expo X; hold-time 9; } fam inet; } }\n"
      "routing-options { auto 65000; rib inet6.0; }\n"
      "policy-options { policy-statement P { te A; from { route-f 0/0; metric 1; prefix-list Q; } } }\n");
  EXPECT_EQ(read.codes(), "BP120 BP120 BP120 BP120 BP120 BP120");
  EXPECT_EQ(read.tree(read.at("protocols > bgp > group G")),
            "[group G]\n  [hold-time 9]\n  [unreadable neigh 10.0.0.1]\n  [unreadable expo X]\n");
}

TEST(JunosBadInput, DeepNestingIsNotFollowed) {
  for (const char* start : {"", "policy-options { ", "policy-options { policy-statement P { then "}) {
    std::string text = start;
    for (int i = 0; i < 100000; ++i) text += "a {";
    for (int i = 0; i < 100000; ++i) text += "}";
    ReadText read = read_text(text);
    EXPECT_TRUE(read.config.truncated);
    EXPECT_TRUE(read.codes().ends_with("BP103")) << read.codes();
    EXPECT_EQ(read.pointed("BP103"), "{");
  }
  std::string braces(100000, '{');
  EXPECT_TRUE(read_text(braces).config.truncated);
  EXPECT_TRUE(read_text("policy-options " + braces).config.truncated);
  EXPECT_TRUE(read_text("policy-options {" + std::string(100000, '[')).config.truncated);
  EXPECT_TRUE(read_text(std::string(100000, '}')).config.truncated);
  std::string line = "set";
  for (int i = 0; i < 100000; ++i) line += " logical-systems L";
  EXPECT_EQ(read_text(line).codes(), "");
}

TEST(JunosBadInput, NestingThatIsAllowedIsRead) {
  std::string text = "policy-options { policy-statement P { ";
  for (int i = 0; i < 190; ++i) text += "x {";
  text += " y; ";
  for (int i = 0; i < 192; ++i) text += "}";
  ReadText read = read_text(text);
  EXPECT_EQ(read.codes(), "");
  ASSERT_EQ(read.at("policy-options > policy-statement P").children.size(), 1u);
  EXPECT_EQ(read.at("policy-options > policy-statement P").children[0].words.size(), 191u);
}

TEST(JunosBadInput, NothingAtAll) {
  for (const char* text : {"", "\n\n", "\xEF\xBB\xBF", "# only a comment", ";;;", "   \t "}) {
    ReadText read = read_text(text);
    EXPECT_EQ(read.tree(), "") << text;
    EXPECT_EQ(read.codes(), "") << text;
    EXPECT_FALSE(read.config.truncated) << text;
    EXPECT_FALSE(looks_like_junos(text)) << text;
  }
}

TEST(JunosBadInput, MistakesAreBounded) {
  std::string text = "policy-options {";
  for (int i = 0; i < 200000; ++i) text += " ] {}";
  ReadText read = read_text(text + " }");
  EXPECT_TRUE(read.config.truncated);
  EXPECT_LT(read.diagnostics.all().size(), 50000u);
}

TEST(JunosBadInput, DiagnosticsHoldNoSecrets) {
  ReadText read = read_text(
      "protocols { bgp { group G { authentication-key \"$9$secret\" } } }\n"
      "set protocols bgp group G authentication-key \"$9$secret\ndelete protocols bgp group H authentication-key "
      "\"$9$secret\"\n");
  ASSERT_FALSE(read.diagnostics.all().empty());
  for (const Diagnostic& diagnostic : read.diagnostics.all()) {
    EXPECT_EQ(diagnostic.message.find("secret"), std::string::npos);
    for (const Label& label : diagnostic.labels) EXPECT_EQ(label.text.find("secret"), std::string::npos);
  }
}

// Every statement's range lies in the text, and words are where they say.
void expect_sound(const ReadText& read, const Statement& statement) {
  std::string_view text = read.sources.file(FileId{0}).text();
  for (const Word& word : statement.words) {
    ASSERT_LE(word.range.begin, word.range.end);
    ASSERT_LE(word.range.end, text.size());
  }
  ASSERT_LE(statement.range.begin, statement.range.end);
  ASSERT_LE(statement.range.end, text.size());
  for (const Statement& child : statement.children) expect_sound(read, child);
}

TEST(JunosBadInput, MutatedTextsDoNotCrash) {
  const std::string seeds[] = {
      "groups { G { policy-options { policy-statement <*> { term Z { then reject; } } } } }\napply-groups G;\n"
      "policy-options {\n prefix-list P { 10.0.0.0/8; apply-path \"interfaces <*> unit <*> family inet address <*>\"; "
      "}\n"
      " policy-statement A { /* c */ term B { from { community [ x y ]; route-filter 10.0.0.0/8 upto /24 accept; } "
      "then { metric { igp 5; } accept; } } }\n"
      " inactive: as-path X \".* 1{2,3}\"; ## end\n}\nprotocols { bgp { group G { export ( A && ! B ); } } }\n",
      "set groups G protocols bgp group <*> import X\nset apply-groups G\nset protocols bgp group G export [ A B ]\n"
      "deactivate protocols bgp group G export A\nset policy-options policy-statement A term B then accept\n"
      "insert policy-options policy-statement A term B before term C\nrename policy-options policy-statement A to "
      "policy-statement D\n"
      "edit policy-options\ndelete prefix-list P\nup\nset policy-options prefix-list P apply-path \"protocols bgp "
      "group <*> neighbor <*>\"\n"};
  std::mt19937 random(1);
  const std::string pieces[] = {"{",  "}",   ";",          "[",  "]", "\"",   "/*",      "*/",   "#",
                                "\n", "<*>", "inactive: ", "\\", " ", "set ", "delete ", "\xff", std::string(1, '\0')};
  for (int round = 0; round < 4000; ++round) {
    std::string text = seeds[random() % 2];
    for (unsigned edits = random() % 6 + 1; edits > 0 && !text.empty(); --edits) {
      size_t at = random() % text.size();
      switch (random() % 5) {
        case 0:
          text.erase(at, random() % 20);
          break;
        case 1:
          text.insert(at, pieces[random() % std::size(pieces)]);
          break;
        case 2:
          text.insert(at, text.substr(random() % text.size(), random() % 60));
          break;
        case 3:
          text[at] = static_cast<char>(random());
          break;
        default:
          text.resize(at);
          break;
      }
    }
    looks_like_junos(text);
    ReadText read = read_text(text);
    ASSERT_NO_FATAL_FAILURE(expect_sound(read, read.config.root)) << text;
  }
}

}  // namespace
}  // namespace bgproof::junos
