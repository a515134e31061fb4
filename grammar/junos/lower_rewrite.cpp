#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grammar/junos/session.h"
#include "grammar/junos/tree.h"

namespace bgproof::junos {

namespace {

// Statements of bgp, group and neighbor that are read elsewhere in the lowering.
constexpr std::array<std::string_view, 23> kRead = {"allow",
                                                    "as-override",
                                                    "cluster",
                                                    "defaults",
                                                    "description",
                                                    "dynamic-neighbor",
                                                    "enforce-first-as",
                                                    "export",
                                                    "family",
                                                    "group",
                                                    "import",
                                                    "local-as",
                                                    "local-preference",
                                                    "metric-out",
                                                    "multihop",
                                                    "neighbor",
                                                    "peer-as",
                                                    "peer-as-list",
                                                    "peer-auto-discovery",
                                                    "preference",
                                                    "remove-private",
                                                    "route-server-client",
                                                    "type"};
// Statements that change no single route: the transport, timers, which routes of several are offered, how often, and
// what is logged. `advertise-peer-as` and `loops` only widen or narrow what is offered, which Real does not assume
// anything about.
constexpr std::array<std::string_view, 52> kNoEffect = {"accept-remote-nexthop",
                                                        "add-path",
                                                        "advertise-bgp-static",
                                                        "advertise-external",
                                                        "advertise-from-main-vpn-tables",
                                                        "advertise-inactive",
                                                        "advertise-peer-as",
                                                        "apply-groups",
                                                        "apply-groups-except",
                                                        "authentication-algorithm",
                                                        "authentication-key",
                                                        "authentication-key-chain",
                                                        "bfd-liveness-detection",
                                                        "bgp-error-tolerance",
                                                        "damping",
                                                        "delay-route-advertisements",
                                                        "egress-te",
                                                        "egress-te-backup-paths",
                                                        "graceful-restart",
                                                        "hold-time",
                                                        "idle-after-switch-over",
                                                        "include-mp-next-hop",
                                                        "ipsec-sa",
                                                        "keep",
                                                        "local-address",
                                                        "local-interface",
                                                        "log-updown",
                                                        "minimum-hold-time",
                                                        "mtu-discovery",
                                                        "multipath",
                                                        "multipath-build-priority",
                                                        "no-advertise-peer-as",
                                                        "no-aggregator-id",
                                                        "no-client-reflect",
                                                        "no-mtu-discovery",
                                                        "optimal-route-reflection",
                                                        "out-delay",
                                                        "output-queue-priority",
                                                        "passive",
                                                        "precision-timers",
                                                        "route-refresh-priority",
                                                        "session-mode",
                                                        "snmp-options",
                                                        "stale-labels-holddown-period",
                                                        "tcp-aggressive-transmission",
                                                        "tcp-connect-port",
                                                        "tcp-mss",
                                                        "traceoptions",
                                                        "traffic-statistics-labeled-path",
                                                        "ttl",
                                                        "unconfigured-peer-graceful-restart",
                                                        "vpn-apply-export"};
// The same below `family inet unicast`.
constexpr std::array<std::string_view, 19> kFamilyNoEffect = {"accepted-prefix-limit",
                                                              "add-path",
                                                              "aigp",
                                                              "damping",
                                                              "delay-route-advertisements",
                                                              "extended-nexthop",
                                                              "local-ipv4-address",
                                                              "loops",
                                                              "nexthop-resolution",
                                                              "no-install",
                                                              "output-queue-priority",
                                                              "prefix-limit",
                                                              "protection",
                                                              "rib-group",
                                                              "route-refresh-priority",
                                                              "secondary-independent-resolution",
                                                              "topology",
                                                              "traffic-statistics",
                                                              "withdraw-priority"};

// Of those without effect the ones that decide about a route, if not by its attributes alone: loop checks, what is
// damped, what is taken from elsewhere or offered although it is not in use.
constexpr std::array<std::string_view, 14> kOutside = {"accept-remote-nexthop",
                                                       "add-path",
                                                       "advertise-bgp-static",
                                                       "advertise-external",
                                                       "advertise-from-main-vpn-tables",
                                                       "advertise-inactive",
                                                       "advertise-peer-as",
                                                       "cluster",
                                                       "damping",
                                                       "keep",
                                                       "no-advertise-peer-as",
                                                       "no-client-reflect",
                                                       "optimal-route-reflection",
                                                       "vpn-apply-export"};
constexpr std::array<std::string_view, 6> kFamilyOutside = {"add-path",   "damping",   "loops",
                                                            "no-install", "rib-group", "topology"};

template <class Table>
bool is_in(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

Clause one(std::string name, Act what) {
  SourceRange range = what.range;
  return {std::move(name), {std::move(what)}, range, {}};
}

Act set_number(Number number, uint32_t value, SourceRange range) {
  return act(SetNumber{SetNumber::How::assign, number, value, 0}, range);
}

// A number that the route has not: set.
Clause default_number(const char* name, Number number, uint32_t value, SourceRange range) {
  Condition present = condition(NumberIn{number, {{0, UINT32_MAX}}}, range);
  return one(name, act(If{not_(std::move(present), range), {set_number(number, value, range)}, {}}, range));
}

std::set<std::string> options_of(const std::vector<Line>& lines) {
  std::set<std::string> words;
  for (const Line& line : lines)
    for (size_t i = 1; i < line.size(); ++i) words.insert(line.word(i));
  return words;
}

// remove-private [all [replace [nearest]]] [no-peer-loop-check].
void remove_private(Context& context, const SessionSetup& setup, std::vector<Clause>& out) {
  std::vector<Line> lines = setup.levels.lines("remove-private");
  if (lines.empty()) return;
  SourceRange range = cover(lines.front().range, lines.back().range);
  std::set<std::string> options = options_of(lines);
  RemovePrivate remove;
  remove.which = options.count("all") != 0 ? RemovePrivate::Which::all : RemovePrivate::Which::leading;
  bool replace = options.count("replace") != 0;
  if (replace) remove.replacement = setup.session.local_as;
  remove.nearest = options.count("nearest") != 0;
  if (options.count("no-peer-loop-check") == 0) remove.spare = setup.session.remote_as;
  for (const char* known : {"all", "replace", "nearest", "no-peer-loop-check"}) options.erase(known);
  bool incomplete = replace && !remove.replacement;
  if (!options.empty() || incomplete) {
    AttributeSet touches;
    touches.as_path = true;
    std::string why = fmt::format("`{}` is not modelled", lines.front().text());
    context.diagnostics().note("BP117", range, why);
    out.push_back(one("(remove-private)", context.havoc(range, why, touches, false)));
    return;
  }
  Act all = act(remove, range);
  if (!context.tracks_prepends || !adds_own_as(setup)) {
    out.push_back(one("(remove-private)", std::move(all)));
    return;
  }
  // What a policy has put in front of the own AS is passed over, or not: nobody says which.
  remove.behind = true;
  Condition reading = condition(AssumptionIs{"junos.remove-private-prepended", "behind"}, range);
  Act either = act(If{std::move(reading), {act(remove, range)}, {all}}, range);
  Act if_prepended = act(If{condition(FlagIsSet{kPrepended}, range), {std::move(either)}, {std::move(all)}}, range);
  out.push_back(one("(remove-private)", std::move(if_prepended)));
}

void as_override(Context& context, const SessionSetup& setup, std::vector<Clause>& out) {
  std::vector<Line> lines = setup.levels.lines("as-override");
  if (lines.empty()) return;
  SourceRange range = lines.front().range;
  if (setup.session.remote_as && setup.session.local_as && lines.front().size() == 1) {
    Asn peer = *setup.session.remote_as;
    out.push_back(one("(as-override)", act(ReplaceAsn{{{peer, peer}}, *setup.session.local_as}, range)));
    return;
  }
  AttributeSet touches;
  touches.as_path = true;
  out.push_back(one("(as-override)", context.havoc(range, "as-override without known AS numbers", touches, false)));
}

// Which of the two comes first nobody says.
void own_paths(Context& context, const SessionSetup& setup, std::vector<Clause>& out) {
  std::vector<Clause> replacing, removal;
  as_override(context, setup, replacing);
  remove_private(context, setup, removal);
  if (replacing.empty() || removal.empty()) {
    for (std::vector<Clause>* one : {&replacing, &removal}) out.insert(out.end(), one->begin(), one->end());
    return;
  }
  SourceRange range = cover(replacing.front().range, removal.front().range);
  Body first = replacing.front().body, last = removal.front().body;
  Body turned = last;
  turned.insert(turned.end(), first.begin(), first.end());
  first.insert(first.end(), last.begin(), last.end());
  Condition reading = condition(AssumptionIs{"junos.as-override-order", "before-remove-private"}, range);
  Act either = act(If{std::move(reading), std::move(first), std::move(turned)}, range);
  out.push_back(one("(as-override, remove-private)", std::move(either)));
}

// A metric that no policy has set is that of the route: whether one from another AS goes on to the next nobody says.
void metric_of_others(const SessionSetup& setup, std::vector<Clause>& out) {
  // Where a line gives one instead it does not matter.
  if (!adds_own_as(setup) || setup.levels.has("metric-out")) return;
  SourceRange range = setup.kind_at;
  Condition hidden =
      all_of({condition(ProtocolIn{{Protocol::bgp}}, range), not_(condition(FlagIsSet{kMetricSet}, range), range),
              condition(AssumptionIs{"junos.export-metric", "not-sent"}, range)},
             range);
  Act drop = act(SetNumber{SetNumber::How::unset, Number::med, 0, 0}, range);
  out.push_back(one("(metric)", act(If{std::move(hidden), {std::move(drop)}, {}}, range)));
}

// metric-out N, igp, minimum-igp: a policy that sets the metric wins.
void metric_out(Context& context, const SessionSetup& setup, std::vector<Clause>& out) {
  std::vector<Line> lines = setup.levels.lines("metric-out");
  if (lines.empty()) return;
  const Line& line = lines.back();
  auto value = number_of(line.word(1));
  bool of_igp = line.word(1) == "igp" || line.word(1) == "minimum-igp" || line.word(1) == "effective-aigp";
  Act change = value && line.size() == 2 ? set_number(Number::med, *value, line.range)
               : of_igp                  ? context.number_of_network(line.range, line.text(), Number::med)
                        : context.havoc(line.range, line.text(), AttributeSet::only(Number::med), false);
  Condition unset = not_(condition(FlagIsSet{kMetricSet}, line.range), line.range);
  out.push_back(one("(metric-out)", act(If{std::move(unset), {std::move(change)}, {}}, line.range)));
}

// An external session sends its own address unless a policy has chosen one, or a knob leaves the next hop alone.
void next_hop(const SessionSetup& setup, std::vector<Clause>& out) {
  if (!setup.session.external || setup.levels.has("route-server-client")) return;
  for (const Line& line : setup.levels.lines("multihop"))
    if (line.word(1) == "no-nexthop-change") return;
  SourceRange range = setup.kind_at;
  Condition unset = not_(condition(FlagIsSet{kNextHopSet}, range), range);
  Act self = act(SetNextHop{{NextHop::Kind::self, {}}}, range);
  out.push_back(one("(next-hop self)", act(If{std::move(unset), {std::move(self)}, {}}, range)));
}

// What could not be read, by the words that were found, is of no effect. A group that nobody defines may hold anything.
bool is_harmless(const Statement& unread) {
  const std::string& what = unread.name();
  return what == "description" || (is_in(kNoEffect, what) && what != "apply-groups" && what != "apply-groups-except");
}

}  // namespace

bool is_unknown_knob(const Statement& knob) {
  if (knob.keyword() == kUnreadable) return !is_harmless(knob);
  return knob.keyword() != "disable" && !is_in(kRead, knob.keyword()) && !is_in(kNoEffect, knob.keyword());
}

bool hides(const SessionSetup& setup, std::string_view keyword) {
  for (const auto& level : setup.levels.levels())
    for (const Statement* knob : level->knobs) {
      if (knob->keyword() != kUnreadable || is_harmless(*knob)) continue;
      // `export`, whose list has no end, is no `family`.
      bool is_other = is_in(kRead, knob->name()) && knob->name() != keyword;
      if (!is_other) return true;
    }
  return false;
}

std::vector<Clause> unknown_knobs(Context& context, const SessionSetup& setup, bool import) {
  std::vector<Clause> out;
  auto free = [&](SourceRange range, const std::string& text, const char* of = "a BGP session") {
    context.diagnostics().note("BP117", range, fmt::format("`{}` of {} is not modelled", text, of),
                               "it may change and decide anything");
    out.push_back(one("(unknown)", context.havoc(range, text)));
  };
  for (const Statement* each : setup.around) free(each->range, each->keyword(), "routing-options or an instance");
  for (const auto& level : setup.levels.levels())
    for (const Statement* knob : level->knobs) {
      if (!is_unknown_knob(*knob)) continue;
      if (knob->keyword() != kUnreadable) {
        free(knob->range, knob->keyword());
      } else if (knob->name() != (import ? "export" : "import")) {
        std::string text;
        for (size_t i = 1; i < knob->words.size(); ++i) text += (i == 1 ? "" : " ") + knob->words[i].text;
        free(knob->range, text);
      }
    }
  for (const Line& line : setup.levels.lines("family")) {
    bool unicast =
        (line.word(1) == "inet" || line.word(1) == "inet6") && (line.word(2) == "unicast" || line.word(2) == "any");
    bool lost =
        std::any_of(line.words.begin(), line.words.end(), [](const Word* word) { return word->text == kUnreadable; });
    if (lost || (unicast && line.size() > 3 && !is_in(kFamilyNoEffect, line.word(3)))) free(line.range, line.text());
  }
  // Routes that are kept for long get communities and another local preference.
  for (const Line& line : setup.levels.lines("graceful-restart"))
    if (std::ranges::any_of(line.words, [](const Word* word) { return word->text == "long-lived"; }))
      free(line.range, line.text());
  for (const Line& line : setup.levels.lines("multihop"))
    if (line.size() > 1 && line.word(1) != "ttl" && line.word(1) != "no-nexthop-change") free(line.range, line.text());
  return out;
}

bool adds_own_as(const SessionSetup& setup) {
  return setup.session.external && !setup.levels.has("route-server-client");
}

std::vector<UnmodelledLine> outside_of(const Context& context, const Instance& instance, const SessionSetup& setup) {
  std::vector<UnmodelledLine> lines;
  auto add = [&](const Line& line) { lines.push_back({line.range, line.text()}); };
  for (std::string_view keyword : kOutside)
    for (const Line& line : setup.levels.lines(keyword)) add(line);
  for (const Line& line : setup.levels.lines("local-as"))
    if (line.size() > 2) add(line);
  // Which neighbors there are, and what the lists that say it hold.
  for (const Line& line : setup.levels.lines("peer-as-list")) {
    add(line);
    for (size_t i = 1; i < line.size(); ++i)
      for (Kind kind : {Kind::as_list, Kind::as_list_group})
        for (const Statement* list : context.definitions(kind, line.word(i)))
          for (const Line& entry : lines_of(*list, 0)) add(entry);
  }
  for (const Line& line : setup.levels.lines("family"))
    if (line.size() > 3 && is_in(kFamilyOutside, line.word(3))) add(line);
  // Between members of a confederation it is not known which iBGP routes pass.
  std::string members;
  for (Asn member : instance.members) members += fmt::format(" {}", member);
  if (!members.empty()) lines.push_back({instance.local_as_at, "confederation members" + members});
  if (!instance.local_as_text.empty()) lines.push_back({instance.local_as_at, instance.local_as_text});
  return lines;
}

std::vector<Clause> import_defaults(Context& context, const SessionSetup& setup) {
  std::vector<Clause> clauses;
  for (auto [knob, number] :
       {std::pair{"local-preference", Number::local_pref}, std::pair{"preference", Number::preference}}) {
    std::vector<Line> lines = setup.levels.lines(knob);
    if (lines.empty()) continue;
    const Line& line = lines.back();
    bool preferred = number == Number::local_pref;
    auto value = line.size() == 2 ? number_of(line.word(1)) : std::nullopt;
    if (value && preferred && ignores_preference(setup))
      clauses.push_back(one("(local-preference)", set_number(number, *value, line.range)));
    else if (value)
      clauses.push_back(default_number(preferred ? "(local-preference)" : "(preference)", number, *value, line.range));
    else
      clauses.push_back(one("(unknown)", context.havoc(line.range, line.text(), AttributeSet::only(number), false)));
  }
  return clauses;
}

std::vector<Clause> import_rewriting(Context& context, const SessionSetup& setup) {
  return unknown_knobs(context, setup, true);
}

std::vector<Clause> export_rewriting(Context& context, const SessionSetup& setup) {
  std::vector<Clause> clauses;
  own_paths(context, setup, clauses);
  metric_of_others(setup, clauses);
  metric_out(context, setup, clauses);
  next_hop(setup, clauses);
  std::vector<Clause> unknown = unknown_knobs(context, setup, false);
  clauses.insert(clauses.end(), unknown.begin(), unknown.end());
  return clauses;
}

}  // namespace bgproof::junos
