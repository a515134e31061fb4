#include "tests/frr/experiments.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace bgproof::frr {
namespace {

constexpr uint64_t kSeed = 1;
constexpr uint32_t kMaps = 12;
constexpr size_t kRoutes = 40;  // of a neighbor
constexpr size_t kShown = 60;   // differences
// What stands for the daemon in next hops: IPv6 runs over IPv4 sessions.
const Address kOwn = *parse_address("127.0.0.1");
const Address kOwn6 = *parse_address("::ffff:127.0.0.1");

uint64_t wanted(const char* variable, uint64_t usual) {
  const char* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : usual;
}

void keep(const std::string& name, const std::string& config) {
  if (const char* directory = std::getenv("BGPROOF_FRR_KEEP"))
    std::ofstream(fmt::format("{}/{}", directory, name)) << config;
}

const Address& own(const Prefix& prefix) { return prefix.family == Family::ipv4 ? kOwn : kOwn6; }

const Route* find(const std::map<Prefix, Route>& table, const Prefix& prefix) {
  auto found = table.find(prefix);
  return found == table.end() ? nullptr : &found->second;
}

void expect_taken(const Result& result, uint64_t seed) {
  for (const std::string& line : result.refused) ADD_FAILURE() << "seed " << seed << ": " << line;
}

// Feeders whose routes do not meet: each prefix has one path, which is the best.
std::vector<Sent> random_feeders(Random& random) {
  std::vector<Neighbor> feeders = {{"127.0.1.1", 65001, "ALL", kNothing, {}, {}},
                                   {"127.0.1.2", kOwnAsn, "ALL", kNothing, {}, {}}};
  std::vector<Sent> sent = random_sent(random, feeders, kRoutes);
  std::set<Prefix> taken;
  for (Sent& one : sent)
    std::erase_if(one.routes, [&](const Route& route) { return !taken.insert(route.prefix).second; });
  return sent;
}

// A route as the receiver sees it, as far as the model speaks of it: without the own AS that eBGP puts in front, and,
// since eBGP does not carry it, with the local-pref of the model.
Route received(Route route, bool external, const std::optional<uint32_t>& local_pref) {
  if (!external) return route;
  if (!route.as_path.empty() && !route.as_path.segments.front().asns.empty()) {
    AsSegment& first = route.as_path.segments.front();
    first.asns.erase(first.asns.begin());
    normalize(route.as_path);
  }
  route[Number::local_pref] = local_pref;
  return route;
}

}  // namespace

Seeds wanted_seeds(uint64_t usual_count) {
  return {wanted("BGPROOF_FRR_SEED", kSeed), wanted("BGPROOF_FRR_ROUNDS", usual_count)};
}

std::vector<Sent> random_sent(Random& random, const std::vector<Neighbor>& neighbors, size_t count) {
  std::vector<Sent> sent;
  for (const Neighbor& neighbor : neighbors) {
    std::map<Prefix, Route> by_prefix;
    while (by_prefix.size() < count) {
      Route route = random_import(random, neighbor);
      by_prefix.emplace(route.prefix, route);
    }
    sent.push_back({neighbor, {}});
    for (const auto& [prefix, route] : by_prefix) sent.back().routes.push_back(route);
  }
  return sent;
}

void compare_import(uint64_t seed, Tally& tally) {
  Random random(seed);
  Policies policies = random_policies(random, kMaps);
  std::vector<Neighbor> neighbors = random_importers(random, policies);
  std::vector<Sent> sent = random_sent(random, neighbors, kRoutes);
  std::string config = config_text(policies.text, neighbors);
  keep(fmt::format("import-{}.conf", seed), config);
  Model model(config);
  Result result = experiment(config, sent);
  expect_taken(result, seed);
  for (const Sent& one : sent) {
    for (const Route& route : one.routes) {
      const Session& session = model.session(one.neighbor.address, route.prefix.family);
      model.compare({fmt::format("import seed {} {} {}", seed, one.neighbor.address, one.neighbor.import_map),
                     session.import_from, route, find(result.table[one.neighbor.address], route.prefix),
                     own(route.prefix), *session.address},
                    tally);
    }
  }
}

void compare_export(uint64_t seed, Tally& tally) {
  Random random(seed);
  Policies policies = random_policies(random, kMaps);
  std::vector<Neighbor> receivers = random_exporters(random, policies), all = receivers;
  std::vector<Sent> sent = random_feeders(random);
  for (const Sent& one : sent) all.push_back(one.neighbor);
  std::string config = config_text(policies.text + "route-map ALL permit 10\nexit\n!\n", all);
  keep(fmt::format("export-{}.conf", seed), config);
  Model model(config);
  Result result = experiment(config, sent, receivers);
  expect_taken(result, seed);
  for (const Neighbor& receiver : receivers) {
    for (const Sent& one : sent)
      for (const auto& [prefix, route] : result.table[one.neighbor.address]) {
        const Session& session = model.session(receiver.address, prefix.family);
        std::optional<Route> seen;
        if (const Route* announced = find(result.announced[receiver.address], prefix))
          seen = received(*announced, receiver.external(), std::nullopt);
        model.compare(
            {fmt::format("export seed {} {} {}", seed, receiver.address, receiver.export_map), session.export_to, route,
             seen ? &*seen : nullptr, own(prefix), *session.address, true, receiver.external()},
            tally);
      }
  }
}

void report(const Tally& tally, uint64_t rounds) {
  fmt::print("{} pairs: {} accepted, {} of these changed; {} left open, {} never offered\n", tally.pairs,
             tally.accepted, tally.changed, tally.free, tally.not_offered);
  for (const auto& [why, count] : tally.because) fmt::print("  {:6} {}\n", count, why);
  for (size_t i = 0; i < std::min(kShown, tally.differences.size()); ++i) ADD_FAILURE() << tally.differences[i];
  EXPECT_EQ(tally.differences.size(), 0u);
  // A comparison of nothing, or of rejected routes alone, is none.
  EXPECT_GE(tally.pairs, 700 * rounds);
  EXPECT_GE(tally.accepted, tally.pairs / 5);
  EXPECT_GE(tally.changed, tally.accepted / 5);
}

}  // namespace bgproof::frr
