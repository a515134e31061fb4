// Conditions on the path and the other things that the lowering makes, looked at one by one.
#include "intents/lower.h"

#include <gmock/gmock.h>

#include "policy/evaluate.h"
#include "world.h"

namespace bgproof {
namespace {

struct Lowered1 {
  World world;
  Device device = edge();
  Neighbor neighbor;
  Lowered shared;

  // The last class of the text, on a route.
  Condition condition(const std::string& text) {
    world.load(text);
    neighbor = {&device.sessions[0], nullptr, "peer"};
    Scope scope{&device, &neighbor, "mia"};
    const auto& item = std::get<intent::ClassItem>(world.intents.files.at(0)->items.back());
    return Lowering(world.intents, scope, shared, world.diagnostics).condition(item.condition);
  }
};

bool on_path(const std::string& condition, std::vector<Asn> path) {
  Route route;
  route.prefix = *parse_prefix("192.0.2.0/24");
  route.as_path = path_of(std::move(path));
  Lowered1 lowered;
  Condition made = lowered.condition(
      "asns cone = { 64501, 64510..64519 } - { 64515 }\nasns two = cone & { 64501, 64515, 1 }\nclass c = " + condition);
  return holds(made, route);
}

TEST(Lower, PathConditions) {
  EXPECT_TRUE(on_path("path within cone", {64501, 64510}));
  EXPECT_TRUE(on_path("path within cone", {})) << "true for the empty path";
  EXPECT_FALSE(on_path("path within cone", {64501, 64515}));
  EXPECT_TRUE(on_path("path contains cone", {1, 64519, 2}));
  EXPECT_FALSE(on_path("path contains cone", {1, 64515, 2}));
  EXPECT_FALSE(on_path("path contains {}", {1}));
  EXPECT_TRUE(on_path("path within {}", {}));
  EXPECT_FALSE(on_path("path within {}", {1}));
  EXPECT_TRUE(on_path("origin-as in two", {7, 64501}));
  EXPECT_FALSE(on_path("origin-as in two", {64501, 7}));
  EXPECT_FALSE(on_path("origin-as in two", {7, 64510}));
  EXPECT_TRUE(on_path("first-as in $neighbor.asn", {64501, 7}));
  EXPECT_FALSE(on_path("first-as in $neighbor.asn", {}));
  EXPECT_TRUE(on_path("path-len <= 2", {1, 2}));
  EXPECT_FALSE(on_path("path-len <= 2", {1, 2, 3}));
  EXPECT_TRUE(on_path("path matches <^cone $neighbor.asn$>", {64519, 64501}));
  EXPECT_FALSE(on_path("path matches <^cone $neighbor.asn$>", {64519, 64502}));
}

TEST(Lower, AnAsSetCounts) {
  Route route;
  route.prefix = *parse_prefix("192.0.2.0/24");
  route.as_path.segments = {{AsSegment::Kind::sequence, {64501}}, {AsSegment::Kind::set, {64510, 64515}}};
  Lowered1 lowered;
  std::string sets = "asns cone = { 64501, 64510 }\nclass c = ";
  EXPECT_FALSE(holds(lowered.condition(sets + "path within cone"), route)) << "64515 is in the set";
  EXPECT_TRUE(holds(lowered.condition(sets + "path contains 64515"), route));
  EXPECT_FALSE(holds(lowered.condition(sets + "origin-as in { 64510, 64515 }"), route)) << "an AS_SET is no origin";
}

TEST(Lower, OnlyToCustomer) {
  World world;
  world.files["n.csv"] = edge_neighbors();
  world.load("neighbors from \"n.csv\"\nexport to role provider { may any then otc set, otc unchanged }");
  const std::vector<Task> tasks = world.bind({edge()});
  EXPECT_THAT(world.said(Severity::error), testing::IsEmpty());
  ASSERT_FALSE(tasks.empty());
  const std::vector<Obligation>& obligations = tasks[0].rows.at(0).obligations;
  ASSERT_EQ(obligations.size(), 2u);
  Route before, after;
  EXPECT_FALSE(holds(obligations[0], before, after));
  EXPECT_TRUE(holds(obligations[1], before, after));
  after[Number::otc] = 0;
  EXPECT_TRUE(holds(obligations[0], before, after));
  EXPECT_FALSE(holds(obligations[1], before, after));
}

TEST(Lower, ExtendedCommunities) {
  Route route;
  route.prefix = *parse_prefix("192.0.2.0/24");
  route.communities = {*parse_community("rt:64500:1")};
  auto has = [&](const std::string& community) {
    Lowered1 lowered;
    return holds(lowered.condition("class c = has " + community), route);
  };
  EXPECT_TRUE(has("rt:64500:1"));
  EXPECT_TRUE(has("rt:64500:*"));
  EXPECT_TRUE(has("rt:*:*"));
  EXPECT_TRUE(has("rt:[1-65000]:[1-2]"));
  EXPECT_TRUE(has("ext:2:64500:1"));
  EXPECT_TRUE(has("ext:0x0002:*:*"));
  EXPECT_FALSE(has("soo:*:*"));
  EXPECT_FALSE(has("rt:64500:2"));
  EXPECT_FALSE(has("64500:1"));
}

}  // namespace
}  // namespace bgproof
