#include "tests/golden/attack.h"

#include <algorithm>
#include <optional>

#include "solver/cause.h"
#include "tests/generator/generate.h"
#include "tests/generator/small_world.h"
#include "tests/golden/pipeline.h"

namespace bgproof {

namespace {

constexpr int kRoutes = 200;
constexpr int kTries = 120'000;
constexpr uint64_t kLargestWorld = 30'000;

bool can_be_offered(const Task& task, const Route& route) {
  return is_legal(route) && task.families.contains(route.prefix.family) && task.roles.contains(route.learned_from) &&
         holds(task.offered, route);
}

Pool pool_of(const Task& task, Random& random) {
  Pool pool;
  collect(task.program, random, pool);
  collect(task.offered, random, pool);
  for (const TaskRow& row : task.rows) collect(row.condition, random, pool);
  for (const std::string& role : task.roles)
    if (role != "originated" && std::find(pool.roles.begin(), pool.roles.end(), role) == pool.roles.end())
      pool.roles.push_back(role);
  complete(pool);
  return pool;
}

// Assumptions that evidence has settled stay settled.
Choices choices_for(const Task& task, const Pool& pool, Random& random) {
  Choices choices = random_choices(random, pool, task.program);
  for (const Assumption& assumption : assumptions())
    if (!assumption.open) choices.readings.erase(std::string(assumption.name));
  return choices;
}

// New ones for each route where the program has free lines; else, where readings alone are left to choose, at times.
class Chooser {
 public:
  Chooser(const Task& task, const Pool& pool, Random& random)
      : task_(task), pool_(pool), random_(random), has_free_lines_(!choice_places(task.program).empty()) {}
  const Choices& next() {
    constexpr int kRoutesOfOne = 10;
    if (has_free_lines_ || asked_++ % kRoutesOfOne == 0) choices_ = choices_for(task_, pool_, random_);
    return choices_;
  }

