// Edits of one line or two, each in every dialect that knows it: what `diff` must not call equal, and what it should.
// Every row is a way in which a router comes to do something else: sessions, groups, families, VRFs, knobs,
// origination, lists, lines that have no model and what they name.
#include <fmt/format.h>

#include <algorithm>
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

// A device before and after, and what is expected of it.
struct Device {
  std::string dialect;
  std::string before;
  std::string after;
  std::string effect;
  std::string what;
};

std::string with(std::string text, const std::string& from, const std::string& to) {
  size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

Device edited(const Edit& edit) {
  const std::string& before = edited_config(edit.dialect);
  return {edit.dialect, before, with(before, edit.from, edit.to), edit.effect,
          std::string(edit.dialect) + ": " + edit.from + " -> " + edit.to};
}

std::string together(const std::vector<std::string>& effects) {
  std::set<std::string> seen(effects.begin(), effects.end());
  if (seen.contains("incomparable") || (seen.contains("wider") && seen.contains("narrower"))) return "incomparable";
  for (const char* effect : {"unknown", "wider", "narrower", "changed"})
    if (seen.contains(effect)) return effect;
  return "equal";
}

// All devices of a test are compared in one run.
class EditsTest : public ProgramTest {
 protected:
  // Host names that begin with the number of the device: "d07r1".
  static std::string tag(size_t number) { return fmt::format("d{:02}", number); }
  static std::string tagged(const std::string& text, size_t number) {
    size_t at = text.find("name r");
    EXPECT_NE(at, std::string::npos);
    return std::string(text).insert(at + 5, tag(number));
  }

  Json diff(const std::vector<Device>& devices) {
    for (size_t i = 0; i < devices.size(); ++i) {
      std::string name = fmt::format("{}-{}.conf", devices[i].dialect, i);
      write("a/" + name, tagged(devices[i].before, i));
      write("b/" + name, tagged(devices[i].after, i));
    }
    Ran ran = run({"diff", "a", "b", "--out", "json"});
    EXPECT_TRUE(ran.status == 0 || ran.status == 3) << ran.err;
    Json report = Json::parse(ran.out, nullptr, false);
    EXPECT_FALSE(report.is_discarded());
    std::vector<std::string> all;
    for (const Json& check : report["checks"]) all.push_back(check["effect"]);
    EXPECT_EQ(report["effect"], together(all));
    return report;
  }

  // Of the checks of the device that `which` picks.
  template <class Which>
  static std::string effect(const Json& report, size_t number, const Which& which) {
    std::vector<std::string> effects;
    for (const Json& check : report["checks"])
      if (check["device"].get<std::string>().starts_with(tag(number)) && which(check))
        effects.push_back(check["effect"]);
    EXPECT_FALSE(effects.empty());
    return together(effects);
  }

  void expect(const std::vector<Edit>& edits) {
    std::vector<Device> devices;
    for (const Edit& edit : edits) devices.push_back(edited(edit));
    Json report = diff(devices);
    for (size_t i = 0; i < devices.size(); ++i)
      EXPECT_EQ(effect(report, i, [](const Json&) { return true; }), devices[i].effect) << devices[i].what;
  }
};

TEST_F(EditsTest, WhatChangesNothingIsEqual) {
  expect({{"eos", "!", "!", "equal"},
          {"frr", "!", "!", "equal"},
          {"ios", "!", "!", "equal"},
          {"junos", ";", ";", "equal"},
          {"nxos", "!", "!", "equal"},
          {"ios", "hostname r1", "hostname r2", "equal"},
          {"ios", "description peers", "description all peers", "equal"},
          {"ios", "expanded CUSTX permit 64500:1.", "expanded CUSTX permit 64500:2.", "equal"},
          {"ios", "  neighbor 192.0.2.9 activate\n", "", "equal"},
          {"junos", "host-name r1", "host-name r2", "equal"},
          {"junos", "                unicast;", "                unicast { prefix-limit { maximum 5; } }", "equal"},
          {"nxos", "feature bgp\n", "feature bgp\nfeature lldp\n", "equal"},
          {"frr", "frr version 8.4.4", "frr version 8.5", "equal"}});
}

// What a device does without a line is not known everywhere, so that what its `no` form changes is not either.
TEST_F(EditsTest, WhatMayHoldWithoutALineIsNotEqualWithItsNoForm) {
  expect({{"ios", "router bgp 64500\n", "router bgp 64500\n no bgp enforce-first-as\n", "unknown"},
          {"eos", "router bgp 64500\n", "router bgp 64500\n   no bgp enforce-first-as\n", "unknown"}});
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
       {"junos", "            local-address 10.0.0.1;\n", "            cluster 10.0.0.1;\n", "unknown"},
       {"ios", "  neighbor 192.0.2.9 activate\n", "  neighbor 192.0.2.9 allowas-in\n", "unknown"},
       {"ios", " neighbor 192.0.2.9 remote-as 64509\n",
        " neighbor 192.0.2.9 remote-as 64509\n neighbor 192.0.2.9 local-as 64498\n", "unknown"},
       {"ios", " bgp log-neighbor-changes\n", " bgp confederation identifier 100\n", "unknown"},
       {"eos", "peer-group PEERS remote-as 64501\n", "peer-group PEERS peer-filter PF\n", "unknown"},
       {"ios", "  neighbor 10.0.0.3 activate\n",
        "  neighbor 10.0.0.3 activate\n  neighbor 10.0.0.3 route-reflector-client\n", "wider"},
       {"frr", "  neighbor 10.0.0.2 next-hop-self\n",
        "  neighbor 10.0.0.2 next-hop-self\n  neighbor 10.0.0.3 route-reflector-client\n", "wider"},
       {"ios", "  neighbor 192.0.2.9 activate\n", "  neighbor 192.0.2.9 weight 5\n", "changed"},
       {"ios", "  neighbor 192.0.2.9 activate\n", "  neighbor 192.0.2.9 some-future-knob 5\n", "unknown"},
       {"nxos", "      prefix-list OWN out\n", "      prefix-list OWN out\n      some-future-knob 5\n", "unknown"},
       {"frr", " bgp router-id 10.0.0.1\n", " bgp reject-as-sets\n", "narrower"},
       {"eos", "   neighbor 192.0.2.9 prefix-list OWN out\n",
        "   neighbor 192.0.2.9 prefix-list OWN out\n   neighbor 192.0.2.9 missing-policy direction in action deny\n",
        "narrower"},
       // Whether it counts for internal sessions and for VRFs nobody says.
       {"eos", "   router-id 10.0.0.1\n", "   bgp missing-policy direction in action deny\n", "unknown"},
       {"frr", "router bgp 64500\n", "bgp graceful-shutdown\nrouter bgp 64500\n", "changed"},
       {"frr", "router bgp 64500\n", "bgp suppress-fib-pending\nrouter bgp 64500\n", "unknown"},
       {"frr", "  neighbor 10.0.0.2 next-hop-self\n", "  neighbor 10.0.0.2 next-hop-self\n  bgp reject-as-sets\n",
        "narrower"},
       {"frr", " bgp router-id 10.0.0.1\n", " bgp default shutdown\n", "narrower"},
       {"frr", " bgp router-id 10.0.0.1\n", " no bgp network import-check\n", "unknown"},
       {"frr", " bgp router-id 10.0.0.1\n", " bgp default l2vpn-evpn\n", "unknown"},
       {"frr", " bgp router-id 10.0.0.1\n", " bgp confederation peers 65100\n", "unknown"},
       {"junos", "autonomous-system 64500;", "autonomous-system 64500;\n    confederation 100 members [ 64500 65100 ];",
        "unknown"},
       {"frr", "aggregate-address 203.0.113.0/24\n", "aggregate-address 203.0.113.0/24 as-set\n", "unknown"},
       {"junos", "            neighbor 192.0.2.9 {\n",
        "            local-preference 50;\n            neighbor 192.0.2.9 {\n", "changed"}});
}

