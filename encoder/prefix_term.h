// Membership in a prefix diagram as a Z3 term over family, address and length: the diagram's own shape, one `ite` for
// each node, shared wherever the diagram shares. Linear in the number of nodes.
//
// Without a length term the subject is an address, that is its /32 or /128.
#pragma once

#include <z3++.h>

#include <optional>
#include <unordered_map>

#include "encoder/prefix_diagram.h"

namespace bgproof {

class PrefixTerms {
 public:
  // Bit-vectors: `address` of 128 bits, `length` of 8. `diagrams` must outlive this.
  PrefixTerms(const PrefixDiagram& diagrams, const z3::expr& is_ipv6, const z3::expr& address,
              const std::optional<z3::expr>& length);

  z3::expr in(PrefixDiagram::Node set);
  // The same for a list whose masks no diagram can hold: entry by entry.
  z3::expr in(const PrefixList& list, const std::set<uint32_t>& slots) const;

 private:
  z3::expr below(PrefixDiagram::Node node, Family family);
  z3::expr has_length(const LengthSet& lengths, Family family);
  z3::expr agrees(int from, int to, Bits value) const;

  z3::context& context_;
  const PrefixDiagram& diagrams_;
  z3::expr is_ipv6_;
  z3::expr address_;
  std::optional<z3::expr> length_;
  std::unordered_map<uint64_t, z3::expr> below_;  // by node, and by family where that decides lengths
  struct LengthHash {
    size_t operator()(const LengthSet& lengths) const { return lengths.hash(); }
  };
  std::unordered_map<LengthSet, z3::expr, LengthHash> lengths_;
};

z3::expr bit_vector(z3::context& context, Bits value, unsigned width);  // the lower `width` bits of the value

}  // namespace bgproof
