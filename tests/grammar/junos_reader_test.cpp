// Both forms of a Junos configuration give one tree, and each statement knows its text.
#include <gtest/gtest.h>

#include "tests/grammar/junos_tree.h"

namespace bgproof::junos {
namespace {

constexpr const char* kCurly = R"conf(## Last commit: now
version 17.4R1;
groups {
    G1 {
        protocols { bgp { group <*> { import [ GI ]; local-preference 50; neighbor <10.*> { hold-time 30; } } } }
        policy-options { policy-statement <*-OUT> { term INH { then reject; } } policy-statement NEW { then accept; } }
    }
}
apply-groups G1;
system { host-name r1; /* login { */ login { message "} {"; } }
interfaces { ge-0/0/0 { unit 0 { family inet { address 10.0.0.1/24; } } } lo0 { unit 0 { family inet { address 192.0.2.1/32; } family inet6 { address 2001:db8::1/128; } } } }
protocols {
    ospf { area 0 { interface x; } }
    bgp {
        group EBGP {
            type external;
            import [ A ( B || ! C ) ];
            export ( A && B );
            neighbor 10.0.0.2 { peer-as 65001; inactive: export X; family inet { unicast { prefix-limit { maximum 10; } } } }
            inactive: neighbor 10.0.0.3 { peer-as 65002; }
            local-preference 100;
            multihop { ttl 5; }
            remove-private { all { replace; } }
        }
    }
}
policy-options {
    prefix-list P { 10.0.0.0/8; inactive: 11.0.0.0/8; apply-path "interfaces <*> unit <*> family inet address <*>"; }
    prefix-list N { apply-path "protocols bgp group <*> neighbor <*>"; }
    prefix-list E;
    policy-statement X-OUT {
        term A { from { protocol bgp; community [ c1 c2 ]; route-filter 10.0.0.0/8 upto /24 { local-preference 5; accept; } route-filter 0.0.0.0/0 exact accept; } then { metric { igp 5; } community add c1; accept; } }
        inactive: term B { then accept; }
        term C { from policy ( A && !B ); then next policy; }
    }
    community c1 members 64500:7*;
    community c2 { members [ 1:2 3:4 ]; invert-match; }
    as-path A1 .*;
    as-path A2 "{ 12 }";
    as-path A3 64500{1,2};
}
)conf";

constexpr const char* kLines = R"conf(user@host> show configuration | display set
set version 17.4R1
set groups G1 protocols bgp group <*> import GI
set groups G1 protocols bgp group <*> local-preference 50
set groups G1 protocols bgp group <*> neighbor <10.*> hold-time 30
set groups G1 policy-options policy-statement <*-OUT> term INH then reject
set groups G1 policy-options policy-statement NEW then accept
set apply-groups G1
set system host-name r1
set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24
set interfaces lo0 unit 0 family inet address 192.0.2.1/32
set interfaces lo0 unit 0 family inet6 address 2001:db8::1/128
set protocols bgp group EBGP type external
set protocols bgp group EBGP import A
set protocols bgp group EBGP import "( B || ! C )"
set protocols bgp group EBGP export ( A && B )
set protocols bgp group EBGP neighbor 10.0.0.2 peer-as 65001
set protocols bgp group EBGP neighbor 10.0.0.2 export X
set protocols bgp group EBGP neighbor 10.0.0.2 family inet unicast prefix-limit maximum 10
deactivate protocols bgp group EBGP neighbor 10.0.0.2 export
set protocols bgp group EBGP neighbor 10.0.0.3 peer-as 65002
deactivate protocols bgp group EBGP neighbor 10.0.0.3
set protocols bgp group EBGP local-preference 100
set protocols bgp group EBGP multihop ttl 5
set protocols bgp group EBGP remove-private all replace
set policy-options prefix-list P 10.0.0.0/8
set policy-options prefix-list P 11.0.0.0/8
deactivate policy-options prefix-list P 11.0.0.0/8
set policy-options prefix-list P apply-path "interfaces <*> unit <*> family inet address <*>"
set policy-options prefix-list N apply-path "protocols bgp group <*> neighbor <*>"
set policy-options prefix-list E
set policy-options policy-statement X-OUT term A from protocol bgp
set policy-options policy-statement X-OUT term A from community c1
set policy-options policy-statement X-OUT term A from community c2
set policy-options policy-statement X-OUT term A from route-filter 10.0.0.0/8 upto /24 local-preference 5
set policy-options policy-statement X-OUT term A from route-filter 10.0.0.0/8 upto /24 accept
set policy-options policy-statement X-OUT term A from route-filter 0.0.0.0/0 exact accept
set policy-options policy-statement X-OUT term A then metric igp 5
set policy-options policy-statement X-OUT term A then community add c1
set policy-options policy-statement X-OUT term A then accept
set policy-options policy-statement X-OUT term B then accept
deactivate policy-options policy-statement X-OUT term B
set policy-options policy-statement X-OUT term C from policy "( A && !B )"
set policy-options policy-statement X-OUT term C then next policy
set policy-options community c1 members 64500:7*
set policy-options community c2 members 1:2
set policy-options community c2 members 3:4
set policy-options community c2 invert-match
set policy-options as-path A1 .*
set policy-options as-path A2 "{ 12 }"
set policy-options as-path A3 64500{1,2}
)conf";