TEST_F(EditsTest, ListsOfTheNeighborsThatAreLetIn) {
  Edit eos{"eos", "peer-group PEERS remote-as 64501\n", "peer-group PEERS peer-filter PF\n", ""};
  std::string filtered = edited(eos).after + "peer-filter PF\n   10 match as-range 64501 result accept\n";
  std::string listed =
      with(edited_config("junos"), "            peer-as 64501;\n", "            peer-as-list PEERS;\n");
  listed = with(listed, "policy-options {\n", "policy-options {\n    as-list PEERS members 64501-64510;\n");
  Json report = diff({{"eos", filtered, with(filtered, "as-range 64501", "as-range 1-65535"), "", ""},
                      {"junos", listed, with(listed, "64501-64510", "1-65535"), "", ""}});
  for (size_t i = 0; i < 2; ++i) EXPECT_EQ(effect(report, i, [](const Json&) { return true; }), "unknown") << i;
}

TEST_F(EditsTest, WhatIsOfferedAlthoughItIsNotInUse) {
  expect(
      {{"ios", "  neighbor 192.0.2.9 activate\n",
        "  neighbor 192.0.2.9 activate\n  neighbor 192.0.2.9 advertise additional-paths all\n", "unknown"},
       {"ios", "  neighbor 192.0.2.9 activate\n",
        "  neighbor 192.0.2.9 activate\n  neighbor 192.0.2.9 advertise diverse-path backup\n", "unknown"},
       {"ios", "  neighbor 192.0.2.9 activate\n",
        "  neighbor 192.0.2.9 activate\n  neighbor 192.0.2.9 additional-paths send\n", "unknown"},
       {"ios", "  neighbor 192.0.2.9 activate\n",
        "  bgp additional-paths send receive\n  neighbor 192.0.2.9 activate\n", "unknown"},
       {"frr", "  neighbor 10.0.0.2 next-hop-self\n",
        "  neighbor 10.0.0.2 next-hop-self\n  neighbor 192.0.2.9 addpath-tx-all-paths\n", "unknown"},
       {"eos", "   router-id 10.0.0.1\n", "   router-id 10.0.0.1\n   bgp additional-paths send any\n", "unknown"},
       {"eos", "   neighbor 10.0.0.2 next-hop-self\n",
        "   neighbor 10.0.0.2 next-hop-self\n   neighbor 10.0.0.2 additional-paths send any\n", "unknown"},
       {"nxos", "    network 198.51.100.0/24\n", "    network 198.51.100.0/24\n    additional-paths send\n", "unknown"},
       {"nxos", "      prefix-list OWN out\n", "      prefix-list OWN out\n      capability additional-paths send\n",
        "unknown"},
       {"junos", "                unicast;", "                unicast { add-path { send { path-count 6; } } }",
        "unknown"}});
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
}

