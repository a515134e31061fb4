#include "grammar/routemap/modes.h"

#include <algorithm>
#include <span>
#include <string>

#include "grammar/routemap/frr_forms.h"

namespace bgproof::routemap {

namespace {

using Words = std::span<const std::string_view>;

bool one_of(std::string_view word, Words words) { return std::find(words.begin(), words.end(), word) != words.end(); }

constexpr std::string_view kRouteMap[] = {"match", "set",           "continue",   "on-match",
                                          "call",  "sub-route-map", "description"};

constexpr std::string_view kList[] = {"permit",     "deny",  "remark",      "seq",
                                      "statistics", "match", "description", "counters"};

constexpr std::string_view kBgp[] = {"neighbor",
                                     "network",
                                     "bgp",
                                     "redistribute",
                                     "aggregate-address",
                                     "address-family",
                                     "vrf",
                                     "template",
                                     "maximum-paths",
                                     "timers",
                                     "distance",
                                     "default-metric",
                                     "auto-summary",
                                     "synchronization",
                                     "table-map",
                                     "router-id",
                                     "distribute-list",
                                     "default-information",
                                     "cluster-id",
                                     "confederation",
                                     "log-neighbor-changes",
                                     "bestpath",
                                     "graceful-restart",
                                     "rd",
                                     "route-target",
                                     "import",
                                     "export",
                                     "update",
                                     "dynamic-med",
                                     "local-as",
                                     "default-originate",
                                     "dampening",
                                     "inherit",
                                     "reconnect-interval",
                                     "enforce-first-as",
                                     "graceful-shutdown",
                                     "scope",
                                     "peer",
                                     "coalesce-updates",
                                     "read-quanta",
                                     "write-quanta",
                                     "suppress-fib-pending",
                                     "label",
                                     "segment-routing",
                                     "sid",
                                     "advertise",
                                     "advertise-all-vni",
                                     "nexthop",
                                     "next-hop-self",
                                     "exit-peer-policy",
                                     "isolate",
                                     "fast-external-fallover",
                                     "wait-install",
                                     "disable-policy-batching"};

constexpr std::string_view kNeighbor[] = {"remote-as",
                                          "description",
                                          "address-family",
                                          "inherit",
                                          "update-source",
                                          "ebgp-multihop",
                                          "local-as",
                                          "password",
                                          "timers",
                                          "peer-type",
                                          "transport",
                                          "shutdown",
                                          "bfd",
                                          "maximum-peers",
                                          "remove-private-as",
                                          "capability",
                                          "dynamic-capability",
                                          "low-memory",
                                          "disable-connected-check",
                                          "log-neighbor-changes",
                                          "graceful-shutdown",
                                          "ttl-security",
                                          "local-role",
                                          "dont-capability-negotiate"};

constexpr std::string_view kNeighborFamily[] = {"route-map",
                                                "prefix-list",
                                                "filter-list",
                                                "send-community",
                                                "next-hop-self",
                                                "default-originate",
                                                "maximum-prefix",
                                                "weight",
                                                "soft-reconfiguration",
                                                "allowas-in",
                                                "as-override",
                                                "route-reflector-client",
                                                "disable-peer-as-check",
                                                "advertise-map",
                                                "unsuppress-map",
                                                "suppress-inactive",
                                                "next-hop-third-party",
                                                "inherit",
                                                "soo",
                                                "advertisement-interval",
                                                "distribute-list",
                                                "capability",
                                                "remove-private-as",
                                                "exit-peer-policy"};

constexpr std::string_view kIpLists[] = {"prefix-list", "community-list", "extcommunity-list", "large-community-list",
                                         "as-path",     "access-list",    "bgp-community",     "bgp",
                                         "vrf"};

// Commands of the outermost level whose blocks, if they have any, do not matter.
constexpr std::string_view kElsewhere[] = {"aaa",
                                           "agentx",
                                           "alias",
                                           "archive",
                                           "arp",
                                           "banner",
                                           "boot",
                                           "boot-end-marker",
                                           "boot-start-marker",
                                           "bridge",
                                           "call-home",
                                           "cdp",
                                           "class-map",
                                           "clock",
                                           "control-plane",
                                           "copp",
                                           "crypto",
                                           "daemon",
                                           "debug",
                                           "dial-peer",
                                           "diagnostic",
                                           "dot1x",
                                           "enable",
                                           "errdisable",
                                           "event",
                                           "event-handler",
                                           "exception",
                                           "feature",
                                           "feature-set",
                                           "flow",
                                           "hardware",
                                           "hostname",
                                           "hw-module",
                                           "interface",
                                           "ip",
                                           "ipv6",
                                           "key",
                                           "l2vpn",
                                           "lacp",
                                           "license",
                                           "line",
                                           "lldp",
                                           "log",
                                           "logging",
                                           "mac",
                                           "management",
                                           "memory",
                                           "mgcp",
                                           "mls",
                                           "monitor",
                                           "mpls",
                                           "multilink",
                                           "netconf",
                                           "netconf-yang",
                                           "nexthop-group",
                                           "ntp",
                                           "object-group",
                                           "parser",
                                           "pbr-map",
                                           "platform",
                                           "policy-map",
                                           "port-channel",
                                           "privilege",
                                           "ptp",
                                           "qos",
                                           "queue-monitor",
                                           "radius-server",
                                           "redundancy",
                                           "rmon",
                                           "role",
                                           "router",
                                           "scheduler",
                                           "security",
                                           "service",
                                           "sflow",
                                           "snmp-server",
                                           "spanning-tree",
                                           "subscriber",
                                           "switch",
                                           "system",
                                           "tacacs-server",
                                           "telemetry",
                                           "tftp-server",
                                           "time-range",
                                           "track",
                                           "transceiver",
                                           "udld",
                                           "username",
                                           "vdc",
                                           "version",
                                           "vpc",
                                           "vpdn",
                                           "vtp",
                                           "zone",
                                           "zone-pair"};

bool is_action(std::string_view word) { return word == "permit" || word == "deny"; }

bool is_number(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool has(const Head& head, std::string_view wanted) {
  return std::find(head.word.begin(), head.word.end(), wanted) != head.word.end();
}

bool is_list(std::string_view word) {
  return word == "prefix-list" || word == "community-list" || word == "extcommunity-list" ||
         word == "large-community-list" || word == "as-path";
}

bool root_knows(Dialect dialect, const Head& head) {
  const auto& [first, second, third, fourth, fifth] = head.word;
  switch (first.empty() ? '\0' : first.front()) {
    case 'a':
      return first == "access-list" || first == "as-format";
    case 'b':
      return first == "bgp" && (dialect == Dialect::frr || is_list(second));
    case 'f':
      return first == "frr" || (first == "feature" && second == "bgp");
    case 'h':
      return first == "hostname";
    case 'i':
      if (first == "interface") return true;
      return (first == "ip" || first == "ipv6") && one_of(second, kIpLists);
    case 'p':
      return first == "peer-filter";
    case 'r':
      return first == "route-map" || first == "rpki" || (first == "router" && second == "bgp");
    case 's':
      return first == "switchname";
    case 'v':
      return first == "vrf";
    default:
      return false;
  }
}

// FRR takes what is cut short, so that it may be a line of a list or of a route map (frr_lines.h).
bool may_be_policy(const Head& head) {
  const std::string_view first = head.word[0];
  bool begins = std::string_view("route-map").starts_with(first) || std::string_view("access-list").starts_with(first);
  return !first.empty() && (begins || may_name_list(first, head.word[1]));
}

bool is_short_route_map(const Head& head) {
  auto cut_short = [](std::string_view whole, std::string_view word) {
    return !word.empty() && whole.starts_with(word);
  };
  bool action = cut_short("permit", head.word[2]) || cut_short("deny", head.word[2]);
  return !head.negated && head.count >= 4 && action && cut_short("route-map", head.word[0]);
}

std::optional<Mode> opens_at_root(const Head& head) {
  const auto& [first, second, third, fourth, fifth] = head.word;
  if (first == "route-map")
    return third == "optimization" || head.negated ? std::nullopt : std::optional(Mode::route_map);
  if (head.negated) return std::nullopt;
  if (first == "router" && second == "bgp") return Mode::bgp;
  if (first == "interface") return Mode::interface;
  if (first == "peer-filter") return Mode::list;
  if (first == "vrf") return Mode::vrf_definition;
  if (first == "ip" && second == "vrf") return Mode::vrf_definition;
  if (first == "ip" || first == "ipv6") {
    // A list on lines of its own gives a permit or deny on each; `ip prefix-list NAME` alone opens a block (EOS).
    if (second == "access-list" && !has(head, "permit") && !has(head, "deny") && !has(head, "remark"))
      return Mode::list;
    if (second == "prefix-list" && head.count == 3) return Mode::list;
  }
  return std::nullopt;
}

}  // namespace

Head head_of(std::string_view line) {
  Head head;
  size_t at = 0;
  while (head.count < head.word.size()) {
    at = line.find_first_not_of(std::string_view(" \t\r\f\0", 5), at);
    if (at == std::string_view::npos) break;
    size_t end = std::min(line.find_first_of(std::string_view(" \t\r\f\0", 5), at), line.size());
    std::string_view word = line.substr(at, end - at);
    at = end;
    if (head.count == 0 && !head.negated && (word == "no" || word == "default"))
      head.negated = true;
    else
      head.word[head.count++] = word;
  }
  return head;
}

Head words_of(const Line& line) {
  Head head;
  head.count = std::min(line.size(), head.word.size());
  for (size_t i = 0; i < head.count; ++i) head.word[i] = line.word(i);
  head.negated = line.negated;
  return head;
}

bool is_of_root(const Head& head) {
  const auto& [first, second, third, fourth, fifth] = head.word;
  if (first == "route-map") return is_action(third) && is_number(fourth);
  if (first == "router") return second == "bgp";
  if (first == "ip" || first == "ipv6") return is_list(second) && head.count >= 3;
  return first == "bgp" && is_list(second) && head.count >= 4 && (second != "as-path" || third == "access-list");
}

bool shortens_list(const Head& head) {
  constexpr size_t kLeast = 3;
  const std::string_view first = head.word[0], second = head.word[1];
  bool whole = is_list(second) && (second != "as-path" || head.word[2] == "access-list");
  return first == "bgp" && !whole && second.size() >= kLeast && head.count >= 4 && may_name_list(first, second);
}

bool opens_nothing(const Head& head) {
  constexpr std::string_view kLines[] = {"agentx", "banner", "debug",    "enable",  "hostname", "ip",
                                         "ipv6",   "log",    "password", "service", "username"};
  return !is_elsewhere(head) || one_of(head.word[0], kLines);
}

bool is_elsewhere(const Head& head) { return one_of(head.word[0], kElsewhere); }

bool knows(Mode mode, Dialect dialect, const Head& head) {
  const std::string_view first = head.word[0];
  if (mode != Mode::root && is_of_root(head)) return false;
  if (mode != Mode::root && mode != Mode::interface && first == "vrf" && head.count > 2) return false;
  switch (mode) {
    case Mode::root:
      return root_knows(dialect, head) || (dialect == Dialect::frr && may_be_policy(head));
    case Mode::skipped:
    case Mode::nested:
    case Mode::vrf_definition:
      return false;
    case Mode::interface:
      if (first == "vrf") return head.word[1] == "forwarding" || head.word[1] == "member" || head.count == 2;
      if (first == "ip" && head.word[1] == "vrf") return head.word[2] == "forwarding";
      return (first == "ip" || first == "ipv6") && head.word[1] == "address";
    case Mode::route_map:
      return one_of(first, kRouteMap);
    case Mode::list:
      return one_of(first, kList) || is_number(first);
    case Mode::family:
      // An NX-OS neighbor stands beside the families of its instance, never in one.
      if (dialect == Dialect::nxos && (first == "neighbor" || first == "template" || first == "vrf")) return false;
      return one_of(first, kBgp) && first != "address-family" && first != "vrf" && first != "template";
    case Mode::bgp:
      return one_of(first, kBgp);
    case Mode::bgp_vrf:
      return one_of(first, kBgp) && first != "vrf" && first != "template";
    case Mode::neighbor:
    case Mode::peer_template:
      return one_of(first, kNeighbor) || (dialect != Dialect::nxos && one_of(first, kNeighborFamily));
    case Mode::neighbor_family:
      return one_of(first, kNeighborFamily);
  }
  return false;
}

std::optional<Mode> opens(Mode mode, Dialect dialect, const Head& head) {
  const auto& [first, second, third, fourth, fifth] = head.word;
  if (mode == Mode::root && dialect == Dialect::frr && is_short_route_map(head)) return Mode::route_map;
  if (mode == Mode::root) return opens_at_root(head);
  if (head.negated) return std::nullopt;
  // FRR ends these with `exit`, `exit-vni`, `exit-vnc`, ...
  if (dialect == Dialect::frr && mode == Mode::family && first == "vni" && head.count == 2) return Mode::nested;
  bool of_process = first == "segment-routing" || first == "vnc" || first == "vrf-policy" || first == "bmp";
  if (dialect == Dialect::frr && mode == Mode::bgp && of_process) return Mode::nested;
  switch (mode) {
    case Mode::bgp:
      if (first == "vrf") return Mode::bgp_vrf;
      if (first == "template") return Mode::peer_template;
      [[fallthrough]];
    case Mode::bgp_vrf:
      if (first == "address-family") return Mode::family;
      if (first == "neighbor" && dialect == Dialect::nxos) return Mode::neighbor;
      return std::nullopt;
    case Mode::neighbor:
    case Mode::peer_template:
      if (first == "address-family") return Mode::neighbor_family;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

namespace {

bool shortens_a_command(Mode mode, const Head& head) {
  // Begins `full`, is not the whole of it, and has at least so many characters.
  auto shortens = [](std::string_view word, std::string_view full, size_t least) {
    return word.size() >= least && word.size() < full.size() && full.starts_with(word);
  };
  const auto& [first, second, third, fourth, fifth] = head.word;
  if (shortens(first, "route-map", 6) || shortens(first, "access-list", 7)) return true;
  bool bgp = second == "bgp" || shortens(second, "bgp", 1);
  if (bgp && !third.empty() && (shortens(first, "router", 3) || (first == "router" && second != "bgp"))) return true;
  if (first == "ip" || first == "ipv6") {
    for (std::string_view list : {"prefix-list", "community-list", "extcommunity-list", "large-community-list"})
      if (shortens(second, list, 3) && !third.empty()) return true;
    if (shortens(second, "access-list", 3)) return true;
    if (second == "as-path" && shortens(third, "access-list", 1)) return true;
    if (shortens(second, "as-path", 2)) return true;
  }
  // Behind a block that is not indented.
  if (mode == Mode::route_map) return shortens(first, "match", 2) || shortens(first, "continue", 3);
  if (mode == Mode::bgp || mode == Mode::family || mode == Mode::bgp_vrf)
    return shortens(first, "neighbor", 2) || shortens(first, "address-family", 3) || shortens(first, "redistribute", 5);
  return false;
}

}  // namespace

bool is_abbreviated(Mode mode, Dialect dialect, const Head& head) {
  if (dialect == Dialect::frr) return shortens_a_command(mode, head);
  std::array<std::string, 5> texts;
  Head lower = head;
  bool capitals = false;
  for (size_t i = 0; i < head.count; ++i) {
    texts[i] = head.word[i];
    for (char& c : texts[i])
      if (c >= 'A' && c <= 'Z') {
        c = static_cast<char>(c - 'A' + 'a');
        capitals = true;
      }
    lower.word[i] = texts[i];
  }
  if (capitals && (root_knows(dialect, lower) || knows(mode, dialect, lower))) return true;
  return shortens_a_command(mode, lower);
}

bool is_list_line(const Head& head) {
  const auto& [first, second, third, fourth, fifth] = head.word;
  if (first == "access-list") return true;
  if (first != "ip" && first != "ipv6" && first != "bgp") return is_action(first) || first == "seq" || is_number(first);
  return second == "access-list" || is_list(second);
}

}  // namespace bgproof::routemap
