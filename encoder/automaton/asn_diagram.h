// A function of the AS number as a decision diagram over its decimal digits.
//
// Expressions over characters (policy/text_regex.h) tell numbers apart by their digits: "ends in 1" is 429 million
// intervals, but a handful of nodes. A number is read as ten digits with leading zeros, so that the order of the digits
// is the order of the numbers. An edge leads to a node or to a value, which then stands for all digits to come. Nodes
// on the way to 4294967295, the largest number, have no edges beyond it.
//
// Equal nodes are one node, and a node all of whose edges carry one value is that value. Nodes are numbered as a walk
// in the order of the digits meets them, so equal functions are equal values.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "policy/as_path.h"

namespace bgproof {

inline constexpr uint32_t kAsnDigits = 10;

class AsnDiagram {
 public:
  using Edge = uint32_t;
  static constexpr Edge kAbsent = UINT32_MAX;  // beyond the largest number
  static constexpr Edge kValue = 0x80000000;   // a value in the lower bits, else a node
  using Node = std::array<Edge, 10>;

  static bool is_value(Edge edge) { return edge >= kValue; }  // not asked of kAbsent
  static uint32_t value_of(Edge edge) { return edge - kValue; }

  uint32_t operator()(Asn asn) const;
  const std::vector<Node>& nodes() const { return nodes_; }
  Edge root() const { return root_; }

  // How many intervals of one value there are, at most `limit`.
  uint64_t pieces(uint64_t limit) const;
  // Each interval by its first number, in ascending order.
  void for_each_piece(const std::function<void(Asn low, uint32_t value)>& visit) const;
  // How many numbers have the value, by value; those that occur are below `values`.
  std::vector<uint64_t> counts(uint32_t values) const;
  // Each value that occurs with its lowest number, in the order of those.
  std::vector<std::pair<uint32_t, Asn>> lowest() const;

  bool operator==(const AsnDiagram&) const = default;

 private:
  friend class AsnDiagramBuilder;
  std::vector<Node> nodes_;
  Edge root_ = kValue;
};

// Makes diagrams that share their nodes. Beyond the limit nothing is built any more; overflowed() tells.
class AsnDiagramBuilder {
 public:
  using Edge = AsnDiagram::Edge;
  static constexpr size_t kMaxNodes = 400'000;  // where diagrams are joined

  explicit AsnDiagramBuilder(size_t max_nodes = SIZE_MAX) : max_nodes_(max_nodes) {}

  static Edge value(uint32_t value) { return AsnDiagram::kValue | value; }
  Edge node(const AsnDiagram::Node& edges);
  const AsnDiagram::Node& at(Edge node) const { return nodes_[node]; }

  // `next` takes the state and a digit, `value_of` the state behind the last digit. The states are small numbers.
  // Leading zeros are not read, but for the number 0.
  using Next = std::function<uint32_t(uint32_t state, uint32_t digit)>;
  Edge read(uint32_t start, const Next& next);

  Edge add(const AsnDiagram& diagram);
  // From `first` on: the value of the last of `pieces` that begins at or below the number. pieces[0] begins at 0.
  Edge add(const std::vector<std::pair<Asn, uint32_t>>& pieces);
  Edge map(Edge edge, const std::function<uint32_t(uint32_t)>& to);
  // The value of a pair of values; `pairs` numbers them as they are met.
  Edge join(Edge left, Edge right, std::vector<std::pair<uint32_t, uint32_t>>& pairs);

  AsnDiagram take(Edge root) const;
  size_t size() const { return nodes_.size(); }
  bool overflowed() const { return nodes_.size() > max_nodes_; }

 private:
  struct Hash {
    size_t operator()(const AsnDiagram::Node& node) const;
  };
  size_t max_nodes_;
  std::vector<AsnDiagram::Node> nodes_;
  std::unordered_map<AsnDiagram::Node, Edge, Hash> ids_;
};

// The members of each value in their order.
class AsnOrder {
 public:
  explicit AsnOrder(const AsnDiagram& diagram) : diagram_(diagram) {}

  std::optional<Asn> next(uint32_t value, Asn from);    // the first at or behind `from`
  std::optional<Asn> previous(uint32_t value, Asn to);  // the last at or before `to`

 private:
  const std::vector<char>& having(uint32_t value);  // by node: whether the value occurs below it

  const AsnDiagram& diagram_;
  std::unordered_map<uint32_t, std::vector<char>> having_;
};

}  // namespace bgproof
