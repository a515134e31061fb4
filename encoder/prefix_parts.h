// The inside of PrefixDiagram: the table of nodes, and the one constructor (`place`) that keeps them canonical. Private
// to prefix_*.cpp.
#pragma once

#include <unordered_map>
#include <vector>

#include "encoder/prefix_diagram.h"

namespace bgproof {

struct PrefixDiagram::Parts {
  // A run [from, to): a prefix of length `from` is in the set iff `here`. A longer one looks at its bits: where those
  // of the run that it has all agree, it is in the set iff `match` says so if it is `to` long or longer, and iff
  // `mismatch` has its length if shorter. Where one differs, `mismatch` decides: a leaf, or, if the run is one bit long
  // (a branch), a run of depth from + 1.
  struct Inner {
    Bits value = 0;
    Node match = 0;
    Node mismatch = 0;
    uint8_t from = 0;
    uint8_t to = 0;
    bool here = false;
    View::Kind kind = View::Kind::leaf;  // leaf: `match` is an index into leaves
    bool operator==(const Inner&) const = default;
  };
  enum class Operation : uint8_t { both, either, without };

  Parts();
  bool is_leaf(Node node) const { return nodes[node].kind == View::Kind::leaf; }
  const LengthSet& lengths(Node leaf) const { return leaves[nodes[leaf].match]; }
  Node leaf(const LengthSet& lengths);
  Node root(Node ipv4, Node ipv6);
  // The set whose place of `depth` is in it iff `here`, with these halves below.
  Node place(int depth, bool here, Node left, Node right);
  // The set below `depth`: `child` below the place (value, to), elsewhere, and for lengths less than `to`, the lengths
  // of `beside`.
  Node chain(int depth, int to, Bits value, Node child, const LengthSet& beside);
  Node half(Node node, int depth, bool bit);  // of what lies below the place of that depth
  Node below(Node run, int depth);            // the same set seen after the run's bits up to depth <= to
  Node combine(Operation operation, Node a, Node b, Family family);

  std::vector<Inner> nodes;
  std::vector<LengthSet> leaves;
  Node empty_leaf = 0;
  Node none = 0, all = 0;
  std::array<Node, 2> families{};

 private:
  Node intern(const Inner& inner);
  Node run(int from, int to, Bits value, bool here, Node match, Node mismatch);
  Node apply(Operation operation, Node a, Node b, Family family);
  void grow();

  struct LengthHash {
    size_t operator()(const LengthSet& lengths) const { return lengths.hash(); }
  };
  std::unordered_map<LengthSet, Node, LengthHash> leaf_of_;
  std::vector<uint32_t> slots_;  // open addressing; 0: free (node 0 is found by other means)
  std::unordered_map<uint64_t, Node> done_;
};

constexpr Bits bit_at(int index) { return Bits{1} << (127 - index); }
// The bits [from, to) set.
constexpr Bits bits_between(int from, int to) { return mask_of(to) & ~mask_of(from); }

}  // namespace bgproof
