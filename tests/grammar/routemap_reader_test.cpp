// The reader of the route-map dialects: which lines belong to which block, and what a text is.
#include <gtest/gtest.h>

#include "grammar/routemap/scanner.h"
#include "grammar/routemap/syntax.h"
#include "tests/generator/random.h"

namespace bgproof::routemap {
namespace {

struct ReadText {
  SourceSet sources;
  Diagnostics diagnostics;
  Config config;

  std::string tree() const {
    std::string out;
    for (const Line& line : config.lines) write(line, 0, out);
    return out;
  }
  std::string codes() const {
    std::string out;
    for (const Diagnostic& each : diagnostics.sorted()) out += (out.empty() ? "" : " ") + each.code;
    return out;
  }

 private:
  // `neighbor 192.0.2.1 shutdown` as it was read; negated ones with a dash; two blanks for each level.
  void write(const Line& line, size_t depth, std::string& out) const {
    out.append(depth * 2, ' ');
    if (line.negated) out += '-';
    for (size_t i = 0; i < line.size(); ++i) {
      if (i > 0) out += ' ';
      out += line.word(i);
    }
    out += '\n';
    for (const Line& child : line.children) write(child, depth + 1, out);
  }
};

std::unique_ptr<ReadText> read_text(Dialect dialect, std::string text) {
  auto read_one = std::make_unique<ReadText>();
  FileId file = read_one->sources.add("test.conf", std::move(text));
  read_one->config = read(read_one->sources, file, dialect, read_one->diagnostics);
  return read_one;
}

constexpr const char* kTree =
    "router bgp 65000\n"
    "  neighbor 192.0.2.1 remote-as 65001\n"
    "  address-family ipv4\n"
    "    neighbor 192.0.2.1 activate\n"
    "  address-family ipv6\n"
    "    network 2001:db8::/32\n"
    "route-map M permit 10\n"
    "  match community C\n"
    "  set local-preference 200\n"
    "route-map M deny 20\n";

TEST(RouteMapReader, BlocksByIndentation) {
  auto read = read_text(Dialect::ios,
                        "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n !\n address-family ipv4\n"
                        "  neighbor 192.0.2.1 activate\n exit-address-family\n !\n address-family ipv6\n"
                        "  network 2001:db8::/32\n exit-address-family\n!\nroute-map M permit 10\n match community C\n"
                        " set local-preference 200\n!\nroute-map M deny 20\n!\nend\n");
  EXPECT_EQ(read->tree(), kTree);
  EXPECT_EQ(read->codes(), "");
}

TEST(RouteMapReader, BlocksWithoutIndentation) {
  auto read = read_text(Dialect::ios,
                        "router bgp 65000\nneighbor 192.0.2.1 remote-as 65001\naddress-family ipv4\n"
                        "neighbor 192.0.2.1 activate\nexit-address-family\naddress-family ipv6\n"
                        "network 2001:db8::/32\nexit-address-family\nroute-map M permit 10\nmatch community C\n"
                        "set local-preference 200\nroute-map M deny 20\n");
  EXPECT_EQ(read->tree(), kTree);
}

TEST(RouteMapReader, BlocksWithoutExitLinesAndWithStrangeIndentation) {
  auto read = read_text(Dialect::ios,
                        "router bgp 65000\r\n  neighbor 192.0.2.1 remote-as 65001\r\n address-family ipv4\r\n"
                        "! a comment\r\n  neighbor 192.0.2.1 activate\r\n\r\n address-family ipv6\r\n"
                        "  network 2001:db8::/32\r\nroute-map M permit 10\r\n\tmatch community C\r\n"
                        "    set local-preference 200\r\nroute-map M deny 20\r\ndo clear bgp *\r\n");
  EXPECT_EQ(read->tree(), kTree);
}

TEST(RouteMapReader, FrrClosesBlocksWithExit) {
  auto read = read_text(
      Dialect::frr,
      "frr version 8.4.4\nrouter bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n address-family ipv4 unicast\n"
      "  neighbor 192.0.2.1 route-map M in\n exit-address-family\nexit\n!\nroute-map M permit 10\n"
      " on-match next\nexit\n!\nend\n");
  EXPECT_EQ(read->tree(),
            "frr version 8.4.4\nrouter bgp 65000\n  neighbor 192.0.2.1 remote-as 65001\n  address-family ipv4 unicast\n"
            "    neighbor 192.0.2.1 route-map M in\nroute-map M permit 10\n  on-match next\n");
}

TEST(RouteMapReader, NxosNeighborsAreBlocks) {
  auto read =
      read_text(Dialect::nxos,
                "router bgp 65000\n  address-family ipv4 unicast\n    network 192.0.2.0/24\n  template peer T\n"
                "    remote-as 65001\n    address-family ipv4 unicast\n      route-map M in\n  neighbor 192.0.2.1\n"
                "    inherit peer T\n    address-family ipv4 unicast\n  neighbor 192.0.2.2\n    remote-as 65002\n"
                "  vrf red\n    neighbor 192.0.2.3\n      remote-as 65003\n");
  EXPECT_EQ(read->tree(),
            "router bgp 65000\n  address-family ipv4 unicast\n    network 192.0.2.0/24\n  template peer T\n"
            "    remote-as 65001\n    address-family ipv4 unicast\n      route-map M in\n  neighbor 192.0.2.1\n"
            "    inherit peer T\n    address-family ipv4 unicast\n  neighbor 192.0.2.2\n    remote-as 65002\n"
            "  vrf red\n    neighbor 192.0.2.3\n      remote-as 65003\n");
}

TEST(RouteMapReader, EosBlocksWithinBgp) {
  auto read = read_text(Dialect::eos,
                        "router bgp 65000\n   neighbor R peer group\n   vlan 10\n      redistribute learned\n   !\n"
                        "   address-family ipv4\n      neighbor R activate\n   !\n   vrf red\n      rd 1:1\n"
                        "      address-family ipv4\n         redistribute static\nip prefix-list P\n"
                        "   seq 10 permit 192.0.2.0/24\n");
  EXPECT_EQ(read->tree(),
            "router bgp 65000\n  neighbor R peer group\n  vlan 10\n    redistribute learned\n  address-family ipv4\n"
            "    neighbor R activate\n  vrf red\n    rd 1:1\n    address-family ipv4\n      redistribute static\n"
            "ip prefix-list P\n  seq 10 permit 192.0.2.0/24\n");
}

TEST(RouteMapReader, SkipsWhatIsNoPolicy) {
  auto read =
      read_text(Dialect::ios,
                "hostname r1\nclass-map match-any X\n match access-group 1\npolicy-map Y\n class X\n  set dscp af11\n"
                "crypto pki certificate chain C\n certificate self-signed 01\n  30820330 30820218\n  \tquit\n"
                "interface Gi0/1\n description router bgp 1\n ip address 192.0.2.1 255.255.255.0\n no shutdown\n"
                "ip route 0.0.0.0 0.0.0.0 192.0.2.2\nline vty 0 4\n login\n");
  EXPECT_EQ(read->tree(), "hostname r1\ninterface Gi0/1\n  ip address 192.0.2.1 255.255.255.0\n");
  EXPECT_EQ(read->config.host_name, "r1");
}

TEST(RouteMapReader, BannersAreNoCommands) {
  auto read = read_text(
      Dialect::ios, "banner motd ^C\nroute-map EVIL permit 10\n^C\nbanner login #one line#\nroute-map M permit 10\n");
  EXPECT_EQ(read->tree(), "route-map M permit 10\n");
  read = read_text(Dialect::eos, "banner login\nroute-map EVIL permit 10\nEOF\nroute-map M permit 10\n");
  EXPECT_EQ(read->tree(), "route-map M permit 10\n");
}

TEST(RouteMapReader, ABannerWithoutEndHidesTheRest) {
  auto read = read_text(Dialect::ios, "banner motd ^C\nroute-map M permit 10\n");
  EXPECT_TRUE(read->config.truncated);
  EXPECT_EQ(read->codes(), "BP102");
}

TEST(RouteMapReader, AMissingEndIsToldWhereTheHeaderPromisesOne) {
  const char* body = "hostname r1\nroute-map M permit 10\n";
  EXPECT_TRUE(
      read_text(Dialect::ios, std::string("Building configuration...\n\nCurrent configuration : 42 bytes\n") + body)
          ->config.truncated);
  EXPECT_FALSE(
      read_text(Dialect::ios, std::string("Current configuration : 42 bytes\n") + body + "end\n")->config.truncated);
  EXPECT_TRUE(read_text(Dialect::eos,
                        std::string("! Command: show running-config\n! device: r1 (vEOS, EOS-4.21.1.1F)\n") + body)
                  ->config.truncated);
  EXPECT_FALSE(read_text(Dialect::ios, body)->config.truncated);
  EXPECT_EQ(read_text(Dialect::ios, std::string("Current configuration : 42 bytes\n") + body)->codes(), "BP109");
}

TEST(RouteMapReader, NoLinesStayWhereTheyStand) {
  auto read = read_text(Dialect::ios,
                        "router bgp 1\n no bgp default ipv4-unicast\nno ip prefix-list P seq 5\n"
                        "default neighbor\n");
  EXPECT_EQ(read->tree(), "router bgp 1\n  -bgp default ipv4-unicast\n-ip prefix-list P seq 5\n");
}

TEST(RouteMapReader, QuotedWords) {
  auto read = read_text(Dialect::nxos,
                        "ip as-path access-list A seq 5 permit \"_65001 65002_\"\nroute-map M permit 10\n"
                        "  description \"a b\" it\"s \"open\n");
  const Line& list = read->config.lines[0];
  EXPECT_EQ(list.rest(list.size() - 1), "_65001 65002_");
  EXPECT_EQ(read->config.lines[1].children[0].rest(1), "\"a b\" it\"s \"open");
}

TEST(RouteMapReader, RangesAreThoseOfTheText) {
  auto read = read_text(Dialect::ios, "\xEF\xBB\xBFrouter bgp 1\n no neighbor 192.0.2.1 shutdown\n");
  const Line& bgp = read->config.lines[0];
  EXPECT_EQ(read->sources.text(bgp.range), "router bgp 1");
  EXPECT_EQ(read->sources.text(bgp.children[0].range), "no neighbor 192.0.2.1 shutdown");
  EXPECT_EQ(read->sources.text(bgp.children[0].range_of(1)), "192.0.2.1 shutdown");
  EXPECT_EQ(read->sources.text(bgp.whole()), "router bgp 1\n no neighbor 192.0.2.1 shutdown");
}

// Both paths from text to words give the same. A line without a quote would take the cheap one, so each begins with
// one.
TEST(RouteMapReader, TheCheapPathSplitsAsTheGrammarDoes) {
  using namespace std::string_literals;
  std::vector<std::string> texts = {"permit 192.0.2.0/24 le 28",
                                    "a \"b c\" d",
                                    "\"a\"b c\"",
                                    "\"a b\"c",
                                    "x \"",
                                    "\"\" \"",
                                    "a\tb\fc",
                                    "a\0b \0 c"s,
                                    "a !b #c",
                                    "\xff\x80 \x01"};
  Random random(1);
  for (int i = 0; i < 500; ++i) {
    std::string& made = texts.emplace_back("a");
    for (uint32_t length = random.below(24); length > 0; --length) made += " \t\r\f\0\"ab!#\\\x80"[random.below(13)];
    made += 'z';
  }
  for (std::string text : texts) {
    text.insert(0, "\"q q\" ");
    auto read = read_text(Dialect::ios, "router bgp 1\n " + text + "\n");
    std::vector<Word> words;
    split_words(text, {}, 0, words);
    ASSERT_EQ(read->config.lines[0].children.size(), 1u) << text;
    const Line& line = read->config.lines[0].children[0];
    ASSERT_EQ(line.size(), words.size()) << text;
    for (size_t i = 0; i < words.size(); ++i) EXPECT_EQ(line.word(i), words[i].text) << text;
  }
}

std::string detected(std::string_view text) {
  std::optional<Detected> found = detect(text);
  if (!found) return "none";
  return std::string(to_string(found->dialect)) + (found->certain ? "" : "?");
}

TEST(RouteMapDetection, ByWhatOneDialectAloneWrites) {
  EXPECT_EQ(detected("Building configuration...\n\nCurrent configuration : 4114 bytes\n!\nversion 15.4\nhostname r\n"),
            "ios");
  EXPECT_EQ(detected("!RANCID-CONTENT-TYPE: cisco\n!\nroute-map M permit 10\n"), "ios");
  EXPECT_EQ(detected("!RANCID-CONTENT-TYPE: cisco-nx\n!\nroute-map M permit 10\n"), "nxos");
  EXPECT_EQ(detected("!RANCID-CONTENT-TYPE: arista\n!\nroute-map M permit 10\n"), "eos");
  EXPECT_EQ(detected("!Command: show running-config\n!Time: x\n\nversion 9.2(3) Bios:version\nfeature bgp\n"), "nxos");
  EXPECT_EQ(detected("! Command: show running-config\n! device: r (vEOS, EOS-4.21.1.1F)\nhostname r\n"), "eos");
  EXPECT_EQ(detected("frr version 8.4.4\nfrr defaults traditional\nhostname r\n"), "frr");
  EXPECT_EQ(detected("bgp as-path access-list A permit _1_\nroute-map M permit 10\n on-match next\n"), "frr");
  EXPECT_EQ(detected("hostname r\nfeature bgp\nrouter bgp 1\n  neighbor 192.0.2.1\n    remote-as 2\n"), "nxos");
  EXPECT_EQ(detected("ip community-list regexp C permit 1:.*\nrouter bgp 1\n   neighbor R peer group\n"), "eos");
}

TEST(RouteMapDetection, SmallTextsAreSomethingSensible) {
  EXPECT_EQ(detected("route-map M permit 10\n set local-preference 200\n"), "ios?");
  EXPECT_EQ(detected("router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n neighbor 192.0.2.1 route-map M in\n"),
            "ios?");
  EXPECT_EQ(detected("ip prefix-list P seq 5 permit 192.0.2.0/24\n"), "ios?");
}

TEST(RouteMapDetection, OthersAreNone) {
  EXPECT_EQ(detected("!! IOS XR Configuration version = 6.2.2\nhostname r\nrouter bgp 1\n"), "none");
  EXPECT_EQ(detected("route-policy P\n  pass\nend-policy\nrouter bgp 1\n neighbor-group G\n  remote-as 2\n"), "none");
  EXPECT_EQ(detected("configure {\n    router \"Base\" {\n        bgp {\n        }\n    }\n}\n"), "none");
  EXPECT_EQ(detected("router id 192.0.2.1;\nprotocol bgp p {\n  local as 1;\n  neighbor 192.0.2.2 as 2;\n}\n"), "none");
  EXPECT_EQ(detected("AS 65000\nneighbor 192.0.2.1 {\n  remote-as 65001\n}\nallow from any\n"), "none");
  EXPECT_EQ(detected("!RANCID-CONTENT-TYPE: juniper\nsystem {\n}\n"), "none");
  EXPECT_EQ(detected("a letter\nto the router\n"), "none");
  EXPECT_EQ(detected(""), "none");
}

}  // namespace
}  // namespace bgproof::routemap
