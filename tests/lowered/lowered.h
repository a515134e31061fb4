// Help for the tests of every lowering: a text that became devices, and routes to send through their policies.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "network/device.h"
#include "policy/evaluate.h"

namespace bgproof::testing {

// A dialect's own kind of it reads and lowers in its constructor.
struct LoweredText {
  SourceSet sources;
  FileId file;
  Diagnostics diagnostics;
  std::vector<Device> devices;

  LoweredText(const std::string& path, const std::string& text) : file(sources.add(path, text)) {}

  const Device& device() const { return devices.front(); }
  size_t count(const std::string& code) const {
    return static_cast<size_t>(std::count_if(diagnostics.all().begin(), diagnostics.all().end(),
                                             [&](const Diagnostic& d) { return d.code == code; }));
  }
  std::string text(SourceRange range) const { return range.known() ? std::string(sources.text(range)) : ""; }
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

}  // namespace bgproof::testing
