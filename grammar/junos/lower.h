// From the Junos tree to the model: policies, prefix lists and communities become programs; BGP groups and neighbors
// become sessions with the programs that they run. Semantics and their sources: docs/semantics/junos.md (J1-J15 of the
// design). Every policy line that has no meaning here yet becomes a free choice that names it, never nothing.
#pragma once

#include "base/diagnostic.h"
#include "grammar/junos/syntax.h"
#include "network/device.h"

namespace bgproof::junos {

// One device for the main system and one for each logical system (named "host:system").
std::vector<Device> lower(const Config& config, const SourceSet& sources, FileId file, Diagnostics& diagnostics);

}  // namespace bgproof::junos