constexpr const char* kTree = R"([version 17.4R1]
[system]
  [host-name r1]
[interfaces]
  [ge-0/0/0]
    [unit 0]
      [family inet]
        [address 10.0.0.1/24]
  [lo0]
    [unit 0]
      [family inet]
        [address 192.0.2.1/32]
      [family inet6]
        [address 2001:db8::1/128]
[protocols]
  [bgp]
    [group EBGP]
      [type external]
      [import A ( B || ! C ) GI]
      [export ( A && B )]
      [neighbor 10.0.0.2]
        [peer-as 65001]
        -[export X]
        [family inet]
          [unicast]
            [prefix-limit maximum 10]
        [hold-time 30]^
      -[neighbor 10.0.0.3]
        [peer-as 65002]
      [local-preference 100]
      [multihop ttl 5]
      [remove-private all replace]
[policy-options]
  [prefix-list P]
    [10.0.0.0/8]
    -[11.0.0.0/8]
    [10.0.0.1/24]
    [192.0.2.1/32]
  [prefix-list N]
    [10.0.0.2/32]
  [prefix-list E]
  [policy-statement X-OUT]
    [term A]
      [from]
        [protocol bgp]
        [community c1 c2]
        [route-filter 10.0.0.0/8 upto /24]
          [local-preference 5]
          [accept]
        [route-filter 0.0.0.0/0 exact]
          [accept]
      [then]
        [metric igp 5]
        [community add c1]
        [accept]
    -[term B]
      [then]
        [accept]
    [term C]
      [from]
        [policy ( A && ! B )]
      [then]
        [next policy]
    [term INH]^
      [then]^
        [reject]^
  [community c1]
    [members 64500:7*]
  [community c2]
    [members 1:2 3:4]
    [invert-match]
  [as-path A1 .*]
  [as-path A2 { 12 }]
  [as-path A3 64500{1,2}]
  [policy-statement NEW]^
    [then]^
      [accept]^
)";

TEST(JunosReader, ReadsTheCurlyForm) {
  ReadText read = read_text(kCurly);
  EXPECT_EQ(read.tree(), kTree);
  EXPECT_EQ(read.codes(), "");
  EXPECT_FALSE(read.config.truncated);
  EXPECT_EQ(read.config.host_name, "r1");
}

TEST(JunosReader, ReadsTheSetFormIntoTheSameTree) {
  ReadText read = read_text(kLines);
  EXPECT_EQ(read.tree(), kTree);
  EXPECT_EQ(read.codes(), "");
  EXPECT_EQ(read.config.host_name, "r1");
}

