#include "grammar/routemap/bgp_forms.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "policy/address.h"

namespace bgproof::routemap {

namespace {

using Words = std::initializer_list<std::string_view>;

bool is_direction(std::string_view word) { return word == "in" || word == "out"; }

bool is_filter(std::string_view word) {
  return word == "route-map" || word == "prefix-list" || word == "filter-list" || word == "distribute-list";
}

// Every word from `first` on is one of these.
bool only(const Knob& knob, size_t first, Words words) {
  for (size_t i = first; i < knob.size(); ++i)
    if (std::ranges::find(words, knob.word(i)) == words.end()) return false;
  return true;
}

bool is_default_originate(const Knob& knob) {
  for (size_t i = 1; i < knob.size(); ++i) {
    if (knob.word(i) == "always") continue;
    if (knob.word(i) != "route-map" || ++i == knob.size()) return false;
  }
  return true;
}

}  // namespace

bool is_family(std::string_view name) {
  constexpr std::array<std::string_view, 13> kOfIp = {"unicast", "encapsulation", "flowspec",  "labeled-unicast",
                                                      "mdt",     "mpls",          "multicast", "segment-routing",
                                                      "sr-te",   "tunnel",        "mvpn",      "vpn",
                                                      "vpls"};
  constexpr std::array<std::string_view, 23> kOthers = {"evpn",
                                                        "flow-spec ipv4",
                                                        "flow-spec ipv6",
                                                        "l2vpn evpn",
                                                        "l2vpn vpls",
                                                        "l2vpn",
                                                        "link-state",
                                                        "nsap",
                                                        "nsap unicast",
                                                        "path-selection",
                                                        "rt-membership",
                                                        "rtfilter",
                                                        "rtfilter unicast",
                                                        "vpn-ipv4",
                                                        "vpn-ipv6",
                                                        "vpnv4",
                                                        "vpnv4 unicast",
                                                        "vpnv6",
                                                        "vpnv6 unicast",
                                                        "vpnv4 multicast",
                                                        "vpnv6 multicast",
                                                        "vpnv4 flowspec",
                                                        "vpnv6 flowspec"};
  if (name.starts_with("ipv4 ") || name.starts_with("ipv6 "))
    return std::ranges::find(kOfIp, name.substr(5)) != kOfIp.end();
  return std::ranges::find(kOthers, name) != kOthers.end();
}

bool is_strict(const Knob& knob) {
  std::string_view word = knob.word(0);
  return is_filter(word) || word == "shutdown" || word == "unsuppress-map" || word == "weight" ||
         word == "remove-private-AS" || word == "remove-private-as";
}

bool well_formed(const Knob& knob, Dialect dialect) {
  std::string_view word = knob.word(0);
  size_t size = knob.size();
  if (is_filter(word)) {
    if (!is_direction(knob.word(size - 1))) return false;
    // EOS and NX-OS know the line by its direction.
    return size == 3 || (size == 2 && knob.negated() && dialect != Dialect::frr && dialect != Dialect::ios);
  }
  if (word == "remove-private-as") {
    if (dialect == Dialect::frr) return false;  // `remove-private-AS` alone
    return knob.negated() || only(knob, 1, {"all", "replace-as", "ingress"});
  }
  if (word == "remove-private-AS") return knob.negated() || only(knob, 1, {"all", "replace-AS"});
  if (word == "shutdown" && dialect == Dialect::frr) return size == 1 || (knob.word(1) == "message" && size > 2);
  if (knob.negated()) return word != "inherit" || size > 2;
  if (word == "weight" || word == "import-localpref" || word == "export-localpref")
    return size == 2 && number_of(knob.word(1)).has_value();
  if (word == "unsuppress-map") return size == 2;
  if (word == "activate" || word == "route-server-client" || word == "route-reflector-client" ||
      word == "sender-as-path-loop-detection" || word == "enforce-first-as")
    return size == 1;
  if (word == "as-override") return only(knob, 1, {"split-horizon"});
  if (word == "missing-policy") return dialect == Dialect::eos && is_missing_policy(knob);
  if (word == "inherit")
    return size > 2 && (knob.word(1) == "peer-policy" || knob.word(1) == "peer-session" || knob.word(1) == "peer");
  if (word == "default-originate") return is_default_originate(knob);
  if (word == "next-hop-self") return only(knob, 1, {"all", "force"});
  if (word == "attribute-unchanged") return only(knob, 1, {"as-path", "med", "next-hop"});
  if (word == "local-as")
    return asn_of(knob.word(1)).has_value() && only(knob, 2, {"no-prepend", "replace-as", "dual-as", "fallback"});
  if (word == "local-role")
    return size > 1 && only(knob, 1, {"customer", "provider", "peer", "rs-server", "rs-client", "strict-mode"});
  return true;
}

bool takes_down(const Knob& knob, Dialect dialect) {
  return knob.size() == 1 || (dialect == Dialect::frr && knob.word(1) == "message");
}

std::optional<Address> neighbor_address(std::string_view name, Dialect dialect) {
  size_t zone = dialect == Dialect::frr ? std::string_view::npos : name.find('%');
  if (zone != std::string_view::npos && zone + 1 == name.size()) return std::nullopt;
  return parse_address(name.substr(0, zone));
}

}  // namespace bgproof::routemap
