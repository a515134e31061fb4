// What a session does to a route besides its filters and route maps.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/routemap/bgp_programs.h"
#include "policy/community.h"

namespace bgproof::routemap {

namespace {

Condition is_bgp() { return {ProtocolIn{{Protocol::bgp}}, {}}; }
Condition is_internal(SourceRange range) { return {RouteTypeIs{RouteType::internal}, range}; }

Act assign(Number number, uint32_t value, SourceRange range) {
  return act(SetNumber{SetNumber::How::assign, number, value, 0}, range);
}

Condition carries(const Community& community, SourceRange range) {
  CommunitySet set;
  set.patterns.push_back({community, range});
  return {CarriesCommunity{std::move(set)}, range};
}

Act conditionally(Condition condition, Body then, SourceRange range) {
  return act(If{std::move(condition), std::move(then), {}}, range);
}

// The default local preference: 100 unless a line says otherwise.
std::pair<uint32_t, SourceRange> default_local_pref(const BgpScope& scope, const SessionSetup& setup) {
  if (auto knob = scope.said({"default", "local-preference"}, setup.family_name()))
    if (auto value = number_of(knob->word(2))) return {*value, knob->range()};
  return {100, {}};
}

// A route without a local preference has the default.
Clause local_preference(const BgpScope& scope, const SessionSetup& setup) {
  auto [value, range] = default_local_pref(scope, setup);
  Condition absent = not_({NumberIn{Number::local_pref, {{0, UINT32_MAX}}}, range}, range);
  return one("(local-preference)", conditionally(std::move(absent), {assign(Number::local_pref, value, range)}, range));
}

// Letters of a path that are not private: numbers, and sets that hold one.
AsPathRegex with_public() {
  std::vector<NumberRange> ranges = {{0, 64511}, {65535, 4199999999}, {4294967295, 4294967295}};
  AsPathRegex number, set, letter, any, rest, path;
  number.kind = AsPathRegex::Kind::asns;
  number.ranges = ranges;
  set.kind = AsPathRegex::Kind::set_letter;
  set.ranges = ranges;
  letter.kind = AsPathRegex::Kind::alternative;
  letter.of = {number, set};
  any.kind = AsPathRegex::Kind::any_letter;
  rest.kind = AsPathRegex::Kind::repeat;
  rest.of = {any};
  path.kind = AsPathRegex::Kind::sequence;
  path.of = {rest, letter, rest};
  return path;
}

AsPathRegex with_asn(Asn asn) {
  AsPathRegex path = with_public();
  for (AsPathRegex& each : path.of[1].of) each.ranges = {{asn, asn}};
  return path;
}

const Knob* private_knob(const SessionSetup& setup) {
  const Knob* knob = setup.levels.find("remove-private-as");
  return knob != nullptr ? knob : setup.levels.find("remove-private-AS");
}

AttributeSet path_alone() {
  AttributeSet touches;
  touches.as_path = true;
  return touches;
}

// The own AS that FRR puts in place of others is that of the process, elsewhere that of the session.
std::optional<Asn> own_as(const BgpScope& scope, const SessionSetup& setup) {
  return scope.dialect == Dialect::frr ? scope.instance->asn : setup.session.local_as;
}

// remove-private-as [all] [replace-as]. Without `all`: only where the path has private numbers alone; the older
// documents of IOS and NX-OS say so, newer ones speak of the leading ones.
Clause remove_private(Context& context, const BgpScope& scope, const SessionSetup& setup, const Knob& knob) {
  SourceRange range = knob.range();
  std::string name = "(remove-private-as)";
  bool replace = knob.has("replace-as") || knob.has("replace-AS");
  bool known = true;
  for (size_t i = 1; i < knob.size(); ++i) {
    std::string_view word = knob.word(i);
    known = known && (word == "all" || word == "replace-as" || word == "replace-AS");
  }
  std::optional<Asn> own = own_as(scope, setup);
  if (!known || (replace && !own)) {
    std::string why = fmt::format("`{}` is not modelled", knob.text());
    context.diagnostics().note("BP117", range, why);
    return one(name, context.havoc(range, why, path_alone(), false));
  }
  RemovePrivate all;
  all.which = RemovePrivate::Which::all;
  if (replace) all.replacement = own;
  bool cisco = scope.dialect == Dialect::ios || scope.dialect == Dialect::nxos;
  // The neighbor's own number stays; on IOS and NX-OS a path that has it is left alone.
  if (!cisco) all.spare = setup.session.remote_as;
  Condition only_private = not_({AsPathMatches{with_public()}, range}, range);
  Body body;
  if (scope.dialect == Dialect::frr && !replace) {
    // What is left of a segment of private numbers beside others: text, and no number.
    Condition beside_sets{AsPathText{"[{(]|\\["}, range};
    body = {act(SetFlag{kHollowPath, std::move(beside_sets)}, range), act(all, range)};
    if (!knob.has("all")) body = {conditionally(only_private, std::move(body), range)};
  } else if (knob.has("all"))
    body = {act(all, range)};
  else if (!cisco)
    body = {conditionally(only_private, {act(all, range)}, range)};
  else {
    RemovePrivate leading = all;
    leading.which = RemovePrivate::Which::leading;
    body = {act(If{context.reading("remove-private-as", "only-private", range),
                   {conditionally(only_private, {act(all, range)}, range)},
                   {act(leading, range)}},
                range)};
  }
  if (cisco && setup.session.remote_as)
    body = {
        conditionally(not_({AsPathMatches{with_asn(*setup.session.remote_as)}, range}, range), std::move(body), range)};
  return {name, std::move(body), range, {}};
}

Clause as_override(Context& context, const BgpScope& scope, const SessionSetup& setup, const Knob& knob) {
  std::optional<Asn> own = own_as(scope, setup);
  if (!setup.session.remote_as || !own)
    return one("(as-override)",
               context.havoc(knob.range(), "as-override without known AS numbers", path_alone(), false));
  Asn peer = *setup.session.remote_as;
  return one("(as-override)", act(ReplaceAsn{{{peer, peer}}, *own}, knob.range()));
}

// EOS says it as `as-path remote-as replace out`.
const Knob* override_knob(const SessionSetup& setup) {
  if (const Knob* knob = setup.levels.find("as-override")) return knob;
  const Knob* knob = setup.levels.find("as-path");
  return knob != nullptr && knob->word(1) == "remote-as" && knob->word(2) == "replace" ? knob : nullptr;
}

void paths(Context& context, const BgpScope& scope, const SessionSetup& setup, std::vector<Clause>& out) {
  if (!setup.session.external) return;
  if (const Knob* knob = private_knob(setup)) out.push_back(remove_private(context, scope, setup, *knob));
  if (const Knob* knob = override_knob(setup)) out.push_back(as_override(context, scope, setup, *knob));
}

// FRR 8.4 changes the path before the route map sees it (live), 10 behind it (its source); in between nobody looked.
std::optional<bool> paths_come_first(const BgpScope& scope) {
  if (!scope.frr_version || (*scope.frr_version > FrrVersion{8, 4} && *scope.frr_version < FrrVersion{10, 0}))
    return std::nullopt;
  return *scope.frr_version <= FrrVersion{8, 4};
}

bool keeps(const SessionSetup& setup, std::string_view attribute) {
  const Knob* knob = setup.levels.find("attribute-unchanged");
  return knob != nullptr && (knob->size() == 1 || knob->has(attribute));
}

bool transparent(const SessionSetup& setup) { return setup.levels.find("route-server-client") != nullptr; }

// The metric that came from one AS does not go to another, unless a route map sets one.
bool drops_metric(const SessionSetup& setup) {
  return setup.session.external && !keeps(setup, "med") && !transparent(setup);
}

// What counts is, in this order: a route map's next hop, knobs that leave it alone, next-hop-self, the kind of session.
void next_hop(Context& context, const BgpScope& scope, const SessionSetup& setup, std::vector<Clause>& out) {
  if (setup.levels.find("next-hop-unchanged") != nullptr || keeps(setup, "next-hop") || transparent(setup)) return;
  const Knob* knob = setup.levels.find("next-hop-self");
  SourceRange range = knob != nullptr ? knob->range() : setup.kind_at;
  std::vector<Condition> all = {not_({FlagIsSet{kNextHopSet}, range}, range)};
  if (!setup.session.external && !setup.confederated) {
    bool reflected_too = knob != nullptr && (knob->has("all") || knob->has("force"));
    if (knob == nullptr) {
      // A route of this router has no other next hop.
      all.push_back(
          {ProtocolIn{{Protocol::direct, Protocol::local, Protocol::aggregate, Protocol::default_originate}}, range});
    } else if (!reflected_too) {
      Condition not_reflected = not_(is_internal(range), range);
      if (scope.dialect == Dialect::eos)
        not_reflected =
            any_of({std::move(not_reflected), context.reading("next-hop-self-reflected", "yes", range)}, range);
      all.push_back(std::move(not_reflected));
    }
  } else if (setup.confederated && knob == nullptr) {
    all.push_back(
        {ProtocolIn{{Protocol::direct, Protocol::local, Protocol::aggregate, Protocol::default_originate}}, range});
  }
  Act self = act(SetNextHop{{NextHop::Kind::self, {}}}, range);
  out.push_back(one("(next-hop self)", conditionally(all_of(std::move(all), range), {std::move(self)}, range)));
}

// Which kinds of communities are sent. Lines add up, from the most general level on.
struct Sent {
  bool standard = false, extended = false, large = false;
  bool large_is_open = false;
  const Knob* unknown = nullptr;  // a line with a word that has no meaning here
  SourceRange range;
};

// What a line changes. On FRR all kinds are sent by default, so that a line without `no` gives a member what its group
// gives; so does `default` on any.
void say(Dialect dialect, const Knob& knob, const Sent& given, Sent& sent) {
  sent.range = knob.range();
  bool on = !knob.negated() && !knob.has("remove");
  bool inherits = knob.defaulted() || (on && dialect == Dialect::frr);
  auto set = [&](bool Sent::*kind) { sent.*kind = inherits ? given.*kind : on; };
  bool none_named = true;
  for (size_t i = 1; i < knob.size(); ++i) {
    std::string_view word = knob.word(i);
    bool both = word == "both", all = word == "all";
    bool named = both || all || word == "standard" || word == "extended" || word == "large";
    if (!named && word != "add" && word != "remove") sent.unknown = &knob;
    none_named = none_named && !named;
    if (both || all || word == "standard") set(&Sent::standard);
    if (both || all || word == "extended") set(&Sent::extended);
    if (all || word == "large") set(&Sent::large);
  }
  if (!none_named) return;
  set(&Sent::standard);
  if (dialect == Dialect::eos) {
    set(&Sent::extended);
    set(&Sent::large);
  }
}

Sent sent_of(const BgpScope& scope, const SessionSetup& setup) {
  Sent sent;
  if (scope.dialect == Dialect::frr) sent.standard = sent.extended = sent.large = true;
  sent.range = setup.session.range;
  const std::vector<const Knobs*>& levels = setup.levels.levels();
  for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
    Sent given = sent;  // by the levels below
    for (const Knob& knob : **level)
      if (knob.word(0) == "send-community") say(scope.dialect, knob, given, sent);
  }
  // IOS and NX-OS have no word of their own for large communities.
  bool cisco = scope.dialect == Dialect::ios || scope.dialect == Dialect::nxos;
  sent.large_is_open = cisco && sent.standard && !sent.large;
  return sent;
}

void communities(Context& context, const BgpScope& scope, const SessionSetup& setup, std::vector<Clause>& out) {
  Sent sent = sent_of(scope, setup);
  std::set<CommunityKind> dropped;
  if (!sent.standard) dropped.insert(CommunityKind::standard);
  if (!sent.extended) dropped.insert(CommunityKind::extended);
  if (!sent.large && !sent.large_is_open) dropped.insert(CommunityKind::large);
  Body body;
  if (!dropped.empty()) body.push_back(act(ReplaceCommunities{dropped, {}}, sent.range));
  if (sent.large_is_open)
    body.push_back(conditionally(context.reading("send-large-community", "no", sent.range),
                                 {act(ReplaceCommunities{{CommunityKind::large}, {}}, sent.range)}, sent.range));
  // Extended communities of a type that does not cross AS borders.
  if (scope.dialect == Dialect::frr && setup.session.external && sent.extended) {
    CommunitySet stays;
    for (NumberRange types : {NumberRange{0x4000, 0x7fff}, NumberRange{0xc000, 0xffff}})
      stays.patterns.push_back({CommunityFields{CommunityKind::extended, {types, {}, {}}}, {}});
    body.push_back(act(DeleteCommunities{std::move(stays)}, setup.kind_at));
  }
  if (sent.unknown != nullptr) {
    AttributeSet communities;
    communities.communities = true;
    body.push_back(context.havoc(sent.unknown->range(), sent.unknown->text(), communities, false));
  }
  if (!body.empty()) out.push_back({"(send-community)", std::move(body), sent.range, {}});
}

// What a line of the session holds back besides its policies.
std::vector<Clause> checks_before_sending(Context& context, const SessionSetup& setup) {
  std::vector<Clause> clauses;
  if (const Knob* knob = setup.levels.find("sender-as-path-loop-detection")) {
    SourceRange range = knob->range();
    Condition loops = setup.session.remote_as
                          ? Condition{AsPathMatches{with_asn(*setup.session.remote_as)}, range}
                          : context.given_by_network(range, "whether the path has the neighbor's AS");
    clauses.push_back(one("(sender-as-path-loop-detection)",
                          conditionally(std::move(loops), {decide(Decision::reject, range)}, range)));
  }
  const Knob* filter = setup.levels.find("capability");
  if (filter != nullptr && filter->word(1) == "orf" && (filter->has("receive") || filter->has("both"))) {
    SourceRange range = filter->range();
    Condition held = context.given_by_network(range, "whether the neighbor's own filter (ORF) holds the route back");
    clauses.push_back(one("(orf)", conditionally(std::move(held), {decide(Decision::reject, range)}, range)));
  }
  return clauses;
}

std::optional<std::string_view> role_of(const SessionSetup& setup, SourceRange& range) {
  const Knob* knob = setup.levels.find("local-role");
  if (knob == nullptr) return std::nullopt;
  range = knob->range();
  return knob->word(1);
}

Condition has_otc(SourceRange range) { return {NumberIn{Number::otc, {{0, UINT32_MAX}}}, range}; }

// RFC 9234 as FRR applies it: the role is this router's.
void roles_on_import(const SessionSetup& setup, std::vector<Clause>& out) {
  SourceRange range;
  auto role = role_of(setup, range);
  if (!role) return;
  Body body;
  Act reject = decide(Decision::reject, range);
  if (*role == "provider" || *role == "rs-server") {
    body.push_back(conditionally(has_otc(range), {std::move(reject)}, range));
  } else if (setup.session.remote_as) {
    Asn peer = *setup.session.remote_as;
    if (*role == "peer") {
      Condition foreign = all_of({has_otc(range), not_({NumberIn{Number::otc, {{peer, peer}}}, range}, range)}, range);
      body.push_back(conditionally(std::move(foreign), {std::move(reject)}, range));
    }
    body.push_back(conditionally(not_(has_otc(range), range), {assign(Number::otc, peer, range)}, range));
  }
  out.push_back({"(local-role)", std::move(body), range, {}});
}

void roles_on_export(const BgpScope& scope, const SessionSetup& setup, std::vector<Clause>& out) {
  SourceRange range;
  auto role = role_of(setup, range);
  if (!role) return;
  Body body;
  if (*role == "customer" || *role == "peer" || *role == "rs-client")
    body.push_back(conditionally(has_otc(range), {decide(Decision::reject, range)}, range));
  if ((*role == "provider" || *role == "peer" || *role == "rs-server") && scope.instance->asn)
    body.push_back(
        conditionally(not_(has_otc(range), range), {assign(Number::otc, *scope.instance->asn, range)}, range));
  out.push_back({"(local-role)", std::move(body), range, {}});
}

std::optional<Knob> graceful_shutdown(const BgpScope& scope, const SessionSetup& setup) {
  if (scope.dialect != Dialect::frr) return std::nullopt;
  if (const Knob* own = setup.levels.find("graceful-shutdown")) return *own;
  if (auto all = last_of(scope.bgp->of_all, {"graceful-shutdown"}); all && !all->negated()) return all;
  return scope.said({"graceful-shutdown"});
}

}  // namespace

