// IP addresses and prefixes of both families in one type. Bits are left-aligned: bit 127 is the first bit of an address
// whatever its family, so that an IPv4 prefix is a prefix of the upper 32 bits and one trie serves both.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bgproof {

enum class Family : uint8_t { ipv4, ipv6 };

using Bits = unsigned __int128;

constexpr int width(Family family) { return family == Family::ipv4 ? 32 : 128; }

// The first `length` of 128 bits set. 0 <= length <= 128.
constexpr Bits mask_of(int length) { return length == 0 ? Bits{0} : ~Bits{0} << (128 - length); }

struct Address {
  Family family = Family::ipv4;
  Bits bits = 0;  // IPv4: the lower 96 bits are zero
  auto operator<=>(const Address&) const = default;
};

struct Prefix {
  Family family = Family::ipv4;
  Bits bits = 0;  // beyond `length` all zero
  uint8_t length = 0;
  auto operator<=>(const Prefix&) const = default;
};

// True if `inner` lies within `outer` (equal counts). Families differ: false.
bool covers(const Prefix& outer, const Prefix& inner);
bool covers(const Prefix& outer, const Address& inner);
Prefix prefix_of(const Address& address, int length);  // masks the host bits

// "192.0.2.1", "2001:db8::1". nullopt if it is neither.
std::optional<Address> parse_address(std::string_view text);

// "192.0.2.0/24", "2001:db8::/32"; host bits are masked and reported through `host_bits` when given. Junos also
// writes IPv4 short: "10/8" is 10.0.0.0/8, accepted only with `short_form`. A text without a length is nullopt.
std::optional<Prefix> parse_prefix(std::string_view text, bool* host_bits = nullptr, bool short_form = false);

std::string to_string(const Address& address);  // RFC 5952 for IPv6
std::string to_string(const Prefix& prefix);
std::string_view to_string(Family family);  // "ipv4", "ipv6"

}  // namespace bgproof
