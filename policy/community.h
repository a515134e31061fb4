// BGP communities of the three kinds and the sets of them that policies name.
//
// A route carries a set of communities (RFC 1997, RFC 8092, RFC 4360). A CommunitySet is a union of patterns; a pattern is a
// literal, numeric fields with ranges, or a regular expression over the text form. The text form of a standard
// community is "a:b", of a large one "a:b:c", both decimal; of an extended one see `to_string`.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/source.h"

namespace bgproof {

enum class CommunityKind : uint8_t { standard, large, extended };

// One community. Fields by kind, high part first:
//   standard: 16-bit, 16-bit, unused 0
//   large: three of 32 bits
//   extended: 16-bit type and subtype as one number (rt: 0x0002, 0x0102, 0x0202; soo: 0x0003, 0x0103, 0x0203; others as
//     they are), global administrator, local administrator. Layout by the type's high octet (RFC 4360, RFC 5668): 0x00/0x40 two-octet
//     AS and 32-bit number; 0x01/0x41 IPv4 address as a number and 16 bits; 0x02/0x42 four-octet AS and 16 bits; others: the six
//     value octets as 16 and 32 bits.
struct Community {
  CommunityKind kind = CommunityKind::standard;
  std::array<uint32_t, 3> fields{};
  auto operator<=>(const Community&) const = default;
};

using Communities = std::set<Community>;

struct NumberRange {
  uint32_t low = 0;
  uint32_t high = UINT32_MAX;  // inclusive, low <= high
  auto operator<=>(const NumberRange&) const = default;
  bool contains(uint32_t value) const { return low <= value && value <= high; }
};

// The largest value of a field: 0xffff for both fields of a standard community, 0xffffffff for a large one; extended: 0xffff for the
// type, then by layout.
uint32_t field_limit(CommunityKind kind, int field, uint32_t extended_type = 0);

// True if every field is within its limit (an unused one: 0).
bool is_well_formed(const Community& community);

// Every community of `kind` whose fields lie in the ranges.
struct CommunityFields {
  CommunityKind kind = CommunityKind::standard;
  std::array<NumberRange, 3> fields{};
  bool operator==(const CommunityFields&) const = default;
};

// How a device writes a community into the text that it matches expressions against.
//   numeric  as to_string
//   words    the well-known standard ones by name ("no-export", "local-AS", "internet" for 0:0), a route target as "RT:64500:1", a site of origin as
//            "SoO:64500:1", an AS in either way without the mark L (FRR). It has texts of its own for other extended communities, of which nothing
//            is known here: they are numeric, and a front end must not rely on them.
enum class CommunityNames : uint8_t { numeric, words };

// Every community, of one of `kinds`, whose text form the expression matches somewhere (`searched`) or wholly. The syntax is POSIX
// extended regular expressions over characters. Always a valid expression: the front end has checked it with parse_text_regex.
struct CommunityRegex {
  std::string expression;
  bool searched = true;
  std::set<CommunityKind> kinds;
  CommunityNames names = CommunityNames::numeric;
  bool operator==(const CommunityRegex&) const = default;
};

struct CommunityPattern {
  std::variant<Community, CommunityFields, CommunityRegex> is;
  SourceRange range;
  bool operator==(const CommunityPattern& other) const { return is == other.is; }
};

// The union of the patterns, minus the union of `except`. Empty: no community.
struct CommunitySet {
  std::vector<CommunityPattern> patterns;
  std::vector<CommunityPattern> except;
  bool operator==(const CommunitySet&) const = default;
};

bool contains(const CommunityPattern& pattern, const Community& community);
bool contains(const CommunitySet& set, const Community& community);

namespace well_known {
inline constexpr Community kNoExport{CommunityKind::standard, {0xffff, 0xff01, 0}};           // RFC 1997
inline constexpr Community kNoAdvertise{CommunityKind::standard, {0xffff, 0xff02, 0}};        // RFC 1997
inline constexpr Community kNoExportSubconfed{CommunityKind::standard, {0xffff, 0xff03, 0}};  // RFC 1997
inline constexpr Community kGracefulShutdown{CommunityKind::standard, {0xffff, 0x0000, 0}};   // RFC 8326
inline constexpr Community kLlgrStale{CommunityKind::standard, {0xffff, 0x0006, 0}};          // RFC 9494
inline constexpr Community kNoLlgr{CommunityKind::standard, {0xffff, 0x0007, 0}};             // RFC 9494
inline constexpr Community kBlackhole{CommunityKind::standard, {0xffff, 0x029a, 0}};          // RFC 7999
}  // namespace well_known

// "64500:1", "64500:1:2", "rt:64500:1", "soo:192.0.2.1:1", otherwise "ext:0x4300:1:2" (type, global, local administrator).
// A four-octet AS whose number fits in 16 bits is written "rt:64500L:1".
std::string to_string(const Community& community);
std::optional<Community> parse_community(std::string_view text);  // the forms of to_string
std::string to_string(const CommunityPattern& pattern);
std::string to_string(const CommunitySet& set);
std::string to_string(const Communities& communities);  // "{64500:1, 64500:2}"
std::string_view to_string(CommunityKind kind);
std::string_view to_string(CommunityNames names);

std::string text_of(const Community& community, CommunityNames names);
// All communities of the kind, ascending, with one space between; "" if there are none.
std::string text_of(const Communities& communities, CommunityKind kind, CommunityNames names);

// The standard communities that have a name in words, ascending.
struct CommunityName { Community community; std::string_view name; };
extern const std::array<CommunityName, 15> kCommunityNames;

}  // namespace bgproof
