// Which prefix atoms of a task can hold together, for tasks with few but large sets.
//
// A formula of the encoding sees a prefix through the atoms alone, so prefixes of which the same atoms hold are one
// *cell*: what holds for one of them, all else being equal, holds for all. A few sets make few cells, however
// large they are; they come of the diagrams by intersection, and the question goes to the solver with one prefix for
// each cell instead of a term for each node. That is exact, not a sample: a cell without a prefix does not exist, and
// each one that exists is represented, by the prefix that a reader would believe first.
//
// Many sets (a list for each row) make many cells; there the definitions over address bits serve better.
#pragma once

#include <z3++.h>

#include <optional>

#include "encoder/encode.h"

namespace bgproof {

struct PrefixCell {
  PrefixDiagram::Node set;
  bool is_ipv6;
  std::vector<bool> holds;  // by the sets asked for
};

// All cells that exist, in an order that depends on which exist alone; empty if there are too many.
std::vector<PrefixCell> prefix_cells(PrefixDiagram& diagrams, const std::vector<PrefixDiagram::Node>& sets);

class PrefixCells {
 public:
  // nullopt: all diagrams together have less than `large` nodes, or they make too many cells, or the prefix is seen in
  // other ways.
  static std::optional<PrefixCells> of(Encoding& encoding, z3::context& context, size_t large);

  // The prefix is one of the representatives, and the atoms are what they are there.
  const z3::expr& definition() const { return definition_; }

 private:
  explicit PrefixCells(const z3::expr& definition) : definition_(definition) {}

  z3::expr definition_;
};

}  // namespace bgproof
