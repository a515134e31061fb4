#include "tests/encoder/random_task.h"

namespace bgproof {

namespace {

NumberRange random_range(Random& random, const std::vector<uint32_t>& numbers) {
  uint32_t a = random.pick(numbers), b = random.pick(numbers);
  return {std::min(a, b), std::max(a, b)};
}

Communities random_communities(Random& random, const Pool& pool) {
  Communities communities;
  for (uint32_t i = random.below(3); i > 0; --i) communities.insert(random.pick(pool.communities));
  return communities;
}

NextHopObligation random_next_hop(Random& random, const Pool& pool) {
  NextHopObligation o;
  o.which = static_cast<NextHopObligation::Which>(random.below(3));
  for (uint32_t i = random.below(3); i > 0; --i) o.own.insert(random.pick(pool.addresses));
  if (random.chance(70)) o.neighbor = random.pick(pool.addresses);
  return o;
}

UnchangedObligation random_unchanged(Random& random) {
  UnchangedObligation o;
  for (uint32_t what = 0; what < 7; ++what)
    if (random.chance(25)) o.what.insert(static_cast<UnchangedObligation::What>(what));
  return o;
}

}  // namespace

Obligation random_obligation(Random& random, const Pool& pool, const Features& features) {
  Obligation obligation;
  switch (random.below(10)) {
    case 0:
      obligation.is = StripObligation{random_community_set(random, pool, features)};
      break;
    case 1:
      obligation.is = KeepObligation{random_community_set(random, pool, features)};
      break;
    case 2:
      obligation.is = AddObligation{random_communities(random, pool)};
      break;
    case 3: {
      OnlyObligation only{random_community_set(random, pool, features), {}};
      for (CommunityKind kind : {CommunityKind::standard, CommunityKind::large, CommunityKind::extended})
        if (random.chance(60)) only.kinds.insert(kind);
      obligation.is = only;
      break;
    }
    case 4:
      obligation.is =
          NumberObligation{static_cast<Number>(random.below(kNumberCount)), {random_range(random, pool.numbers)}};
      break;
    case 5: {
      uint32_t low = random.below(3);
      obligation.is = PrependObligation{{low, low + random.below(3)}};
      break;
    }
    case 6:
      obligation.is = NoPrivateAsObligation{};
      break;
    case 7:
      obligation.is = random_next_hop(random, pool);
      break;
    default:
      obligation.is = random_unchanged(random);
      break;
  }
  return obligation;
}

Task random_task(Random& random, const Pool& pool, const Features& features, const Shape& shape) {
  Features of_rows = features;
  of_rows.flags = of_rows.assumptions = of_rows.unmodelled = false;
  Task task;
  task.families = {Family::ipv4, Family::ipv6};
  task.program = random_program(random, pool, features, shape);
  task.offered = random_condition(random, pool, of_rows, 2);
  task.roles = {pool.roles.begin(), pool.roles.end()};
  task.roles.insert("originated");
  task.roles.insert("unassigned");
  for (uint32_t i = random.between(1, 3); i > 0; --i) {
    TaskRow row;
    row.kind = static_cast<TaskRow::Kind>(random.below(5));
    row.condition = random_condition(random, pool, of_rows, 2);
    for (uint32_t j = random.between(1, 3); j > 0; --j)
      row.obligations.push_back(random_obligation(random, pool, features));
    task.rows.push_back(std::move(row));
  }
  return task;
}

}  // namespace bgproof