TEST_F(EditsTest, WhatStandsInTheTableIsNotComparedButSaid) {
  std::vector<Device> devices;
  for (const Edit& edit : std::vector<Edit>{
           {"ios", "ip prefix-list STAT", "ip route 10.1.0.0 255.255.0.0 Null0\nip prefix-list STAT", ""},
           {"junos", "        route 10.1.0.0/16 discard;\n", "", ""},
           {"junos", "instance-type vrf;", "instance-type vrf;\n        vrf-export TO-PEER;", ""},
           {"junos", "        route 203.0.113.0/24;\n", "", ""},
           {"junos", "    bgp {\n", "    ospf {\n        export CLEAN;\n    }\n    bgp {\n", ""},
           {"ios", "ip prefix-list STAT", "router ospf 1\n redistribute bgp 64500\n!\nip prefix-list STAT", ""}})
    devices.push_back(edited(edit));
  Json report = diff(devices);
  ASSERT_EQ(report["changes"].size(), devices.size());
  std::set<std::string> changed;
  for (const Json& change : report["changes"]) {
    EXPECT_EQ(change["kind"], "table_changed");
    changed.insert(change["device"].get<std::string>());
  }
  EXPECT_EQ(changed.size(), devices.size());
}

TEST_F(EditsTest, ListsThatUnchangedTextNames) {
  expect({{"eos", "198.51.100.0/24", "198.51.101.0/24", "incomparable"},
          {"frr", "198.51.100.0/24", "198.51.101.0/24", "incomparable"},
          {"ios", "198.51.100.0/24", "198.51.101.0/24", "incomparable"},
          {"junos", "198.51.100.0/24", "198.51.101.0/24", "incomparable"},
          {"nxos", "198.51.100.0/24", "198.51.101.0/24", "incomparable"},
          {"ios", "standard CUST permit 64500:1", "standard CUST permit 64500:2", "incomparable"},
          {"ios", "permit ^64501_", "permit ^64502_", "incomparable"},
          {"eos", "permit ^64501_ any", "permit ^64501_ igp", "narrower"},
          {"junos", "community CUST members 64500:1;", "community CUST members 64500:2;", "incomparable"},
          {"junos", "as-path P5 \"64501 .*\"", "as-path P5 \"64502 .*\"", "incomparable"},
          {"ios", "ip prefix-list OWN seq 10 permit 203.0.113.0/24\n", "", "narrower"},
          {"eos", "   seq 10 permit 203.0.113.0/24\n", "", "narrower"}});
}

