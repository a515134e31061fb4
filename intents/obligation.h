// What an intent row asks of a route that passes: a relation between the route before and the route after. The reference
// reading (`holds`) is here; the encoder has its own, checked against it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/source.h"
#include "policy/community.h"
#include "policy/route.h"

namespace bgproof {

struct StripObligation { CommunitySet set; };        // no community of after is in the set
struct KeepObligation { CommunitySet set; };         // what before has of the set, after has
struct AddObligation { Communities communities; };   // all are in after
// Every community of after of these kinds is in the set.
struct OnlyObligation { CommunitySet set; std::set<CommunityKind> kinds; };
struct NumberObligation { Number number; std::vector<NumberRange> ranges; };  // after has it, and it lies in a range
struct PrependObligation { NumberRange times; };     // after is one ASN, k times, before before's path; k in times
struct NoPrivateAsObligation {};                     // no ASN of RFC 6996 in after
// self: set by policy to self, or an address of the device; peer: set to peer, or the neighbor's address.
struct NextHopObligation {
  enum class Which : uint8_t { self, peer, unchanged } which;
  std::set<Address> own;
  std::optional<Address> neighbor;
};
struct UnchangedObligation {
  enum class What : uint8_t { path, next_hop, med, local_pref, communities, origin, otc };
  std::set<What> what;
};

struct Obligation {
  using Is = std::variant<StripObligation, KeepObligation, AddObligation, OnlyObligation, NumberObligation, PrependObligation,
                          NoPrivateAsObligation, NextHopObligation, UnchangedObligation>;
  Is is;
  SourceRange range;
  std::string text;  // as the user wrote it: "local-pref 200..250"
};

bool holds(const Obligation& obligation, const Route& before, const Route& after);
std::string_view code_of(const Obligation& obligation);  // of a finding that breaks it: "BP501"...

}  // namespace bgproof