std::vector<Clause> import_defaults(Context& context, const BgpScope& scope, const SessionSetup& setup) {
  std::vector<Clause> clauses;
  if (setup.session.external) {
    // What an external neighbor says of local preference is not heard. FRR's route maps see none, those of others the
    // default.
    auto [value, range] = default_local_pref(scope, setup);
    if (const Knob* knob = setup.levels.find("import-localpref"))
      if (auto own = number_of(knob->word(1))) value = *own, range = knob->range();
    bool none = scope.dialect == Dialect::frr;
    Act first = none ? act(SetNumber{SetNumber::How::unset, Number::local_pref, 0, 0}, setup.kind_at)
                     : assign(Number::local_pref, value, range);
    clauses.push_back(one("(local-preference)", std::move(first)));
  }
  if (const Knob* knob = setup.levels.find("weight")) {
    if (auto value = number_of(knob->word(1)))
      clauses.push_back(one("(weight)", assign(Number::weight, *value, knob->range())));
    else
      clauses.push_back(
          one("(unknown)", context.havoc(knob->range(), knob->text(), AttributeSet::only(Number::weight), false)));
  }
  return clauses;
}

std::vector<Clause> import_rewriting(Context& context, const BgpScope& scope, const SessionSetup& setup) {
  std::vector<Clause> clauses;
  SourceRange range = setup.kind_at;
  if (scope.dialect == Dialect::frr) {
    if (setup.session.external) {
      clauses.push_back(local_preference(scope, setup));
      clauses.push_back(
          one("(blackhole)", conditionally(carries(well_known::kBlackhole, range),
                                           {act(AddCommunities{{well_known::kNoExport}}, range)}, range)));
      Body otherwise;
      if (auto knob = graceful_shutdown(scope, setup))
        otherwise = {act(AddCommunities{{well_known::kGracefulShutdown}}, knob->range()),
                     assign(Number::local_pref, 0, knob->range())};
      clauses.push_back(one("(graceful-shutdown)", act(If{carries(well_known::kGracefulShutdown, range),
                                                          {assign(Number::local_pref, 0, range)},
                                                          std::move(otherwise)},
                                                       range)));
    }
    roles_on_import(setup, clauses);
  }
  for (Clause& each : unknown_knobs(context, scope, setup)) clauses.push_back(std::move(each));
  return clauses;
}

