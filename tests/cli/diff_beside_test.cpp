// What stands beside the sessions of `diff`: policies that something else than BGP uses, files that cannot be used.
#include "tests/cli/diff_states.h"

namespace bgproof {
namespace {

// What else than BGP uses a policy, in the forms of each dialect.
TEST_F(DiffTest, APolicyThatSomethingElseThanBgpUsesIsComparedForBoth) {
  auto compared = [&](const std::string& config, const std::string& what, const std::string& with) {
    states(config, replaced(config, what, with));
    Json report = json();
    size_t alone = 0, sessions = 0;
    for (const Json& check : report["checks"]) {
      bool unequal = check["effect"] != "equal";
      alone += unequal && check["sessions"].empty();
      sessions += unequal && !check["sessions"].empty();
    }
    return std::pair(alone, sessions);
  };
  const std::pair<size_t, size_t> both{1, 1}, bgp{0, 1};
  auto junos = [](const std::string& more) {
    return small_config() + more + "\ninterfaces { ge-0/0/0 { description \"TO-PEER export\"; } }\n";
  };
  for (const char* more : {"", "routing-options { forwarding-table { export OTHER; } }",
                           "policy-options { policy-statement Q { term a { from policy TO-PEER; } } }"})
    EXPECT_EQ(compared(junos(more), "198.51.100.0/24", "203.0.113.0/24"), bgp) << more;
  for (const char* more : {"protocols { isis { export [ OTHER TO-PEER ]; } }",
                           "routing-instances { V { protocols { ospf3 { import TO-PEER; } } } }",
                           "routing-instances { V { vrf-export TO-PEER; } }",
                           "groups { G { protocols { rip { group R { export TO-PEER; } } } } }",
                           "routing-options { rib-groups { R { import-policy TO-PEER; } } }",
                           "routing-options { generate { route 10.0.0.0/8 policy TO-PEER; } }"})
    EXPECT_EQ(compared(junos(more), "198.51.100.0/24", "203.0.113.0/24"), both) << more;
  auto ios = [](const std::string& more) {
    return "version 17.9\nhostname edge01\n!\nrouter bgp 64500\n neighbor 192.0.2.1 remote-as 64501\n"
           " neighbor 192.0.2.1 route-map OUT out\n!\n" +
           more +
           "ip prefix-list PL seq 5 permit 203.0.113.0/24\n!\nroute-map OUT permit 10\n"
           " match ip address prefix-list PL\n!\nend\n";
  };
  for (const char* more : {"", "interface Loopback0\n description route-map OUT\n ip policy route-map OUT\n!\n"})
    EXPECT_EQ(compared(ios(more), "203.0.113.0/24", "198.51.100.0/24"), bgp) << more;
  for (const char* more : {"router ospf 1\n redistribute bgp 64500 subnets route-map OUT\n!\n",
                           "vrf definition V\n address-family ipv4\n  import ipv4 unicast map OUT\n!\n"})
    EXPECT_EQ(compared(ios(more), "203.0.113.0/24", "198.51.100.0/24"), both) << more;
}

// What cannot be used and is the same on both sides is equal; what else the states hold decides.
TEST_F(DiffTest, UnchangedFilesThatCannotBeUsedAreEqual) {
  states(small_config(), small_config());
  const std::string picture("\x89PNG\0\1\2", 7);
  for (const char* side : {"before/", "after/"}) {
    write(side + std::string("picture.conf"), picture);
    write(side + std::string("deep/empty.cfg"), "");
  }
  Ran ran = diff({"--expect", "none"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("after/picture.conf is binary, not text; it is the same on both sides and taken as equal"),
            std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("after/deep/empty.cfg is empty; it is the same"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("before/picture.conf"), std::string::npos) << ran.out;
  write("after/picture.conf", picture + "x");
  ran = diff({"--expect", "none"});
  EXPECT_EQ(ran.status, 3) << ran.out;
  EXPECT_NE(ran.out.find("unknown[BP704]"), std::string::npos) << ran.out;
  // One that moved is not known to be the same device.
  write("after/picture.conf", picture);
  std::filesystem::rename(place_of("after/picture.conf"), place_of("after/other.conf"));
  EXPECT_EQ(diff({"--expect", "none"}).status, 3);
  std::filesystem::rename(place_of("after/other.conf"), place_of("after/picture.conf"));
  states(small_config(), replaced(small_config(), "198.51.100.0/24;", "198.51.100.0/24; 203.0.113.0/24;"));
  EXPECT_EQ(json()["effect"], "wider");
}

// Multicast of Junos runs through the same policies, in a table of its own.
TEST_F(DiffTest, MulticastIsEqualIfThePoliciesAreInEveryTable) {
  auto config = [](const std::string& terms) {
    return "system { host-name edge01; }\nrouting-options { autonomous-system 64500; }\nprotocols { bgp { group UP { "
           "type external; peer-as 64501; family inet { unicast; multicast; } export OUT; import OUT;\n"
           "neighbor 192.0.2.1; } } }\npolicy-options {\n  policy-statement OUT {\n" +
           terms + "    then reject;\n  }\n}\n";
  };
  auto effect = [&](const std::string& before, const std::string& after) {
    states(config(before), config(after));
    return json()["effect"].get<std::string>();
  };
  auto term = [](const std::string& name, const std::string& from) {
    return "    term " + name + " { from { " + from + " } then accept; }\n";
  };
  const std::string one = term("one", "route-filter 10.0.0.0/8 orlonger;");
  const std::string halves =
      term("a", "route-filter 10.0.0.0/9 orlonger;") + term("b", "route-filter 10.128.0.0/9 orlonger;");
  EXPECT_EQ(effect(one, halves + term("c", "route-filter 10.0.0.0/8 exact;")), "equal");
  EXPECT_EQ(effect(one, one + term("c", "rib inet.2;")), "unknown");
  EXPECT_EQ(effect(one + term("c", "rib inet.2;"), one), "unknown");
  EXPECT_EQ(effect(one, term("one", "family inet; route-filter 10.0.0.0/8 orlonger;")), "unknown");
  EXPECT_EQ(effect(one, halves), "narrower");
}

// Acts that touch nothing of the model: those that are of packets and tables are no difference; those that may keep a
// route out or that put something on it are, if other routes meet them, or others.
TEST_F(DiffTest, ActsThatTouchNothingOfTheModel) {
  auto config = [](const std::string& own, const std::string& other = "") {
    return "system { host-name edge01; }\nrouting-options { autonomous-system 64500; }\nprotocols { bgp { group UP { "
           "type external; peer-as 64501; export OUT; neighbor 192.0.2.1; } } }\npolicy-options {\n"
           "  prefix-list OWN { 198.51.100.0/24; }\n  prefix-list OTHER { 203.0.113.0/24; }\n"
           "  policy-statement OUT {\n    term own { from { prefix-list OWN; } then { " +
           own + " accept; } }\n    term other { from { prefix-list OTHER; } then { " + other +
           " accept; } }\n    then reject;\n  }\n}\n";
  };
  auto effect = [&](const std::string& before, const std::string& after) {
    states(before, after);
    return json()["effect"].get<std::string>();
  };
  for (const char* act : {"load-balance per-packet;", "install-nexthop lsp one;", "priority low;"})
    EXPECT_EQ(effect(config(""), config(act)), "equal") << act;
  for (const char* act : {"damping gentle;", "aigp-originate;", "tunnel-attribute set one;", "some-future-act 5;"}) {
    EXPECT_EQ(effect(config(""), config(act)), "unknown") << act;
    EXPECT_EQ(effect(config(act), config(act) + "\n"), "equal") << act;
  }
  EXPECT_EQ(effect(config("damping gentle;"), config("")), "unknown");
  EXPECT_EQ(json()["checks"][1]["code"], "BP715");
  EXPECT_EQ(effect(config("damping gentle;"), config("damping harsh;")), "unknown");
  EXPECT_EQ(effect(config("damping gentle;", ""), config("", "damping gentle;")), "unknown");
  // The same acts for the same routes, in other words.
  EXPECT_EQ(effect(config("damping gentle; aigp-originate;"), config("aigp-originate; damping gentle; metric3 5;")),
            "equal");
  EXPECT_EQ(effect(config("damping gentle;", "damping gentle;"),
                   replaced(config("damping gentle;", "damping gentle;"), "term own", "term first")),
            "equal");
  std::string merged = config("damping gentle;", "damping gentle;");
  merged = replaced(merged, "prefix-list OWN; }", "prefix-list OWN; prefix-list OTHER; }");
  EXPECT_EQ(effect(config("damping gentle;", "damping gentle;"), merged), "equal");
  EXPECT_EQ(effect(config("damping gentle;", ""), merged), "unknown");
  // What is a difference of the model is told as such.
  EXPECT_EQ(effect(config("damping gentle;"), config("damping gentle; metric 5;")), "changed");
}

}  // namespace
}  // namespace bgproof
