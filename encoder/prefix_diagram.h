// Canonical sets of prefixes: decision diagrams over the family and the address bits whose leaves are sets of lengths.
//
// Nodes are hash-consed and reduced, with runs of bits that agree compressed, so two equal sets are one node however
// they were written (a /24 with `ge 25 le 25`, or its two halves). Set operations are linear in the product of the
// sizes at worst and in their sum as a rule. Only canonical prefixes count: a set says nothing about addresses with
// bits beyond the length.
//
// How that is made canonical: a set is seen as a set of places of the binary trie, not as a function of 128 free bits.
// What lies at or below the place of depth d is a *leaf* if membership depends on the length alone (its lengths are all
// >= d), else the place itself
// (`here`) and its two halves. There are no don't-cares left in this view. A chain of such nodes whose halves beside
// the path all agree with one set of lengths is one *run*; which half is "beside" is a fixed function of the two, so
// equal sets make equal nodes.
//
// The same structure gives the region of a finding: the witness' cell is an intersection of diagrams.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "encoder/length_set.h"
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
  Node all() const;  // both families, all lengths
  Node family(Family family) const;
  Node exactly(const Prefix& prefix);
  // The prefixes whose lookup in the list gives one of the slots. Patterns with a mask are split into prefixes, or
  // nullopt if that needs more than 2^16 (the caller then encodes the mask with bit-vector terms).
  std::optional<Node> of(const PrefixList& list, const std::set<uint32_t>& slots);
  Node both(Node a, Node b);
  Node either(Node a, Node b);
  Node without(Node a, Node b);
  Node complement(Node a) { return without(all(), a); }
  bool contains(Node set, const Prefix& prefix) const;
  bool empty(Node set) const { return set == none(); }

  // A prefix of the set that an engineer would believe, the same for the same set: one of the documentation prefixes if
  // there is one, else one of global space, else any; of the usual length (/24, /48) or the one nearest to it; of these
  // the first.
  std::optional<Prefix> believable(Node set);
  // The set as few patterns of the intent language, disjoint, sorted; at most `limit` (nullopt: more). A pattern stands
  // as high in the trie as it can.
  std::optional<std::vector<PrefixPattern>> patterns(Node set, size_t limit) const;

  // What a node is, for encoder/prefix_term.h, which makes terms of it.
  struct View {
    enum class Kind : uint8_t { root, leaf, run } kind;
    // root: the sets of the two families. run: the place reached if the bits agree, else what is beside.
    Node match = 0;        // root: IPv4
    Node mismatch = 0;     // root: IPv6
    int from = 0, to = 0;  // run: the bits [from, to) are compared with `value`; lengths below `to` see `mismatch`, too
    Bits value = 0;        // left-aligned, zero outside [from, to)
    bool here = false;     // run: the prefix of length `from` itself
    LengthSet lengths;     // leaf
  };
  View view(Node node) const;

  size_t size() const;  // nodes made so far

  struct Parts;  // encoder/prefix_parts.h

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace bgproof