std::vector<Clause> export_defaults(Context& context, const BgpScope& scope, const SessionSetup& setup,
                                    bool reads_metric) {
  std::vector<Clause> clauses;
  if (!setup.session.external) {
    clauses.push_back(local_preference(scope, setup));
  } else if (drops_metric(setup)) {
    // FRR's route maps see it all the same, of others nobody says.
    SourceRange range = setup.kind_at;
    Act drop = act(SetNumber{SetNumber::How::unset, Number::med, 0, 0}, range);
    Act hide = act(SetFlag{kMetricHidden, always(range)}, range);
    Body body;
    if (!reads_metric)
      body = {std::move(drop)};
    else if (scope.dialect == Dialect::frr)
      body = {std::move(hide)};
    else
      body = {act(If{context.reading("export-metric", "none", range), {std::move(drop)}, {std::move(hide)}}, range)};
    clauses.push_back(one("(med)", conditionally(is_bgp(), std::move(body), range)));
  }
  if (scope.dialect == Dialect::frr) roles_on_export(scope, setup, clauses);
  for (Clause& each : checks_before_sending(context, setup)) clauses.push_back(std::move(each));
  return clauses;
}

std::vector<Clause> export_paths(Context& context, const BgpScope& scope, const SessionSetup& setup) {
  std::vector<Clause> clauses;
  std::optional<bool> early = scope.dialect == Dialect::frr ? paths_come_first(scope) : false;
  if (!early.value_or(true)) return clauses;
  paths(context, scope, setup, clauses);
  if (!early)
    for (Clause& each : clauses)
      each.body = {conditionally(context.reading("private-as-order", "before-route-map", each.range),
                                 std::move(each.body), each.range)};
  return clauses;
}

