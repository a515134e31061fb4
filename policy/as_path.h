// AS paths (RFC 4271, RFC 5065) and what policies do to them.
//
// The path is a list of segments, nearest AS first. Path length counts the numbers of a sequence and one for a set;
// confederation segments count none (RFC 5065 5.3).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/community.h"

namespace bgproof {

using Asn = uint32_t;

struct AsSegment {
  enum class Kind : uint8_t { sequence, set, confed_sequence, confed_set } kind = Kind::sequence;
  std::vector<Asn> asns;  // not empty; a set is sorted and without doubles
  auto operator<=>(const AsSegment&) const = default;
};

struct AsPath {
  std::vector<AsSegment> segments;  // no two sequences of one kind side by side
  auto operator<=>(const AsPath&) const = default;
  bool empty() const { return segments.empty(); }
};

AsPath path_of(std::vector<Asn> sequence);
uint32_t length(const AsPath& path);
std::optional<Asn> first_asn(const AsPath& path);   // leftmost; nullopt if none or a set stands there
std::optional<Asn> origin_asn(const AsPath& path);  // rightmost; nullopt if none or a set stands there
void prepend(AsPath& path, const std::vector<Asn>& asns);  // asns[0] becomes the leftmost

// Establishes what the comments above promise: sets sorted, no empty segment, neighboring sequences of one kind merged.
void normalize(AsPath& path);
bool is_well_formed(const AsPath& path);

// RFC 6996, with the reserved 65535 and 4294967295 apart (they are not private).
bool is_private(Asn asn);

// As routers print it and match characters of it: numbers with one space between, sets "{1,2}", confederations "(1 2)", their sets
// "[1,2]", a space between segments; "" if empty.
std::string text_form(const AsPath& path);

// To show:
std::string to_string(const AsPath& path);  // "64500 64501 {64502 64503}", confederations "(64512 64513)" and "[64512 64513]", "" if empty

}  // namespace bgproof
