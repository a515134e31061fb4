// The programs of a session in either direction, put together.
#include <fmt/format.h>

#include <algorithm>

#include "grammar/routemap/bgp_filters.h"
#include "grammar/routemap/bgp_missing_policy.h"
#include "grammar/routemap/bgp_programs.h"
#include "network/held_back.h"

namespace bgproof::routemap {

namespace {

// What becomes of a route that no filter speaks of, and the line that says so.
struct NoPolicy {
  bool accept = true;
  SourceRange range;
};

// FRR requires a policy since 7.4 unless the profile is datacenter or a line says otherwise.
NoPolicy without_policy_on_frr(const BgpScope& scope) {
  if (auto knob = scope.knob({"ebgp-requires-policy"})) return {knob->negated(), knob->range()};
  if (scope.datacenter) return {true, *scope.datacenter};
  if (scope.frr_version && *scope.frr_version < FrrVersion{7, 4}) return {true, scope.frr_version_at};
  return {false, {}};
}

Clause decision(std::string name, bool accept, SourceRange range) {
  return one(std::move(name), decide(accept ? Decision::accept : Decision::reject, range));
}

NoPolicy without_policy(const BgpScope& scope, const SessionSetup& setup) {
  if (scope.dialect == Dialect::frr && (setup.session.external || setup.confederated))
    return without_policy_on_frr(scope);
  if (scope.dialect != Dialect::ios || !setup.session.external) return {};
  if (auto knob = scope.said({"safe-ebgp-policy"})) return {false, knob->range()};
  return {};
}

void append(std::vector<Clause>& to, std::vector<Clause> from) {
  for (Clause& each : from) to.push_back(std::move(each));
}

Clause call(std::string name, uint32_t policy, SourceRange range) {
  return one(std::move(name), act(Call{Call::As::chain, policy, 0, nullptr}, range));
}

// Paths that a process refuses whatever a policy says, in both directions or on import.
std::vector<Clause> limits(const BgpScope& scope, bool import) {
  std::vector<Clause> clauses;
  auto reject_if = [&](std::string name, Condition condition, SourceRange range) {
    clauses.push_back(
        one(std::move(name), act(If{std::move(condition), {decide(Decision::reject, range)}, {}}, range)));
  };
  if (auto knob = scope.said({"maxas-limit"}); knob && import)
    if (auto limit = number_of(knob->word(1)); limit && *limit < UINT32_MAX)
      reject_if("(maxas-limit)", {AsPathLength{{*limit + 1, UINT32_MAX}}, knob->range()}, knob->range());
  if (auto knob = scope.said({"reject-as-sets"})) {
    AsPathRegex set, any, rest, path;
    set.kind = AsPathRegex::Kind::set_letter;
    any.kind = AsPathRegex::Kind::any_letter;
    rest.kind = AsPathRegex::Kind::repeat;
    rest.of = {any};
    path.kind = AsPathRegex::Kind::sequence;
    path.of = {rest, set, rest};
    reject_if("(reject-as-sets)", {AsPathMatches{std::move(path)}, knob->range()}, knob->range());
  }
  return clauses;
}

// The default route that the session makes by itself. No filter of the session sees it on IOS and FRR.
std::vector<Clause> default_originate(Context& context, const BgpScope& scope, const SessionSetup& setup) {
  const Knob* knob = setup.levels.find("default-originate");
  if (knob == nullptr) return {};
  SourceRange range = knob->range();
  Condition is_it{ProtocolIn{{Protocol::default_originate}}, range};
  auto list = std::make_shared<PrefixList>();
  list->entries.push_back({{Prefix{setup.family, 0, 0}, 0, 0, std::nullopt}, 0, range});
  Condition is_default{PrefixIn{list}, range};
  Body made = {
      act(ReplacePath{{}}, range), act(SetOrigin{Origin::igp}, range),
      act(SetNumber{SetNumber::How::assign, Number::med, 0, 0}, range),
      act(ReplaceCommunities{{CommunityKind::standard, CommunityKind::large, CommunityKind::extended}, {}}, range)};
  std::string_view map = knob->after("route-map");
  if (!map.empty() || knob->has("rcf")) {
    // The map is asked about the routes of the table, not about this one: whether it permits one, and what it sets
    // then.
    std::string text = fmt::format("whether `{}` finds a route, and what it sets", knob->text());
    AttributeSet touches = AttributeSet::all();
    touches.rpki = false;
    Condition found = context.given_by_network(range, text);
    context.library().unmodelled.push_back({range, text, true});
    ChoiceId choice{static_cast<uint32_t>(context.library().unmodelled.size() - 1)};
    made.push_back(act(Havoc{choice, touches, false}, range));
    made = {act(If{std::move(found), std::move(made), {decide(Decision::reject, range)}}, range)};
  }
  bool filtered = scope.dialect == Dialect::eos || scope.dialect == Dialect::nxos;
  if (filtered) {
    made.push_back(act(If{context.reading("default-originate-filtered", "no", range),
                          {decide(Decision::accept, range)},
                          {decide(Decision::go_to, range)}},
                       range));
  } else {
    made.push_back(decide(Decision::accept, range));
  }
  Body body = {act(If{is_default, std::move(made), {decide(Decision::reject, range)}}, range)};
  std::vector<Clause> clauses = {one("(default-originate)", act(If{std::move(is_it), std::move(body), {}}, range))};
  // FRR sends its own default route instead of that of the table.
  if (scope.dialect == Dialect::frr && map.empty())
    clauses.push_back(
        one("(default-originate)", act(If{std::move(is_default), {decide(Decision::reject, range)}, {}}, range)));
  return clauses;
}

// What an aggregate hides; an unsuppress map takes it out again, instead of the route map of the session (live on FRR)
// or before it.
std::vector<Clause> suppression(Context& context, const BgpScope& scope, const SessionSetup& setup, uint32_t hidden) {
  const Knob* knob = setup.levels.find("unsuppress-map");
  if (knob == nullptr) return {call("(suppression)", hidden, scope.instance->range)};
  SourceRange range = knob->range();
  FlagId shown = context.new_flag(), permitted = context.new_flag();
  auto undecided = std::make_shared<const Condition>(always(range));
  Body body = {act(Call{Call::As::test, hidden, shown, undecided}, scope.instance->range)};
  Body unsuppress = test_route_map(context, std::string(knob->word(1)), range, permitted);
  Act accept = decide(Decision::accept, range);
  if (scope.dialect != Dialect::frr)
    accept = act(If{context.reading("unsuppress-map", "instead", range), {accept}, {}}, range);
  unsuppress.push_back(
      act(If{{FlagIsSet{permitted}, range}, {std::move(accept)}, {decide(Decision::reject, range)}}, range));
  body.push_back(act(If{{FlagIsSet{shown}, range}, {}, std::move(unsuppress)}, range));
  return {{"(unsuppress-map)", std::move(body), range, {}}};
}

// An originated default route that filters see goes on behind the clauses for what is in the table.
void settle_jumps(Body& body, uint32_t target) {
  for (Act& each : body) {
    if (auto* branch = std::get_if<If>(&each.is)) {
      settle_jumps(branch->then, target);
      settle_jumps(branch->otherwise, target);
    }
    if (auto* jump = std::get_if<Disposition>(&each.is); jump != nullptr && jump->decision == Decision::go_to)
      jump->target = target;
  }
}

// An iBGP route that no rule of reflection lets pass may be one of another VRF.
std::vector<Clause> leaked(Context& context, const BgpScope& scope, const SessionSetup& setup,
                           const std::shared_ptr<const PrefixList>& clients) {
  std::optional<Fact> reflected = reflected_alone(scope, setup, clients);
  if (!reflected || !may_take_leaked(scope, setup)) return {};
  SourceRange at = setup.kind_at;
  // No line of the neighbor has a say in it.
  Condition other = context.given_by_network({}, "whether the iBGP route was leaked from another VRF");
  Condition stays = all_of({not_(std::move(reflected->condition), at), not_(std::move(other), at)}, at);
  return {one("(iBGP)", act(If{std::move(stays), {decide(Decision::reject, at)}, {}}, at))};
}

// FRR: communities that a route got where it was originated keep it back like those it came with.
std::vector<Clause> kept_back_clauses(const BgpScope& scope, const SessionSetup& setup) {
  std::vector<Clause> clauses;
  for (const Community& community : kept_back(scope, setup)) {
    CommunitySet set;
    set.patterns.push_back({community, {}});
    Condition carries{CarriesCommunity{std::move(set)}, setup.kind_at};
    clauses.push_back(one(fmt::format("({})", to_string(community)),
                          act(If{std::move(carries), {decide(Decision::reject, setup.kind_at)}, {}}, setup.kind_at)));
  }
  return clauses;
}

// IOS, NX-OS, EOS: what a route gets where it is originated, or by the out map, may keep it back. IOS looks in front of
// the map, of the others nobody says.
void hold_back_what_is_added(Context& context, const BgpScope& scope, const SessionSetup& setup,
                             const Origination& origination, size_t behind_origination, Program& program) {
  if (scope.dialect == Dialect::frr || setup.levels.find("route-server-client") != nullptr) return;
  std::vector<Community> held = held_back(setup.session.external, setup.confederated);
  std::vector<Community> early = added_by(context.library(), origination.policy, held);
  bool open = scope.dialect != Dialect::ios;
  std::vector<Community> all = open ? added_by(program, context.library(), held) : early;
  if (all.empty()) return;
  SourceRange at = setup.kind_at;
  std::vector<std::pair<Community, FlagId>> flagged, flagged_early;
  for (const Community& each : all) {
    flagged.emplace_back(each, context.new_flag());
    if (std::ranges::find(early, each) != early.end()) flagged_early.push_back(flagged.back());
  }
  Condition before = open ? context.reading("no-export", "before-route-map", at) : always(at);
  HeldBack at_first = hold_back(flagged_early, before, at);
  if (!at_first.reject.empty())
    program.entry[behind_origination].body.insert(program.entry[behind_origination].body.begin(),
                                                  at_first.reject.begin(), at_first.reject.end());
  Condition after = open ? context.reading("no-export", "after-route-map", at) : never(at);
  HeldBack at_last = hold_back(flagged, after, at);
  Body& first = program.entry.front().body;
  first.insert(first.end(), at_last.remember.begin(), at_last.remember.end());
  if (open) program.rewrite.insert(program.rewrite.begin(), Clause{"(no-export)", std::move(at_last.reject), at, {}});
}

// Flags by which route maps tell what they are run for.
std::vector<Clause> setting(const SessionSetup& setup, bool import) {
  Body body;
  if (!import) body.push_back(act(SetFlag{kExporting, always()}, setup.session.range));
  if (!setup.session.external) body.push_back(act(SetFlag{kInternal, always()}, setup.kind_at));
  if (body.empty()) return {};
  return {{"(session)", std::move(body), setup.session.range, {}}};
}

// The end: what no route map has decided. A route map that no entry of matches rejects.
Clause default_clause(const Filters& filters, const NoPolicy& without) {
  if (!filters.route_map.empty()) return decision("(default)", false, {});
  if (filters.any()) return filters.passed();
  return decision("(default)", without.accept, without.range);
}

}  // namespace

void attach(Context& context, const BgpScope& scope, SessionSetup& setup, const Origination& origination,
            const std::shared_ptr<const PrefixList>& clients) {
  Session& session = setup.session;
  session.makes_default = setup.levels.find("default-originate") != nullptr;
  session.reflects = !session.external && !setup.confederated && (setup.client || clients != nullptr);
  if (session.families.empty()) {
    for (Attachment* each : {&session.import_from, &session.export_to})
      each->program.entry.push_back(decision("(default)", false, {}));
    return;
  }
  Filters in = lower_filters(context, scope, setup, true);
  Filters out = lower_filters(context, scope, setup, false);
  // A live FRR lets nothing through between members of a confederation once it wants policies, whatever is attached.
  bool closed = scope.dialect == Dialect::frr && setup.confederated;

  std::vector<Clause>& entry_in = session.import_from.program.entry;
  append(entry_in, setting(setup, true));
  append(entry_in, unknown_knobs(context, scope, setup));
  append(entry_in, limits(scope, true));
  append(entry_in, import_defaults(context, scope, setup));
  append(entry_in, missing_policy(context, scope, setup, true, in, out));
  NoPolicy none_in = without_policy(scope, setup);
  if (closed && !none_in.accept) entry_in.push_back(decision("(ebgp-requires-policy)", false, none_in.range));
  append(entry_in, in.lists);
  append(entry_in, in.route_map);
  entry_in.push_back(default_clause(in, none_in));
  session.import_from.policies = in.names;
  session.import_from.range = in.range;
  session.import_from.program.rewrite = import_rewriting(context, scope, setup);
  session.import_from.facts = import_facts(scope, setup);

  std::vector<Clause>& entry = session.export_to.program.entry;
  append(entry, setting(setup, false));
  append(entry, unknown_knobs(context, scope, setup));
  append(entry, default_originate(context, scope, setup));
  size_t own_default = entry.size();  // the clauses before may jump
  entry.push_back(call("(origination)", origination.policy, scope.instance->range));
  size_t kept_back_at = entry.size();
  entry.push_back({"(no-export)", {}, setup.kind_at, {}});
  if (origination.with_maps) append(entry, kept_back_clauses(scope, setup));
  append(entry, leaked(context, scope, setup, clients));
  append(entry, limits(scope, false));
  size_t behind_origination = entry.size();
  bool reads_metric = out.reads_metric || setup.levels.find("unsuppress-map") != nullptr;
  append(entry, export_defaults(context, scope, setup, reads_metric));
  append(entry, missing_policy(context, scope, setup, false, in, out));
  NoPolicy none_out = without_policy(scope, setup);
  if (closed && !none_out.accept) entry.push_back(decision("(ebgp-requires-policy)", false, none_out.range));
  append(entry, out.lists);
  append(entry, export_paths(context, scope, setup));
  if (origination.suppression) append(entry, suppression(context, scope, setup, *origination.suppression));
  append(entry, out.route_map);
  entry.push_back(default_clause(out, none_out));
  for (size_t i = 0; i < own_default; ++i) settle_jumps(entry[i].body, static_cast<uint32_t>(behind_origination));
  session.export_to.policies = out.names;
  session.export_to.range = out.range;
  session.export_to.program.rewrite = export_rewriting(context, scope, setup, reads_metric);
  hold_back_what_is_added(context, scope, setup, origination, kept_back_at, session.export_to.program);
  session.export_to.facts = export_facts(scope, setup, clients, origination);
}

}  // namespace bgproof::routemap
