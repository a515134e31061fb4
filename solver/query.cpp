#include "solver/query.h"

#include <utility>

#include "solver/projection.h"

namespace bgproof {

namespace {

constexpr uint64_t kDefaultResourceLimit = 400'000'000;
constexpr int kPathLemmas = 20'000;

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

Query::Query(const Task& task, const CheckOptions& options, const Program* twin)
    : encoding_(std::make_unique<Encoding>(context_, task, twin)),
      options_(options),
      solver_(make_solver(context_, options)) {}

void Query::assert_definitions() {
  if (std::exchange(ready_, true)) return;
  for (const z3::expr& definition : encoding_->definitions()) solver_.add(definition);
  cells_ = PrefixCells::of(*encoding_, context_, options_.large_sets);
  if (cells_)
    solver_.add(cells_->definition());
  else
    for (const z3::expr& definition : encoding_->prefix_definitions()) solver_.add(definition);
  solver_.add(encoding_->legal());
  solver_.add(encoding_->offered());
}

z3::expr Query::prefix_in(PrefixDiagram::Node set) {
  assert_definitions();
  return cells_ ? cells_->in(diagrams(), set) : encoding_->in(set);
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
  for (int lemma = 0; lemma < kPathLemmas; ++lemma) {
    switch (solver_.check(assumptions)) {
      case z3::unsat:
        return std::nullopt;
      case z3::unknown:
        throw LimitReached{"the solver's step limit (" + solver_.reason_unknown() + ")"};
      case z3::sat:
        break;
    }
    z3::model model = solver_.get_model();
    z3::expr_vector core(context_);
    if (std::optional<Route> route = encoding_->decode(model, core))
      return Witness{std::move(*route), encoding_->decode_choices(model), model};
    solver_.add(!z3::mk_and(core));
  }
  throw LimitReached{"the limit of " + std::to_string(kPathLemmas) + " refinements of AS-path conditions"};
}

std::optional<Witness> Query::find(const z3::expr& what) {
  z3::expr_vector assumptions(context_);
  assumptions.push_back(literal(what));
  return solve(assumptions);
}

bool Query::contradicts_itself(const z3::expr& what) {
  z3::solver bare = make_solver(context_, options_);
  bare.add(what);
  return bare.check() == z3::unsat;
}

std::optional<Witness> Query::find_believable(const z3::expr& what) {
  z3::expr_vector kept(context_);
  kept.push_back(literal(what));
  std::optional<Witness> best = solve(kept);
  if (!best) return best;
  for (const z3::expr& preference : encoding_->preferences()) {
    kept.push_back(literal(preference));
    if (best->model.eval(preference, true).is_true()) continue;
    if (std::optional<Witness> better = solve(kept))
      best = std::move(better);
    else
      kept.pop_back();
  }
  // The prefixes that would do as well with all else as it is; the one that a reader knows is taken.
  z3::expr all = what && encoding_->offered() && encoding_->legal_attributes();
  std::optional<PrefixDiagram::Node> as_well = project(all, best->model, *encoding_);
  if (!as_well) return best;
  std::optional<Prefix> familiar = diagrams().believable(*as_well);
  if (!familiar) return best;
  kept.push_back(literal(encoding_->prefix_is(*familiar)));
  if (std::optional<Witness> better = solve(kept)) best = std::move(better);
  return best;
}

}  // namespace bgproof
