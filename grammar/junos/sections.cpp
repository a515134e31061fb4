#include "grammar/junos/sections.h"

#include <algorithm>

namespace bgproof::junos {

namespace {

// Outermost sections that hold neither policy nor BGP.
constexpr std::string_view kOtherSections[] = {"access",
                                               "access-profile",
                                               "accounting-options",
                                               "applications",
                                               "apply-flags",
                                               "apply-macro",
                                               "bridge-domains",
                                               "chassis",
                                               "class-of-service",
                                               "custom-attributes",
                                               "diameter",
                                               "dynamic-profiles",
                                               "ethernet-switching-options",
                                               "event-options",
                                               "fabric",
                                               "firewall",
                                               "forwarding-options",
                                               "jsrc",
                                               "jsrc-partition",
                                               "multi-chassis",
                                               "multicast-snooping-options",
                                               "poe",
                                               "protection-group",
                                               "rcsid",
                                               "redundant-power-system",
                                               "schedulers",
                                               "security",
                                               "services",
                                               "session-limit-group",
                                               "smtp",
                                               "snmp",
                                               "switch-options",
                                               "unified-edge",
                                               "vcpe",
                                               "virtual-chassis",
                                               "vlans",
                                               "vmhost",
                                               "wlan"};

// Protocols other than BGP.
constexpr std::string_view kOtherProtocols[] = {"amt",
                                                "ancp",
                                                "apply-flags",
                                                "apply-macro",
                                                "authentication-access-control",
                                                "bfd",
                                                "clock-synchronization",
                                                "connections",
                                                "dcbx",
                                                "dot1x",
                                                "dvmrp",
                                                "esis",
                                                "evpn",
                                                "fip-snooping",
                                                "gvrp",
                                                "hyper-mode",
                                                "iccp",
                                                "igmp",
                                                "igmp-host",
                                                "igmp-snooping",
                                                "ilmi",
                                                "isis",
                                                "iso-over-tcp",
                                                "l2-learning",
                                                "l2circuit",
                                                "l2iw",
                                                "l2vpn",
                                                "lacp",
                                                "layer2-control",
                                                "ldp",
                                                "link-management",
                                                "lldp",
                                                "lldp-med",
                                                "loop-detect",
                                                "macsec",
                                                "mld",
                                                "mld-host",
                                                "mld-snooping",
                                                "mpls",
                                                "msdp",
                                                "mstp",
                                                "mvpn",
                                                "mvrp",
                                                "ndp-proxy",
                                                "neighbor-discovery",
                                                "nhrp",
                                                "oam",
                                                "ospf",
                                                "ospf3",
                                                "ovsdb",
                                                "pgm",
                                                "pim",
                                                "pim-snooping",
                                                "ppp",
                                                "ppp-service",
                                                "pppoe",
                                                "protection-group",
                                                "ptp",
                                                "r2cp",
                                                "rift",
                                                "rip",
                                                "ripng",
                                                "router-advertisement",
                                                "router-discovery",
                                                "rstp",
                                                "rsvp",
                                                "sap",
                                                "sflow",
                                                "source-packet-routing",
                                                "stp",
                                                "traffic-engineering",
                                                "tunnel",
                                                "uplink-failure-detection",
                                                "vpls",
                                                "vrrp",
                                                "vstp"};

}  // namespace

Part below(Part part, std::string_view word) {
  // A pattern of a group, or a name that was stripped, may stand for anything that is read.
  if (word.empty() || word.front() == '<')
    return part == Part::named_roots ? Part::root : part == Part::instances ? Part::instance : Part::keep;
  if (word == "apply-groups" || word == "apply-groups-except") return Part::keep;
  switch (part) {
    case Part::root:
      if (word == "policy-options" || word == "routing-options" || word == "interfaces" || word == "version" ||
          word == "when")  // of a group
        return Part::keep;
      if (word == "protocols") return Part::protocols;
      if (word == "groups" || word == "logical-systems" || word == "tenants") return Part::named_roots;
      if (word == "routing-instances") return Part::instances;
      if (word == "system") return Part::system;
      return std::ranges::binary_search(kOtherSections, word) ? Part::skip : Part::unknown;
    case Part::named_roots:
      return Part::root;
    case Part::instances:
      return Part::instance;
    case Part::instance:
      return word == "protocols" ? Part::protocols : Part::keep;
    case Part::protocols:
      if (word == "bgp") return Part::keep;
      return std::ranges::binary_search(kOtherProtocols, word) ? Part::skip : Part::unknown;
    case Part::system:
      return word == "host-name" ? Part::keep : Part::skip;
    case Part::keep:
    case Part::skip:
    case Part::unknown:
      return part;
  }
  return Part::unknown;
}

bool is_tag(std::string_view word) {
  return word == "inactive:" || word == "active:" || word == "protect:" || word == "unprotect:" || word == "replace:" ||
         word == "delete:";
}

bool is_command(std::string_view word) {
  static constexpr std::string_view kCommands[] = {"set",       "delete", "activate", "deactivate", "protect",
                                                   "unprotect", "insert", "rename",   "copy",       "annotate",
                                                   "replace",   "edit",   "top",      "up",         "exit",
                                                   "quit",
                                                   "load",      "rollback", "wildcard"};
  return std::ranges::find(kCommands, word) != std::end(kCommands);
}

bool is_read(std::span<const std::string_view> path) {
  Part part = Part::root;
  for (std::string_view word : path) {
    bool any_name = part == Part::named_roots || part == Part::instances;
    if (part != Part::keep && !any_name && (word.empty() || word.front() == '<')) return false;
    part = below(part, word);
    if (part == Part::keep) return true;
    if (part == Part::skip || part == Part::unknown) return false;
  }
  return false;
}

size_t first_unknown(std::span<const Word> path) {
  Part part = Part::root;
  for (size_t i = 0; i < path.size(); ++i) {
    part = below(part, path[i].text);
    if (part == Part::unknown) return i;
    if (part == Part::keep || part == Part::skip) break;
  }
  return path.size();
}

}  // namespace bgproof::junos
