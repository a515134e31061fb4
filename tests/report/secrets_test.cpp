#include "report/secrets.h"

#include <gtest/gtest.h>

namespace bgproof {
namespace {

TEST(Secrets, WhatAMessageQuotesInBackticks) {
  EXPECT_EQ(redact("action `secret hunter2` is not modelled"), "action `secret <redacted>` is not modelled");
  EXPECT_EQ(redact("community `$9$abcdefgh` is not defined"), "community `<redacted>` is not defined");
  EXPECT_EQ(redact("action `key 7 0011AABB` is not modelled"), "action `key 7 <redacted>` is not modelled");
}

TEST(Secrets, WordsInFrontGiveThemAway) {
  EXPECT_EQ(redact("authentication-key \"$9$abc.def\"; ## SECRET-DATA"),
            "authentication-key \"<redacted>\"; ## SECRET-DATA");
  EXPECT_EQ(redact("    neighbor 192.0.2.1 password 7 0822455D0A16"), "    neighbor 192.0.2.1 password 7 <redacted>");
  EXPECT_EQ(redact("neighbor 192.0.2.1 passw plain"), "neighbor 192.0.2.1 passw <redacted>");
  EXPECT_EQ(redact("neighbor 192.0.2.1 PASSWORD plain"), "neighbor 192.0.2.1 PASSWORD <redacted>");
  EXPECT_EQ(redact("neighbor 192.0.2.1 password plain"), "neighbor 192.0.2.1 password <redacted>");
  EXPECT_EQ(redact("enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0"), "enable secret 5 <redacted>");
  EXPECT_EQ(redact("username noc privilege 15 secret 9 $9$abc"), "username noc privilege 15 secret 9 <redacted>");
  EXPECT_EQ(redact("md5 1 key \"swordfish\";"), "md5 1 key \"<redacted>\";");
  EXPECT_EQ(redact("ip ospf message-digest-key 1 md5 7 070C285F4D06"), "ip ospf message-digest-key 1 md5 7 <redacted>");
  EXPECT_EQ(redact("key 7 070C285F4D06"), "key 7 <redacted>");
  EXPECT_EQ(redact("tacacs-server host 192.0.2.1 key hidden"), "tacacs-server host 192.0.2.1 key <redacted>");
  EXPECT_EQ(redact("set system root-authentication encrypted-password \"$6$x$y\""),
            "set system root-authentication encrypted-password \"<redacted>\"");
  EXPECT_EQ(redact("pre-shared-key ascii-text \"two words\";"), "pre-shared-key ascii-text \"<redacted>\";");
  EXPECT_EQ(redact("password 7 ab;cd"), "password 7 <redacted>");
}

TEST(Secrets, TheLookGivesThemAwayToo) {
  EXPECT_EQ(redact("simple text $9$Yh2gJDjqPQF"), "simple text <redacted>");
  EXPECT_EQ(redact("value \"$6$salt$hash\""), "value \"<redacted>\"");
}

TEST(Secrets, SnmpCommunities) {
  EXPECT_EQ(redact("set snmp community s3cret authorization read-only"),
            "set snmp community <redacted> authorization read-only");
  EXPECT_EQ(redact("snmp-server community s3cret RO"), "snmp-server community <redacted> RO");
  EXPECT_EQ(redact("snmp-server host 192.0.2.9 version 2c s3cret"), "snmp-server host 192.0.2.9 version 2c <redacted>");
  SourceFile file("x",
                  "snmp {\n    community s3cret {\n        authorization read-only;\n    }\n}\npolicy-options {\n    "
                  "community CUST members 64500:1;\n}\n");
  EXPECT_EQ(redacted_line(file, 2), "    community <redacted> {");
  EXPECT_EQ(redacted_line(file, 3), file.line(3));
  EXPECT_EQ(redacted_line(file, 6), file.line(6));
  EXPECT_EQ(redacted_line(file, 7), file.line(7));
}

TEST(Secrets, OnTheLineBehindTheirKeyword) {
  SourceFile file("x", "authentication-key\n  s3cret; import IN;\nplain-text-password;\nimport IN;\n");
  EXPECT_EQ(redacted_line(file, 2), "  <redacted>; import IN;");
  EXPECT_EQ(redacted_line(file, 4), "import IN;");
  SourceFile apart("x", "authentication-key\n\n \ns3cret; import IN;\n");
  EXPECT_EQ(redacted_line(apart, 4), "<redacted>; import IN;");
  EXPECT_EQ(redact("authentication-key\ns3cret; import IN;"), "authentication-key\n<redacted>; import IN;");
}

TEST(Secrets, PolicyTextStaysReadable) {
  for (const char* line :
       {"community CUST members 64500:1;", "from community [ A B ];", "then community add CUST;", "key NAME;",
        "set site = file \"sets/own.yaml\" key \"site.mia\"", "term password-reset {", "prefix-list secret-sites;"})
    EXPECT_EQ(redact(line), line);
}

TEST(Secrets, EachLineByItself) {
  EXPECT_EQ(redact("password a\nas-path 1\nsecret b"), "password <redacted>\nas-path 1\nsecret <redacted>");
  EXPECT_EQ(redact(""), "");
  EXPECT_EQ(redact("password"), "password");
  EXPECT_EQ(redact("password \"unclosed"), "password \"<redacted>");
}

}  // namespace
}  // namespace bgproof