// The programs are the same, or say that little changed; what stands beside them has no model.
TEST_F(EditsTest, WhatIsBesideThePrograms) {
  const std::string& junos = edited_config("junos");
  std::string reflector = with(junos, "            local-address 10.0.0.1;\n", "            cluster 10.0.0.1;\n");
  std::string vpn = with(junos, "            local-address 10.0.0.1;\n",
                         "            family inet { unicast; }\n            family inet-vpn { unicast; }\n");
  Json report = diff({{"junos", reflector, with(reflector, "cluster 10.0.0.1", "cluster 10.0.0.2"), "", ""},
                      {"junos", vpn, with(vpn, "            export NHS;\n", "            export TO-PEER;\n"), "", ""}});
  auto all = [](const Json&) { return true; };
  EXPECT_EQ(effect(report, 0, all), "unknown");
  EXPECT_EQ(effect(report, 1, all), "incomparable");
  for (const Json& check : report["checks"]) EXPECT_EQ(check["undecided"], check["effect"] != "equal") << check.dump(1);
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
    // 8.4 refuses what it does not know; of this one that is not known.
    if (dialect == "frr") text = with(text, "frr version 8.4.4", "frr version 10.2");
    std::string blanks = dialect == "eos" ? "   " : dialect == "nxos" ? "  " : " ";
    text = with(text, "match community CUST\n", "match community CUST\n" + blanks + line + "\n");
    return with(text, "hostname r1\n", "hostname r1\n" + definitions);
  }
  // What the session that runs the policy with the line exports.
  void expect_of_export(const std::vector<Device>& devices) {
    Json report = diff(devices);
    auto exports = [](const Json& check) {
      return check["direction"] == "export" && check["sessions"][0] == "192.0.2.1";
    };
    for (size_t i = 0; i < devices.size(); ++i)
      EXPECT_EQ(effect(report, i, exports), devices[i].effect)
          << devices[i].dialect << " device " << i << ": " << devices[i].what;
  }
  static Device change(const std::string& dialect, const std::string& before, const std::string& from,
                       const std::string& to, const std::string& effect) {
    return {dialect, before, with(before, from, to), effect, from + " -> " + to};
  }
};

TEST_F(UnmodelledTest, OfRouteMaps) {
  std::vector<Device> devices;
  for (const std::string dialect : {"eos", "frr", "ios", "nxos"}) {
    std::string lists =
        "ip prefix-list HIDDEN seq 5 permit 10.9.0.0/16\nip prefix-list OTHER seq 5 permit 10.8.0.0/16\n"
        "route-map SUB permit 10\n  match ip address prefix-list HIDDEN\n!\ninterface Ethernet1\n  description "
        "one\n!\n";
    auto add = [&](const std::string& before, const std::string& from, const std::string& to, const char* effect) {
      devices.push_back(change(dialect, before, from, to, effect));
    };
    std::string blanks = dialect == "eos" ? "   " : dialect == "nxos" ? "  " : " ";
    std::string direct = config(dialect, "match some-future-list HIDDEN", lists);
    add(direct, "10.9.0.0/16", "10.9.0.0/16", "equal");
    add(direct, "10.9.0.0/16", "10.9.0.0/17", "unknown");
    add(direct, "10.8.0.0/16", "10.8.0.0/17", "equal");
    add(direct, "description one", "description two", "equal");
    add(direct, "hostname r1", "hostname r2", "equal");
    add(direct, "some-future-list HIDDEN", "some-future-list OTHER", "unknown");
    add(direct, "ip prefix-list HIDDEN seq 5 permit 10.9.0.0/16\n", "", "unknown");
    // Something for the whole device.
    add(direct, "hostname r1", "hostname r1\nsome-future-mode strict", "unknown");
    // A block that has no name, and one line of all of BGP.
    add(direct, "hostname r1", "hostname r1\nsome-future-service\n  server 192.0.2.7\n!", "unknown");
    add(direct, "router bgp 64500\n", "router bgp 64500\n" + blanks + "timers bgp 10 30\n", "unknown");
    // In turn.
    std::string far = config(dialect, "match some-future-map SUB", lists);
    add(far, "10.9.0.0/16", "10.9.0.0/17", "unknown");
    add(far, "10.8.0.0/16", "10.8.0.0/17", "equal");
    // By the name of an interface.
    std::string named = config(dialect, "match some-future-interface Ethernet1", lists);
    add(named, "description one", "ip address 10.7.0.1/24", "unknown");
  }
  expect_of_export(devices);
}

