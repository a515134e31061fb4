#include "policy/route.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace bgproof {

const std::array<NumberInfo, kNumberCount> kNumbers = {{
    {Number::local_pref, "local-pref", "local_pref", 100},
    {Number::med, "med", "med", std::nullopt},
    {Number::metric2, "metric2", "metric2", std::nullopt},
    {Number::tag, "tag", "tag", std::nullopt},
    {Number::tag2, "tag2", "tag2", std::nullopt},
    {Number::weight, "weight", "weight", std::nullopt},
    {Number::preference, "preference", "preference", std::nullopt},
    {Number::preference2, "preference2", "preference2", std::nullopt},
    {Number::color, "color", "color", std::nullopt},
    {Number::color2, "color2", "color2", std::nullopt},
    {Number::otc, "otc", "otc", std::nullopt},
}};

std::string_view to_string(Protocol protocol) {
  switch (protocol) {
    case Protocol::bgp:
      return "bgp";
    case Protocol::direct:
      return "direct";
    case Protocol::local:
      return "local";
    case Protocol::static_:
      return "static";
    case Protocol::aggregate:
      return "aggregate";
    case Protocol::ospf:
      return "ospf";
    case Protocol::ospf3:
      return "ospf3";
    case Protocol::isis:
      return "isis";
    case Protocol::rip:
      return "rip";
    case Protocol::ripng:
      return "ripng";
    case Protocol::ldp:
      return "ldp";
    case Protocol::rsvp:
      return "rsvp";
    case Protocol::pim:
      return "pim";
    case Protocol::evpn:
      return "evpn";
    case Protocol::other:
      return "other";
    case Protocol::default_originate:
      return "default-originate";
  }
  return {};
}

bool is_igp(Protocol protocol) {
  switch (protocol) {
    case Protocol::ospf:
    case Protocol::ospf3:
    case Protocol::isis:
    case Protocol::rip:
    case Protocol::ripng:
      return true;
    case Protocol::bgp:
    case Protocol::direct:
    case Protocol::local:
    case Protocol::static_:
    case Protocol::aggregate:
    case Protocol::ldp:
    case Protocol::rsvp:
    case Protocol::pim:
    case Protocol::evpn:
    case Protocol::other:
    case Protocol::default_originate:
      return false;
  }
  return false;
}

std::string_view to_string(RouteType type) {
  switch (type) {
    case RouteType::none:
      return "none";
    case RouteType::internal:
      return "internal";
    case RouteType::external:
      return "external";
  }
  return {};
}

std::string_view to_string(Origin origin) {
  switch (origin) {
    case Origin::igp:
      return "igp";
    case Origin::egp:
      return "egp";
    case Origin::incomplete:
      return "incomplete";
  }
  return {};
}

std::string_view to_string(Rpki state) {
  switch (state) {
    case Rpki::valid:
      return "valid";
    case Rpki::invalid:
      return "invalid";
    case Rpki::unknown:
      return "unknown";
  }
  return {};
}

std::string to_string(const NextHop& next_hop) {
  switch (next_hop.kind) {
    case NextHop::Kind::unset:
      return "none";
    case NextHop::Kind::address:
      return to_string(next_hop.address);
    case NextHop::Kind::self:
      return "self";
    case NextHop::Kind::peer:
      return "peer";
    case NextHop::Kind::discard:
      return "discard";
    case NextHop::Kind::reject:
      return "reject";
  }
  return {};
}

AttributeSet AttributeSet::all() {
  AttributeSet set;
  set.as_path = set.origin = set.next_hop = set.communities = set.rpki = true;
  set.numbers.fill(true);
  return set;
}

AttributeSet AttributeSet::only(Number number) {
  AttributeSet set;
  set.numbers[static_cast<size_t>(number)] = true;
  return set;
}

namespace {

bool is_well_formed(const Address& address) { return (address.bits & ~mask_of(width(address.family))) == 0; }

bool is_well_formed(const Prefix& prefix) {
  return prefix.length <= width(prefix.family) && (prefix.bits & ~mask_of(prefix.length)) == 0;
}

bool is_well_formed(const NextHop& next_hop) {
  return next_hop.kind == NextHop::Kind::address ? is_well_formed(next_hop.address) : next_hop.address == Address{};
}

// "inet.0", "VRF.inet6.2": the last word but one tells the family, or nothing.
bool may_stand_in(const Prefix& prefix, const std::string& rib) {
  size_t end = rib.rfind('.');
  if (end == std::string::npos) return true;
  std::string front = rib.substr(0, end);
  std::string table = front.substr(front.rfind('.') + 1);
  return (table != "inet" || prefix.family == Family::ipv4) && (table != "inet6" || prefix.family == Family::ipv6);
}

}  // namespace

bool is_legal(const Route& route) {
  bool bgp = route.protocol == Protocol::bgp;
  auto legal = [](const Community& community) { return is_well_formed(community); };
  return (route.route_type != RouteType::none) == bgp &&                         //
         (bgp || !route.neighbor) &&                                             //
         (!route.neighbor || is_well_formed(*route.neighbor)) &&                 //
         is_well_formed(route.prefix) &&                                         //
         may_stand_in(route.prefix, route.rib) &&                                //
         is_well_formed(route.next_hop) &&                                       //
         is_well_formed(route.as_path) &&                                        //
         (route.route_type != RouteType::external || !route.as_path.empty()) &&  //
         std::all_of(route.communities.begin(), route.communities.end(), legal);
}

std::string to_string(const Route& route) {
  std::string text = to_string(route.prefix);
  auto add = [&](std::string_view name, std::string_view value) { text += fmt::format("  {} {}", name, value); };
  if (route.protocol != Protocol::bgp) add("source", to_string(route.protocol));
  if (route.route_type == RouteType::internal) add("route-type", to_string(route.route_type));
  if (route.learned_from != "originated") add("learned-from", route.learned_from);
  if (route.neighbor) add("neighbor", to_string(*route.neighbor));
  if (!route.interface.empty()) add("interface", route.interface);
  if (!route.rib.empty()) add("rib", route.rib);
  if (!route.as_path.empty()) add("as-path", to_string(route.as_path));
  if (route.origin != Origin::igp) add("origin", to_string(route.origin));
  if (route.next_hop.kind != NextHop::Kind::unset) add("next-hop", to_string(route.next_hop));
  if (!route.communities.empty()) add("communities", to_string(route.communities));
  for (const NumberInfo& number : kNumbers) {
    const std::optional<uint32_t>& value = route[number.number];
    // A local preference is what readers look for, at its usual value too.
    if (value && (value != number.usual || number.number == Number::local_pref))
      add(number.name, std::to_string(*value));
  }
  if (route.rpki != Rpki::unknown) add("rpki", to_string(route.rpki));
  return text;
}

}  // namespace bgproof
