// Who made a difference: the clauses on the way of a route that the other side does not have in the same form, with
// every list spelled out. Text that stands unchanged is guilty too if a list that it names changed.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "policy/evaluate.h"
#include "solver/comparison.h"

namespace bgproof {

// The clauses that a program can run through.
class Clauses {
 public:
  explicit Clauses(const Program& program);

  const std::string& text(const Clause& clause) const { return texts_.at(&clause); }  // resolved
  bool has(const std::string& text) const { return all_.count(text) != 0; }
  // The clause that has this name; nullptr if none or several do.
  const Clause* find(const std::string& name) const;
  std::string name(const ClauseRef& ref) const;  // "POLICY/CLAUSE"
  const Clause& at(const ClauseRef& ref) const;

 private:
  void add(const std::string& policy, const std::vector<Clause>& clauses);

  const Program& program_;
  std::map<const Clause*, std::string> texts_;
  std::multimap<std::string, const Clause*> names_;
  std::set<std::string> all_;
};

// Fills `guilty` and `members` of both sides, and `cause` with what names the guilty clauses.
void find_guilt(const std::array<const Clauses*, 2>& clauses, const std::array<const Outcome*, 2>& outcomes,
                DiffFinding& finding);

}  // namespace bgproof
