// Splits the 2^32 AS numbers into finitely many classes, each a union of intervals.
//
// A partition is made from sets of ranges: two numbers are in one class iff the same sets contain them. Labels of
// automata are classes of such a partition; two partitions are joined when automata meet. Everything is sorted, and
// classes are numbered in the order of their lowest numbers.
#pragma once

#include <cstdint>
#include <vector>

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

  struct Piece {
    Asn low;  // up to the next piece
    uint32_t class_index;
    bool operator==(const Piece&) const = default;
  };

  uint32_t size() const { return static_cast<uint32_t>(lowest_.size()); }
  const std::vector<Piece>& pieces() const { return pieces_; }
  uint32_t class_of(Asn asn) const;
  Asn lowest(uint32_t class_index) const { return lowest_[class_index]; }
  AsnRanges ranges_of(uint32_t class_index) const;

  // The coarsest partition that refines all. `tuples[c]`: for each of `of` its class that class c of the result is in.
  static AsnPartition join(const std::vector<const AsnPartition*>& of, std::vector<std::vector<uint32_t>>* tuples);
  // Classes with the same `to` become one; `to` is renumbered by lowest member and written back.
  AsnPartition merged(std::vector<uint32_t>& to) const;

  bool operator==(const AsnPartition&) const = default;

 private:
  std::vector<Piece> pieces_ = {{0, 0}};
  std::vector<Asn> lowest_ = {0};
};

}  // namespace bgproof
