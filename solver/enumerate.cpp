#include "solver/enumerate.h"

#include <unordered_map>

#include "base/check.h"
#include "solver/cause.h"
#include "solver/projection.h"
#include "solver/replay.h"

namespace bgproof {

namespace {

// What a model broke: the row, the obligation, and the term that says "this row, this obligation".
struct Broken {
  std::string code;
  std::optional<size_t> row;
  std::optional<size_t> obligation;
  z3::expr term;
};

class Enumerator {
 public:
  Enumerator(Query& query, const Property& property, const Task& task, const SourceSet& sources,
             const CheckOptions& options, const z3::expr& reading)
      : query_(query), property_(property), task_(task), sources_(sources), options_(options), reading_(reading) {}

  Enumeration run() {
    Enumeration result;
    for (const Breach& breach : property_.breaches()) {
      z3::expr open = breach.term && reading_;
      while (std::optional<Witness> first = query_.find(open)) {
        if (result.findings.size() == options_.causes) {
          result.complete = false;
          return result;
        }
        Broken broken = what_broke(breach, first->model);
        z3::expr decided = decided_alike(first->model);
        z3::expr cause = breach.term && reading_ && broken.term && decided;
        result.findings.push_back(finding(broken, cause));
        open = open && !(broken.term && decided);
      }
    }
    return result;
  }

 private:
  bool is_true(const z3::model& model, const z3::expr& term) const { return model.eval(term, true).is_true(); }

  const Leaf& leaf_of(const z3::model& model) const {
    for (const Leaf& leaf : query_.encoding().leaves())
      if (is_true(model, leaf.guard)) return leaf;
    BGPROOF_CHECK(false, "every route is decided by some clause");
    throw InternalError("unreachable");
  }

  // All the places that decide with the same clause text: one cause, however it was reached.
  z3::expr decided_alike(const z3::model& model) {
    const std::string& text = text_of(leaf_of(model).clause);
    z3::expr_vector alike(query_.context());
    for (const Leaf& leaf : query_.encoding().leaves())
      if (text_of(leaf.clause) == text) alike.push_back(leaf.guard);
    return z3::mk_or(alike);
  }

  const std::string& text_of(const ClauseRef& ref) {
    std::string& text = texts_[&clause_of(task_.program, ref)];
    if (text.empty()) text = resolved_text(task_.program, ref);
    return text;
  }

  std::optional<size_t> first_failing(size_t row, const z3::model& model) const {
    for (size_t i = 0; i < task_.rows[row].obligations.size(); ++i)
      if (!is_true(model, property_.obligation(row, i))) return i;
    return std::nullopt;
  }

  Broken obligation_of(size_t row, size_t obligation) {
    return {std::string(code_of(task_.rows[row].obligations[obligation])), row, obligation,
            property_.condition(row) && !property_.obligation(row, obligation)};
  }

  Broken what_broke(const Breach& breach, const z3::model& model) {
    std::optional<Broken> nearest;
    size_t fewest = SIZE_MAX;
    for (size_t row = 0; row < task_.rows.size(); ++row) {
      const TaskRow& it = task_.rows[row];
      if (!is_true(model, property_.condition(row))) continue;
      switch (breach.kind) {
        case Breach::Kind::closed:
          break;
        case Breach::Kind::forbidden:
          if (it.kind == TaskRow::Kind::never) return {"BP302", row, std::nullopt, property_.condition(row)};
          break;
        case Breach::Kind::required:
          if (it.kind == TaskRow::Kind::must) return {"BP401", row, std::nullopt, property_.condition(row)};
          break;
        case Breach::Kind::always_broken:
        case Breach::Kind::required_change:
          if (it.kind == (breach.kind == Breach::Kind::always_broken ? TaskRow::Kind::always : TaskRow::Kind::must))
            if (std::optional<size_t> obligation = first_failing(row, model)) {
              Broken broken = obligation_of(row, *obligation);
              if (breach.kind == Breach::Kind::required_change) broken.code = "BP402";
              return broken;
            }
          break;
        case Breach::Kind::unfulfilled: {
          if (!allows(it)) break;
          size_t failing = 0;
          for (size_t i = 0; i < it.obligations.size(); ++i) failing += !is_true(model, property_.obligation(row, i));
          if (failing == 0 || failing >= fewest) break;
          fewest = failing;
          nearest = obligation_of(row, *first_failing(row, model));
          break;
        }
      }
    }
    if (nearest) return *nearest;
    BGPROOF_CHECK(breach.kind == Breach::Kind::closed, "a model of a breach names the row that it breaks");
    return {"BP301", std::nullopt, std::nullopt, query_.yes()};
  }

  Finding finding(const Broken& broken, const z3::expr& cause) {
    auto [verdict, witness] = classify(cause);
    Replay replay = bgproof::replay(task_, witness.route, witness.choices, broken.code, broken.row, broken.obligation);
    Finding result = describe(task_, sources_, broken.code, broken.row, broken.obligation, witness, replay);
    result.verdict = verdict;
    z3::expr region = verdict == Verdict::violated && replay.outcome.met.empty() ? cause && !meets_unmodelled() : cause;
    result.region = region_of(query_, region);
    return result;
  }

  z3::expr meets_unmodelled() {
    z3::expr_vector met(query_.context());
    for (const ChoicePoint& point : query_.encoding().choice_points()) met.push_back(point.met);
    return z3::mk_or(met);
  }

  // Violated: some route of the cause breaks the property whatever the unmodelled lines do.
  std::pair<Verdict, Witness> classify(const z3::expr& cause) {
    if (std::optional<Witness> clean = query_.find_believable(cause && !meets_unmodelled()))
      return {Verdict::violated, *clean};
    std::optional<Witness> first = query_.find_believable(cause);
    BGPROOF_CHECK(first.has_value(), "a cause that was found stays found");
    z3::expr rest = cause;
    std::optional<Witness> candidate = first;
    for (size_t i = 0; i < options_.tries && candidate; ++i) {
      z3::expr same_route = query_.encoding().equals(candidate->route);
      if (!query_.possible(same_route && reading_ && !property_.broken())) return {Verdict::violated, *candidate};
      rest = rest && !same_route;
      candidate = query_.find(rest);
    }
    return {Verdict::possible, *first};
  }

  Query& query_;
  const Property& property_;
  const Task& task_;
  const SourceSet& sources_;
  const CheckOptions& options_;
  z3::expr reading_;
  std::unordered_map<const Clause*, std::string> texts_;  // never iterated
};

}  // namespace

Enumeration enumerate(Query& query, const Property& property, const Task& task, const SourceSet& sources,
                      const CheckOptions& options, const z3::expr& reading) {
  return Enumerator(query, property, task, sources, options, reading).run();
}

}  // namespace bgproof
