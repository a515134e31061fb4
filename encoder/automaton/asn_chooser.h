// Which AS number stands for a class in a path that people will read.
//
// In this order: numbers that the caller calls familiar, then those of RFC 5398 (documentation), both as long as no
// expression speaks of them, so that a path does not say more than it has to; then such numbers even so, then the
// lowest. Numbers that the path has already come last.
#pragma once

#include <vector>

#include "encoder/automaton/asn_partition.h"

namespace bgproof {

class AsnChooser {
 public:
  // `mentioned`: numbers that expressions single out.
  AsnChooser(const std::vector<Asn>& familiar, AsnRanges mentioned);

  // One of `ranges` (normalized, not empty).
  Asn choose(const AsnRanges& ranges, const std::vector<Asn>& used) const;

 private:
  std::vector<Asn> candidates_;
  AsnRanges mentioned_;
};

// The narrow pieces of a partition that are not of its widest class.
AsnRanges singled_out(const AsnPartition& partition);

}  // namespace bgproof
