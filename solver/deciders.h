// What every enumeration of causes asks of a model: which clauses decide as the one that decided here, and whether the
// answer depends on an unmodelled line that matters.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>

#include "solver/finding.h"
#include "solver/query.h"

namespace bgproof {

class Deciders {
 public:
  Deciders(Query& query, const Task& task) : query_(query), task_(task) {}

  // All the places that decide with the same clause text: one cause, however it was reached.
  z3::expr alike(const z3::model& model);
  // A believable route with `cause`, which is satisfiable, and its verdict. Violated: `what`, which `cause` implies,
  // holds of the route whatever the unmodelled lines do. Possible: no such route was found among the first `tries`.
  // `name` begins the names of the questions that decide it (Query::ask).
  std::pair<Verdict, Witness> classify(const std::string& name, const z3::expr& cause, const z3::expr& what,
                                       const z3::expr& reading, size_t tries);

 private:
  const std::string& text_of(const ClauseRef& ref);

  Query& query_;
  const Task& task_;
  std::unordered_map<const Clause*, std::string> texts_;  // never iterated
};

}  // namespace bgproof
