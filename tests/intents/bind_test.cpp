// From blocks to tasks: who is selected, what is covered, what a row means, and what becomes `not_checked`.
#include "intents/bind.h"

#include <gmock/gmock.h>

#include "policy/evaluate.h"
#include "world.h"

namespace bgproof {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Bound {
  World world;
  std::vector<Task> tasks;
  explicit Bound(const std::string& text, uint32_t date = 20261124) {
    world.files["n.csv"] = edge_neighbors();
    world.load("neighbors from \"n.csv\"\n" + text);
    if (world.diagnostics.has_errors()) return;
    tasks = world.bind({edge()}, date);
  }
  // "export 192.0.2.1,192.0.2.2 v4v6" or "BP701 export 10.0.0.2"
  std::vector<std::string> shown() const {
    std::vector<std::string> lines;
    for (const Task& task : tasks) {
      std::string line = task.not_checked_code.empty() ? "" : task.not_checked_code + " ";
      line += to_string(task.direction);
      for (const std::string& s : task.sessions) line += (s == task.sessions[0] ? " " : ",") + s;
      if (task.direction == Direction::none) {
        for (const std::string& p : task.policies) line += "policy " + p;
      }
      line += " ";
      for (Family family : task.families) line += family == Family::ipv4 ? "v4" : "v6";
      lines.push_back(line);
    }
    return lines;
  }
};

Route route(const std::string& prefix) {
  Route result;
  result.prefix = *parse_prefix(prefix);
  result.as_path = path_of({64501});
  result.learned_from = "peer";
  return result;
}

// Whether the first row of the first task covers the route.
bool covers_route(const std::string& condition, const Route& candidate, const std::string& declarations = "") {
  Bound bound(declarations + "\nexport to any-neighbor { may " + condition + " }");
  EXPECT_THAT(bound.world.said(Severity::error), IsEmpty()) << condition;
  if (bound.tasks.empty()) return false;
  return holds(bound.tasks[0].rows.at(0).condition, candidate);
}

TEST(Bind, SelectsByRole) {
  EXPECT_THAT(Bound("export to role provider, role peer { may any }").shown(),
              ElementsAre("export 192.0.2.1,192.0.2.2 v4v6", "BP701 export 2001:db8:1::1 v4v6"));
  EXPECT_THAT(Bound("export to any-neighbor minus role internal { may any }").shown(),
              ElementsAre("export 192.0.2.1,192.0.2.2,2001:db8:1::1 v4v6"));
  EXPECT_THAT(Bound("import from neighbor \"192.0.*\", as 64503 { may any }").shown(),
              ElementsAre("import 192.0.2.1 v4v6", "import 192.0.2.2 v4v6", "import 2001:db8:1::1 v4v6"));
  EXPECT_THAT(Bound("export to neighbor \"Tel*\", group \"IBGP\" { may any }").shown(),
              Contains("export 192.0.2.1,10.0.0.2 v4v6"));
}

TEST(Bind, InternalSessionsAreClaimedOnlyByName) {
  EXPECT_THAT(Bound("export to role provider, role peer, role customer { may any }").shown(),
              ElementsAre("export 192.0.2.1,192.0.2.2,2001:db8:1::1 v4v6"));
  EXPECT_THAT(Bound("export to role internal { may any }").shown(),
              ElementsAre("export 10.0.0.2 v4v6", "BP701 export 192.0.2.1 v4v6", "BP701 export 192.0.2.2 v4v6",
                          "BP701 export 2001:db8:1::1 v4v6"));
}

TEST(Bind, FamiliesLeftOutByAfiAreNotChecked) {
  EXPECT_THAT(Bound("export to any-neighbor minus role internal afi v6 { may any }").shown(),
              ElementsAre("export 192.0.2.1,192.0.2.2,2001:db8:1::1 v6", "BP701 export 192.0.2.1 v4",
                          "BP701 export 192.0.2.2 v4", "BP701 export 2001:db8:1::1 v4"));
}

TEST(Bind, AtDeviceAndSite) {
  EXPECT_THAT(Bound("export to role peer at device \"edge*\" { may any }").shown(), Contains("export 192.0.2.2 v4v6"));
  EXPECT_THAT(Bound("export to role peer at site \"mia\" { may any }").shown(), Contains("export 192.0.2.2 v4v6"));
  EXPECT_THAT(Bound("export to role peer at site \"fra\" { may any }").shown(), Contains("BP702 export "));
}

TEST(Bind, NetworksThatNoDeviceIsOf) {
  auto said = [](const std::string& networks, const Device& device, const std::string& glob = "") {
    World world;
    world.load(networks + "\nexport to any-neighbor { may any }");
    world.bind({device}, 20261124, glob);
    std::vector<std::string> networks_told;
    for (const std::string& line : world.said(Severity::warning))
      if (line.starts_with("BP702")) networks_told.push_back(line);
    return networks_told;
  };
  EXPECT_THAT(said("network AS64500", edge()), IsEmpty());
  EXPECT_THAT(said("network AS64500\nnetwork AS99", edge()),
              ElementsAre(HasSubstr("main.intent:2:1: no device that was read is of AS99")));
  EXPECT_THAT(said("network AS99", edge(), "edge*"), IsEmpty());
  Device device = edge();
  device.sessions[0].local_as = 99;
  EXPECT_THAT(said("network AS99", device), IsEmpty());
  // A member of a confederation that has no neighbor outside may be of any.
  device = edge();
  device.sessions.back().remote_as = 65001;
  EXPECT_THAT(said("network AS99", device), IsEmpty());
  device = edge();
  device.local_as.reset();
  EXPECT_THAT(said("network AS99", device), IsEmpty());
}

TEST(Bind, PolicyBlocks) {
  EXPECT_THAT(Bound("policy \"6-*\" { may any }").shown(), ElementsAre("policy 6-TELIA-ACCEPT-EXPORT v6"));
  EXPECT_THAT(Bound("policy \"*\" afi v4 { may any }").shown(), ElementsAre("policy OUT v4"));
  EXPECT_THAT(Bound("policy \"NO\" { may any }").shown(), ElementsAre("BP702  "));
  Bound neighbor("policy \"OUT\" { may has 64500:$neighbor.asn }");
  EXPECT_THAT(neighbor.world.said(Severity::error),
              ElementsAre(HasSubstr("`$neighbor.asn` has no value in a `policy` block")));
}

TEST(Bind, VariablesSplitTasks) {
  Bound bound("import from role provider, role peer { may origin igp and has 64500:$neighbor.asn }");
  // 64501 and 64502 fit in 16 bits.
  EXPECT_THAT(bound.shown(), Contains("import 192.0.2.1 v4v6"));
  ASSERT_GE(bound.tasks.size(), 2u);
  EXPECT_EQ(bound.tasks[0].rows[0].text, "may origin igp and has 64500:64501");
  EXPECT_EQ(bound.tasks[1].rows[0].text, "may origin igp and has 64500:64502");
  Bound missing("import from role provider, role peer { may has 64500:$neighbor.tier }");
  EXPECT_THAT(missing.world.said(Severity::error),
              ElementsAre(HasSubstr("`$neighbor.tier` has no value for neighbor 192.0.2.2 on edge01.mia")));
}

TEST(Bind, LearnedFrom) {
  Bound in("import from role peer { may any }");
  const Task& task = in.tasks.at(0);
  Route r = route("192.0.2.0/24");
  EXPECT_TRUE(holds(task.offered, r));
  r.learned_from = "provider";
  EXPECT_FALSE(holds(task.offered, r));
  EXPECT_TRUE(task.roles.contains("originated"));
  EXPECT_TRUE(task.roles.contains("unassigned"));
  EXPECT_FALSE(task.roles.contains("internal"));

  Bound out("export to role peer { may any }");
  const Condition& offered = out.tasks.at(0).offered;
  Route own = route("192.0.2.0/24");
  own.learned_from = "originated";
  EXPECT_FALSE(holds(offered, own)) << "an eBGP route comes from a neighbor";
  own.learned_from = "rs";
  EXPECT_FALSE(holds(offered, own)) << "no session of this device has that role";
  own.learned_from = "customer";
  EXPECT_TRUE(holds(offered, own));
  own.route_type = RouteType::internal;
  own.learned_from = "rs";
  EXPECT_TRUE(holds(offered, own)) << "learned by another device";
  own.protocol = Protocol::static_;
  own.route_type = RouteType::none;
  EXPECT_FALSE(holds(offered, own));
  own.learned_from = "originated";
  EXPECT_TRUE(holds(offered, own));
}

TEST(Bind, PrefixConditions) {
  std::string sets =
      "set own = { 192.0.2.0/24, 2001:db8::/32 le 48 }\nset part = own - { 2001:db8::/40 orlonger }\nset both = own & "
      "{ 2001:db8::/32 orlonger }";
  EXPECT_TRUE(covers_route("prefix in own", route("192.0.2.0/24"), sets));
  EXPECT_FALSE(covers_route("prefix in own", route("192.0.2.0/25"), sets));
  EXPECT_TRUE(covers_route("prefix in own orlonger", route("192.0.2.0/25"), sets));
  EXPECT_FALSE(covers_route("prefix in own longer", route("192.0.2.0/24"), sets));
  EXPECT_TRUE(covers_route("prefix in own", route("2001:db8:1::/48"), sets));
  EXPECT_FALSE(covers_route("prefix in own exact", route("2001:db8:1::/48"), sets))
      << "the modifier overrides the member's";
  EXPECT_TRUE(covers_route("prefix in part", route("2001:db8:f000::/48"), sets));
  EXPECT_FALSE(covers_route("prefix in part", route("2001:db8:1::/48"), sets));
  EXPECT_TRUE(covers_route("prefix in both", route("2001:db8:1::/48"), sets));
  EXPECT_FALSE(covers_route("prefix in both", route("192.0.2.0/24"), sets));
  EXPECT_FALSE(covers_route("prefix in {}", route("192.0.2.0/24")));
  EXPECT_TRUE(covers_route("prefix in { 192.0.2.0/24 ge 26 le 28 }", route("192.0.2.0/27")));
  EXPECT_FALSE(covers_route("prefix in { 192.0.2.0/24 ge 26 le 28 }", route("192.0.2.0/25")));
  EXPECT_FALSE(covers_route("prefix in { 192.0.2.0/24 le 20 }", route("192.0.2.0/24")))
      << "longer than the bound: nothing";
  EXPECT_FALSE(covers_route("prefix in { 192.0.2.0/24 le 48 }", route("192.0.2.0/25")))
      << "a bound of the other family: nothing";
}

TEST(Bind, LengthsHoldForTheFamiliesTheyName) {
  EXPECT_TRUE(covers_route("len v4 8..24", route("192.0.2.0/24")));
  EXPECT_FALSE(covers_route("len v4 8..24", route("2001:db8::/24")));
  EXPECT_TRUE(covers_route("len = 24", route("2001:db8::/24")));
  EXPECT_TRUE(covers_route("len v4 8..24 v6 19..48", route("2001:db8::/32")));
  EXPECT_FALSE(covers_route("len >= 33", route("192.0.2.1/32")));
}

TEST(Bind, OtherConditions) {
  Route r = route("192.0.2.0/24");
  r.communities = {*parse_community("64500:7"), *parse_community("64500:1:2")};
  r.next_hop = {NextHop::Kind::address, *parse_address("198.51.100.9")};
  r[Number::med] = 5;
  EXPECT_TRUE(covers_route("has 64500:*", r));
  EXPECT_TRUE(covers_route("has 64500:[5-9] and lacks 64500:8", r));
  EXPECT_TRUE(covers_route("tagged T", r, "tag T = 64500:1:2 means opaque"));
  EXPECT_FALSE(covers_route("has no-export", r));
  EXPECT_TRUE(covers_route("has x", r, "comms x = { y, no-export }\ncomms y = { 64500:*:* }"));
  EXPECT_TRUE(covers_route("med <= 5 and not local-pref >= 0", r)) << "an absent number makes the comparison false";
  EXPECT_TRUE(
      covers_route("source bgp and route-type external and origin igp and rpki unknown and learned-from peer", r));
  EXPECT_TRUE(covers_route("next-hop in { 198.51.100.0/24 }", r));
  EXPECT_FALSE(covers_route("next-hop in { 198.51.100.0/29 }", r));
  EXPECT_TRUE(covers_route("c and not d", r, "class c = any\nclass d = originated"));
}

TEST(Bind, ExceptionsEnd) {
  std::string text = "export to any-neighbor minus role internal { except [mig] any until 2026-11-24 owner \"noc\" }";
  EXPECT_EQ(Bound(text, 20261124).tasks.at(0).rows.size(), 1u) << "the last day counts";
  Bound over(text, 20261125);
  EXPECT_THAT(over.tasks.at(0).rows, IsEmpty());
  EXPECT_THAT(over.world.codes(), Contains("BP706"));
}

TEST(Bind, RolesConflict) {
  EXPECT_THAT(
      Bound("role customer = as 64501\nexport to role customer { may any }").world.said(Severity::error),
      ElementsAre(HasSubstr(
          "BP708 error main.intent:2:1: neighbor 192.0.2.1 on edge01.mia has two roles, provider and customer")));
  World world;
  world.files["n.csv"] =
      "device,neighbor,asn,role,group\nedge01.mia,192.0.2.1,65000,provider,OTHER\nedge01.mia,203.0.113.9,1,peer,\n";
  world.load("neighbors from \"n.csv\"\nexport to role provider { may any }");
  world.bind({edge()});
  EXPECT_THAT(world.codes(), ElementsAre("BP709", "BP710", "BP711"));
}

TEST(Bind, ARowIsAboutBothFamiliesOfItsNeighbor) {
  Device device = edge();
  Session other = device.sessions.front();
  device.sessions.front().families = {Family::ipv4};
  other.families = {Family::ipv6};
  device.sessions.push_back(other);
  World world;
  world.files["n.csv"] = "device,neighbor,role\nedge01.mia,192.0.2.1,provider\n";
  world.load("neighbors from \"n.csv\"\nexport to role provider { may any }");
  std::set<Family> checked;
  for (const Task& task : world.bind({device})) {
    EXPECT_EQ(task.not_checked_code, task.sessions.front() == "192.0.2.1" ? "" : task.not_checked_code);
    if (task.sessions.front() == "192.0.2.1") checked.insert(task.families.begin(), task.families.end());
  }
  EXPECT_EQ(checked, (std::set<Family>{Family::ipv4, Family::ipv6}));
}

TEST(Bind, NotCheckedDevicesAndSets) {
  World world;
  world.files["n.csv"] = edge_neighbors();
  world.files["s.yaml"] = "site:\n  mia: [192.0.2.0/24]\n";
  world.load(
      "neighbors from \"n.csv\"\nset s = file \"s.yaml\" key \"site.mia\" min 5\nset gone = file \"gone.yaml\"\nexport "
      "to role peer { may prefix in s }\nexport to role provider { may prefix in gone }");
  std::vector<Task> tasks = world.bind({edge()});
  ASSERT_GE(tasks.size(), 2u);
  EXPECT_EQ(tasks[0].not_checked_code, "BP705");
  EXPECT_EQ(tasks[0].not_checked, "`s.yaml` has 1 entry, fewer than min 5");
  EXPECT_EQ(tasks[1].not_checked_code, "BP714");
  EXPECT_FALSE(world.diagnostics.has_errors());
  Device broken = edge();
  broken.not_checked = "the file ends inside a block";
  for (const Task& task : world.bind({broken})) EXPECT_NE(task.not_checked, "");
}

TEST(Bind, Assume) {
  Device device = edge();
  auto library = std::make_shared<PolicyLibrary>(*device.library);
  library->unmodelled.push_back({{}, "from x"});
  Clause clause;
  clause.name = "A";
  clause.body.push_back({If{{Unmodelled{{0}}, {}}, {{Disposition{Decision::reject, 0}, {}}}, {}}, {}});
  library->policies[0].clauses.push_back(clause);
  for (Session& s : device.sessions) {
    s.export_to.program.library = library;
    s.export_to.program.entry[0].body.insert(s.export_to.program.entry[0].body.begin(),
                                             {Call{Call::As::chain, 0, 0, nullptr}, {}});
  }
  device.library = library;
  auto first_condition = [&](const std::string& text, uint32_t date) {
    World world;
    world.load(text + "\nexport to any-neighbor { may any }");
    std::vector<Task> tasks = world.bind({device}, date);
    const auto& made = tasks.at(0).program.library->policies[0].clauses[0].body[0];
    bool said = false;
    for (const Fact& fact : tasks[0].facts) said = said || fact.text.find("assume \"OUT/A\"") == 0;
    return std::make_pair(std::get<If>(made.is).condition.is.index(), said);
  };
  size_t unmodelled = Condition{Unmodelled{{0}}, {}}.is.index();
  std::string line = "assume \"OUT/A\" never-matches until 2026-12-31 owner \"noc\"";
  EXPECT_EQ(first_condition("", 20261124), std::make_pair(unmodelled, false));
  EXPECT_EQ(first_condition(line, 20261124), std::make_pair(Condition{Constant{false}, {}}.is.index(), true));
  EXPECT_EQ(first_condition(line, 20270101), std::make_pair(unmodelled, false));
}

TEST(Bind, TheExampleOfTheLanguage) {
  World world;
  world.files["neighbors.csv"] = edge_neighbors();
  world.files["sets/own.yaml"] = "site:\n  mia:\n    - 2001:db8:77::/48\n";
  world.load(R"(
    # One row = one reason a route may leave.
    intent 1
    network AS64500
    neighbors from "neighbors.csv"

    set   own-anycast   = { 2001:db8:100::/40 exact, 192.0.2.0/24 exact }
    set   own           = { 2001:db8::/32, 192.0.2.0/24, 198.51.100.0/24 }
    set   mia-sitelocal = file "sets/own.yaml" key "site.mia"
    set   bogons        = builtin "bogons"
    set   cust-irr      = { 203.0.113.0/24 }
    comms internal      = { 64500:*, 64500:*:* }

    tag   CUSTOMER  = 64500:1:2              means learned-from customer
    fact  OWN-SPACE = prefix in own orlonger means originated

    export to role provider, role peer at site "mia" {
      must  [anycast]   prefix in own-anycast exact                      "the product"
      may   [sitelocal] prefix in mia-sitelocal exact
      may   [byoip]     tagged CUSTOMER and len v4 8..24 v6 19..48
      never [leak]      learned-from provider, peer                      "RFC 7908 types 1-4"
      never [bogon]     prefix in bogons orlonger
      always            strip internal, next-hop self
    }

    import from role customer {
      must  [normal] prefix in cust-irr orlonger and not rpki invalid
                     and len v4 8..24 v6 19..48 and lacks graceful-shutdown
                     then tag CUSTOMER, local-pref 200..250
      may   [rtbh]   prefix in cust-irr orlonger and has blackhole and len v4 = 32 v6 = 128
                     then tag CUSTOMER, add no-export
      never          prefix in own orlonger
      except [mig]   prefix in { 203.0.113.0/24 exact } then tag CUSTOMER
                     until 2027-03-01 owner "noc@example.net" ticket "NET-4711" "ROA move in progress"
    }

    policy "6-TELIA-ACCEPT-EXPORT" { may prefix in own-anycast exact }
  )");
  EXPECT_THAT(world.said(Severity::error), IsEmpty());
  std::vector<Task> tasks = world.bind({edge()});
  EXPECT_THAT(world.said(Severity::error), IsEmpty());
  ASSERT_THAT(tasks, SizeIs(6));
  EXPECT_EQ(tasks[0].sessions, (std::vector<std::string>{"192.0.2.1", "192.0.2.2"}));
  ASSERT_THAT(tasks[0].rows, SizeIs(6));
  EXPECT_EQ(tasks[0].rows[2].text, "may [byoip] tagged CUSTOMER and len v4 8..24 v6 19..48");
  EXPECT_EQ(tasks[0].rows[0].comment, "the product");
  EXPECT_EQ(world.sources.text(tasks[0].rows[3].head), "never [leak]      learned-from provider, peer");
  EXPECT_EQ(tasks[1].rows.size(), 4u);
  EXPECT_EQ(tasks[2].policies, std::vector<std::string>{"6-TELIA-ACCEPT-EXPORT"});
}

TEST(Date, Parse) {
  EXPECT_EQ(parse_date("2026-11-24"), 20261124u);
  EXPECT_EQ(parse_date("2026-02-29"), std::nullopt);
  EXPECT_EQ(parse_date("2028-02-29"), 20280229u);
  EXPECT_EQ(parse_date("26-11-24"), std::nullopt);
}

}  // namespace
}  // namespace bgproof
