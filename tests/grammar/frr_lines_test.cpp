// What bgpd makes of lines of lists and route maps, as a live 8.4.4 did (docs/semantics/frr.md): how it shows a line,
// or that it refuses it.
#include "grammar/routemap/frr_lines.h"

#include <gtest/gtest.h>

#include <array>

namespace bgproof::routemap {
namespace {

struct Case {
  const char* line;
  const char* shown;  // "": refused; "?": not known
};

constexpr const char* kSame = "=";

class Text {
 public:
  explicit Text(const std::string& text) {
    FileId file = sources_.add("test.conf", text);
    config = read(sources_, file, Dialect::frr, diagnostics_);
  }
  Config config;

 private:
  SourceSet sources_;
  Diagnostics diagnostics_;
};

std::string shown(const Config& config, const Line& line) {
  if (line.standing == Standing::refused) return "";
  if (line.standing == Standing::unknown) return "?";
  if (config.lost) return "lost";
  return (line.negated ? "no " : "") + std::string(line.rest(0));
}

void expect_root(const std::string& version, const Case& each) {
  Text text(version + each.line + "\n");
  const Config& config = text.config;
  ASSERT_FALSE(config.lines.empty()) << each.line;
  const std::string wanted = each.shown == std::string(kSame) ? each.line : each.shown;
  EXPECT_EQ(shown(config, config.lines.back()), wanted) << each.line;
  EXPECT_EQ(config.lost.has_value(), wanted == "?") << each.line;
}

void expect_entry(const std::string& version, const Case& each) {
  Text text(version + "route-map M permit 10\n " + each.line + "\n");
  const Config& config = text.config;
  ASSERT_FALSE(config.lines.empty()) << each.line;
  ASSERT_EQ(config.lines.back().children.size(), 1u) << each.line;
  const std::string wanted = each.shown == std::string(kSame) ? each.line : each.shown;
  EXPECT_EQ(shown(config, config.lines.back().children.front()), wanted) << each.line;
  EXPECT_FALSE(config.lost) << each.line;
}

const std::string k84 = "frr version 8.4.4\n";

constexpr std::array<Case, 96> kRoot = {
    {{"ip prefix-list L seq 5 permit 10.0.0.0/8", kSame},
     {"ip prefix-list L permit 10.0.0.0/8", kSame},
     {"ip prefix-list L permit any", kSame},
     {"ip prefix-list L permit 10.0.0.0/8 le 24 ge 16", kSame},
     {"ip prefix-list L seq 5 permit 10.0.0.0/8 le 024", "ip prefix-list L seq 5 permit 10.0.0.0/8 le 24"},
     {"ip prefix-list L seq +5 permit 10.0.0.0/8", "ip prefix-list L seq 5 permit 10.0.0.0/8"},
     {"ip prefix-list L seq 0 permit 10.0.0.0/8", ""},
     {"ip prefix-list L seq -5 permit any", ""},
     {"ip prefix-list L seq 5 permit 10.0.0.0/8 eq 8", ""},
     {"ip prefix-list L seq 5 permit 10.0.0.0/8 le 8 le 16", ""},
     {"ip prefix-list L seq 5 permit 10.0.0.0/8 ge 16 ge 20", ""},
     {"ip prefix-list L seq 5 permit 10.0.0.0/8 ge 33", ""},
     {"ip prefix-list L seq 5 permit any le 24", ""},
     {"ip prefix-list L seq 5 permit 10.0.0.0", ""},
     {"ip prefix-list L permit 10.0.0.0/33", ""},
     {"ip prefix-list L permit 010.0.0.0/8", ""},
     {"ip prefix-list L permit 10.0.0.0/08", ""},
     {"ip prefix-list L 5 permit any", ""},
     {"ip prefix-list L", ""},
     {"ip prefix-list \"L\" permit any", kSame},
     {"ip prefix-list L description foo  bar", "ip prefix-list L description foo bar"},
     {"ip prefix-list sequence-number", ""},
     {"ip prefix L permit any", "ip prefix-list L permit any"},
     {"i p L se 5 p 10.0.0.0/8", "ip prefix-list L seq 5 permit 10.0.0.0/8"},
     {"ip prefix-list L permit 2001:db8::/32", "ipv6 prefix-list L permit 2001:db8::/32"},
     {"ipv6 prefix-list L permit 10.0.0.0/8", ""},
     {"ipv6 prefix-list L permit ::ffff:1.2.3.4/128", kSame},
     {"no ip prefix-list L", kSame},
     {"no ip prefix-list L seq 5", kSame},
     {"no ip prefix-list L permit", ""},
     {"access-list L permit 10.0.0.0/8", kSame},
     {"access-list L permit 10.0.0.0/8 exact", "access-list L permit 10.0.0.0/8 exact-match"},
     {"access-list L permit any", kSame},
     {"access-list L permit host 10.0.0.0", kSame},
     {"access-list L permit 10.0.0.0 0.255.255.255", kSame},
     {"access-list L permit ip host 10.0.0.0 any", kSame},
     {"access-list L permit ip any host 1.1.1.1", kSame},
     {"access-list L seq 0 permit any", ""},
     {"access-list L 5 permit any", ""},
     {"access-list L permit \"10.0.0.0/8\"", ""},
     {"access-list L permit host 1.1.1.1 1.1.1.1", ""},
     {"access-list L permit 01.1.1.1", ""},
     {"access-list L remark foo", kSame},
     {"a L permit any", "access-list L permit any"},
     {"ip access-list L permit 10.0.0.0/8", ""},
     {"ip access-list L permit any", "ipv6 access-list L permit any"},
     {"no ip access-list L", "no ipv6 access-list L"},
     {"no access-list L seq 5", ""},
     {"no access L", "no access-list L"},
     {"bgp community-list standard L permit 1:1", kSame},
     {"bgp community-list standard L seq 0 permit 1:1", kSame},
     {"bgp community-list standard L permit", ""},
     {"bgp community-list expanded L permit", ""},
     {"bgp community-list L permit 1:1", ""},
     {"bgp community-list regexp L permit 1:1", ""},
     {"bgp community-list standard L 5 permit 1:1", ""},
     {"bgp community-list standard L permit \"1:1\"", ""},
     {"bgp community-list standard L permit no-export local-AS", kSame},
     {"bgp community-list standard L permit no_export", ""},
     {"bgp community-list standard L permit NO-EXPORT", ""},
     {"bgp community-list standard L permit local-as", ""},
     {"bgp community-list standard L permit gshut", ""},
     {"bgp community-list standard L permit no-e", ""},
     {"bgp community-list standard L permit +1:1", ""},
     {"bgp community-list standard L permit 1:1x", ""},
     {"bgp community-list standard L permit 65537", ""},
     {"bgp community-list 5 permit 1:1", kSame},
     {"bgp community-list 105 permit 1:a", kSame},
     {"bgp community-list 501 permit 1:1", ""},
     {"bgp community-list expanded L permit \"1:1\"", kSame},
     {"bgp com standard L permit 1:1", "bgp community-list standard L permit 1:1"},
     {"b c s L p 1:1", "bgp community-list standard L permit 1:1"},
     {"bgp community alias 1:1 standard", kSame},
     {"no bgp community-list L", ""},
     {"no bgp community-list standard L seq 5", ""},
     {"no bgp com standard L", "no bgp community-list standard L"},
     {"bgp large-community-list standard L permit 1:1:1 2:2:2", kSame},
     {"bgp large-community-list L permit 1:1:1", ""},
     {"bgp large-community-list standard L permit 1:1", ""},
     {"bgp large-community-list standard L permit \"1:1:1\"", ""},
     {"no bgp large-community-list L", kSame},
     {"bgp extcommunity-list standard L permit rt 1:1", kSame},
     {"bgp extcommunity-list L permit rt 1:1", ""},
     {"bgp extcommunity-list standard L permit RT 1:1", "?"},
     {"bgp as-path access-list L permit ^1  100$", "bgp as-path access-list L permit ^1 100$"},
     {"bgp as-path access L permit ^1$", "bgp as-path access-list L permit ^1$"},
     {"bgp as-path access-list L 5 permit 1", ""},
     {"bgp as-path access-list L permit", ""},
     {"no bgp as-path access-list L seq 5", ""},
     {"no bgp as-path access L", "no bgp as-path access-list L"},
     {"route-map M permit 65535", kSame},
     {"route-map M permit 65536", ""},
     {"route-map M permit 10 foo", ""},
     {"route-map M permit +10", "route-map M permit 10"},
     {"ro M d 10", "route-map M deny 10"},
     {"default route-map M permit 10", ""}}};

TEST(FrrLines, OfListsAndHeads) {
  for (const Case& each : kRoot) expect_root(k84, each);
}

constexpr std::array<Case, 105> kEntry = {{{"match ip address prefix-list L", kSame},
                                           {"match ip address prefix-l L", "match ip address prefix-list L"},
                                           {"m ip a p L", "match ip address prefix-list L"},
                                           {"match ip address L", kSame},
                                           {"match ip address prefix-list A B", ""},
                                           {"match ip n L", "match ip next-hop L"},
                                           {"match ip next-hop type b", "match ip next-hop type blackhole"},
                                           {"match community 1 exact", "match community 1 exact-match"},
                                           {"match community C any", ""},
                                           {"match l 5", ""},
                                           {"match as-path", ""},
                                           {"match as-path A B", ""},
                                           {"match metric +5", "match metric 5"},
                                           {"match tag 0", ""},
                                           {"match origin e", "match origin egp"},
                                           {"match origin EGP", ""},
                                           {"match origin i", ""},
                                           {"match source-protocol bgp", ""},
                                           {"match peer l", "match peer local"},
                                           {"match", ""},
                                           {"no match", ""},
                                           {"no match ip address", kSame},
                                           {"no match ip address prefix-list", kSame},
                                           {"no match ip address prefix-list foo bar", ""},
                                           {"no match probability 100", ""},
                                           {"no match metric foo", ""},
                                           {"default match ip address prefix-list L", ""},
                                           {"set metric 5", kSame},
                                           {"set met 5", "set metric 5"},
                                           {"s met 5", "set metric 5"},
                                           {"set metric foo", ""},
                                           {"set metric +0", ""},
                                           {"set metric --5", ""},
                                           {"set metric +5", kSame},
                                           {"set metric +", "set metric +rtt"},
                                           {"set metric 4294967296", ""},
                                           {"set local-preference +0", kSame},
                                           {"set local-preference foo", ""},
                                           {"set local-preference 4294967296", ""},
                                           {"set local-preference 5x", ""},
                                           {"set lo 5", "set local-preference 5"},
                                           {"set l 5", "set label-index 5"},
                                           {"set t 5", ""},
                                           {"set weight +5", "set weight 5"},
                                           {"set tag 0", ""},
                                           {"set origin inc", "set origin incomplete"},
                                           {"set ip next-hop p", "set ip next-hop peer-address"},
                                           {"set ip next-hop 0.0.0.0", ""},
                                           {"set ip next-hop 224.0.0.1", ""},
                                           {"set ip next-hop 127.0.0.1", "?"},
                                           {"set ip next-hop 1.1.1", ""},
                                           {"set ipv6 next-hop p", ""},
                                           {"set as-path prepend 5 6 7", kSame},
                                           {"set as-path prepend +5", "set as-path prepend 5"},
                                           {"set as-path prepend 5 foo", ""},
                                           {"set as-path prepend 5.5", ""},
                                           {"set as-path prepend \"5\"", ""},
                                           {"set as-path prepend 0", ""},
                                           {"set as-path prepend last-as", ""},
                                           {"set as-path prepend l 3", "set as-path prepend last-as 3"},
                                           {"set as-path prepend last-as 11", ""},
                                           {"set as-path prepend last-as 2 5", ""},
                                           {"set as-path exclude 0", ""},
                                           {"set as-path replace a", "set as-path replace any"},
                                           {"set community 1:9 additive", kSame},
                                           {"set community additive 1:9", kSame},
                                           {"set community 1:9 a", kSame},
                                           {"set community n", "set community none"},
                                           {"set community additive", ""},
                                           {"set community 1:9 none", ""},
                                           {"set community none 1:9", ""},
                                           {"set community no_export", ""},
                                           {"set community NO-EXPORT additive", ""},
                                           {"set community \"1:9\"", ""},
                                           {"set community 1:65536", ""},
                                           {"set community 1:9,1:8", ""},
                                           {"set community l", "?"},
                                           {"set com 1:9", "set community 1:9"},
                                           {"set comm C delete", "set comm-list C delete"},
                                           {"set comm-list C d", "set comm-list C delete"},
                                           {"set large-community 1:2:3 additive", kSame},
                                           {"set large-community 1:2", ""},
                                           {"set src 1.1.1.1", ""},
                                           {"set", ""},
                                           {"no set", ""},
                                           {"no set metric foo", kSame},
                                           {"no set met", "no set metric"},
                                           {"no se met", "no set metric"},
                                           {"no set as-path", ""},
                                           {"no set as-path prepend 5 5", ""},
                                           {"no set as-path prepend 5", kSame},
                                           {"no set metric foo bar", ""},
                                           {"on-match n", "on-match next"},
                                           {"on-match goto +40", "on-match goto 40"},
                                           {"on-match goto 40 foo", ""},
                                           {"on-match next foo", ""},
                                           {"on-match foo", ""},
                                           {"continue", ""},
                                           {"continue 40 foo", ""},
                                           {"c 40", "continue 40"},
                                           {"c FOO", "call FOO"},
                                           {"call FOO BAR", ""},
                                           {"call \"M\"", kSame},
                                           {"d foo", "description foo"},
                                           {"description foo  bar", "description foo bar"}}};

TEST(FrrLines, OfEntries) {
  for (const Case& each : kEntry) expect_entry(k84, each);
}

TEST(FrrLines, OtherVersionsAreKnownWordForWordAlone) {
  for (const std::string version : {"frr version 10.1\n", "frr version 7.5\n", ""}) {
    expect_root(version, {"ip prefix-list L seq 5 permit 10.0.0.0/8 ge 9", kSame});
    expect_root(version, {"bgp community-list standard L seq 5 permit 1:1", kSame});
    expect_root(version, {"bgp com standard L seq 5 permit 1:1", "?"});
    expect_root(version, {"bgp community-list L permit 1:1", "?"});
    expect_root(version, {"ip prefix-list L seq 0 permit any", "?"});
    expect_root(version, {"route-map M permit 10", kSame});
    expect_root(version, {"route-map M permit", ""});
    expect_root(version, {"route M permit 10", "?"});
    expect_entry(version, {"set metric 5", kSame});
    expect_entry(version, {"set met 5", "?"});
    expect_entry(version, {"set community foo", "?"});
    expect_entry(version, {"no set", "?"});
    expect_entry(version, {"match community C any", kSame});
    expect_entry(version, {"match source-protocol static", "?"});
  }
  expect_root("frr version 7.5\n", {"ip community-list standard L seq 5 permit 1:1", kSame});
  expect_root("frr version 7.5\n", {"ip as-path access-list L permit ^1$", kSame});
}

TEST(FrrLines, BelowAHeadThatIsRefused) {
  const std::string entry = k84 + "route-map A permit 10\n match tag 1\n";
  const std::string more = "route-map B permit 65536\n set metric 5\nroute-map C deny\n set tag 7\n";
  for (const char* between : {"", "!\n", "! foo\n#\n\n"}) {
    Text text(entry + between + more);
    EXPECT_FALSE(text.config.lost);
    EXPECT_EQ(text.config.lines[1].children.size(), 3u) << between;
  }
  for (const char* between : {"exit\n", "ip prefix-list L seq 5 permit any\n", "hostname x\n"}) {
    Text text(entry + between + more);
    EXPECT_TRUE(text.config.lost) << between;
    EXPECT_EQ(text.config.lines[1].children.size(), 1u) << between;
  }
}

// bgpd stays in the entry where it refuses a line, and leaves it where it takes one.
TEST(FrrLines, OfEntriesBehindOtherLines) {
  const std::string entry = k84 + "route-map A permit 10\n match tag 1\n";
  for (const char* between : {"foo bar\n", "ip route 192.0.2.0/24 Null0\n", "ip prefix-list L seq 0 permit any\n",
                              "service integrated-vtysh-config\n", "Route-map A permit 20\n", " hostname x\n"})
    EXPECT_TRUE(Text(entry + between + " set metric 5\n").config.lost) << between;
  EXPECT_FALSE(Text(entry + "foo bar\nline vty\n exec-timeout 0 0\n").config.lost);
  EXPECT_FALSE(Text(entry + "router ospf\n network 192.0.2.0/24 area 0\n").config.lost);
  EXPECT_TRUE(Text(k84 + "router bgp 64500\n bgp com standard C permit 1:1\n").config.lost);
  EXPECT_FALSE(Text(k84 + "router bgp 64500\n bgp community-list standard C permit 1:1\n").config.lost);
  EXPECT_TRUE(Text(entry + "n route-map A permit 10\n").config.lost);
  EXPECT_TRUE(Text(entry + " n match tag\n").config.lost);
}

}  // namespace
}  // namespace bgproof::routemap
