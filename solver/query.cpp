#include "solver/query.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "encoder/encoding_limit.h"
#include "solver/projection.h"
#include "solver/smt_text.h"

namespace bgproof {

namespace {

constexpr uint64_t kDefaultResourceLimit = 400'000'000;
constexpr uint64_t kDefaultTaskLimit = 1'000'000'000;
constexpr size_t kPathLemmas = 20'000;

// Z3 counts for the whole context, over all its solvers.
uint64_t steps_of(const z3::solver& solver) {
  z3::stats statistics = solver.statistics();
  for (unsigned i = 0; i < statistics.size(); ++i)
    if (statistics.key(i) == "rlimit count")
      return statistics.is_uint(i) ? statistics.uint_value(i) : static_cast<uint64_t>(statistics.double_value(i));
  return 0;
}

z3::solver make_solver(z3::context& context, const CheckOptions& options) {
  z3::solver solver(context, "QF_FD");
  z3::params params(context);
  params.set("random_seed", 0u);
  uint64_t limit = options.resource_limit ? options.resource_limit : kDefaultResourceLimit;
  params.set("rlimit", static_cast<unsigned>(std::min<uint64_t>(limit, UINT32_MAX)));
  solver.set(params);
  return solver;
}

}  // namespace

std::optional<std::string> stopped_by(const std::function<void()>& ask) {
  try {
    ask();
  } catch (const LimitReached& limit) {
    return limit.which;
  } catch (const EncodingLimit& limit) {
    return limit.what();
  } catch (const z3::exception& error) {
    throw InternalError(std::string("Z3: ") + error.msg());
  }
  return std::nullopt;
}

Query::Query(const Task& task, const CheckOptions& options, const Program* twin)
    : own_(std::make_unique<z3::context>()),
      context_(*own_),
      encoding_(std::make_unique<Encoding>(context_, task, twin, all_settled(options.readings))),
      options_(options),
      solver_(make_solver(context_, options)) {}

Query::Query(z3::context& shared, const Task& task, const CheckOptions& options, const Program* twin)
    : context_(shared),
      encoding_(std::make_unique<Encoding>(context_, task, twin, all_settled(options.readings))),
      options_(options),
      solver_(make_solver(context_, options)),
      steps_before_(steps_of(solver_)) {}

void Query::assert_definitions() {
  if (std::exchange(ready_, true)) return;
  for (const z3::expr& definition : encoding_->definitions()) solver_.add(definition);
  cells_ = PrefixCells::of(*encoding_, context_, options_.large_sets);
  if (cells_)
    solver_.add(cells_->definition());
  else
    for (const z3::expr& definition : encoding_->prefix_definitions()) solver_.add(definition);
  // The prefixes that stand for cells are legal by themselves.
  solver_.add(cells_ ? encoding_->legal_attributes() : encoding_->legal());
  solver_.add(encoding_->offered());
}

z3::expr Query::literal(const z3::expr& what) {
  if (what.is_const() && what.decl().decl_kind() == Z3_OP_UNINTERPRETED) return what;
  auto known = literals_.find(what.id());
  if (known != literals_.end()) return known->second.second;
  z3::expr name = context_.bool_const(("ask!" + std::to_string(literals_.size())).c_str());
  solver_.add(z3::implies(name, what));
  literals_.emplace(what.id(), std::pair{what, name});
  return name;
}

std::optional<Witness> Query::solve(const z3::expr_vector& assumptions) {
  assert_definitions();
  uint64_t task_limit = options_.task_limit ? options_.task_limit : kDefaultTaskLimit;
  while (lemmas_.size() < kPathLemmas) {
    // What one question may take is bounded by Z3; that there are many is seen here.
    if (steps_of(solver_) - steps_before_ >= task_limit)
      throw LimitReached{"the limit of solver steps for one block and session (--steps)"};
    switch (solver_.check(assumptions)) {
      case z3::unsat:
        return std::nullopt;
      case z3::unknown:
        throw LimitReached{"the solver's step limit for one question (" + solver_.reason_unknown() + "; --steps)"};
      case z3::sat:
        break;
    }
    z3::model model = solver_.get_model();
    z3::expr_vector core(context_);
    if (std::optional<Route> route = encoding_->decode(model, core))
      return Witness{std::move(*route), encoding_->decode_choices(model), model};
    lemmas_.push_back(!z3::mk_and(core));
    solver_.add(lemmas_.back());
  }
  throw LimitReached{"the limit of " + std::to_string(kPathLemmas) + " refinements of AS-path conditions"};
}

std::optional<Witness> Query::find(const z3::expr& what) {
  z3::expr_vector all(context_);
  all.push_back(what);
  return find(all);
}

std::optional<Witness> Query::find(const z3::expr_vector& all) {
  z3::expr_vector assumptions(context_);
  for (const z3::expr& what : all) assumptions.push_back(literal(what));
  return solve(assumptions);
}

z3::expr Query::meets_unmodelled() {
  z3::expr_vector met(context_);
  for (const ChoicePoint& point : encoding_->choice_points())
    if (point.matters) met.push_back(point.met);
  return z3::mk_or(met);
}

bool Query::meets_unmodelled(const Outcome& outcome) const {
  const std::vector<ChoicePoint>& points = encoding_->choice_points();
  return std::any_of(points.begin(), points.end(), [&](const ChoicePoint& point) {
    return point.matters && std::find(outcome.met.begin(), outcome.met.end(), point.key) != outcome.met.end();
  });
}

std::optional<Witness> Query::ask(const std::string& name, const std::string& meaning, const z3::expr& what) {
  if (!options_.asked) return find(what);
  try {
    std::optional<Witness> found = find(what);
    tell(name, meaning, with_everything(what), found ? Question::Answer::sat : Question::Answer::unsat);
    return found;
  } catch (const LimitReached&) {
    tell(name, meaning, with_everything(what), Question::Answer::unknown);
    throw;
  }
}

void Query::tell(const std::string& name, const std::string& meaning, const std::vector<z3::expr>& assertions,
                 Question::Answer answer) const {
  if (options_.asked) options_.asked({name, meaning, to_smt(assertions), answer});
}

std::vector<z3::expr> Query::with_everything(const z3::expr& what) const {
  std::vector<z3::expr> all;
  for (const z3::expr& definition : encoding_->definitions()) all.push_back(definition);
  if (cells_)
    all.push_back(cells_->definition());
  else
    for (const z3::expr& definition : encoding_->prefix_definitions()) all.push_back(definition);
  all.push_back(cells_ ? encoding_->legal_attributes() : encoding_->legal());
  all.push_back(encoding_->offered());
  all.insert(all.end(), lemmas_.begin(), lemmas_.end());
  all.push_back(what);
  return all;
}

bool Query::contradicts_itself(const z3::expr& what) {
  if (!bare_) {
    bare_.emplace(make_solver(context_, options_));
    for (const z3::expr& nest : encoding_->nests()) bare_->add(nest);
  }
  bare_->push();
  bare_->add(what);
  bool result = bare_->check() == z3::unsat;
  bare_->pop();
  if (result && options_.asked) {
    std::vector<z3::expr> all;
    for (const z3::expr& nest : encoding_->nests()) all.push_back(nest);
    all.push_back(what);
    tell("broken-by-itself", "some route breaks the intent, whatever the atoms of its terms stand for", all,
         Question::Answer::unsat);
  }
  return result;
}

std::optional<Witness> Query::find_believable(const z3::expr& what) {
  z3::expr_vector kept(context_);
  kept.push_back(literal(what));
  std::optional<Witness> best = solve(kept);
  if (!best) return best;
  for (const z3::expr& preference : encoding_->preferences()) {
    kept.push_back(literal(preference));
    if (best->model.eval(preference, true).is_true()) continue;
    if (std::optional<Witness> better = solve_within_limits(kept))
      best = std::move(better);
    else
      kept.pop_back();
  }
  // The prefixes that would do as well with all else as it is; the one that a reader knows is taken.
  z3::expr all = what && encoding_->offered() && encoding_->legal_attributes();
  std::optional<Projection> as_well = project(all, best->model, *encoding_);
  if (!as_well) return best;
  std::optional<Prefix> familiar = diagrams().believable(as_well->set);
  if (!familiar) return best;
  kept.push_back(literal(encoding_->prefix_is(*familiar)));
  if (std::optional<Witness> better = solve_within_limits(kept)) best = std::move(better);
  return best;
}

std::optional<Witness> Query::solve_within_limits(const z3::expr_vector& assumptions) {
  try {
    return solve(assumptions);
  } catch (const LimitReached&) {
    return std::nullopt;
  }
}

}  // namespace bgproof
