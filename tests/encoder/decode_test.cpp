// The way back: what a model of the encoding decodes to does in the evaluator what the model says. AS paths are refined
// as the solver does it: a model without a path is excluded and another one asked for.
#include <gtest/gtest.h>

#include "encoder/encoding_limit.h"
#include "encoder/parts.h"
#include "tests/encoder/random_task.h"

namespace bgproof {
namespace {

constexpr int kTasks = 150;

struct Found {
  z3::model model;
  Route route;
};

std::optional<Found> solve(z3::solver& solver, const Encoding& encoding, z3::context& context) {
  for (int lemma = 0; lemma < 2000; ++lemma) {
    z3::check_result result = solver.check();
    EXPECT_NE(result, z3::unknown);
    if (result != z3::sat) return std::nullopt;
    z3::model model = solver.get_model();
    z3::expr_vector core(context);
    if (std::optional<Route> route = encoding.decode(model, core)) return Found{model, *route};
    EXPECT_FALSE(core.empty());
    solver.add(!z3::mk_and(core));
  }
  ADD_FAILURE() << "too many lemmas";
  return std::nullopt;
}

void expect_replay(const Encoding& encoding, const Task& task, const Found& found) {
  auto is = [&](const z3::expr& term) { return found.model.eval(term, true).is_true(); };
  Choices choices = encoding.decode_choices(found.model);
  Outcome outcome = evaluate(task.program, found.route, choices);
  EXPECT_TRUE(is_legal(found.route));
  EXPECT_EQ(is(encoding.accepted()), outcome.accepted);
  for (const Leaf& leaf : encoding.leaves()) {
    if (!is(leaf.guard)) continue;
    EXPECT_EQ(leaf.accepts, outcome.accepted);
    bool decided = leaf.at.known() || leaf.accepts;
    EXPECT_TRUE(!decided || leaf.clause == outcome.decided_by);
  }
  for (size_t row = 0; row < task.rows.size(); ++row) {
    EXPECT_EQ(is(encoding.condition(row)), holds(task.rows[row].condition, found.route));
    for (size_t o = 0; o < task.rows[row].obligations.size(); ++o)
      EXPECT_EQ(is(encoding.obligation(row, o)), holds(task.rows[row].obligations[o], found.route, outcome.route))
          << "obligation " << o << " of kind " << task.rows[row].obligations[o].is.index()
          << "\nafter: " << to_string(outcome.route);
  }
  EXPECT_EQ(is(encoding.offered()), holds(task.offered, found.route));
}

TEST(Decode, ModelsReplay) {
  Random random(7);
  int found_models = 0, limits = 0;
  for (int round = 0; round < kTasks && !HasFailure(); ++round) {
    Pool pool = random_pool(random);
    Features features;
    features.unmodelled = random.chance(60);
    Task task = random_task(random, pool, features, {});
    z3::context context;
    try {
      Encoding encoding(context, task);
      z3::solver solver(context, "QF_FD");
      for (const z3::expr& definition : encoding.prefix_definitions()) solver.add(definition);
      for (const z3::expr& definition : encoding.definitions()) solver.add(definition);
      solver.add(encoding.legal());
      std::vector<z3::expr> goals;
      for (const Leaf& leaf : encoding.leaves()) goals.push_back(leaf.guard);
      for (size_t row = 0; row < task.rows.size(); ++row) {
        goals.push_back(encoding.accepted() && encoding.condition(row));
        for (size_t o = 0; o < task.rows[row].obligations.size(); ++o)
          for (bool holds : {false, true})
            goals.push_back(encoding.accepted() &&
                            (holds ? encoding.obligation(row, o) : !encoding.obligation(row, o)));
      }
      for (const z3::expr& goal : goals) {
        solver.push();
        solver.add(goal);
        if (std::optional<Found> found = solve(solver, encoding, context)) {
          ++found_models;
          expect_replay(encoding, task, *found);
          // The route alone is enough to find the model again.
          solver.add(encoding.equals(found->route));
          EXPECT_EQ(solver.check(), z3::sat);
          EXPECT_FALSE(HasFailure()) << "task " << round << ": " << to_string(found->route) << "\n" << goal;
        }
        solver.pop();
        if (HasFailure()) break;
      }
    } catch (const EncodingLimit&) {
      ++limits;
    }
  }
  EXPECT_GE(found_models, 4 * kTasks);
  EXPECT_LE(limits, kTasks / 5);
}

}  // namespace
}  // namespace bgproof