 private:
  const Task& task_;
  const Pool& pool_;
  Random& random_;
  bool has_free_lines_;
  int asked_ = 0;
  Choices choices_;
};

struct Judged {
  Outcome outcome;
  Judgement judgement;
};

Judged judged(const Task& task, const Route& route, const Choices& choices) {
  Judged result;
  result.outcome = evaluate(task.program, route, choices);
  result.judgement = judge(task, route, result.outcome.accepted, result.outcome.route);
  return result;
}

bool in_region(const std::vector<Condition>& region, const Route& route) {
  return std::any_of(region.begin(), region.end(), [&](const Condition& condition) { return holds(condition, route); });
}

// Prefixes above, at, beside and below every constant.
std::vector<Prefix> around(const std::vector<Prefix>& constants, Random& random) {
  std::vector<Prefix> all;
  for (const Prefix& constant : constants) {
    for (int length = 0; length <= width(constant.family); ++length) {
      Bits noise = Bits{random.bits()} << 64 | random.bits();
      Address below{constant.family, constant.bits};
      if (length > constant.length) below.bits |= noise & ~mask_of(constant.length) & mask_of(width(constant.family));
      Prefix prefix = prefix_of(below, length);
      all.push_back(prefix);
      if (length == 0) continue;
      prefix.bits ^= Bits{1} << (128 - length);
      all.push_back(prefix);
    }
  }
  return all;
}

std::vector<Prefix> constants_of(const std::vector<Condition>& conditions, Random& random) {
  Pool pool;
  for (const Condition& condition : conditions) collect(condition, random, pool);
  complete(pool);
  return pool.prefixes;
}

}  // namespace

std::vector<std::string> attack_proof(const Task& task, uint64_t seed) {
  std::vector<std::string> complaints;
  Random random(seed);
  Pool pool = pool_of(task, random);
  Chooser chooser(task, pool, random);
  auto attack = [&](const Route& route, const Choices& choices) {
    Judged it = judged(task, route, choices);
    if (!it.judgement.fine)
      complaints.push_back("a route breaks what is proved: " + it.judgement.code + " " + to_string(route));
    return it.judgement.fine;
  };
  int offered = 0;
  for (int i = 0; i < kTries && offered < kRoutes; ++i) {
    Route route = random_route(random, pool);
    if (!can_be_offered(task, route)) continue;
    ++offered;
    if (!attack(route, chooser.next())) return complaints;
  }
  if (offered < kRoutes) complaints.push_back("only " + std::to_string(offered) + " random routes can be offered");

  SmallWorldLimits limits;
  SmallWorld world = small_world(pool, limits);
  while (world.size() > kLargestWorld && limits.prefixes > 4) {
    limits.prefixes /= 2;
    if (limits.communities > 2) --limits.communities;
    limits.numbers = 1;
    limits.asns = 1;
    world = small_world(pool, limits);
  }
  for_each_route(world,
                 [&](const Route& route) { return !can_be_offered(task, route) || attack(route, chooser.next()); });
  return complaints;
}

std::vector<std::string> attack_finding(const Task& task, const Finding& finding, uint64_t seed) {
  std::vector<std::string> complaints;
  Random random(seed);
  Pool pool = pool_of(task, random);
  Chooser chooser(task, pool, random);
  if (!can_be_offered(task, finding.input)) complaints.push_back("the witness can't be offered");
  for (int i = 0; i < 50; ++i)
    if (judged(task, finding.input, choices_for(task, pool, random)).judgement.fine) {
      complaints.push_back("with some choices the witness breaks nothing: " + to_string(finding.input));
      break;
    }
  Diagnostics diagnostics;
  std::vector<Condition> region = read_conditions(finding.region.conditions, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    complaints.push_back("the region is not in the intent language: " + diagnostic.message);
  if (region.empty() || !complaints.empty()) {
    complaints.push_back("no region");
    return complaints;
  }
  if (!in_region(region, finding.input)) complaints.push_back("the witness is not in its region");

  // Some other member breaks the task as well.
  std::vector<Prefix> members;
  for (const Prefix& prefix : around(constants_of(region, random), random)) {
    Route route;
    route.prefix = prefix;
    if (prefix != finding.input.prefix && in_region(region, route)) members.push_back(prefix);
  }
  bool confirmed = members.empty();
  for (int i = 0; i < 400 && !confirmed; ++i) {
    Route route = i < 100 ? finding.input : random_route(random, pool);
    route.prefix = random.pick(members);
    if (can_be_offered(task, route)) confirmed = !judged(task, route, chooser.next()).judgement.fine;
  }
  if (!confirmed) complaints.push_back("no other member of the region breaks anything");

  // Nothing that breaks the task in this way stands outside.
  for (int i = 0; i < 2000; ++i) {
    Route route = random_route(random, pool);
    if (!can_be_offered(task, route)) continue;
    Judged it = judged(task, route, chooser.next());
    if (it.judgement.fine || it.judgement.code != finding.code || it.judgement.row != finding.row) continue;
    if (clause_name(task, it.outcome.decided_by) != finding.clause || !it.outcome.met.empty()) continue;
    if (in_region(region, route)) continue;
    complaints.push_back("outside the region, but the same: " + to_string(route));
    break;
  }
  return complaints;
}

std::vector<std::string> compare_regions(const std::vector<std::string>& conditions,
                                         const std::vector<std::string>& others) {
  Diagnostics diagnostics;
  std::vector<Condition> left = read_conditions(conditions, diagnostics);
  std::vector<Condition> right = read_conditions(others, diagnostics);
  std::vector<std::string> complaints;
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    if (diagnostic.severity == Severity::error) complaints.push_back(diagnostic.message);
  Random random(1);
  std::vector<Condition> both = left;
  both.insert(both.end(), right.begin(), right.end());
  for (const Prefix& prefix : around(constants_of(both, random), random)) {
    Route route;
    route.prefix = prefix;
    if (in_region(left, route) == in_region(right, route)) continue;
    complaints.push_back(to_string(prefix) +
                         (in_region(left, route) ? " is in the first only" : " is in the second only"));
    if (complaints.size() > 3) break;
  }
  return complaints;
}

}  // namespace bgproof
