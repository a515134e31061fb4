// The symbolic twin of policy/evaluate.h: a program, its conditions and an intent's rows as Z3 terms over one symbolic
// route.
//
// One Encoding is made for one task, in one z3::context that the caller owns; or for a task and its *twin*, a second
// program that the same route is offered to, so that what the two do can be compared (difference.h). It first collects the vocabulary of the
// task (all community sets, AS-path languages, prefix lists, roles, interface and table names that program, rows and
// `offered` mention), because communities and AS paths go in as finitely many Booleans:
//
//   communities  one Boolean for each atom of the partition that the task's sets make (automaton/community_atoms.h):
//   "carries a member
//                of this atom". Every assignment is feasible.
//   AS path      one Boolean for each pair of a language and the changes made to the path before the match: "the path
//   as offered, so changed, is in
//                the language". Not every assignment is feasible: decode() looks for a word (paths.h).
//   prefix       family, 128-bit address and length as bit-vectors. Each prefix condition is one Boolean defined by a
//   canonical decision diagram
//                (prefix_diagram.h): equal sets give the same Boolean, whatever way they were written.
//
// Merged encoding: guards and field-by-field ite, linear in the size of the program with calls expanded. The law,
// checked by the tests on random programs:  abstract(evaluate(p, r, h)) == eval(encode(p), abstract(r), h).
#pragma once

#include <z3++.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "encoder/difference.h"
#include "encoder/prefix_diagram.h"
#include "intents/obligation.h"
#include "intents/task.h"
#include "policy/evaluate.h"

namespace bgproof {

struct SymbolicRoute;  // symbolic_route.h: one z3 term for each attribute

// A statement at which the program can end.
struct Leaf {
  ClauseRef clause;
  SourceRange at;  // the deciding statement
  bool accepts;
  z3::expr guard;  // the program ends here
};

// An unmodelled line that can be met.
struct ChoicePoint {
  ChoiceKey key;
  SourceRange range;
  z3::expr met;
  z3::expr acts;        // a condition matches; an action does something
  bool is_condition;
  bool matters = true;  // false: it decides nothing, and changes only what the task does not look at
};

// A prefix condition of the task: `holds` is a Boolean constant that `prefix_definitions` ties to the address bits.
struct PrefixAtom {
  z3::expr holds;
  PrefixDiagram::Node set;
};

// Constants of the encoding, each with its value: a Boolean is 0 or 1, a bit-vector its number.
using Assignment = std::vector<std::pair<z3::expr, Bits>>;

class Encoding {
 public:
  // Keeps references to both. Of assumptions that are settled only that reading is encoded: the caller asserts it in
  // every question. Throws EncodingLimit (encoding_limit.h) if a deterministic limit is reached; so does
  // decode().
  Encoding(z3::context& context, const Task& task, const Program* twin = nullptr, const Readings& settled = {});
  ~Encoding();
  Encoding(const Encoding&) = delete;
  Encoding& operator=(const Encoding&) = delete;

  // Assertions that every question needs: the definitions of the Booleans but those of prefix atoms. Separate, never
  // folded into the others.
  z3::expr_vector definitions() const;
  // What ties the prefix atoms to address and length; one term for each node of their diagrams. For a question that
  // says in another way which atoms can hold together (solver/prefix_cells.h) they need not be made.
  z3::expr_vector prefix_definitions() const;
  z3::expr legal() const;  // the offered route is one that a network can hold (is_legal), of the task's families
  z3::expr legal_attributes() const;  // legal() without the rule that host bits are zero and the length fits
  z3::expr offered() const;           // Task::offered
  z3::expr is_ipv6() const;  // the constant that is the family; conditions use prefix atoms, legal_attributes() this
  z3::expr_vector prefix_bits() const;  // the constants that are address and length
  // Constants that stand for a longer term each (definitions() ties them), so that no term is a deep nest.
  const std::vector<std::pair<z3::expr, z3::expr>>& names() const;
  // Those of the definitions that hold how programs branch and nothing of what their conditions mean.
  z3::expr_vector nests() const;
  z3::expr prefix_is(const Prefix& prefix) const;
  z3::expr in(PrefixDiagram::Node set) const;  // the prefix is in the set, as a term over address and length

  const SymbolicRoute& before() const;
  // What a program does; 0 is the task's, 1 its twin.
  const SymbolicRoute& after(size_t program = 0) const;
  z3::expr accepted(size_t program = 0) const;
  const std::vector<Leaf>& leaves(size_t program = 0) const;  // guards are disjoint, and one holds
  const std::vector<ChoicePoint>& choice_points(size_t program = 0) const;
  const Difference& difference() const;  // with a twin
  // Assumptions that the task tests, each with one Boolean for each value; exactly one holds (part of definitions()).
  const std::map<std::string, std::map<std::string, z3::expr>>& readings() const;

  z3::expr condition(size_t row) const;                      // Task::rows[row] on before
  z3::expr obligation(size_t row, size_t obligation) const;  // on before and after

  const std::vector<PrefixAtom>& prefix_atoms() const;
  // Some obligation compares the offered path with one that an unmodelled line put there. Definitions say that it fails,
  // which any value but a few would; what they refute may hold for these few.
  bool compares_unknown_paths() const;
  bool sees_prefix_through_atoms() const;  // and in no other way
  PrefixDiagram& diagrams();

  // Makes a route of a model of the assertions; nullopt if no AS path fits the model's path Booleans: then `core` holds
  // path Booleans (or their negations) of the model that can't be true together, and the caller asserts that not all of
  // them are. Attributes that the task does not look at get their usual values, whatever the model says of them.
  std::optional<Route> decode(const z3::model& model, z3::expr_vector& core) const;
  Choices decode_choices(const z3::model& model, size_t program = 0) const;
  // before() equals this concrete route in everything that the task can tell apart.
  z3::expr equals(const Route& route) const;
  // The route and what its unmodelled lines do, as values of all constants of the encoding but the prefix atoms', which
  // prefix_definitions() define. Without a twin.
  Assignment abstract(const Route& route, const Choices& choices) const;

  // What a believable route looks like, most important first, for the caller to keep while satisfiable.
  z3::expr_vector preferences() const;

  struct Parts;  // parts.h, for this folder and its tests
  const Parts& parts() const { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace bgproof
