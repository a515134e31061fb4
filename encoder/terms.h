// What all parts of one encoding share: the vocabulary, the tables of atoms, and the definitions of the Booleans that
// stand for them.
//
// One Terms belongs to one task and one z3::context.
#pragma once

#include <z3++.h>

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "encoder/encode.h"
#include "encoder/paths.h"
#include "encoder/prefix_diagram.h"
#include "encoder/prefix_term.h"
#include "encoder/symbolic_route.h"
#include "encoder/vocabulary.h"

namespace bgproof {

class Terms {
 public:
  Terms(z3::context& context, const Task& task, const Program* twin = nullptr, Readings settled = {});

  z3::expr yes() { return context.bool_val(true); }
  z3::expr no() { return context.bool_val(false); }
  z3::expr boolean(bool value) { return context.bool_val(value); }
  template <class Value>
  z3::expr bits(Value value, unsigned width) {
    return context.bv_val(static_cast<unsigned>(value), width);
  }

  // The Boolean that stands for the set; one for each set that is asked for.
  z3::expr prefix_in(PrefixDiagram::Node set);
  // The same of a list whose masks no diagram can hold: a term over the address bits.
  z3::expr prefix_in_each(const PrefixList& list, const std::set<uint32_t>& slots);
  // The set of a list and its slots; nullopt if its masks are too wide for a diagram.
  std::optional<PrefixDiagram::Node> set_of(const PrefixList& list, const std::set<uint32_t>& slots);
  // Any entry of the list matches the address' /32 or /128.
  z3::expr address_in(const PrefixList& list, const SymbolicAddress& address);
  z3::expr reading(const std::string& name, const std::string& value);
  // What the reading is if it is settled.
  std::optional<bool> settled(const AssumptionIs& is) const;

  // The same value, as a named constant if the term is a long nest of conjunctions or disjunctions, or of choices between
  // values: Z3 goes through these again at every level, which is quadratic in the length of a program.
  z3::expr tight(const z3::expr& term) { return named(term, 16); }
  // Any compound term gets a name, so that what a clause and a row both test is one Boolean to the solver.
  z3::expr shared(const z3::expr& term) { return named(term, 1); }
  // Where the way is `live`, the field becomes `value`.
  void assign(z3::expr& field, const z3::expr& live, const z3::expr& value);

  z3::context& context;
  const Task& task;
  const Program* twin;  // nullptr if there is none
  Vocabulary vocabulary;
  PrefixDiagram diagrams;
  PathTable paths;
  SymbolicRoute before;
  PrefixTerms prefix_terms;
  std::vector<PrefixAtom> prefix_atoms;
  bool looks_at_bits = false;  // some term sees the prefix otherwise than through its atoms
  std::vector<z3::expr> definitions;
  std::map<std::string, std::map<std::string, z3::expr>> readings;
  std::vector<std::pair<z3::expr, z3::expr>> names;  // what tight() and shared() named; each is among the definitions
  std::vector<z3::expr> nests;                       // those definitions that tight() made of Booleans
  uint32_t community_lines = 0;                      // unmodelled lines so far that put communities there

 private:
  unsigned nested(const z3::expr& term);
  z3::expr named(const z3::expr& term, unsigned most_parts);

  Readings settled_;
  std::unordered_map<unsigned, unsigned> nested_;   // by id of a term in kept_
  std::unordered_map<unsigned, z3::expr> name_of_;  // by id of a term in names
  std::vector<z3::expr> kept_;
  std::unordered_map<PrefixDiagram::Node, z3::expr> prefix_of_;
  std::map<std::pair<const PrefixList*, std::set<uint32_t>>, std::optional<PrefixDiagram::Node>> sets_;
  // By family and bits of the address.
  std::map<std::pair<unsigned, unsigned>, std::unique_ptr<PrefixTerms>> address_terms_;
};

}  // namespace bgproof
