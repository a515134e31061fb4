// Help for the tests of BGP sessions of the route-map dialects: text in, sessions and outcomes of the reference
// evaluator out.
#pragma once

#include "grammar/routemap/lower.h"
#include "grammar/routemap/syntax.h"
#include "tests/lowered/lowered.h"

namespace bgproof::routemap::testing {

using namespace bgproof::testing;

struct Lowered : LoweredText {
  Lowered(Dialect dialect, const std::string& text) : LoweredText("router.cfg", text) {
    Config config = read(sources, file, dialect, diagnostics);
    devices = lower(config, sources, file, diagnostics);
  }

  const Session* find_session(const std::string& neighbor, Family family, const std::string& vrf) const {
    for (const Session& each : device().sessions)
      if (each.neighbor == neighbor && each.families.contains(family) && each.instance == vrf) return &each;
    return nullptr;
  }
  const Session& session(const std::string& neighbor, Family family = Family::ipv4, const std::string& vrf = "") const {
    const Session* found = find_session(neighbor, family, vrf);
    if (found == nullptr) throw std::runtime_error("no session " + neighbor);
    return *found;
  }
  bool has_session(const std::string& neighbor, Family family = Family::ipv4, const std::string& vrf = "") const {
    return find_session(neighbor, family, vrf) != nullptr;
  }
  Outcome sent(const std::string& neighbor, const Route& route, const Choices& choices = {}) const {
    return evaluate(session(neighbor, route.prefix.family).export_to.program, route, choices);
  }
  Outcome learned(const std::string& neighbor, const Route& route, const Choices& choices = {}) const {
    return evaluate(session(neighbor, route.prefix.family).import_from.program, route, choices);
  }
  // The text of the statement that decided.
  std::string decided_at(const Outcome& outcome) const { return text(outcome.decided_at); }
};

inline bool is_free(const Attachment& attachment) {
  return std::ranges::any_of(attachment.program.entry, [](const Clause& each) { return each.name == "(unknown)"; });
}

}  // namespace bgproof::routemap::testing
