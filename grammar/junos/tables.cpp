#include "grammar/junos/tables.h"

#include <algorithm>
#include <array>
#include <set>

#include "grammar/junos/lines.h"
#include "grammar/junos/tree.h"

namespace bgproof::junos {

namespace {

// Statements of routing-options: those of Juniper's pages about [edit routing-options], but for what puts routes of
// programs of the user into tables (`programmable-rpd`). They are read elsewhere, make routes of other protocols than
// BGP (which are offered with whatever attributes), keep routes out, or are about forwarding, labels, timers and what
// is logged.
constexpr std::array<std::string_view, 44> kOfOptions = {"access",
                                                         "access-internal",
                                                         "aggregate",
                                                         "apply-flags",
                                                         "apply-groups",
                                                         "apply-groups-except",
                                                         "apply-macro",
                                                         "auto-export",
                                                         "autonomous-system",
                                                         "backup-selection",
                                                         "bgp-orf-cisco-mode",
                                                         "confederation",
                                                         "dynamic-tunnels",
                                                         "fate-sharing",
                                                         "flex-algorithm",
                                                         "flow",
                                                         "forwarding-table",
                                                         "generate",
                                                         "graceful-restart",
                                                         "host-fast-reroute",
                                                         "instance-export",
                                                         "instance-import",
                                                         "interface-routes",
                                                         "martians",
                                                         "maximum-paths",
                                                         "maximum-prefixes",
                                                         "med-igp-update-interval",
                                                         "multicast",
                                                         "multipath",
                                                         "nonstop-routing",
                                                         "nonstop-routing-options",
                                                         "options",
                                                         "outbound-route-filter",
                                                         "resolution",
                                                         "rib",
                                                         "rib-groups",
                                                         "route-distinguisher-id",
                                                         "route-record",
                                                         "router-id",
                                                         "source-packet-routing",
                                                         "source-routing",
                                                         "static",
                                                         "traceoptions",
                                                         "validation"};
// The same of [edit routing-instances NAME].
constexpr std::array<std::string_view, 22> kOfInstances = {
    "apply-flags",         "apply-groups",         "apply-groups-except",
    "apply-macro",         "bridge-domains",       "connector-id-advertise",
    "description",         "egress-protection",    "forwarding-options",
    "instance-role",       "instance-type",        "interface",
    "no-vrf-advertise",    "no-vrf-propagate-ttl", "protocols",
    "route-distinguisher", "routing-options",      "vrf-export",
    "vrf-import",          "vrf-propagate-ttl",    "vrf-table-label",
    "vrf-target"};

template <class Table>
bool is_in(const Table& table, std::string_view word) {
  return std::ranges::find(table, word) != table.end();
}

template <class Table>
void collect_unknown(const Statement& holder, const Table& known, std::vector<const Statement*>& out) {
  for (const Statement& child : holder.children) {
    // What could not be read leaves the whole device not checked.
    if (child.inactive || child.words.empty() || child.keyword() == kUnreadable) continue;
    if (!is_in(known, child.keyword())) out.push_back(&child);
  }
}

void collect_unknown_options(const Statement& holder, std::vector<const Statement*>& out) {
  for (const Statement* options : holder.all("routing-options")) {
    collect_unknown(*options, kOfOptions, out);
    for (const Statement* rib : options->all("rib")) collect_unknown(*rib, kOfOptions, out);
  }
}

// The instances of that name, which may be written in pieces; the system itself for the default one.
std::vector<const Statement*> holders_of(const Statement& system, const std::string& instance) {
  if (instance.empty()) return {&system};
  std::vector<const Statement*> found;
  for (const Statement* all : system.all("routing-instances"))
    for (const Statement& each : all->children)
      if (!each.inactive && !each.words.empty() && each.keyword() == instance) found.push_back(&each);
  return found;
}

// The lines of BGP that put its routes into more tables than one, by the group that they name.
void rib_groups_of(const Statement& statement, std::vector<std::string>& names) {
  if (statement.inactive) return;
  for (size_t i = 0; i < statement.words.size(); ++i)
    if (statement.words[i].text == "rib-group")
      names.push_back(i + 1 < statement.words.size() ? statement.words[i + 1].text : "");
  for (const Statement& child : statement.children) rib_groups_of(child, names);
}

// Whether the group copies into the table; one that is not defined may.
bool copies_into(const Statement& system, const std::string& group, const std::string& table) {
  bool defined = false;
  for (const Statement* options : system.all("routing-options"))
    for (const Statement* groups : options->all("rib-groups"))
      for (const Statement* each : groups->all(group)) {
        bool first = true;
        for (const Line& line : lines_of(*each)) {
          if (line.word(0) != "import-rib") continue;
          defined = true;
          for (size_t i = 1; i < line.size(); ++i, first = false)
            if (!first && line.word(i) == table) return true;
        }
      }
  return !defined;
}

void read_taken(const Statement& system, const std::string& instance, Tables& tables) {
  auto add = [&](const Statement& statement) {
    tables.takes_bgp = true;
    if (statement.keyword() == "instance-import" || statement.keyword() == "vrf-import")
      for (size_t i = 1; i < statement.words.size(); ++i) tables.taken_by.push_back(statement.words[i].text);
  };
  for (const Statement* holder : holders_of(system, instance)) {
    for (const Statement* options : holder->all("routing-options"))
      for (const char* word : {"instance-import", "auto-export"})
        for (const Statement* each : options->all(word)) add(*each);
    if (instance.empty()) continue;
    for (const char* word : {"vrf-import", "vrf-target"})
      for (const Statement* each : holder->all(word)) add(*each);
    for (const Statement* type : holder->all("instance-type"))
      if (type->name() != "virtual-router" && type->name() != "forwarding" && type->name() != "no-forwarding")
        add(*type);
  }
  std::vector<std::string> groups;
  auto look = [&](const Statement& holder) {
    for (const Statement* protocols : holder.all("protocols"))
      for (const Statement* bgp : protocols->all("bgp")) rib_groups_of(*bgp, groups);
  };
  look(system);
  for (const Statement* all : system.all("routing-instances"))
    for (const Statement& each : all->children)
      if (!each.inactive) look(each);
  std::string front = instance.empty() ? "" : instance + ".";
  for (const std::string& group : std::set<std::string>(groups.begin(), groups.end())) {
    if (!copies_into(system, group, front + "inet.0") && !copies_into(system, group, front + "inet6.0")) continue;
    tables.takes_bgp = true;
    for (const Statement* options : system.all("routing-options"))
      for (const Statement* all : options->all("rib-groups"))
        for (const Statement* each : all->all(group))
          for (const Statement* policy : each->all("import-policy"))
            for (size_t i = 1; i < policy->words.size(); ++i) tables.taken_by.push_back(policy->words[i].text);
  }
}

}  // namespace

Tables tables_of(const Statement& system, const std::string& instance) {
  Tables tables;
  collect_unknown_options(system, tables.unknown);
  if (!instance.empty())
    for (const Statement* holder : holders_of(system, instance)) {
      collect_unknown_options(*holder, tables.unknown);
      collect_unknown(*holder, kOfInstances, tables.unknown);
    }
  read_taken(system, instance, tables);
  return tables;
}

}  // namespace bgproof::junos