TEST(JunosReader, ReadsLineEndsOfOtherSystemsAndAByteOrderMark) {
  for (std::string text : {kCurly, kLines}) {
    std::string crlf = "\xEF\xBB\xBF";
    for (char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    ReadText read = read_text(crlf);
    EXPECT_EQ(read.tree(), kTree);
    EXPECT_EQ(read.codes(), "");
  }
}

TEST(JunosReader, ReadsSetLinesBehindTheCurlyForm) {
  ReadText read = read_text(
      "policy-options {\n    policy-statement P {\n        then accept;\n    }\n}\n"
      "set policy-options policy-statement P term A from protocol bgp\n"
      "set policy-options policy-statement P term A then reject\n");
  EXPECT_EQ(read.tree(),
            "[policy-options]\n  [policy-statement P]\n    [then]\n      [accept]\n"
            "    [term A]\n      [from]\n        [protocol bgp]\n      [then]\n        [reject]\n");
}

TEST(JunosReader, StatementsKnowTheirText) {
  ReadText curly = read_text(kCurly);
  constexpr const char* kTerm = "policy-options > policy-statement X-OUT > term A > ";
  auto in_term = [&](const ReadText& read, std::string path) { return read.text_at(kTerm + path); };
  EXPECT_EQ(in_term(curly, "from > protocol bgp"), "protocol bgp");
  EXPECT_EQ(in_term(curly, "from > community c1 c2"), "community [ c1 c2 ]");
  EXPECT_EQ(in_term(curly, "from > route-filter 0.0.0.0/0 exact"), "route-filter 0.0.0.0/0 exact accept");
  EXPECT_EQ(in_term(curly, "from > route-filter 10.0.0.0/8 upto /24"),
            "route-filter 10.0.0.0/8 upto /24 { local-preference 5; accept");
  EXPECT_EQ(in_term(curly, "from > route-filter 10.0.0.0/8 upto /24 > accept"), "accept");
  EXPECT_EQ(in_term(curly, "then"), "then { metric { igp 5; } community add c1; accept");
  EXPECT_EQ(in_term(curly, "then > metric igp 5"), "metric { igp 5");
  EXPECT_EQ(curly.text_at("policy-options > as-path A2 { 12 }"), "as-path A2 \"{ 12 }\"");
  EXPECT_EQ(curly.text_at("policy-options > policy-statement X-OUT > term B"), "term B { then accept");

  ReadText lines = read_text(kLines);
  EXPECT_EQ(in_term(lines, "from > protocol bgp"), "protocol bgp");
  EXPECT_EQ(in_term(lines, "then > metric igp 5"), "metric igp 5");
  EXPECT_EQ(in_term(lines, "from > route-filter 10.0.0.0/8 upto /24 > accept"), "accept");
  EXPECT_EQ(lines.text_at("policy-options > policy-statement X-OUT > term B"), "term B then accept");

  // An inherited statement has the text of its group and the name that brought it.
  const Statement& inherited = curly.at("policy-options > policy-statement X-OUT > term INH");
  EXPECT_EQ(curly.sources.text(inherited.range), "term INH { then reject");
  EXPECT_EQ(curly.sources.text(inherited.inherited_at), "G1");
}

TEST(JunosReader, WordsKnowTheirText) {
  ReadText read = read_text("policy-options { policy-statement P { from policy \"(A&&!B)\"; } as-path X \"a\\\"b\"; }");
  const Statement& policy = read.at("policy-options > policy-statement P > from > policy ( A && ! B )");
  std::vector<std::string> texts;
  for (const Word& word : policy.words) texts.emplace_back(read.sources.text(word.range));
  EXPECT_EQ(texts, (std::vector<std::string>{"policy", "(", "A", "&&", "!", "B", ")"}));
  const Statement& path = read.at("policy-options > as-path X a\"b");
  EXPECT_TRUE(path.words[2].quoted);
  EXPECT_EQ(read.sources.text(path.words[2].range), "\"a\\\"b\"");
}

TEST(JunosReader, CommentsMayStandAnywhere) {
  ReadText read = read_text(
      "# a { comment\n/* policy-options { */ policy-options /* x */ { ## y }\n"
      "  policy-statement /* ; */ P { # }\n then /* { */ accept /* } */ ; ## SECRET\n }\n}\n");
  EXPECT_EQ(read.tree(), "[policy-options]\n  [policy-statement P]\n    [then]\n      [accept]\n");
  EXPECT_EQ(read.codes(), "");
}

TEST(JunosReader, BracesWithinStringsAndWordsAreText) {
  ReadText read = read_text(
      "system { login { message \"} policy-options {\"; } host-name h; }\n"
      "policy-options { as-path A \"1{2} }\"; as-path B 64500{1,2}; as-path C .*[12]*; community D members "
      "64500:65[12]*; }");
  EXPECT_EQ(read.tree(),
            "[system]\n  [host-name h]\n[policy-options]\n  [as-path A 1{2} }]\n  [as-path B 64500{1,2}]\n"
            "  [as-path C .*[12]*]\n  [community D]\n    [members 64500:65[12]*]\n");
  EXPECT_EQ(read.codes(), "");
}

TEST(JunosReader, RepeatedSectionsMerge) {
  ReadText read = read_text(
      "policy-options { policy-statement P { term A { then accept; } } community C members 1:1; as-path X 1; }\n"
      "policy-options { policy-statement P { term B { then reject; } term A { from protocol bgp; } } "
      "community C members [ 1:1 2:2 ]; as-path X 2; }\n");
  EXPECT_EQ(read.tree(),
            "[policy-options]\n  [policy-statement P]\n    [term A]\n      [then]\n        [accept]\n"
            "      [from]\n        [protocol bgp]\n    [term B]\n      [then]\n        [reject]\n"
            "  [community C]\n    [members 1:1 2:2]\n  [as-path X 2]\n");
}

TEST(JunosReader, TagsOfLoadFiles) {
  ReadText read = read_text(
      "policy-options { policy-statement P { term A { then accept; } } prefix-list L { 10.0.0.0/8; } prefix-list M; }\n"
      "policy-options { replace: policy-statement P { term B { then reject; } } delete: prefix-list L; "
      "protect: prefix-list N { 1.0.0.0/8; } inactive: protect: prefix-list O; }\n");
  EXPECT_EQ(
      read.tree(),
      "[policy-options]\n  [prefix-list M]\n  [policy-statement P]\n    [term B]\n      [then]\n        [reject]\n"
      "  [prefix-list N]\n    [1.0.0.0/8]\n  -[prefix-list O]\n");
}

TEST(JunosReader, InactiveMembersOfAListStandApart) {
  ReadText read = read_text("protocols { bgp { group G { export [ A inactive: B C ]; inactive: import X; } } }");
  EXPECT_EQ(read.tree(),
            "[protocols]\n  [bgp]\n    [group G]\n      [export A C]\n      -[export B]\n      -[import X]\n");
  EXPECT_EQ(read.at("protocols > bgp > group G").find("import"), nullptr);
}

TEST(JunosReader, OnlyPartsThatMayHoldPolicyAreRead) {
  ReadText read = read_text(
      "firewall { policy-options { policy-statement NO { then accept; } } }\n"
      "protocols { ospf { bgp { group NO { type internal; } } } bgp { group YES { type internal; } } }\n"
      "routing-instances { V { instance-type vrf; protocols { bgp { group W { peer-as 1; } } ospf { area 0; } } } }\n"
      "logical-systems { L { policy-options { prefix-list P; } snmp { community public; } } }\n");
  EXPECT_EQ(read.tree(),
            "[protocols]\n  [bgp]\n    [group YES]\n      [type internal]\n"
            "[routing-instances]\n  [V]\n    [instance-type vrf]\n    [protocols]\n      [bgp]\n"
            "        [group W]\n          [peer-as 1]\n"
            "[logical-systems]\n  [L]\n    [policy-options]\n      [prefix-list P]\n");
}

TEST(JunosReader, CountsLinesOfPolicy) {
  ReadText curly = read_text("version 1;\npolicy-options {\n    prefix-list P {\n        10.0.0.0/8;\n    }\n}\n");
  EXPECT_EQ(curly.config.lines, 6u);
  EXPECT_EQ(curly.config.policy_lines, 5u);
  ReadText lines =
      read_text("set version 1\nset policy-options prefix-list P\nset groups G policy-options prefix-list Q\n");
  EXPECT_EQ(lines.config.lines, 3u);
  EXPECT_EQ(lines.config.policy_lines, 2u);
}

TEST(JunosReader, LargeBlocksAreCutWithoutATrace) {
  std::string curly = "policy-options {\n prefix-list A;\n prefix-list BIG {\n";
  std::string lines = "set policy-options prefix-list A\n";
  for (int i = 0; i < 20000; ++i) {
    std::string prefix = "10." + std::to_string(i / 256) + "." + std::to_string(i % 256) + ".0/24";
    curly += "  " + prefix + ";\n";
    lines += "set policy-options prefix-list BIG " + prefix + "\n";
  }
  curly += " }\n policy-statement P { then accept; }\n}\nprotocols { bgp { export P; } }\n";
  lines += "set policy-options policy-statement P then accept\nset protocols bgp export P\n";
  ReadText a = read_text(curly);
  ReadText b = read_text(lines);
  EXPECT_EQ(a.tree(), b.tree());
  EXPECT_EQ(a.at("policy-options > prefix-list BIG").children.size(), 20000u);
  EXPECT_EQ(a.text_at("policy-options > prefix-list BIG > 10.78.31.0/24"), "10.78.31.0/24");
  EXPECT_EQ(a.codes(), "");
}

TEST(JunosReader, TellsJunosFromOthers) {
  EXPECT_TRUE(looks_like_junos(kCurly));
  EXPECT_TRUE(looks_like_junos(kLines));
  EXPECT_TRUE(looks_like_junos("!RANCID-CONTENT-TYPE: juniper\n"));
  EXPECT_TRUE(looks_like_junos("inactive: policy-options {\n    prefix-list P;\n}\n"));
  EXPECT_FALSE(looks_like_junos(""));
  EXPECT_FALSE(looks_like_junos("router bgp 64500\n neighbor 192.0.2.1 route-map A in\n"));
  EXPECT_FALSE(looks_like_junos("protocol bgp x {\n  export filter { accept; };\n}\n"));                         // BIRD
  EXPECT_FALSE(looks_like_junos("interfaces {\n    ethernet eth0 {\n        address 10.0.0.1/24\n    }\n}\n"));  // VyOS
  EXPECT_FALSE(
      looks_like_junos("configure {\n    policy-options {\n        prefix-list \"x\" {\n        }\n    }\n}\n"));
  EXPECT_FALSE(looks_like_junos("set interfaces ethernet eth0 address '10.0.0.1/24'\nset protocols bgp 65000\n"));
}

TEST(JunosReader, GreetingsAndPromptsAreNoStatements) {
  ReadText read = read_text(
      "!RANCID-CONTENT-TYPE: juniper\n!\nLast login: Mon from 192.0.2.1\n{master:0}\n"
      "user@host> show configuration | no-more\n## Last commit: today\n[edit]\npolicy-options {\n    prefix-list "
      "P;\n}\n"
      "\n{master:0}\nuser@host> ");
  EXPECT_EQ(read.tree(), "[policy-options]\n  [prefix-list P]\n");
  EXPECT_EQ(read.codes(), "BP101");  // the login line
  EXPECT_FALSE(read.diagnostics.has_errors());
  EXPECT_FALSE(read.config.truncated);
}

}  // namespace
}  // namespace bgproof::junos
