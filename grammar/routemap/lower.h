// From the lines of a route-map dialect to the model: one device with the program of each session and each route map.
// What the constructs mean, and on which evidence, is in docs/semantics/routemap.md.
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "grammar/routemap/syntax.h"
#include "network/device.h"

namespace bgproof::routemap {

// Never fails: what has no meaning here becomes a free choice that names its line, and mistakes become BP1xx
// diagnostics. A truncated configuration gives a device that is not checked.
std::vector<Device> lower(const Config& config, const SourceSet& sources, FileId file, Diagnostics& diagnostics);

}  // namespace bgproof::routemap
