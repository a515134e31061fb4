// A BGP route as a policy sees it: concrete values only. The symbolic twin is encoder/symbolic_route.h.
//
// One table (`kNumbers`) lists the numeric attributes; printers, encoder and generator read it.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policy/address.h"
#include "policy/as_path.h"
#include "policy/community.h"

namespace bgproof {

// The protocol that put the route into this device's table. `default_originate`: the default route that a session makes for its
// neighbor by itself; it stands in no table.
enum class Protocol : uint8_t { bgp, direct, local, static_, aggregate, ospf, ospf3, isis, rip, ripng, ldp, rsvp, pim, evpn, other, default_originate };
inline constexpr int kProtocols = 16;
std::string_view to_string(Protocol protocol);  // "bgp", "static", ...
bool is_igp(Protocol protocol);                 // ospf, ospf3, isis, rip, ripng

enum class RouteType : uint8_t { none, internal, external };  // how BGP learned it; none if and only if not BGP
enum class Origin : uint8_t { igp, egp, incomplete };
enum class Rpki : uint8_t { valid, invalid, unknown };
std::string_view to_string(RouteType type);
std::string_view to_string(Origin origin);
std::string_view to_string(Rpki state);

// `unset`: the route has none (a route of another protocol). `self`, `peer`, `discard`: set by policy, the address is the session's affair.
struct NextHop {
  enum class Kind : uint8_t { unset, address, self, peer, discard, reject } kind = Kind::unset;
  Address address;  // only of Kind::address, else Address{}
  auto operator<=>(const NextHop&) const = default;
};
std::string to_string(const NextHop& next_hop);

// Numeric attributes: each is 32 bits wide or absent. `otc`: the AS number of Only-to-Customer (RFC 9234).
enum class Number : uint8_t { local_pref, med, metric2, tag, tag2, weight, preference, preference2, color, color2, otc };
inline constexpr int kNumberCount = 11;
struct NumberInfo {
  Number number;
  std::string_view name;          // as in reports: "local-pref"
  std::string_view json;          // "local_pref"
  std::optional<uint32_t> usual;  // what a believable route has; nullopt: absent
};
extern const std::array<NumberInfo, kNumberCount> kNumbers;  // in the order of the enum
inline const NumberInfo& info(Number number) { return kNumbers[static_cast<size_t>(number)]; }

struct Route {
  Prefix prefix;
  Protocol protocol = Protocol::bgp;
  RouteType route_type = RouteType::external;
  // Ghost, read by intents alone: the role of the external session by which the route entered the network, "originated" if
  // by none, "unassigned" if that session has no role.
  std::string learned_from = "originated";
  std::optional<Address> neighbor;  // the BGP neighbor that this device has it from; absent if not BGP
  std::string interface;            // of the next hop, "ge-0/0/0.0"; "" if unknown to policies
  std::string rib;                  // the table it stands in, "inet.0"; "" where the dialect has no such notion
  AsPath as_path;
  Origin origin = Origin::igp;
  NextHop next_hop;
  Communities communities;
  std::array<std::optional<uint32_t>, kNumberCount> numbers{};
  Rpki rpki = Rpki::unknown;

  std::optional<uint32_t>& operator[](Number number) { return numbers[static_cast<size_t>(number)]; }
  const std::optional<uint32_t>& operator[](Number number) const { return numbers[static_cast<size_t>(number)]; }
  bool operator==(const Route&) const = default;
};

// What a policy action may change. Prefix, protocol, route type, neighbor, interface, rib and learned-from are never changed.
enum class Attribute : uint8_t { as_path, origin, next_hop, communities, rpki, number };

// A set of attributes that an unmodelled action may touch.
struct AttributeSet {
  bool as_path = false, origin = false, next_hop = false, communities = false, rpki = false;
  std::array<bool, kNumberCount> numbers{};
  bool operator==(const AttributeSet&) const = default;
  static AttributeSet all();
  static AttributeSet only(Number number);
};

// True if a network can hold such a route at all: route type none iff not BGP, neighbor present iff BGP (unless unknown to the
// dialect), host bits zero, the family of its table if that has a name that tells one, segments well formed, a non-empty path on a route of type external.
bool is_legal(const Route& route);

// One line, as findings print it: "2001:db8::/48  as-path 64496  communities {64500:1}  local-pref 100". Attributes at their usual value are left out.
std::string to_string(const Route& route);

}  // namespace bgproof
