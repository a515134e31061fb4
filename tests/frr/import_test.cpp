// What FRR makes of routes on import, against the reference evaluator on the same configuration.
#include "tests/frr/experiments.h"

namespace bgproof::frr {
namespace {

// The oracle speaks of what was sent: without a policy that changes anything, what stands in the table is it.
TEST_F(Frr, TakesRoutesAsTheyWereSent) {
  Random random(1);
  std::vector<Neighbor> neighbors = {{"127.0.1.1", 65001, "ALL", kNothing, {}, {}},
                                     {"127.0.1.2", kOwnAsn, "ALL", kNothing, {}, {}}};
  std::vector<Sent> sent = random_sent(random, neighbors, 100);
  Result result = experiment(config_text("route-map ALL permit 10\nexit\n!\n", neighbors), sent);
  EXPECT_TRUE(result.refused.empty()) << result.refused.front();
  for (const Sent& one : sent) {
    const std::map<Prefix, Route>& table = result.table[one.neighbor.address];
    EXPECT_EQ(table.size(), one.routes.size());
    for (Route route : one.routes) {
      ASSERT_TRUE(table.contains(route.prefix)) << to_string(route);
      if (one.neighbor.external()) {
        if (route.communities.contains(well_known::kBlackhole)) route.communities.insert(well_known::kNoExport);
        if (route.communities.contains(well_known::kGracefulShutdown)) route[Number::local_pref] = 0;
      }
      EXPECT_EQ(table.at(route.prefix), route) << to_string(table.at(route.prefix)) << "\n" << to_string(route);
    }
  }
}

TEST_F(Frr, TakesEachLineOfRandomPolicies) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    Random random(seed);
    Policies policies = random_policies(random, 12);
    std::vector<Neighbor> neighbors = random_importers(random, policies);
    for (const Neighbor& neighbor : random_exporters(random, policies)) neighbors.push_back(neighbor);
    for (const std::string& line : experiment(config_text(policies.text, neighbors), {}).refused)
      ADD_FAILURE() << "seed " << seed << ": " << line;
  }
}

TEST_F(Frr, ImportsAsTheEvaluatorSays) {
  Tally tally;
  Seeds seeds = wanted_seeds(3);
  for (uint64_t i = 0; i < seeds.count; ++i) compare_import(seeds.first + i, tally);
  report(tally, seeds.count);
}

}  // namespace
}  // namespace bgproof::frr
