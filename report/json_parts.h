// Pieces that the JSON formats share: places, routes, diagnostics. Only the sources of formats include this: it shows
// the JSON library.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/diagnostic.h"
#include "base/source.h"
#include "policy/route.h"

namespace bgproof {

using Json = nlohmann::ordered_json;

Json place_json(const SourceRange& range, const SourceSet& sources);     // {"file", "line"}; the range is known
Json location_json(const SourceRange& range, const SourceSet& sources);  // null if the range is unknown
Json route_json(const Route& route);
Json diagnostic_json(const Diagnostic& diagnostic, const SourceSet& sources);
std::string dump(const Json& json);  // indented, with a final line end

}  // namespace bgproof
