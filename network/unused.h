// Policies and lists that a configuration defines and that nothing in its text names again. The text is what is
// searched, not the model: what has no model (an IGP's export, a firewall filter) is a use too.
#pragma once

#include <string>
#include <vector>

#include "network/device.h"

namespace bgproof {

struct Unused {
  std::string kind;  // of a list; "" for a policy
  std::string name;
  SourceRange range;
};

// In the order of the text. `devices` are those of one file.
std::vector<Unused> unused(const std::vector<const Device*>& devices, const SourceSet& sources);

}  // namespace bgproof
