// A program as terms: one walk over its statements with a guard, calls expanded where they stand.
//
// Linear in the size of the expanded program: a statement adds to the terms once, whatever number of ways leads to it.
// Which statement decides is a term too (Leaf), and so is what every unmodelled line does (Line).
//
// An unmodelled line of a twin does what a line of the same text does in the first program, wherever both are reached
// with the same route; elsewhere it is free by itself. The route is the same if all its terms have the same values; of
// AS paths the forms have to be the same, which may miss equal paths and then leaves more free, never less.
#pragma once

#include <z3++.h>

#include <memory>
#include <string>
#include <vector>

#include "encoder/terms.h"

namespace bgproof {

// What the n-th unmodelled action does: `keeps`: nothing at all, the choice is left out. Otherwise each touched
// attribute takes its fresh value, but for communities and path there is one more way: to stay as they are, although
// the line does something else.
struct FreeAction {
  const Havoc* havoc;
  z3::expr keeps;
  z3::expr decides;  // 0 goes on, else 1 + Decision
  FreshAttributes fresh;
  z3::expr keeps_communities;
  z3::expr keeps_path;
  std::vector<z3::expr> prepends;  // if not: the path with something in front, by Vocabulary::prepends
  uint32_t whose = 0;              // the number of its communities
  z3::expr whose_term;             // the same as a term; of a twin's line perhaps the number of the first program's
  PathSource source = 0;           // of its path
  SymbolicPath path_after;
  SymbolicCommunities communities_before;
};

// Where a line is reached, and with which route.
struct Reached {
  std::string text;   // shared_lines.h
  std::string place;  // "POLICY/CLAUSE"
  z3::expr live;
  SymbolicRoute route;
};

// An unmodelled line as it is met on one way of calls: a condition, or an action.
struct Line {
  ChoiceKey key;
  SourceRange range;
  z3::expr met;
  z3::expr matches;  // a condition's; false for an action
  std::unique_ptr<FreeAction> action;
  std::unique_ptr<Reached> reached;  // of a task with a twin
};

struct EncodedProgram {
  SymbolicRoute after;
  z3::expr accepted;
  std::vector<Leaf> leaves;
  std::vector<Line> lines;
};

// `first`: what the program is the twin of.
EncodedProgram encode_program(Terms& terms, const Program& program, const EncodedProgram* first = nullptr);

}  // namespace bgproof
