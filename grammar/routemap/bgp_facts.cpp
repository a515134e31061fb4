#include <algorithm>

#include "grammar/routemap/bgp_programs.h"
#include "network/held_back.h"
#include "network/neighbors.h"
#include "policy/community.h"

namespace bgproof::routemap {

namespace {

Fact fact(Condition condition, std::string text, SourceRange range = {}) {
  return {std::move(condition), std::move(text), range};
}

Condition is_internal(SourceRange at) { return {RouteTypeIs{RouteType::internal}, at}; }

AsPathRegex begins_with(Asn asn) {
  AsPathRegex first, any, rest, path;
  first.kind = AsPathRegex::Kind::asns;
  first.ranges = {{asn, asn}};
  any.kind = AsPathRegex::Kind::any_letter;
  rest.kind = AsPathRegex::Kind::repeat;
  rest.of = {any};
  path.kind = AsPathRegex::Kind::sequence;
  path.of = {first, rest};
  return path;
}

Fact lacks(const Community& community) {
  CommunitySet set;
  set.patterns.push_back({community, {}});
  std::string_view text = "no route with NO_ADVERTISE is sent, whatever the policy does";
  if (community == well_known::kNoExport)
    text = "no route with NO_EXPORT goes to an external session, whatever the policy does";
  if (community == well_known::kNoExportSubconfed)
    text = "no route with NO_EXPORT_SUBCONFED leaves the AS, whatever the policy does";
  return fact(not_({CarriesCommunity{std::move(set)}, {}}), std::string(text));
}

// `enforce-first-as` counts only where a line says so, and not for a neighbor with a `no` line of its own.
const Knob* enforces_first_as(const BgpScope& scope, const SessionSetup& setup, std::optional<Knob>& of_process) {
  if (const Knob* own = setup.levels.spoken("enforce-first-as")) return own->negated() ? nullptr : own;
  of_process = scope.said({"enforce-first-as"});
  return of_process ? &*of_process : nullptr;
}

// A route of another protocol: nothing of BGP is known of it yet. An aggregate with as-set has what its parts have.
Fact others_are_bare(const Origination& origination) {
  std::vector<Condition> any = {{ProtocolIn{{Protocol::bgp}}, {}}};
  if (origination.with_set)
    any.push_back(all_of({{ProtocolIn{{Protocol::aggregate}}, {}}, {PrefixIn{origination.with_set}, {}}}));
  std::set<CommunityKind> kinds = {CommunityKind::standard, CommunityKind::large, CommunityKind::extended};
  std::vector<Condition> bare = {{AsPathMatches{AsPathRegex{}}, {}},
                                 {CommunityCount{kinds, {0, 0}}, {}},
                                 not_({NumberIn{Number::local_pref, {{0, UINT32_MAX}}}, {}}),
                                 not_({NumberIn{Number::otc, {{0, UINT32_MAX}}}, {}})};
  // No aggregate is there but those that a line makes.
  if (origination.aggregates)
    bare.push_back(any_of({not_({ProtocolIn{{Protocol::aggregate}}, {}}), {PrefixIn{origination.aggregates}, {}}}));
  any.push_back(all_of(std::move(bare)));
  return fact(any_of(std::move(any)), "routes of other protocols have no path, no communities and no local preference");
}

}  // namespace

std::vector<Fact> import_facts(const BgpScope& scope, const SessionSetup& setup) {
  const Session& session = setup.session;
  std::vector<Fact> facts;
  facts.push_back(
      fact({ProtocolIn{{Protocol::bgp}}, session.range}, "routes from a neighbor are BGP routes", session.range));
  if (!setup.confederated)
    facts.push_back(fact({RouteTypeIs{session.external ? RouteType::external : RouteType::internal}, setup.kind_at},
                         session.external ? "the session is external" : "the session is internal", setup.kind_at));
  if (session.address || parse_prefix(session.neighbor, nullptr, true))
    facts.push_back(
        fact({NeighborIn{neighbors_of({&session})}, session.range},
             session.address ? "the routes come from this neighbor" : "the routes come from a neighbor of this range",
             session.range));
  std::optional<Knob> of_process;
  const Knob* enforced = enforces_first_as(scope, setup, of_process);
  if (enforced != nullptr && session.external && session.remote_as)
    facts.push_back(fact({AsPathMatches{begins_with(*session.remote_as)}, enforced->range()},
                         "enforce-first-as: the path begins with the neighbor's AS", enforced->range()));
  return facts;
}

std::vector<Fact> export_facts(const BgpScope& scope, const SessionSetup& setup,
                               const std::shared_ptr<const PrefixList>& clients, const Origination& origination) {
  std::vector<Fact> facts;
  facts.push_back(others_are_bare(origination));
  for (const Community& community : kept_back(scope, setup)) facts.push_back(lacks(community));
  if (may_take_leaked(scope, setup)) return facts;
  if (std::optional<Fact> reflected = reflected_alone(scope, setup, clients)) facts.push_back(std::move(*reflected));
  return facts;
}

std::optional<Fact> reflected_alone(const BgpScope& scope, const SessionSetup& setup,
                                    const std::shared_ptr<const PrefixList>& clients) {
  // Between members of a confederation iBGP routes do pass, and what came from another member counts as external there
  // or not, depending on the device.
  if (setup.session.external || setup.confederated || setup.client || !scope.members.empty()) return std::nullopt;
  Condition not_internal = not_(is_internal(setup.kind_at), setup.kind_at);
  if (!clients)
    return fact(std::move(not_internal), "no iBGP route goes to an iBGP neighbor: this router reflects none",
                setup.kind_at);
  return fact(any_of({std::move(not_internal), {NeighborIn{clients}, setup.kind_at}}, setup.kind_at),
              "of iBGP routes only those of route reflector clients go to a neighbor that is none", setup.kind_at);
}

bool may_take_leaked(const BgpScope& scope, const SessionSetup& setup) {
  if (scope.leaked_into) return true;
  auto leaks = [](const Knob& knob) {
    std::string_view word = knob.word(0);
    bool from_vrfs = word == "import" || word == "rt" || word == "route-target";
    return !knob.negated() && (from_vrfs || (word == "redistribute" && knob.word(1) == "bgp"));
  };
  const auto& families = scope.instance->families;
  auto family = families.find(setup.family_name());
  return std::ranges::any_of(scope.instance->knobs, leaks) ||
         (family != families.end() && std::ranges::any_of(family->second, leaks));
}

std::vector<Community> kept_back(const BgpScope& scope, const SessionSetup& setup) {
  if (scope.dialect != Dialect::frr || setup.levels.find("route-server-client") != nullptr) return {};
  return held_back(setup.session.external, setup.confederated);
}

}  // namespace bgproof::routemap
