// The finitely many letters that one automaton can tell apart.
//
// ASN letters fall into the classes of one partition. Where confederation segments are told apart, the letters exist
// twice. A set is no letter: it is read member by member, in ascending order, as a router prints it; its members fall
// into the classes of a second partition.
#pragma once

#include <cstdint>

#include "encoder/automaton/asn_partition.h"
#include "encoder/automaton/path_letter.h"

namespace bgproof {

struct PathAlphabet {
  AsnPartition asns;
  AsnPartition members;
  bool tells_confed = false;

  uint32_t size() const { return (asns.size() + members.size()) * (tells_confed ? 2 : 1); }
  // Places in a table: an ASN of a sequence, the first member of a set.
  uint32_t asn_letter(uint32_t class_index, bool is_confed) const {
    return class_index + (tells_confed && is_confed ? asns.size() + members.size() : 0);
  }
  uint32_t set_letter(uint32_t class_index, bool is_confed) const {
    return asns.size() + asn_letter(class_index, is_confed);
  }
  bool operator==(const PathAlphabet&) const = default;
};

}  // namespace bgproof
