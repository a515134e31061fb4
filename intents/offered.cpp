#include "intents/offered.h"

#include <fmt/format.h>

namespace bgproof {

std::string learned_from_of(const Neighbor& neighbor) { return neighbor.role.empty() ? "unassigned" : neighbor.role; }

Fact others_are_originated() {
  Fact fact;
  // EVPN is BGP too: what it says of a prefix another router may have from another network.
  fact.condition = any_of({{ProtocolIn{{Protocol::bgp, Protocol::evpn}}, {}}, {LearnedFromIn{{"originated"}}, {}}});
  fact.text = "routes of other protocols than BGP are originated";
  return fact;
}

Fact no_default_is_made() {
  Fact fact;
  fact.condition = not_({ProtocolIn{{Protocol::default_originate}}, {}});
  fact.text = "no default route is made by the session itself";
  return fact;
}

std::vector<Fact> learned_from_facts(Direction direction, const Place& place, size_t session) {
  std::vector<Fact> facts;
  const Neighbor& neighbor = place.neighbors[session];
  if (direction == Direction::import_from) {
    if (!neighbor.session->external) return facts;
    std::string role = learned_from_of(neighbor);
    facts.push_back(
        {{LearnedFromIn{{role}}, {}}, fmt::format("what this neighbor sends is learned from {}", role), {}});
    return facts;
  }
  facts.push_back(others_are_originated());
  if (!neighbor.session->makes_default) facts.push_back(no_default_is_made());
  std::set<std::string> roles;
  for (const Neighbor& other : place.neighbors) {
    const Session& its = *other.session;
    if (its.external) roles.insert(learned_from_of(other));
    // What another member of a confederation sends may count as eBGP routes, and comes from any of its neighbors.
    bool of_member = !its.external && its.remote_as && its.local_as && its.remote_as != its.local_as;
    if (of_member) return facts;
  }
  Condition external = all_of({{ProtocolIn{{Protocol::bgp}}, {}}, {RouteTypeIs{RouteType::external}, {}}});
  std::string names;
  for (const std::string& role : roles) names += (names.empty() ? "" : ", ") + role;
  facts.push_back({any_of({not_(std::move(external)), {LearnedFromIn{roles}, {}}}),
                   roles.empty() ? std::string("this device has no external session, so no eBGP route")
                                 : fmt::format("eBGP routes come from this device's external sessions: {}", names),
                   {}});
  return facts;
}

std::set<std::string> all_roles(const Intents& intents, const std::vector<Place>& places) {
  std::set<std::string> roles = intents.known_roles;
  roles.erase("internal");
  roles.insert("originated");
  roles.insert("unassigned");
  for (const Place& place : places) {
    for (const Neighbor& neighbor : place.neighbors) {
      if (neighbor.session->external) roles.insert(learned_from_of(neighbor));
    }
  }
  return roles;
}

Condition conjunction(const std::vector<Fact>& facts) {
  std::vector<Condition> of;
  for (const Fact& fact : facts) of.push_back(fact.condition);
  return all_of(std::move(of));
}

}  // namespace bgproof
