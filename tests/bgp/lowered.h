// Help for the tests of BGP sessions of the route-map dialects: text in, sessions and outcomes of the reference
// evaluator out.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "grammar/routemap/lower.h"
#include "grammar/routemap/syntax.h"
#include "policy/evaluate.h"

namespace bgproof::routemap::testing {

struct Lowered {
  SourceSet sources;
  FileId file;
  Diagnostics diagnostics;
  std::vector<Device> devices;

  Lowered(Dialect dialect, const std::string& text) : file(sources.add("router.cfg", text)) {
    Config config = read(sources, file, dialect, diagnostics);
    devices = lower(config, sources, file, diagnostics);
  }

  const Device& device() const { return devices.front(); }

  const Session& session(const std::string& neighbor, Family family = Family::ipv4, const std::string& vrf = "") const {
    for (const Session& each : device().sessions)
      if (each.neighbor == neighbor && each.families.contains(family) && each.instance == vrf) return each;
    throw std::runtime_error("no session " + neighbor);
  }
  bool has_session(const std::string& neighbor, Family family = Family::ipv4, const std::string& vrf = "") const {
    for (const Session& each : device().sessions)
      if (each.neighbor == neighbor && each.families.contains(family) && each.instance == vrf) return true;
    return false;
  }
  Outcome sent(const std::string& neighbor, const Route& route, const Choices& choices = {}) const {
    return evaluate(session(neighbor, route.prefix.family).export_to.program, route, choices);
  }
  Outcome learned(const std::string& neighbor, const Route& route, const Choices& choices = {}) const {
    return evaluate(session(neighbor, route.prefix.family).import_from.program, route, choices);
  }
  size_t count(const std::string& code) const {
    return static_cast<size_t>(std::count_if(diagnostics.all().begin(), diagnostics.all().end(),
                                             [&](const Diagnostic& d) { return d.code == code; }));
  }
  std::string text(SourceRange range) const { return range.known() ? std::string(sources.text(range)) : ""; }
  // The text of the statement that decided.
  std::string decided_at(const Outcome& outcome) const { return text(outcome.decided_at); }
};

inline Route bgp(const std::string& prefix) {
  Route route;
  route.prefix = *parse_prefix(prefix);
  route.protocol = Protocol::bgp;
  route.route_type = RouteType::external;
  route.neighbor = parse_address("192.0.2.1");
  route.as_path = path_of({64496});
  route.next_hop = {NextHop::Kind::address, *parse_address("192.0.2.1")};
  return route;
}

inline Route ibgp(const std::string& prefix) {
  Route route = bgp(prefix);
  route.route_type = RouteType::internal;
  return route;
}

inline Route of_protocol(Protocol protocol, const std::string& prefix) {
  Route route = bgp(prefix);
  route.protocol = protocol;
  route.route_type = RouteType::none;
  route.neighbor.reset();
  route.as_path = {};
  return route;
}

inline Route carrying(const std::string& prefix, const std::vector<std::string>& communities) {
  Route route = bgp(prefix);
  for (const std::string& text : communities) route.communities.insert(*parse_community(text));
  return route;
}

inline Route with_path(const std::string& prefix, std::vector<Asn> path) {
  Route route = bgp(prefix);
  route.as_path = path_of(std::move(path));
  return route;
}

inline Choices reading(const std::string& assumption, const std::string& value) {
  Choices choices;
  choices.readings[assumption] = value;
  return choices;
}

inline bool offered(const Attachment& attachment, const Route& route) {
  return std::all_of(attachment.facts.begin(), attachment.facts.end(),
                     [&](const Fact& fact) { return holds(fact.condition, route); });
}

}  // namespace bgproof::routemap::testing
