#include "policy/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <vector>

namespace bgproof {
namespace {

std::optional<Address> from_bytes(Family family, const unsigned char* bytes) {
  Bits bits = 0;
  for (int i = 0; i < width(family) / 8; ++i) bits |= Bits{bytes[i]} << (120 - 8 * i);
  return Address{family, bits};
}

// A decimal number without sign, blanks or leading zeros, at most `limit`.
std::optional<int> parse_decimal(std::string_view text, int limit) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > limit) return std::nullopt;
  return value;
}

// "10", "10.1", "10.1.2": the octets that are left out are zero.
std::optional<Address> parse_short_ipv4(std::string_view text) {
  Bits bits = 0;
  for (int octet = 0; octet < 4; ++octet) {
    size_t dot = text.find('.');
    std::optional<int> value = parse_decimal(text.substr(0, dot), 255);
    if (!value) return std::nullopt;
    bits |= Bits(*value) << (120 - 8 * octet);
    if (dot == std::string_view::npos) return Address{Family::ipv4, bits};
    text.remove_prefix(dot + 1);
  }
  return std::nullopt;
}

std::string ipv4_to_string(uint32_t value) {
  return fmt::format("{}.{}.{}.{}", value >> 24, value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
}

// The first of the longest runs of at least two zero groups, as [begin, end); RFC 5952 4.2.
std::pair<int, int> run_to_compress(const std::array<uint16_t, 8>& groups) {
  std::pair<int, int> best{0, 0};
  for (int begin = 0; begin < 8; ++begin) {
    int end = begin;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - begin >= 2 && end - begin > best.second - best.first) best = {begin, end};
  }
  return best;
}

std::string ipv6_to_string(Bits bits) {
  std::array<uint16_t, 8> groups{};
  for (int i = 0; i < 8; ++i) groups[i] = static_cast<uint16_t>(bits >> (112 - 16 * i));
  if (bits >> 32 == 0xffff) return "::ffff:" + ipv4_to_string(static_cast<uint32_t>(bits));
  auto [begin, end] = run_to_compress(groups);
  std::string text;
  for (int i = 0; i < 8; ++i) {
    if (i >= begin && i < end) {
      if (i == begin) text += "::";
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    text += fmt::format("{:x}", groups[i]);
  }
  return text;
}

}  // namespace

bool covers(const Prefix& outer, const Prefix& inner) {
  return outer.family == inner.family && outer.length <= inner.length &&
         ((outer.bits ^ inner.bits) & mask_of(outer.length)) == 0;
}

bool covers(const Prefix& outer, const Address& inner) { return covers(outer, prefix_of(inner, width(inner.family))); }

Prefix prefix_of(const Address& address, int length) {
  return {address.family, address.bits & mask_of(length), static_cast<uint8_t>(length)};
}

std::optional<Address> parse_address(std::string_view text) {
  if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::string terminated(text);
  unsigned char bytes[16];
  if (inet_pton(AF_INET, terminated.c_str(), bytes) == 1) return from_bytes(Family::ipv4, bytes);
  if (inet_pton(AF_INET6, terminated.c_str(), bytes) == 1) return from_bytes(Family::ipv6, bytes);
  return std::nullopt;
}

std::optional<Prefix> parse_prefix(std::string_view text, bool* host_bits, bool short_form) {
  size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  std::optional<Address> address = parse_address(text.substr(0, slash));
  if (!address && short_form) address = parse_short_ipv4(text.substr(0, slash));
  if (!address) return std::nullopt;
  std::optional<int> length = parse_decimal(text.substr(slash + 1), width(address->family));
  if (!length) return std::nullopt;
  Prefix prefix = prefix_of(*address, *length);
  if (host_bits) *host_bits = prefix.bits != address->bits;
  return prefix;
}

std::string to_string(const Address& address) {
  return address.family == Family::ipv4 ? ipv4_to_string(static_cast<uint32_t>(address.bits >> 96))
                                        : ipv6_to_string(address.bits);
}

std::string to_string(const Prefix& prefix) {
  return fmt::format("{}/{}", to_string(Address{prefix.family, prefix.bits}), prefix.length);
}

std::string_view to_string(Family family) { return family == Family::ipv4 ? "ipv4" : "ipv6"; }

}  // namespace bgproof
