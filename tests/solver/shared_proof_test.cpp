// What is proved of one task is proved of others only if they are the same question: tasks whose keys are equal have
// equal verdicts, and a proof in a context that many share is one.
#include <gtest/gtest.h>

#include "policy/visit.h"
#include "solver/check.h"
#include "solver/prover.h"
#include "solver/task_keys.h"
#include "tests/solver/random_task.h"

namespace bgproof {

namespace {

// A task with each of its lists of prefixes (those of the route itself) changed.
class Changed {
 public:
  using Change = std::function<PrefixList(const PrefixList&)>;
  explicit Changed(Change change) : change_(std::move(change)) {}

  Task of(const Task& task) const {
    Task changed = task;
    auto library = std::make_shared<PolicyLibrary>(*task.program.library);
    for (Policy& policy : library->policies) apply(policy.clauses);
    apply(changed.program.entry);
    apply(changed.program.rewrite);
    changed.program.library = std::move(library);
    for (TaskRow& row : changed.rows) apply(row.condition);
    return changed;
  }

 private:
  void apply(Condition& condition) const {
    if (auto* all = std::get_if<All>(&condition.is))
      for (Condition& part : all->of) apply(part);
    if (auto* any = std::get_if<Any>(&condition.is))
      for (Condition& part : any->of) apply(part);
    if (auto* negated = std::get_if<Not>(&condition.is)) negated->of = copy_of(*negated->of);
    if (auto* in = std::get_if<PrefixIn>(&condition.is)) in->list = std::make_shared<PrefixList>(change_(*in->list));
  }
  std::shared_ptr<const Condition> copy_of(const Condition& condition) const {
    auto copy = std::make_shared<Condition>(condition);
    apply(*copy);
    return copy;
  }
  void apply(Body& body) const {
    for (Statement& statement : body) {
      if (auto* branch = std::get_if<If>(&statement.is)) {
        apply(branch->condition);
        apply(branch->then);
        apply(branch->otherwise);
      }
      if (auto* decide = std::get_if<DecideByDefault>(&statement.is)) apply(decide->otherwise);
      if (auto* flag = std::get_if<SetFlag>(&statement.is)) apply(flag->value);
      if (auto* call = std::get_if<Call>(&statement.is); call && call->undecided)
        call->undecided = copy_of(*call->undecided);
    }
  }
  void apply(std::vector<Clause>& clauses) const {
    for (Clause& clause : clauses) apply(clause.body);
  }

  Change change_;
};

// The same prefixes elsewhere: what covered what still does.
PrefixList moved(const PrefixList& list) {
  PrefixList result = list;
  for (PrefixEntry& entry : result.entries) {
    Prefix& prefix = entry.pattern.prefix;
    Bits flipped = prefix.bits ^ (Bits{0x5a5a'a5a5'1234'4321} << 64);
    if (entry.pattern.mask)
      prefix.bits = flipped & *entry.pattern.mask;
    else
      prefix = prefix_of({prefix.family, flipped}, prefix.length);
  }
  return result;
}

// One clause that accepts and one row that allows, both about two lists of few prefixes.
Task task_of_lists(Random& random, const Pool& pool) {
  auto one = [&] {
    PrefixList list = random_prefix_list(random, pool);
    if (list.entries.size() > 2) list.entries.resize(2);
    Condition condition{PrefixIn{std::make_shared<PrefixList>(std::move(list)), {0}}, {}};
    return random.chance(20) ? not_(std::move(condition)) : condition;
  };
  Task task;
  task.families = {Family::ipv4, Family::ipv6};
  task.roles = {"originated"};
  task.offered = always();
  Body accept = {{Disposition{Decision::accept}, {}}}, reject = {{Disposition{Decision::reject}, {}}};
  task.program.library = std::make_shared<PolicyLibrary>();
  task.program.entry = {{"1", {{If{all_of({one(), one()}), accept, reject}, {}}}, {}, {}}};
  task.rows.push_back({TaskRow::Kind::may, "", one(), {}, {}, {}, "", ""});
  return task;
}

Task small_task(uint64_t seed) {
  Features features;
  features.community_text = false;
  features.as_path_text = false;
  Task task = random_task(seed, features).task;
  task.facts = {{task.offered, "", {}}};
  return task;
}

CheckResult checked(const Task& task) {
  SourceSet sources;
  CheckOptions options;
  options.causes = 1;
  return check(task, sources, options);
}

bool is_proved(const CheckResult& result) { return result.verdict == Verdict::proved; }

TEST(SharedProof, PrefixesElsewhereAreTheSameQuestion) {
  int proved = 0;
  for (uint64_t seed = 70'000; seed < 70'030; ++seed) {
    Task task = small_task(seed);
    TaskKeys keys;
    keys.of(task);
    std::string key = keys.by_relations(task);
    if (key.empty()) continue;
    CheckResult known = checked(task);
    Task elsewhere = Changed(moved).of(task);
    keys.of(elsewhere);
    EXPECT_EQ(keys.by_relations(elsewhere), key) << "seed " << seed;
    CheckResult there = checked(elsewhere);
    EXPECT_EQ(is_proved(there), is_proved(known)) << "seed " << seed;
    proved += is_proved(known);
  }
  EXPECT_GT(proved, 3);
}

TEST(SharedProof, WhereSetsRelateOtherwiseKeysDiffer) {
  Random random(72'000);
  Pool pool = random_pool(random);
  TaskKeys keys;
  Prover prover;
  std::map<std::string, bool> proved;
  int again = 0, again_proved = 0, broken = 0;
  for (int i = 0; i < 600; ++i) {
    Task task = task_of_lists(random, pool);
    keys.of(task);
    std::string key = keys.by_relations(task);
    if (key.empty()) continue;
    bool result = prover.prove(task, {}).has_value();
    auto [known, fresh] = proved.emplace(key, result);
    EXPECT_EQ(known->second, result) << key;
    again += !fresh;
    again_proved += !fresh && result;
    broken += !result;
  }
  EXPECT_GT(again, 100);
  EXPECT_GT(again_proved, 30);
  EXPECT_GT(broken, 30);
}

TEST(SharedProof, AProofInASharedContextIsOne) {
  Prover prover;
  int proved = 0;
  for (uint64_t seed = 71'000; seed < 71'040; ++seed) {
    Task task = small_task(seed);
    std::optional<CheckResult> quick = prover.prove(task, {});
    CheckResult slow = checked(task);
    EXPECT_EQ(quick.has_value(), is_proved(slow)) << "seed " << seed;
    if (!quick) continue;
    EXPECT_EQ(quick->row_alive, slow.row_alive) << "seed " << seed;
    EXPECT_EQ(quick->assumptions, slow.assumptions) << "seed " << seed;
    ++proved;
  }
  EXPECT_GT(proved, 5);
}

}  // namespace

}  // namespace bgproof
