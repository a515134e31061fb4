// Help for the tests of the Junos lowering: text in, outcome of the reference evaluator out. Routes stand in the main
// tables.
#pragma once

#include "grammar/junos/lower.h"
#include "tests/lowered/lowered.h"

namespace bgproof::junos::testing {

using namespace bgproof::testing;

struct Lowered : LoweredText {
  explicit Lowered(const std::string& text) : LoweredText("router.conf", text) {
    Config config = read(sources, file, diagnostics);
    devices = lower(config, sources, file, diagnostics);
  }

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
  const std::vector<UnmodelledLine>& unmodelled() const { return device().library->unmodelled; }
};

// The policy-options of one policy P with the body, beside other definitions.
inline std::string policy_text(const std::string& body, const std::string& definitions = "") {
  return "policy-options {\n policy-statement P {\n" + body + "\n }\n" + definitions + "\n}\n";
}

inline Route in_table(Route route) {
  route.rib = route.prefix.family == Family::ipv4 ? "inet.0" : "inet6.0";
  return route;
}
inline Route bgp(const std::string& prefix) { return in_table(bgproof::testing::bgp(prefix)); }
inline Route ibgp(const std::string& prefix) { return in_table(bgproof::testing::ibgp(prefix)); }
inline Route of_protocol(Protocol protocol, const std::string& prefix) {
  return in_table(bgproof::testing::of_protocol(protocol, prefix));
}
inline Route carrying(const std::string& prefix, const std::vector<std::string>& communities) {
  return in_table(bgproof::testing::carrying(prefix, communities));
}
inline Route with_path(std::vector<Asn> path) {
  return in_table(bgproof::testing::with_path("10.0.0.0/8", std::move(path)));
}

}  // namespace bgproof::junos::testing
