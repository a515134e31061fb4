// Pieces that the JSON formats share: places, routes, diagnostics. Only the sources of formats include this: it shows
// the JSON library.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "network/device.h"
#include "policy/route.h"
#include "report/report.h"

namespace bgproof {

using Json = nlohmann::ordered_json;

Json place_json(const SourceRange& range, const SourceSet& sources);     // {"file", "line"}; the range is known
Json location_json(const SourceRange& range, const SourceSet& sources);  // null if the range is unknown
Json route_json(const Route& route);
Json diagnostic_json(const Diagnostic& diagnostic, const SourceSet& sources);
Json dependencies_json(const std::vector<Dependency>& dependencies, const SourceSet& sources);
Json facts_json(const std::vector<Fact>& facts, const SourceSet& sources);
Json direction_json(Direction direction);  // null if there is none
Json families_json(const std::set<Family>& families);

// What reports begin and end with.
Json begin_json(const char* schema);
Json diagnostics_json(const std::vector<Diagnostic>& diagnostics, const SourceSet& sources);
Json assumptions_json(const std::vector<UsedAssumption>& assumptions);
std::string dump(const Json& json);  // indented, with a final line end

}  // namespace bgproof
