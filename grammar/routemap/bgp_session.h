// A BGP session of one unicast family, before its programs are made: policies are attached by family, so a neighbor
// that exchanges both is two sessions.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "grammar/routemap/bgp_config.h"
#include "grammar/routemap/bgp_levels.h"
#include "grammar/routemap/context.h"
#include "grammar/routemap/frr_lines.h"
#include "network/device.h"

namespace bgproof::routemap {

// What is true for all sessions of one instance.
struct BgpScope {
  const BgpConfig* bgp = nullptr;
  const BgpInstance* instance = nullptr;
  Dialect dialect = Dialect::ios;
  std::optional<Asn> confederation;       // its number towards the outside
  std::set<Asn> members;                  // its other member ASes
  std::optional<FrrVersion> frr_version;  // `frr version`
  SourceRange frr_version_at;
  std::optional<SourceRange> datacenter;  // `frr defaults datacenter`
  bool leaked_into = false;               // IOS, NX-OS: routes of other VRFs may come in by lines outside of BGP

  // The lines of the instance that say `bgp KEYWORD ...` or, on NX-OS, `KEYWORD ...`; the last counts. `family`: lines
  // of the family win.
  std::optional<Knob> knob(std::initializer_list<std::string_view> words, std::string_view family = {}) const;
  // The same, nullopt if a `no` line counts.
  std::optional<Knob> said(std::initializer_list<std::string_view> words, std::string_view family = {}) const;
};

BgpScope scope_of(const Config& config, const BgpConfig& bgp, const BgpInstance& instance);

struct SessionSetup {
  Levels levels;
  Session session;
  Family family = Family::ipv4;  // the one family of the session
  bool confederated = false;     // an external session between members of one confederation
  bool client = false;           // of this route reflector
  SourceRange kind_at;           // what makes it internal or external

  std::string_view family_name() const { return family == Family::ipv4 ? kUnicast4 : kUnicast6; }
};

std::vector<SessionSetup> find_sessions(Context& context, const BgpScope& scope);

}  // namespace bgproof::routemap
