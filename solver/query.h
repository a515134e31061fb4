// Asks Z3 about one task. A Query owns the context, the encoding and one incremental solver that holds, from the first
// question on, the definitions, legality and what can be offered; every question is asked on top of these. Limits are
// counts of Z3's own steps, never time, so the same input gives the same answer on every machine.
//
// AS paths are refined lazily: a model whose path Booleans fit no path is excluded by a lemma and the question asked
// again (decision 5 of docs/architecture.md).
#pragma once

#include <z3++.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "encoder/encode.h"
#include "solver/check.h"
#include "solver/prefix_cells.h"

namespace bgproof {

struct Witness {
  Route route;
  Choices choices;  // of the task's program
  z3::model model;
};

// A limit was reached before the question was decided; `check` turns it into the verdict unknown.
struct LimitReached {
  std::string which;
};

// Runs `ask`, which makes queries and asks them: the reason if a limit ended it before it was done. What Z3 throws is
// an InternalError.
std::optional<std::string> stopped_by(const std::function<void()>& ask);

class Query {
 public:
  // `twin`: a second program to compare the task's with (encoder/encode.h).
  Query(const Task& task, const CheckOptions& options, const Program* twin = nullptr);
  // In a context that others used before. What Z3 finds depends on what they left there, whether there is something does
  // not.
  Query(z3::context& shared, const Task& task, const CheckOptions& options, const Program* twin = nullptr);

  z3::context& context() { return context_; }
  const Encoding& encoding() const { return *encoding_; }
  PrefixDiagram& diagrams() { return encoding_->diagrams(); }

  // Some route that can be offered, with choices for the unmodelled lines, for which `what` holds; nullopt: there is
  // none. Throws LimitReached.
  std::optional<Witness> find(const z3::expr& what);
  std::optional<Witness> find(const z3::expr_vector& all);
  // The same, told to CheckOptions::asked: a question that a verdict rests on. Its name is the task's own.
  std::optional<Witness> ask(const std::string& name, const std::string& meaning, const z3::expr& what);
  // The same, as an engineer would believe it: the preferences of the encoding are kept, each as long as one such route
  // is left.
  std::optional<Witness> find_believable(const z3::expr& what);
  bool possible(const z3::expr& what) { return find(what).has_value(); }
  // Unsatisfiable whatever the conditions stand for, as where the rows say what the clauses say: a proof that needs none
  // of their definitions. False says nothing.
  bool contradicts_itself(const z3::expr& what);

  // The route meets an unmodelled line that matters to the task, in terms and as the evaluator saw it.
  z3::expr meets_unmodelled();
  bool meets_unmodelled(const Outcome& outcome) const;

  z3::expr yes() { return context_.bool_val(true); }
  z3::expr no() { return context_.bool_val(false); }

 private:
  void assert_definitions();
  std::optional<Witness> solve(const z3::expr_vector& assumptions);
  std::optional<Witness> solve_within_limits(const z3::expr_vector& assumptions);  // nullopt at a limit too
  z3::expr literal(const z3::expr& what);
  void tell(const std::string& name, const std::string& meaning, const std::vector<z3::expr>& assertions,
            Question::Answer answer) const;
  std::vector<z3::expr> with_everything(const z3::expr& what) const;

  std::unique_ptr<z3::context> own_;
  z3::context& context_;
  std::unique_ptr<Encoding> encoding_;
  CheckOptions options_;
  z3::solver solver_;
  std::optional<z3::solver> bare_;  // knows nothing but how programs branch
  uint64_t steps_before_ = 0;  // of others in the context
  bool ready_ = false;         // the solver has the definitions
  std::optional<PrefixCells> cells_;
  std::vector<z3::expr> lemmas_;
  std::map<unsigned, std::pair<z3::expr, z3::expr>> literals_;  // by the question's id: the question and its name
};

}  // namespace bgproof