std::vector<Clause> export_rewriting(Context& context, const BgpScope& scope, const SessionSetup& setup,
                                     bool reads_metric) {
  std::vector<Clause> clauses;
  if (reads_metric && drops_metric(setup)) {
    Act drop = act(SetNumber{SetNumber::How::unset, Number::med, 0, 0}, setup.kind_at);
    Condition hidden{FlagIsSet{kMetricHidden}, setup.kind_at};
    clauses.push_back(one("(med)", conditionally(std::move(hidden), {std::move(drop)}, setup.kind_at)));
  }
  std::optional<bool> early = scope.dialect == Dialect::frr ? paths_come_first(scope) : false;
  if (!early.value_or(false)) {
    paths(context, scope, setup, clauses);
    if (!early)
      for (Clause& each : clauses)
        each.body = {conditionally(context.reading("private-as-order", "after-route-map", each.range),
                                   std::move(each.body), each.range)};
  }
  if (auto knob = graceful_shutdown(scope, setup)) {
    if (setup.session.external)
      clauses.push_back({"(graceful-shutdown)",
                         {act(AddCommunities{{well_known::kGracefulShutdown}}, knob->range()),
                          assign(Number::local_pref, 0, knob->range())},
                         knob->range(),
                         {}});
    else
      clauses.push_back(one("(graceful-shutdown)", assign(Number::local_pref, 0, knob->range())));
  }
  if (const Knob* knob = setup.levels.find("export-localpref"); knob != nullptr && !setup.session.external)
    if (auto value = number_of(knob->word(1)))
      clauses.push_back(one("(local-preference)", assign(Number::local_pref, *value, knob->range())));
  next_hop(context, scope, setup, clauses);
  communities(context, scope, setup, clauses);
  for (Clause& each : unknown_knobs(context, scope, setup)) clauses.push_back(std::move(each));
  return clauses;
}

Clause one(std::string name, Act what) {
  SourceRange range = what.range;
  return {std::move(name), {std::move(what)}, range, {}};
}

}  // namespace bgproof::routemap