TEST_F(UnmodelledTest, NamesThatLookLikeKeywordsAndPatterns) {
  const std::string lists =
      "ip prefix-list internal seq 5 permit 10.9.0.0/16\nip prefix-list OTHER seq 5 permit 10.8.0.0/16\n";
  std::string keyword = config("ios", "match some-future-list internal", lists);
  std::string pattern = config("ios", "match some-future-lists OTH*", lists);
  // An expression on communities is no such pattern, even where their form is not known.
  std::string expression =
      config("ios", "match community EXP", "ip community-list expanded EXP permit 64500:7.*\n" + lists);
  size_t format = expression.find("ip bgp-community new-format\n");
  if (format != std::string::npos) expression.erase(format, std::string("ip bgp-community new-format\n").size());
  expect_of_export({change("ios", expression, "10.8.0.0/16", "10.8.0.0/17", "equal"),
                    change("ios", expression, "64500:7.*", "64500:8.*", "unknown"),
                    change("ios", keyword, "10.9.0.0/16", "10.9.0.0/17", "unknown"),
                    change("ios", keyword, "10.8.0.0/16", "10.8.0.0/17", "equal"),
                    change("ios", pattern, "10.8.0.0/16", "10.8.0.0/17", "unknown")});
}

TEST_F(UnmodelledTest, OfJunos) {
  std::string lists =
      "    prefix-list HIDDEN {\n        10.9.0.0/16;\n    }\n    prefix-list OTHER {\n        10.8.0.0/16;\n    }\n"
      "    policy-statement SUB {\n        term ONE {\n            from {\n                prefix-list HIDDEN;\n"
      "            }\n            then accept;\n        }\n    }\n"
      "    condition THERE {\n        if-route-exists {\n            10.6.0.0/16;\n        }\n    }\n";
  std::vector<Device> devices;
  auto add = [&](const std::string& before, const std::string& from, const std::string& to, const char* effect) {
    devices.push_back(change("junos", before, from, to, effect));
  };
  std::string direct = config("junos", "some-future-list HIDDEN", lists);
  add(direct, "10.9.0.0/16", "10.9.0.0/16", "equal");
  add(direct, "10.9.0.0/16", "10.9.0.0/17", "unknown");
  add(direct, "10.8.0.0/16", "10.8.0.0/17", "equal");
  add(direct, "host-name r1", "host-name r2", "equal");
  add(direct, "version 20.4R3", "version 21.4R3", "unknown");
  add(direct, "policy-options {\n", "policy-options {\n    defaults {\n        some-future-mode;\n    }\n", "unknown");
  add(direct, "routing-options {\n", "routing-options {\n    validation { notification-rib inet.0; }\n", "unknown");
  add(direct, "protocols {\n", "protocols {\n    some-future-protocol { enable; }\n", "unknown");
  add(direct, "protocols {\n", "protocols {\n    lldp { interface all; }\n", "equal");
  std::string far = config("junos", "some-future-policy SUB", lists);
  add(far, "10.9.0.0/16", "10.9.0.0/17", "unknown");
  add(far, "10.8.0.0/16", "10.8.0.0/17", "equal");
  // Understood, and still free: what it asks for changed.
  std::string condition = config("junos", "condition THERE", lists);
  add(condition, "10.6.0.0/16", "10.6.0.0/17", "unknown");
  add(condition, "10.8.0.0/16", "10.8.0.0/17", "equal");
  // A brace that takes a prefix from one list into the next.
  add(direct, "        10.9.0.0/16;\n    }\n    prefix-list OTHER {\n",
      "    }\n    prefix-list OTHER {\n        10.9.0.0/16;\n", "unknown");
  expect_of_export(devices);
}

// Lines of a session that are no part of its programs name things too.
TEST_F(UnmodelledTest, OfSessions) {
  std::string before =
      with(edited_config("eos"), "peer-group PEERS remote-as 64501", "peer-group PEERS peer-filter PF");
  before = with(before, "hostname r1\n", "hostname r1\npeer-filter PF\n   10 match as-range 64501 result accept\n!\n");
  std::vector<Device> devices = {
      change("eos", before, "as-range", "as-range", "equal"),
      change("eos", before, "as-range 64501 result", "as-range 64501-64509 result", "unknown"),
      change("eos", before, "hostname r1", "hostname r2", "equal")};
  Json report = diff(devices);
  auto is_range = [](const Json& check) {
    return std::any_of(check["sessions"].begin(), check["sessions"].end(),
                       [](const Json& session) { return session == "192.0.2.128/25"; });
  };
  for (size_t i = 0; i < devices.size(); ++i)
    EXPECT_EQ(effect(report, i, is_range), devices[i].effect) << devices[i].what;
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
