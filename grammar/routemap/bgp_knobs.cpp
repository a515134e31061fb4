// The vocabulary of BGP sessions: what is read elsewhere in the lowering, and what changes no single route. Everything
// else may change and decide anything.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grammar/routemap/bgp_forms.h"
#include "grammar/routemap/bgp_programs.h"

namespace bgproof::routemap {

namespace {

using Words = std::set<std::string_view>;

// Of neighbors, groups and templates: read by the lowering.
const Words& read_of_peers() {
  static const Words kWords = {"activate",
                               "as-override",
                               "as-path",
                               "attribute-unchanged",
                               "capability",
                               "default-originate",
                               "description",
                               "distribute-list",
                               "enforce-first-as",
                               "export-localpref",
                               "filter-list",
                               "import-localpref",
                               "inherit",
                               "interface",
                               "local-as",
                               "local-role",
                               "missing-policy",
                               "next-hop-self",
                               "next-hop-unchanged",
                               "peer-group",
                               "prefix-list",
                               "remote-as",
                               "remove-private-AS",
                               "remove-private-as",
                               "route-map",
                               "route-reflector-client",
                               "route-server-client",
                               "send-community",
                               "sender-as-path-loop-detection",
                               "shutdown",
                               "unsuppress-map",
                               "weight"};
  return kWords;
}

// The transport, timers, limits, which of several routes are offered, how often, loop checks and what is logged.
const Words& idle_of_peers() {
  static const Words kWords = {"accept-own",
                               "additional-paths",
                               "addpath-tx-all-paths",
                               "addpath-tx-best-selected",
                               "addpath-tx-bestpath-per-AS",
                               "advertise",
                               "advertisement-interval",
                               "allowas-in",
                               "ao",
                               "bfd",
                               "cluster-id",
                               "connect",
                               "connection-mode",
                               "dampening",
                               "disable-addpath-rx",
                               "disable-connected-check",
                               "disable-peer-as-check",
                               "dont-capability-negotiate",
                               "dscp",
                               "dynamic-capability",
                               "ebgp-multihop",
                               "enforce-multihop",
                               "extended-optional-parameters",
                               "fall-over",
                               "fallover",
                               "graceful-restart",
                               "graceful-restart-disable",
                               "graceful-restart-helper",
                               "ha-mode",
                               "idle-restart-timer",
                               "ip-transparent",
                               "log-neighbor-changes",
                               "low-memory",
                               "maximum-accepted-routes",
                               "maximum-advertised-routes",
                               "maximum-peers",
                               "maximum-prefix",
                               "maximum-prefix-out",
                               "maximum-routes",
                               "monitoring",
                               "next-hop-third-party",
                               "out-delay",
                               "override-capability",
                               "passive",
                               "password",
                               "peer-filter",
                               "peer-type",
                               "port",
                               "rib-in",
                               "route-refresh",
                               "rtt",
                               "session",
                               "slow-peer",
                               "soft-reconfiguration",
                               "solo",
                               "strict-capability-match",
                               "suppress-inactive",
                               "tcp-mss",
                               "timers",
                               "transport",
                               "ttl",
                               "ttl-security",
                               "update-source",
                               "version"};
  return kWords;
}

// Of processes, VRFs and their families, behind the word `bgp` or without it.
const Words& known_of_instances() {
  static const Words kWords = {
      // Read by the lowering.
      "aggregate-address", "auto-summary", "confederation", "default", "default-information", "default-metric",
      "distribute-list", "ebgp-requires-policy", "enforce-first-as", "local-as", "maxas-limit", "missing-policy",
      "network", "redistribute", "reject-as-sets", "route-reflector", "safe-ebgp-policy", "shutdown",
      // Without effect on a single route.
      "additional-paths", "advertise", "advertise-all-vni", "advertise-default-gw", "advertise-inactive",
      "advertise-pip", "advertise-svi-ip", "aggregate-timer", "allow-martian-nexthop", "always-compare-med", "asn",
      "asnotation", "bestpath", "bmp", "client-to-client", "cluster-id", "coalesce-time", "conditional-advertisement",
      "control-plane-filter", "convergence", "dampening", "deterministic-med", "disable-ebgp-connected-route-check",
      "disable-policy-batching", "distance", "dmzlink-bw", "dynamic", "dynamic-med-interval", "event-history",
      "exit-address-family", "export", "fast-convergence", "fast-external-failover", "fast-external-fallover",
      "flush-routes", "graceful-restart", "graceful-restart-helper", "hard-administrative-reset", "host-routes",
      "import", "label", "labeled-unicast", "listen", "log-neighbor-changes", "lu-delay", "maximum-paths",
      "minimum-holdtime", "monitoring", "mpls", "nexthop", "next-hop", "nopeerup-delay", "peer",
      "peer-mac-resolution-timeout", "prefix-priority", "rd", "read-quanta", "reconnect-interval", "recursion",
      "redistribute-internal", "refresh", "regexp", "retain", "route-target", "router-id", "rpki", "rt", "scan-time",
      "segment-routing", "session-dscp", "sid", "skip", "slow-peer", "snmp", "soft-reconfig-backup", "srv6",
      "suppress-duplicates", "suppress-fib-pending", "suppress-inactive", "synchronization", "table-map",
      "tcp-keepalive", "timers", "trace", "transport", "ucmp", "update", "update-delay", "upgrade-cli", "vlan",
      "vlan-aware-bundle", "vni", "wait-for-convergence", "wait-igp-convergence", "wait-install", "write-quanta"};
  return kWords;
}

// Of FRR's lines `bgp ...` outside of the processes: read by the lowering, or without effect on a single route.
const Words& known_of_all() {
  static const Words kWords = {"community",    "graceful-shutdown",    "no-rib",      "route-map", "send-extra-data",
                               "session-dscp", "suppress-fib-pending", "update-delay"};
  return kWords;
}

// What the lowering reads outside of families alone.
bool is_of_process_alone(const Knob& knob) {
  static const Words kWords = {
      "confederation", "ebgp-requires-policy", "enforce-first-as", "graceful-shutdown", "local-as",
      "maxas-limit",   "reject-as-sets",       "route-reflector",  "safe-ebgp-policy",  "shutdown"};
  return kWords.contains(knob.word(0)) || (knob.word(0) == "default" && knob.word(1) != "local-preference");
}

// Of the idle ones those that decide about a route, if not by its attributes alone: loop checks, what is damped, what
// is taken from elsewhere or offered although it is not in use.
bool is_outside_of_peers(std::string_view word) {
  static const Words kWords = {"accept-own",
                               "additional-paths",
                               "addpath-tx-all-paths",
                               "addpath-tx-best-selected",
                               "addpath-tx-bestpath-per-AS",
                               "advertise",
                               "allowas-in",
                               "capability",
                               "cluster-id",
                               "dampening",
                               "disable-addpath-rx",
                               "disable-peer-as-check",
                               "ip-transparent",
                               "next-hop-third-party",
                               "peer-filter",
                               "rib-in",
                               "sender-as-path-loop-detection",
                               "suppress-inactive"};
  return kWords.contains(word);
}

bool is_outside_of_instances(std::string_view word) {
  static const Words kWords = {"additional-paths",
                               "advertise",
                               "advertise-inactive",
                               "allow-martian-nexthop",
                               "client-to-client",
                               "cluster-id",
                               "confederation",
                               "dampening",
                               "export",
                               "import",
                               "isolate",
                               "no-rib",
                               "redistribute-internal",
                               "retain",
                               "rt",
                               "route-target",
                               "suppress-fib-pending",
                               "suppress-inactive",
                               "synchronization",
                               "table-map"};
  return kWords.contains(word);
}

bool is_known_of_instance(const BgpScope& scope, const Knob& knob, bool in_family) {
  Knob bare = knob;
  if (bare.word(0) == "bgp") ++bare.first;
  // Those are free where routes are originated.
  if (knob.odd) return originates(bare.word(0));
  if (in_family && is_of_process_alone(bare)) return false;
  if (bare.word(0) == "graceful-shutdown") return scope.dialect == Dialect::frr || bare.negated();
  // Without reflection between them, clients do not get what the facts say that they can get.
  if (bare.word(0) == "client-to-client" && bare.negated()) return false;
  // Paths that are put together of several ones.
  if (bare.word(0) == "bestpath" && bare.has("as-set")) return false;
  return known_of_instances().count(bare.word(0)) != 0;
}

bool is_known_of_peer(const BgpScope& scope, const Knob& knob) {
  std::string_view word = knob.word(0);
  if (knob.odd) return false;
  if (word == "shutdown") return knob.negated() || takes_down(knob, scope.dialect);
  if (word == "remove-private-as" || word == "remove-private-AS") return !knob.has("ingress");
  // The metric of AIGP itself is no attribute of the model; what is made of it is.
  if (word == "aigp") return knob.size() == 1 || knob.negated();
  if (word == "peer") return knob.word(1) == "group" || knob.word(1) == "dynamic";
  if (word == "graceful-shutdown") return scope.dialect == Dialect::frr;
  if (word == "as-path") return knob.word(1) == "prepend-own" || knob.word(1) == "remote-as";
  return read_of_peers().count(word) != 0 || idle_of_peers().count(word) != 0;
}

}  // namespace

std::vector<UnmodelledLine> outside_of(const Config& config, const BgpScope& scope, const SessionSetup& setup) {
  std::vector<UnmodelledLine> lines;
  auto add = [&](const Knob& knob) { lines.push_back({knob.range(), (knob.negated() ? "no " : "") + knob.text()}); };
  // Where no line speaks of it a device may enforce it, which a `no` line then ends.
  auto lets_any_first = [](const Knob& knob, std::string_view word) {
    return word == "enforce-first-as" && knob.negated();
  };
  for (const Knobs* level : setup.levels.levels())
    for (const Knob& knob : *level)
      if (is_outside_of_peers(knob.word(0)) || (knob.word(0) == "local-as" && knob.size() > 2) ||
          lets_any_first(knob, knob.word(0)))
        add(knob);
  // What a peer filter that is named says stands elsewhere.
  for (const Knobs* level : setup.levels.levels())
    for (const Knob& knob : *level)
      for (const Line& line : config.lines)
        if (knob.word(0) == "peer-filter" && line.begins({"peer-filter", knob.word(1)}))
          for (const Line& entry : line.children)
            lines.push_back({entry.range, "peer-filter " + std::string(knob.word(1)) + ": " +
                                              (entry.negated ? "no " : "") + std::string(entry.rest(0))});
  // Whether a network has to be in the table, and of which parts an aggregate has its path.
  auto is_of_table = [](const Knob& knob, std::string_view word) {
    if (word == "network") return knob.has("import-check");
    return word == "aggregate-address" && !knob.negated() && (knob.has("as-set") || knob.has("as-confed-set"));
  };
  auto add_all = [&](const Knobs& knobs) {
    for (const Knob& knob : knobs) {
      std::string_view word = knob.word(knob.word(0) == "bgp" ? 1 : 0);
      if (is_outside_of_instances(word) || lets_any_first(knob, word) || is_of_table(knob, word)) add(knob);
    }
  };
  add_all(scope.bgp->of_all);
  add_all(scope.instance->knobs);
  if (auto family = scope.instance->families.find(setup.family_name()); family != scope.instance->families.end())
    add_all(family->second);
  const BgpInstance* main = scope.bgp->default_instance();
  if (main != nullptr && main != scope.instance && scope.dialect != Dialect::frr) add_all(main->knobs);
  return lines;
}

std::vector<Clause> unknown_knobs(Context& context, const BgpScope& scope, const SessionSetup& setup) {
  std::vector<Clause> clauses;
  auto free = [&](const Knob& knob, const char* of) {
    context.diagnostics().note(
        "BP117", knob.range(),
        fmt::format("`{}` of a BGP {} is not modelled", knob.word(0) == "bgp" ? knob.word(1) : knob.word(0), of),
        "it may change and decide anything");
    clauses.push_back(one("(unknown)", context.havoc(knob.range(), knob.text())));
  };
  for (const Knobs* level : setup.levels.levels())
    for (const Knob& knob : *level)
      if (!is_known_of_peer(scope, knob)) free(knob, "session");
  for (const Knob* knob : setup.levels.dangling()) {
    context.diagnostics().warning("BP122", knob->range(), fmt::format("nothing defines what `{}` names", knob->text()),
                                  "what it gives is not known");
    clauses.push_back(one("(unknown)", context.havoc(knob->range(), knob->text())));
  }
  for (const Knob* knob : setup.levels.doubtful())
    clauses.push_back(one("(unknown)", context.havoc(knob->range(), "no " + knob->text())));
  for (const Knob& knob : scope.instance->knobs)
    if (!is_known_of_instance(scope, knob, false)) free(knob, "process");
  for (const Knob& knob : scope.bgp->of_all)
    if (!known_of_all().contains(knob.word(1))) free(knob, "process");
  if (auto family = scope.instance->families.find(setup.family_name()); family != scope.instance->families.end())
    for (const Knob& knob : family->second)
      if (!is_known_of_instance(scope, knob, true)) free(knob, "family");
  // Whether what the process gives all neighbors counts in its VRFs nobody says.
  const BgpInstance* main = scope.bgp->default_instance();
  if (main != nullptr && main != scope.instance)
    for (const Knob& knob : main->defaults) free(knob, "process");
  return clauses;
}

}  // namespace bgproof::routemap
