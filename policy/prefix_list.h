// Lists of prefix patterns, in the three ways in which dialects read them.
//
//   any      a set: the order is irrelevant, all entries have one slot (an intent's set, a Junos prefix list)
//   first    the first entry that matches decides (an IOS prefix list; a `deny` entry has slot kNoMatch)
//   longest  Junos route filters (J5 of dialects.md): of the entries whose prefix covers the route's, those with the longest prefix
//            are taken; the first of them, in order of the text, whose lengths (and mask) fit decides; if none fits, nothing matches
//
// A lookup gives the slot of the deciding entry. Most lists have one slot, 0; Junos' inline actions make more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/source.h"
#include "policy/address.h"

namespace bgproof {

// The routes under `prefix` whose length lies in low..high. With `mask`: instead of lying under the prefix, the route's address agrees with
// `prefix.bits` on the bits of the mask (Junos address-mask, NX-OS mask); then, in a `longest` list, the entry covers the
// routes whose address so agrees, whatever their length, and counts by its prefix's length. Always prefix.length <= low <= high <= width(prefix.family), but for masks, whose low may be anything.
struct PrefixPattern {
  Prefix prefix;
  uint8_t low = 0;
  uint8_t high = 0;
  std::optional<Bits> mask;
  bool operator==(const PrefixPattern&) const = default;
};

bool matches(const PrefixPattern& pattern, const Prefix& prefix);

struct PrefixEntry {
  static constexpr uint32_t kNoMatch = UINT32_MAX;
  PrefixPattern pattern;
  uint32_t slot = 0;
  SourceRange range;
};

struct PrefixList {
  enum class Mode : uint8_t { any, first, longest } mode = Mode::any;
  std::vector<PrefixEntry> entries;
};

// The entry that decides about the prefix, also one with kNoMatch; null if there is none.
const PrefixEntry* deciding_entry(const PrefixList& list, const Prefix& prefix);

// Its slot. nullopt: no match (a first-match entry with kNoMatch included).
std::optional<uint32_t> lookup(const PrefixList& list, const Prefix& prefix);

// What an extended access list says of a route: its address agrees with `address` but for the bits of `wildcard`, its netmask with
// `netmask` but for those of `netmask_wildcard`. One pattern for each run of lengths that have such a netmask, shortest first.
std::vector<PrefixPattern> access_patterns(const Address& address, Bits wildcard, const Address& netmask,
                                           Bits netmask_wildcard);

// "192.0.2.0/24", "192.0.2.0/24 le 28", "192.0.2.0/24 ge 25 le 28" as in the intent language.
std::string to_string(const PrefixPattern& pattern);

}  // namespace bgproof
