#include <algorithm>

#include "grammar/routemap/bgp_programs.h"
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

Fact lacks(const Community& community, std::string text) {
  CommunitySet set;
  set.patterns.push_back({community, {}});
  return fact(not_({CarriesCommunity{std::move(set)}, {}}), std::move(text));
}

// `enforce-first-as` counts only where a line says so.
const Knob* enforces_first_as(const BgpScope& scope, const SessionSetup& setup, std::optional<Knob>& of_process) {
  if (const Knob* own = setup.levels.find("enforce-first-as")) return own;
  of_process = scope.said({"enforce-first-as"});
  return of_process ? &*of_process : nullptr;
}

// A route of another protocol: nothing of BGP is known of it yet. An aggregate with as-set has what its parts have.
Fact others_are_bare(const Origination& origination) {
  std::vector<Condition> any = {{ProtocolIn{{Protocol::bgp}}, {}}};
  if (origination.with_set)
    any.push_back(all_of({{ProtocolIn{{Protocol::aggregate}}, {}}, {PrefixIn{origination.with_set}, {}}}));
  std::set<CommunityKind> kinds = {CommunityKind::standard, CommunityKind::large, CommunityKind::extended};
  any.push_back(all_of({{AsPathMatches{AsPathRegex{}}, {}},
                        {CommunityCount{kinds, {0, 0}}, {}},
                        not_({NumberIn{Number::local_pref, {{0, UINT32_MAX}}}, {}}),
                        not_({NumberIn{Number::otc, {{0, UINT32_MAX}}}, {}})}));
  return fact(any_of(std::move(any)), "routes of other protocols have no path, no communities and no local preference");
}

}  // namespace

std::shared_ptr<const PrefixList> list_of(const std::vector<Address>& addresses) {
  auto list = std::make_shared<PrefixList>();
  for (const Address& address : addresses) {
    Prefix prefix = prefix_of(address, width(address.family));
    list->entries.push_back({{prefix, prefix.length, prefix.length, std::nullopt}, 0, {}});
  }
  return list;
}

std::vector<Fact> import_facts(const BgpScope& scope, const SessionSetup& setup) {
  const Session& session = setup.session;
  std::vector<Fact> facts;
  facts.push_back(
      fact({ProtocolIn{{Protocol::bgp}}, session.range}, "routes from a neighbor are BGP routes", session.range));
  if (!setup.confederated)
    facts.push_back(fact({RouteTypeIs{session.external ? RouteType::external : RouteType::internal}, setup.kind_at},
                         session.external ? "the session is external" : "the session is internal", setup.kind_at));
  if (session.address)
    facts.push_back(fact({NeighborIn{list_of({*session.address})}, session.range}, "the routes come from this neighbor",
                         session.range));
  else if (auto range = parse_prefix(session.neighbor)) {
    auto list = std::make_shared<PrefixList>();
    list->entries.push_back(
        {{*range, range->length, static_cast<uint8_t>(width(range->family)), std::nullopt}, 0, session.range});
    facts.push_back(
        fact({NeighborIn{list}, session.range}, "the routes come from a neighbor of this range", session.range));
  }
  std::optional<Knob> of_process;
  const Knob* enforced = enforces_first_as(scope, setup, of_process);
  if (enforced != nullptr && session.external && session.remote_as)
    facts.push_back(fact({AsPathMatches{begins_with(*session.remote_as)}, enforced->range()},
                         "enforce-first-as: the path begins with the neighbor's AS", enforced->range()));
  return facts;
}

std::vector<Fact> export_facts(const BgpScope& scope, const SessionSetup& setup,
                               const std::shared_ptr<const PrefixList>& clients, const Origination& origination) {
  const Session& session = setup.session;
  std::vector<Fact> facts;
  facts.push_back(others_are_bare(origination));
  // FRR tests these before its filters and route maps.
  if (scope.dialect == Dialect::frr && setup.levels.find("route-server-client") == nullptr) {
    facts.push_back(lacks(well_known::kNoAdvertise, "no route with NO_ADVERTISE is sent, whatever the policy does"));
    if (session.external)
      facts.push_back(lacks(well_known::kNoExport,
                            "no route with NO_EXPORT goes to an external session, whatever the policy does"));
    if (session.external || setup.confederated)
      facts.push_back(lacks(well_known::kNoExportSubconfed,
                            "no route with NO_EXPORT_SUBCONFED leaves the AS, whatever the policy does"));
  }
  // Between members of a confederation iBGP routes do pass.
  if (session.external || setup.confederated || setup.client) return facts;
  if (!clients) {
    // What came from another member counts as external there or not, depending on the device.
    if (!scope.members.empty()) return facts;
    facts.push_back(fact(not_(is_internal(setup.kind_at), setup.kind_at),
                         "no iBGP route goes to an iBGP neighbor: this router reflects none", setup.kind_at));
    return facts;
  }
  if (!scope.members.empty()) return facts;
  facts.push_back(fact(
      any_of({not_(is_internal(setup.kind_at), setup.kind_at), {NeighborIn{clients}, setup.kind_at}}, setup.kind_at),
      "of iBGP routes only those of route reflector clients go to a neighbor that is none", setup.kind_at));
  return facts;
}

}  // namespace bgproof::routemap
