// Text without oddities takes a way of its own (plain.h) to the tree that the grammar makes of it.
#include <gtest/gtest.h>

#include "grammar/junos/plain.h"
#include "tests/generator/random.h"
#include "tests/grammar/junos_tree.h"

namespace bgproof::junos {
namespace {

void write(const Statement& statement, std::string& out) {
  out += "(" + std::to_string(statement.range.begin) + "-" + std::to_string(statement.range.end);
  for (const Word& word : statement.words) {
    out += word.quoted ? " q" : " w";
    out += std::to_string(word.range.begin) + "-" + std::to_string(word.range.end) + ":" + word.text;
  }
  for (const Statement& child : statement.children) write(child, out);
  out += ")";
}

std::string everything(const std::string& text) {
  ReadText read = read_text(text);
  std::string out;
  write(read.config.root, out);
  for (const Diagnostic& each : read.diagnostics.sorted()) out += "\n" + each.code + " " + each.message;
  return out;
}

bool is_plain(const std::string& text) { return plain_tokens(text, 0, static_cast<uint32_t>(text.size())).has_value(); }

// A tag at the begin changes nothing but the way that is taken.
void expect_alike(const std::string& body, int& plain) {
  std::string untagged = "policy-options {          zz;\n" + body + "\n}\n";
  std::string tagged = "policy-options { protect: zz;\n" + body + "\n}\n";
  ASSERT_EQ(untagged.size(), tagged.size());
  EXPECT_FALSE(is_plain(tagged));
  plain += is_plain(untagged);
  EXPECT_EQ(everything(untagged), everything(tagged)) << body;
}

TEST(JunosPlain, WhatIsPlainIsReadAsTheGrammarReadsIt) {
  int plain = 0;
  for (const char* body :
       {"policy-statement P { term A { from { community [ a b ]; } then { accept; } } }",
        "community c members [ 1:2 \"3:*\" ];", "as-path a \".* 64500 \\\" x\";", "prefix-list P { 192.0.2.0/24; }",
        "/* what { */ community c members 1:2; # end {\ncommunity d members 1:3;", "community c members [ ]; [ ];",
        "community c members 1:2\ncommunity d members 1:3;", "as-path a b\"c d\"e;", "x [ a b ] c [ d ];", ";;",
        "policy-statement \"P Q\" { then reject; }", "prefix-list x/*y { 10.0.0.0/8; } # */", "[ ] { x; }"})
    expect_alike(body, plain);
  EXPECT_EQ(plain, 13);
}

TEST(JunosPlain, AnyTokensAreReadAlike) {
  Random random(20'261'127);
  const std::vector<std::string> parts = {
      "term", "from",  "then", "accept;", "{",     "}",      "{",    "}",  "[",  "]",    ";",  ";",      "a", "b/",
      "/c",   "\"s\"", "\"",   "# c\n",   "/*d*/", "a{2,3}", "x[1]", "\n", "::", "1:2;", "e;", "f { g;", "}"};
  int plain = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string body;
    for (uint32_t length = 1 + random.below(9); length > 0; --length)
      body += random.pick(parts) + (random.chance(80) ? " " : "");
    expect_alike(body, plain);
  }
  EXPECT_GT(plain, 200);
}

}  // namespace
}  // namespace bgproof::junos
