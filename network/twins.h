// Policies that are meant to be the same for IPv4 and IPv6, told by their names (`4-X` and `6-X`, `X-V4` and `X-V6`,
// `X` and `X-ipv6`), and where they are not. What depends on the family by nature is left out of the comparison:
// prefixes, families, next hops, and the family in the names of lists and communities.
//
// Two policies that have little in common are no twins, whatever their names.
#pragma once

#include <string>
#include <vector>

#include "network/device.h"

namespace bgproof {

struct TwinDifference {
  const Policy* lacks = nullptr;  // the policy in which something is missing
  const Policy* has = nullptr;
  SourceRange where;        // in `has`: the clause or the statement
  SourceRange counterpart;  // in `lacks`: the clause that should have it, or the policy
  std::string what;         // "term REJECT-BOGONS", "a condition on as-path in term CUSTOMERS"
};

std::vector<TwinDifference> twin_differences(const Device& device);

}  // namespace bgproof
