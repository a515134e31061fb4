// Help for the tests of the Junos lowering: text in, outcome of the reference evaluator out.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "grammar/junos/lower.h"
#include "policy/evaluate.h"

namespace bgproof::junos::testing {

struct Lowered {
  SourceSet sources;
  FileId file;
  Diagnostics diagnostics;
  std::vector<Device> devices;

  explicit Lowered(const std::string& text) : file(sources.add("router.conf", text)) {
    Config config = read(sources, file, diagnostics);
    devices = lower(config, sources, file, diagnostics);
  }

  const Device& device() const { return devices.front(); }

  const Program& policy(const std::string& name) const {
    for (const NamedPolicy& each : device().policies)
      if (each.name == name) return each.program;
    throw std::runtime_error("no policy " + name);
  }
  const Session& session(const std::string& neighbor) const {
    for (const Session& each : device().sessions)
      if (each.neighbor == neighbor) return each;
    throw std::runtime_error("no session " + neighbor);
  }
  Outcome run(const std::string& name, const Route& route, const Choices& choices = {}) const {
    return evaluate(policy(name), route, choices);
  }
  bool accepts(const std::string& name, const Route& route, const Choices& choices = {}) const {
    return run(name, route, choices).accepted;
  }
  std::string text(SourceRange range) const { return std::string(sources.text(range)); }
  size_t count(const std::string& code) const {
    return static_cast<size_t>(std::count_if(diagnostics.all().begin(), diagnostics.all().end(),
                                             [&](const Diagnostic& d) { return d.code == code; }));
  }
  const std::vector<UnmodelledLine>& unmodelled() const { return device().library->unmodelled; }
};

// The policy-options of one policy P with the body, beside other definitions.
inline std::string policy_text(const std::string& body, const std::string& definitions = "") {
  return "policy-options {\n policy-statement P {\n" + body + "\n }\n" + definitions + "\n}\n";
}

inline Route bgp(const std::string& prefix) {
  Route route;
  route.prefix = *parse_prefix(prefix);
  route.protocol = Protocol::bgp;
  route.route_type = RouteType::external;
  route.neighbor = parse_address("192.0.2.1");
  route.as_path = path_of({64496});
  route.next_hop = {NextHop::Kind::address, *parse_address("192.0.2.1")};
  route.rib = route.prefix.family == Family::ipv4 ? "inet.0" : "inet6.0";
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

inline Route with_path(std::vector<Asn> path) {
  Route route = bgp("10.0.0.0/8");
  route.as_path = path_of(std::move(path));
  return route;
}

inline Choices reading(const std::string& assumption, const std::string& value) {
  Choices choices;
  choices.readings[assumption] = value;
  return choices;
}

}  // namespace bgproof::junos::testing
