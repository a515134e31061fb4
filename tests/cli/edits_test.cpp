// Edits of one line or two, each in every dialect that knows it: what `diff` must not call equal, and what it should.
// Every row is a way in which a router comes to do something else: sessions, groups, families, VRFs, knobs,
// origination, lists, lines that have no model and what they name.
#include <nlohmann/json.hpp>
#include <set>

#include "tests/cli/edited_configs.h"
#include "tests/cli/program.h"

namespace bgproof {
namespace {

using Json = nlohmann::json;

struct Edit {
  const char* dialect;
  const char* from;
  const char* to;
  const char* effect;
};

std::string with(std::string text, const std::string& from, const std::string& to) {
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

class EditsTest : public ProgramTest {
 protected:
  Json diff(const std::string& dialect, const std::string& before, const std::string& after) {
    write("a/" + dialect + "-r1.conf", before);
    write("b/" + dialect + "-r1.conf", after);
    Ran ran = run({"diff", "a", "b", "--out", "json"});
    std::filesystem::remove_all(place_of("a"));
    std::filesystem::remove_all(place_of("b"));
    EXPECT_TRUE(ran.status == 0 || ran.status == 3) << ran.err;
    return Json::parse(ran.out, nullptr, false);
  }
  void expect(const std::vector<Edit>& edits) {
    for (const Edit& edit : edits) {
      const std::string& before = edited_config(edit.dialect);
      Json report = diff(edit.dialect, before, with(before, edit.from, edit.to));
      ASSERT_FALSE(report.is_discarded());
      EXPECT_EQ(report["effect"], edit.effect) << edit.dialect << ": " << edit.from << " -> " << edit.to;
    }
  }
};

TEST_F(EditsTest, WhatChangesNothingIsEqual) {
  for (const char* dialect : {"eos", "frr", "ios", "junos", "nxos"})
    EXPECT_EQ(diff(dialect, edited_config(dialect), edited_config(dialect))["effect"], "equal") << dialect;
  expect({{"ios", "hostname r1", "hostname r2", "equal"},
          {"ios", "description peers", "description all peers", "equal"},
          {"ios", "expanded CUSTX permit 64500:1.", "expanded CUSTX permit 64500:2.", "equal"},
          {"ios", "  neighbor 192.0.2.9 activate\n", "", "equal"},
          {"junos", "host-name r1", "host-name r2", "equal"},
          {"junos", "                unicast;", "                unicast { prefix-limit { maximum 5; } }", "equal"},
          {"nxos", "feature bgp\n", "feature bgp\nfeature lldp\n", "equal"},
          {"frr", "frr version 8.4.4", "frr version 8.5", "equal"}});
}

TEST_F(EditsTest, SessionsAndGroups) {
  expect({{"ios", "PEERS remote-as 64501", "PEERS remote-as 64500", "incomparable"},
          {"ios", "PEERS remote-as 64501", "PEERS remote-as 64777", "unknown"},
          {"eos", "PEERS remote-as 64501", "PEERS remote-as 64777", "unknown"},
          {"nxos", "    remote-as 64501", "    remote-as 64777", "unknown"},
          {"frr", "PEERS remote-as 64501", "PEERS remote-as external", "unknown"},
          {"junos", "peer-as 64501", "peer-as 64777", "unknown"},
          {"ios", "neighbor PEERS description peers", "neighbor PEERS shutdown", "narrower"},
          {"nxos", "    remote-as 64509\n", "    remote-as 64509\n    shutdown\n", "narrower"},
          {"junos", "            neighbor 192.0.2.1;", "            inactive: neighbor 192.0.2.1;", "narrower"},
          {"ios", "bgp log-neighbor-changes", "bgp listen range 192.0.2.128/25 peer-group PEERS", "wider"},
          {"eos", "listen range 192.0.2.128/25", "listen range 192.0.2.0/24", "incomparable"},
          {"frr", "listen range 192.0.2.128/25", "listen range 192.0.2.0/24", "incomparable"},
          {"junos", "allow 192.0.2.128/25", "allow 192.0.2.0/24", "incomparable"},
          {"junos", "        group OPEN {", "        group OPEN {\n            import FROM-PEER;", "narrower"},
          {"junos", "    bgp {\n", "    bgp {\n        export CLEAN;\n", "changed"},
          {"junos", "export [ CLEAN TO-PEER ]", "export [ TO-PEER CLEAN ]", "wider"},
          {"eos", "   neighbor PEERS route-map TO-PEER out\n", "", "wider"},
          {"nxos", "    inherit peer PEERS\n", "    remote-as 64501\n    address-family ipv4 unicast\n", "wider"}});
}

TEST_F(EditsTest, FamiliesAndVrfs) {
  expect({{"ios", "ipv4 vrf RED", "ipv4 vrf BLUE", "incomparable"},
          {"eos", "   vrf RED\n", "   vrf BLUE\n", "incomparable"},
          {"nxos", "  vrf RED\n", "  vrf BLUE\n", "incomparable"},
          {"frr", "64500 vrf RED", "64500 vrf BLUE", "incomparable"},
          {"junos", "    RED {", "    BLUE {", "incomparable"},
          {"ios", " address-family ipv4 vrf",
           " address-family ipv6\n  neighbor 10.0.0.2 activate\n !\n address-family ipv4 vrf", "wider"},
          {"ios", " address-family ipv4 vrf",
           " address-family vpnv4\n  neighbor 10.0.0.2 activate\n !\n address-family ipv4 vrf", "unknown"},
          {"frr", " address-family ipv4 unicast\n  network",
           " address-family ipv6 unicast\n  neighbor 10.0.0.2 activate\n exit-address-family\n !\n address-family ipv4 "
           "unicast\n  network",
           "wider"},
          {"eos", "   vrf RED\n", "   address-family evpn\n      neighbor 192.0.2.9 activate\n   vrf RED\n", "unknown"},
          {"nxos", "    remote-as 64509\n", "    remote-as 64509\n    address-family ipv6 unicast\n", "wider"},
          {"nxos", "    remote-as 64509\n", "    remote-as 64509\n    address-family l2vpn evpn\n", "unknown"},
          {"frr", "  neighbor 10.0.0.2 next-hop-self\n",
           "  neighbor 10.0.0.2 next-hop-self\n exit-address-family\n address-family l2vpn evpn\n  neighbor 10.0.0.2 "
           "activate\n",
           "unknown"},
          {"frr", " bgp router-id 10.0.0.1\n", " no bgp default ipv4-unicast\n", "narrower"},
          {"junos", "            local-address 10.0.0.1;\n",
           "            family inet { unicast; }\n            family inet6 { unicast; }\n", "wider"},
          {"junos", "            local-address 10.0.0.1;\n",
           "            family inet { unicast; }\n            family inet-vpn { unicast; }\n", "unknown"}});
}

TEST_F(EditsTest, Knobs) {
  expect(
      {{"ios", "  neighbor PEERS send-community\n", "", "changed"},
       {"eos", "   neighbor PEERS send-community\n", "", "changed"},
       {"nxos", "      send-community\n      route-map", "      route-map", "changed"},
       {"frr", "  neighbor 10.0.0.2 next-hop-self\n", "  no neighbor 10.0.0.2 send-community\n", "changed"},
       {"ios", "  neighbor 10.0.0.2 next-hop-self\n", "", "changed"},
       {"eos", "   neighbor 10.0.0.2 next-hop-self\n", "", "changed"},
       {"nxos", "      next-hop-self\n", "", "changed"},
       {"frr", "  neighbor 10.0.0.2 next-hop-self\n", "", "changed"},
       {"ios", "  neighbor 192.0.2.9 activate\n", "  neighbor 192.0.2.9 remove-private-as\n", "changed"},
       {"eos", "neighbor 192.0.2.9 prefix-list OWN out", "neighbor 192.0.2.9 remove-private-as all", "wider"},
       {"nxos", "    remote-as 64509\n", "    remote-as 64509\n    remove-private-as\n", "changed"},
       {"frr", "  neighbor 10.0.0.2 next-hop-self\n",
        "  neighbor 10.0.0.2 next-hop-self\n  neighbor 192.0.2.9 remove-private-AS\n", "changed"},
       {"junos", "            peer-as 64501;\n", "            peer-as 64501;\n            remove-private;\n",
        "changed"},
       {"junos", "            peer-as 64501;\n", "            peer-as 64501;\n            as-override;\n", "changed"},
       {"junos", "            peer-as 64501;\n", "            peer-as 64501;\n            metric-out 5;\n", "changed"},
       {"junos", "            peer-as 64501;\n", "            peer-as 64501;\n            local-as 64498;\n",
        "unknown"},
       {"junos", "            peer-as 64501;\n", "            peer-as 64501;\n            advertise-peer-as;\n",
        "unknown"},
       {"junos", "autonomous-system 64500;", "autonomous-system 64500 loops 2;", "unknown"},
       {"junos", "autonomous-system 64500;", "autonomous-system 64499;", "unknown"},
       {"junos", "            local-address 10.0.0.1;\n", "            cluster 10.0.0.1;\n", "wider"},
       {"ios", "  neighbor 192.0.2.9 activate\n", "  neighbor 192.0.2.9 allowas-in\n", "unknown"},
       {"ios", " neighbor 192.0.2.9 remote-as 64509\n",
        " neighbor 192.0.2.9 remote-as 64509\n neighbor 192.0.2.9 local-as 64498\n", "unknown"},
       {"ios", " bgp log-neighbor-changes\n", " bgp confederation identifier 100\n", "unknown"},
       {"eos", "peer-group PEERS remote-as 64501\n", "peer-group PEERS peer-filter PF\n", "unknown"},
       {"ios", "  neighbor 10.0.0.3 activate\n",
        "  neighbor 10.0.0.3 activate\n  neighbor 10.0.0.3 route-reflector-client\n", "wider"},
       {"ios", "  neighbor 192.0.2.9 activate\n", "  neighbor 192.0.2.9 weight 5\n", "changed"},
       {"ios", "  neighbor 192.0.2.9 activate\n", "  neighbor 192.0.2.9 some-future-knob 5\n", "unknown"},
       {"nxos", "      prefix-list OWN out\n", "      prefix-list OWN out\n      some-future-knob 5\n", "unknown"},
       {"frr", " bgp router-id 10.0.0.1\n", " bgp reject-as-sets\n", "narrower"},
       {"eos", "   router-id 10.0.0.1\n", "   bgp missing-policy direction in action deny\n", "narrower"}});
}

TEST_F(EditsTest, Origination) {
  expect({{"ios", "  network 198.51.100.0 mask 255.255.255.0\n", "", "narrower"},
          {"eos", "   network 198.51.100.0/24\n", "", "narrower"},
          {"nxos", "    network 198.51.100.0/24\n", "", "narrower"},
          {"frr", "  network 198.51.100.0/24\n", "", "narrower"},
          {"ios", "  redistribute static route-map STATICS\n", "  redistribute static\n", "wider"},
          {"eos", "   redistribute static route-map STATICS\n", "   redistribute static\n", "wider"},
          {"eos", "   aggregate-address 203.0.113.0/24\n", "", "narrower"},
          {"nxos", "    aggregate-address 203.0.113.0/24\n", "", "narrower"},
          {"frr", "  aggregate-address 203.0.113.0/24\n", "", "narrower"},
          {"ios", "  neighbor 192.0.2.9 activate\n", "  neighbor 192.0.2.9 default-originate\n", "wider"},
          {"frr", "  neighbor 10.0.0.2 next-hop-self\n",
           "  neighbor 10.0.0.2 next-hop-self\n  neighbor 192.0.2.9 default-originate\n", "wider"}});
  // What stands in the table is not compared, but said.
  for (const Edit& edit :
       std::vector<Edit>{{"ios", "ip prefix-list STAT", "ip route 10.1.0.0 255.255.0.0 Null0\nip prefix-list STAT", ""},
                         {"junos", "        route 10.1.0.0/16 discard;\n", "", ""},
                         {"junos", "instance-type vrf;", "instance-type vrf;\n        vrf-export TO-PEER;", ""},
                         {"junos", "        route 203.0.113.0/24;\n", "", ""}}) {
    const std::string& before = edited_config(edit.dialect);
    Json report = diff(edit.dialect, before, with(before, edit.from, edit.to));
    ASSERT_EQ(report["changes"].size(), 1u) << edit.from;
    EXPECT_EQ(report["changes"][0]["kind"], "table_changed") << edit.from;
  }
}

TEST_F(EditsTest, ListsThatUnchangedTextNames) {
  for (const char* dialect : {"eos", "frr", "ios", "junos", "nxos"}) {
    const std::string& before = edited_config(dialect);
    EXPECT_EQ(diff(dialect, before, with(before, "198.51.100.0/24", "198.51.101.0/24"))["effect"], "incomparable")
        << dialect;
  }
  expect({{"ios", "standard CUST permit 64500:1", "standard CUST permit 64500:2", "incomparable"},
          {"ios", "permit ^64501_", "permit ^64502_", "incomparable"},
          {"eos", "permit ^64501_ any", "permit ^64501_ igp", "narrower"},
          {"junos", "community CUST members 64500:1;", "community CUST members 64500:2;", "incomparable"},
          {"junos", "as-path P5 \"64501 .*\"", "as-path P5 \"64502 .*\"", "incomparable"},
          {"ios", "ip prefix-list OWN seq 10 permit 203.0.113.0/24\n", "", "narrower"},
          {"eos", "   seq 10 permit 203.0.113.0/24\n", "", "narrower"}});
}

// A line that nobody understands stands unchanged on both sides; what it may refer to does or does not.
class UnmodelledTest : public EditsTest {
 protected:
  // The config with the line in the entry that tests communities, and with definitions of its own.
  static std::string config(const std::string& dialect, const std::string& line, const std::string& definitions) {
    std::string text = edited_config(dialect);
    if (dialect == "junos") {
      text =
          with(text, "            from community CUST;\n",
               "            from {\n                community CUST;\n                " + line + ";\n            }\n");
      return with(text, "policy-options {\n", "policy-options {\n" + definitions);
    }
    std::string blanks = dialect == "eos" ? "   " : dialect == "nxos" ? "  " : " ";
    text = with(text, "match community CUST\n", "match community CUST\n" + blanks + line + "\n");
    return with(text, "hostname r1\n", "hostname r1\n" + definitions);
  }
  std::string effect(const std::string& dialect, const std::string& before, const std::string& after) {
    Json report = diff(dialect, before, after);
    for (const Json& check : report["checks"])
      if (check["direction"] == "export" && check["sessions"][0] == "192.0.2.1")
        return check["effect"].get<std::string>();
    return "";
  }
};

TEST_F(UnmodelledTest, OfRouteMaps) {
  for (const std::string dialect : {"eos", "frr", "ios", "nxos"}) {
    std::string lists =
        "ip prefix-list HIDDEN seq 5 permit 10.9.0.0/16\nip prefix-list OTHER seq 5 permit 10.8.0.0/16\n"
        "route-map SUB permit 10\n  match ip address prefix-list HIDDEN\n!\ninterface Ethernet1\n  description "
        "one\n!\n";
    std::string direct = config(dialect, "match some-future-list HIDDEN", lists);
    EXPECT_EQ(effect(dialect, direct, direct), "equal") << dialect;
    EXPECT_EQ(effect(dialect, direct, with(direct, "10.9.0.0/16", "10.9.0.0/17")), "unknown") << dialect;
    EXPECT_EQ(effect(dialect, direct, with(direct, "10.8.0.0/16", "10.8.0.0/17")), "equal") << dialect;
    EXPECT_EQ(effect(dialect, direct, with(direct, "description one", "description two")), "equal") << dialect;
    EXPECT_EQ(effect(dialect, direct, with(direct, "hostname r1", "hostname r2")), "equal") << dialect;
    EXPECT_EQ(effect(dialect, direct, with(direct, "some-future-list HIDDEN", "some-future-list OTHER")), "unknown")
        << dialect;
    EXPECT_EQ(effect(dialect, direct, with(direct, "ip prefix-list HIDDEN seq 5 permit 10.9.0.0/16\n", "")), "unknown");
    // Something for the whole device.
    EXPECT_EQ(effect(dialect, direct, with(direct, "hostname r1", "hostname r1\nsome-future-mode strict")), "unknown");
    // In turn.
    std::string far = config(dialect, "match some-future-map SUB", lists);
    EXPECT_EQ(effect(dialect, far, with(far, "10.9.0.0/16", "10.9.0.0/17")), "unknown") << dialect;
    EXPECT_EQ(effect(dialect, far, with(far, "10.8.0.0/16", "10.8.0.0/17")), "equal") << dialect;
    // By the name of an interface.
    std::string named = config(dialect, "match some-future-interface Ethernet1", lists);
    EXPECT_EQ(effect(dialect, named, with(named, "description one", "ip address 10.7.0.1/24")), "unknown") << dialect;
  }
}

TEST_F(UnmodelledTest, NamesThatLookLikeKeywordsAndPatterns) {
  const std::string lists =
      "ip prefix-list internal seq 5 permit 10.9.0.0/16\nip prefix-list OTHER seq 5 permit 10.8.0.0/16\n";
  std::string keyword = config("ios", "match some-future-list internal", lists);
  EXPECT_EQ(effect("ios", keyword, with(keyword, "10.9.0.0/16", "10.9.0.0/17")), "unknown");
  EXPECT_EQ(effect("ios", keyword, with(keyword, "10.8.0.0/16", "10.8.0.0/17")), "equal");
  std::string pattern = config("ios", "match some-future-lists OTH*", lists);
  EXPECT_EQ(effect("ios", pattern, with(pattern, "10.8.0.0/16", "10.8.0.0/17")), "unknown");
}

TEST_F(UnmodelledTest, OfJunos) {
  std::string lists =
      "    prefix-list HIDDEN {\n        10.9.0.0/16;\n    }\n    prefix-list OTHER {\n        10.8.0.0/16;\n    }\n"
      "    policy-statement SUB {\n        term ONE {\n            from {\n                prefix-list HIDDEN;\n"
      "            }\n            then accept;\n        }\n    }\n"
      "    condition THERE {\n        if-route-exists {\n            10.6.0.0/16;\n        }\n    }\n";
  std::string direct = config("junos", "some-future-list HIDDEN", lists);
  EXPECT_EQ(effect("junos", direct, direct), "equal");
  EXPECT_EQ(effect("junos", direct, with(direct, "10.9.0.0/16", "10.9.0.0/17")), "unknown");
  EXPECT_EQ(effect("junos", direct, with(direct, "10.8.0.0/16", "10.8.0.0/17")), "equal");
  EXPECT_EQ(effect("junos", direct, with(direct, "host-name r1", "host-name r2")), "equal");
  EXPECT_EQ(effect("junos", direct, with(direct, "version 20.4R3", "version 21.4R3")), "unknown");
  EXPECT_EQ(effect("junos", direct,
                   with(direct, "policy-options {\n",
                        "policy-options {\n    defaults {\n        some-future-mode;\n    }\n")),
            "unknown");
  std::string far = config("junos", "some-future-policy SUB", lists);
  EXPECT_EQ(effect("junos", far, with(far, "10.9.0.0/16", "10.9.0.0/17")), "unknown");
  EXPECT_EQ(effect("junos", far, with(far, "10.8.0.0/16", "10.8.0.0/17")), "equal");
  // Understood, and still free: what it asks for changed.
  std::string condition = config("junos", "condition THERE", lists);
  EXPECT_EQ(effect("junos", condition, with(condition, "10.6.0.0/16", "10.6.0.0/17")), "unknown");
  EXPECT_EQ(effect("junos", condition, with(condition, "10.8.0.0/16", "10.8.0.0/17")), "equal");
  // A brace that takes a prefix from one list into the next.
  std::string moved = with(direct, "        10.9.0.0/16;\n    }\n    prefix-list OTHER {\n",
                           "    }\n    prefix-list OTHER {\n        10.9.0.0/16;\n");
  EXPECT_EQ(effect("junos", direct, moved), "unknown");
}

// Lines of a session that are no part of its programs name things too.
TEST_F(UnmodelledTest, OfSessions) {
  std::string before =
      with(edited_config("eos"), "peer-group PEERS remote-as 64501", "peer-group PEERS peer-filter PF");
  before = with(before, "hostname r1\n", "hostname r1\npeer-filter PF\n   10 match as-range 64501 result accept\n!\n");
  auto of_range = [&](const std::string& after) {
    Json report = diff("eos", before, after);
    for (const Json& check : report["checks"])
      for (const Json& session : check["sessions"])
        if (session == "192.0.2.128/25") return check["effect"].get<std::string>();
    return std::string();
  };
  EXPECT_EQ(of_range(before), "equal");
  EXPECT_EQ(of_range(with(before, "as-range 64501 result", "as-range 64501-64509 result")), "unknown");
  EXPECT_EQ(of_range(with(before, "hostname r1", "hostname r2")), "equal");
}

TEST_F(UnmodelledTest, TheSuspectIsNamed) {
  std::string before =
      config("ios", "match some-future-list HIDDEN", "ip prefix-list HIDDEN seq 5 permit 10.9.0.0/16\n");
  write("a/ios-r1.conf", before);
  write("b/ios-r1.conf", with(before, "10.9.0.0/16", "10.9.0.0/17"));
  Ran ran = run({"diff", "a", "b"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.out.find("may depend on the old line 2, which changed"), std::string::npos) << ran.out;
}

TEST_F(UnmodelledTest, IsNotSharedBetweenKindsOfDevices) {
  std::string map =
      "ip prefix-list OWN seq 5 permit 198.51.100.0/24\nroute-map M permit 10\n match some-future-thing 5\n";
  write("ios.conf", "hostname a\n" + map);
  write("eos.conf", "hostname b\n" + map);
  write("bgproof.toml", "[dialects]\n\"ios.conf\" = \"ios\"\n\"eos.conf\" = \"eos\"\n");
  EXPECT_EQ(run({"diff", "ios.conf:M", "eos.conf:M", "--expect", "none"}).status, 3);
  write("eos.conf", "hostname b\n" + map.substr(0, map.find(" match")));
  write("ios.conf", "hostname a\n" + map.substr(0, map.find(" match")));
  EXPECT_EQ(run({"diff", "ios.conf:M", "eos.conf:M", "--expect", "none"}).status, 0);
}

}  // namespace
}  // namespace bgproof
