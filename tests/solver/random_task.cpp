#include "tests/solver/random_task.h"

namespace bgproof {

namespace {

std::vector<NumberRange> random_ranges(Random& random, const Pool& pool) {
  uint32_t a = random.pick(pool.numbers), b = random.pick(pool.numbers);
  return {{std::min(a, b), std::max(a, b)}};
}

Obligation::Is random_obligation(Random& random, const Pool& pool, const Features& features) {
  switch (random.below(features.as_path_changes ? 8 : 6)) {
    case 0:
      return StripObligation{random_community_set(random, pool, features)};
    case 1:
      return KeepObligation{random_community_set(random, pool, features)};
    case 2:
      return AddObligation{{random.pick(pool.communities)}};
    case 3: {
      std::set<CommunityKind> kinds{static_cast<CommunityKind>(random.below(3))};
      return OnlyObligation{random_community_set(random, pool, features), kinds};
    }
    case 4:
      return NumberObligation{random.chance(50) ? Number::local_pref : Number::med, random_ranges(random, pool)};
    case 5: {
      NextHopObligation next_hop{static_cast<NextHopObligation::Which>(random.below(3)), {}, std::nullopt};
      next_hop.own.insert(random.pick(pool.addresses));
      if (random.chance(70)) next_hop.neighbor = random.pick(pool.addresses);
      return next_hop;
    }
    case 6:
      return PrependObligation{{0, random.below(4)}};
    default:
      break;
  }
  UnchangedObligation unchanged;
  using What = UnchangedObligation::What;
  for (What what : {What::path, What::next_hop, What::med, What::local_pref, What::communities, What::origin})
    if (random.chance(25)) unchanged.what.insert(what);
  return unchanged;
}

}  // namespace

RandomTask random_task(uint64_t seed, const Features& features) {
  Random random(seed);
  RandomTask made{random_pool(random), {}};
  Task& task = made.task;
  task.device = "router";
  task.families = {Family::ipv4, Family::ipv6};
  task.program = random_program(random, made.pool, features, {2, 3, 3, 2});
  task.offered = always();
  task.roles = {"originated", "unassigned"};
  task.roles.insert(made.pool.roles.begin(), made.pool.roles.end());
  Features tests = Features::route_only();
  tests.as_path_matches = features.as_path_matches;
  tests.as_path_text = features.as_path_text;
  tests.as_path_length = features.as_path_length;
  tests.community_count = features.community_count;
  uint32_t rows = random.between(1, 4);
  for (uint32_t i = 0; i < rows; ++i) {
    TaskRow row;
    row.kind = static_cast<TaskRow::Kind>(random.below(5));
    row.id = "row" + std::to_string(i);
    row.text = row.id;
    bool is_always = row.kind == TaskRow::Kind::always;
    // Wide rows, or else next to nothing would ever be proved.
    row.condition = is_always || (row.kind == TaskRow::Kind::may && random.chance(40))
                        ? always()
                        : random_condition(random, made.pool, tests, 2);
    bool obliges = row.kind != TaskRow::Kind::never && (is_always || random.chance(40));
    if (obliges) row.obligations.push_back({random_obligation(random, made.pool, features), {}, "obligation"});
    task.rows.push_back(std::move(row));
  }
  return made;
}

}  // namespace bgproof
