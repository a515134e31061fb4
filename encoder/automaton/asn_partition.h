// Splits the 2^32 AS numbers into finitely many classes.
//
// A partition is made from sets of ranges: two numbers are in one class iff the same sets contain them. Labels of
// automata are classes of such a partition; two partitions are joined when automata meet. Classes are numbered in the
// order of their lowest numbers.
//
// Nearly all partitions are a few intervals and are kept as such. What tells numbers apart by their digits may be
// millions of intervals and is a diagram (asn_diagram.h) instead.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "encoder/automaton/asn_diagram.h"
#include "policy/as_path.h"
#include "policy/number_ranges.h"

namespace bgproof {

using AsnRanges = std::vector<NumberRange>;

bool contains(const AsnRanges& normalized_ranges, Asn asn);
AsnRanges private_asns();  // RFC 6996

class AsnPartition {
 public:
  AsnPartition() = default;  // one class
  explicit AsnPartition(const std::vector<AsnRanges>& sets);
  // The classes are the values; `values[c]`: that of class c.
  explicit AsnPartition(AsnDiagram diagram, std::vector<uint32_t>* values = nullptr);

  struct Piece {
    Asn low;  // up to the next piece
    uint32_t class_index;
    bool operator==(const Piece&) const = default;
  };

  uint32_t size() const { return static_cast<uint32_t>(lowest_.size()); }
  uint32_t class_of(Asn asn) const;
  Asn lowest(uint32_t class_index) const { return lowest_[class_index]; }
  const std::vector<Piece>& pieces() const { return pieces_; }  // none if it is a diagram
  const AsnDiagram* diagram() const { return diagram_.get(); }  // null if it is pieces
  size_t cost() const;                                          // of a walk through all of it
  AsnRanges ranges_of(uint32_t class_index) const;              // only of pieces
  std::vector<uint64_t> counts() const;                         // of numbers, by class

  // The coarsest partition that refines all. `tuples[c]`: for each of `of` its class that class c of the result is in.
  // nullopt if diagrams multiply beyond the limit of AsnDiagramBuilder; pieces never do.
  static std::optional<AsnPartition> join(const std::vector<const AsnPartition*>& of,
                                          std::vector<std::vector<uint32_t>>* tuples);
  // Classes with the same `to` become one; `to` is renumbered by lowest member and written back. Equal partitions come
  // to equal values.
  AsnPartition merged(std::vector<uint32_t>& to) const;

  bool operator==(const AsnPartition& other) const;

 private:
  friend class AsnSuccessors;
  static AsnPartition join_pieces(const std::vector<const AsnPartition*>& of,
                                  std::vector<std::vector<uint32_t>>* tuples);
  AsnDiagram as_diagram() const;
  void settle();  // pieces or a diagram, by the partition alone

  std::vector<Piece> pieces_ = {{0, 0}};
  std::shared_ptr<const AsnDiagram> diagram_;
  std::vector<Asn> lowest_ = {0};
};

// The members of each class in their order. The partition has to live as long.
class AsnSuccessors {
 public:
  explicit AsnSuccessors(const AsnPartition& partition);
  std::optional<Asn> next(uint32_t class_index, Asn from);    // the first at or behind `from`
  std::optional<Asn> previous(uint32_t class_index, Asn to);  // the last at or before `to`

 private:
  const AsnPartition& partition_;
  std::optional<AsnOrder> order_;
  std::vector<std::vector<uint32_t>> pieces_;  // by class: its pieces, ascending
};

}  // namespace bgproof
