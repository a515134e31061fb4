// What FRR announces, against the reference evaluator on the same configuration.
#include "tests/frr/experiments.h"

namespace bgproof::frr {
namespace {

// Without a policy that changes anything, iBGP gets what eBGP brought, with the default local-pref.
TEST_F(Frr, AnnouncesWhatItHas) {
  Random random(2);
  std::vector<Neighbor> neighbors = {{"127.0.1.1", 65001, "ALL", kNothing, {}, {}}};
  Neighbor receiver{"127.0.2.1", kOwnAsn, kNothing, "ALL", {}, {}};
  std::vector<Sent> sent = random_sent(random, neighbors, 100);
  neighbors.push_back(receiver);
  Result result = experiment(config_text("route-map ALL permit 10\nexit\n!\n", neighbors), sent, {receiver});
  EXPECT_TRUE(result.refused.empty()) << result.refused.front();
  const std::map<Prefix, Route>& announced = result.announced[receiver.address];
  EXPECT_EQ(announced.size(), 100u);
  for (const auto& [prefix, route] : result.table["127.0.1.1"]) {
    ASSERT_TRUE(announced.contains(prefix));
    Route expected = route;
    expected.neighbor.reset();
    if (!expected[Number::local_pref]) expected[Number::local_pref] = 100;
    EXPECT_EQ(announced.at(prefix), expected) << to_string(announced.at(prefix)) << "\n" << to_string(expected);
  }
}

TEST_F(Frr, AnnouncesAsTheEvaluatorSays) {
  Tally tally;
  Seeds seeds = wanted_seeds(2);
  for (uint64_t i = 0; i < seeds.count; ++i) compare_export(seeds.first + i, tally);
  report(tally, seeds.count);
}

}  // namespace
}  // namespace bgproof::frr
