// Which AS number stands for a class in a path that people will read.
//
// In this order: numbers that the caller calls familiar, then those of RFC 5398 (documentation), both as long as no
// expression speaks of them, so that a path does not say more than it has to; then such numbers even so, then the
// lowest. Numbers that the path has already come last.
#pragma once

#include <optional>
#include <vector>

#include "encoder/automaton/asn_partition.h"

namespace bgproof {

class AsnChooser {
 public:
  // `mentioned`: numbers that expressions single out.
  AsnChooser(const std::vector<Asn>& familiar, AsnRanges mentioned);

  // One of the class that lies in `within`, where it has one.
  Asn choose(const AsnPartition& partition, AsnSuccessors& successors, uint32_t class_index,
             const std::vector<Asn>& used, NumberRange within = {0, UINT32_MAX}) const;

 private:
  std::vector<Asn> candidates_;
  AsnRanges mentioned_;
};

// The narrow pieces of a partition that are not of its largest class; of a diagram the documentation numbers that are
// not.
AsnRanges singled_out(const AsnPartition& partition);

}  // namespace bgproof
