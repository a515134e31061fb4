// What is said around BGP, in routing-options and in the routing instance, as far as it bears on the routes of a
// session: statements that nobody knows, and lines that bring BGP routes of elsewhere into the instance's tables.
#pragma once

#include <string>
#include <vector>

#include "grammar/junos/syntax.h"

namespace bgproof::junos {

struct Tables {
  // Statements of the main routing-options, of the instance's and of the instance that are not known: they may do
  // anything to the routes of its sessions.
  std::vector<const Statement*> unknown;
  // BGP routes of other instances, or of VPNs, may stand in the instance's tables.
  bool takes_bgp = false;
  std::vector<std::string> taken_by;  // the policies that choose them
};

// `instance`: "" for the default one.
Tables tables_of(const Statement& system, const std::string& instance);

}  // namespace bgproof::junos
