// Canonical sets of prefixes: decision diagrams over the family and the address bits whose leaves are sets of lengths.
//
// Nodes are hash-consed and reduced, with runs of bits that agree compressed, so two equal sets are one node however they
// were written (a /24 with `ge 25 le 25`, or its two halves). Set operations are linear in the product of the sizes at worst and in their sum as
// a rule. Only canonical prefixes count: a set says nothing about addresses with bits beyond the length.
//
// The same structure gives the region of a finding: the witness' cell is an intersection of diagrams.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "policy/prefix_list.h"

namespace bgproof {

class PrefixDiagram {
 public:
  using Node = uint32_t;  // an index into the diagram's nodes; equal sets have equal nodes

  PrefixDiagram();
  ~PrefixDiagram();
  PrefixDiagram(const PrefixDiagram&) = delete;
  PrefixDiagram& operator=(const PrefixDiagram&) = delete;

  Node none() const;
  Node all() const;                                          // both families, all lengths
  Node family(Family family) const;
  // The prefixes whose lookup in the list gives one of the slots. Patterns with a mask are split into prefixes, or nullopt if that
  // needs more than 2^16 (the caller then encodes the mask with bit-vector terms).
  std::optional<Node> of(const PrefixList& list, const std::set<uint32_t>& slots);
  Node both(Node a, Node b);
  Node either(Node a, Node b);
  Node without(Node a, Node b);
  Node complement(Node a) { return without(all(), a); }
  bool contains(Node set, const Prefix& prefix) const;
  bool empty(Node set) const { return set == none(); }

  // A prefix of the set that an engineer would believe, the same for the same set: one of the documentation prefixes if there is one, else the
  // shortest usual length (/24, /48) inside, else the first.
  std::optional<Prefix> believable(Node set) const;
  // The set as few patterns of the intent language, disjoint, sorted; at most `limit` (nullopt: more).
  std::optional<std::vector<PrefixPattern>> patterns(Node set, size_t limit) const;

  // The definition of the set over bit-vector terms is made by encoder/prefix_term.h, which reads nodes through this.
  struct View;
  View view(Node node) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace bgproof
