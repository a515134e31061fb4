#include "report/json_parts.h"

#include <nlohmann/json.hpp>

#include "report/secrets.h"

namespace bgproof {

namespace {

Json path_json(const AsPath& path) {
  Json json = Json::array();
  for (const AsSegment& segment : path.segments) {
    switch (segment.kind) {
      case AsSegment::Kind::sequence:
        for (Asn asn : segment.asns) json.push_back(asn);
        break;
      case AsSegment::Kind::set:
        json.push_back({{"set", segment.asns}});
        break;
      case AsSegment::Kind::confed_sequence:
        json.push_back({{"confed_sequence", segment.asns}});
        break;
      case AsSegment::Kind::confed_set:
        json.push_back({{"confed_set", segment.asns}});
        break;
    }
  }
  return json;
}

Json communities_json(const Route& route, CommunityKind kind) {
  Json json = Json::array();
  for (const Community& community : route.communities)
    if (community.kind == kind) json.push_back(to_string(community));
  return json;
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return {};
}

}  // namespace

Json place_json(const SourceRange& range, const SourceSet& sources) {
  return {{"file", sources.file(range.file).path()}, {"line", sources.begin(range).line}};
}

Json location_json(const SourceRange& range, const SourceSet& sources) {
  if (!range.known()) return {};
  LineColumn begin = sources.begin(range), end = sources.end(range);
  return {{"file", sources.file(range.file).path()},
          {"line", begin.line},
          {"column", begin.column},
          {"end_line", end.line},
          {"end_column", end.column}};
}

Json route_json(const Route& route) {
  Json json = {{"prefix", to_string(route.prefix)},
               {"family", to_string(route.prefix.family)},
               {"protocol", to_string(route.protocol)},
               {"route_type", route.route_type == RouteType::none ? Json() : Json(to_string(route.route_type))},
               {"learned_from", route.learned_from},
               {"as_path", path_json(route.as_path)},
               {"origin", to_string(route.origin)},
               {"next_hop", route.next_hop.kind == NextHop::Kind::unset ? Json() : Json(to_string(route.next_hop))},
               {"communities", communities_json(route, CommunityKind::standard)},
               {"large_communities", communities_json(route, CommunityKind::large)},
               {"ext_communities", communities_json(route, CommunityKind::extended)}};
  for (const NumberInfo& number : kNumbers) {
    const auto& value = route[number.number];
    bool named = number.number == Number::local_pref || number.number == Number::med;
    if (number.number == Number::tag)
      json["tag"] = value.value_or(0);
    else if (named || value)
      json[std::string(number.json)] = value ? Json(*value) : Json();
  }
  json["rpki"] = to_string(route.rpki);
  if (route.neighbor) json["neighbor"] = to_string(*route.neighbor);
  if (!route.interface.empty()) json["interface"] = route.interface;
  if (!route.rib.empty()) json["rib"] = route.rib;
  return json;
}

Json diagnostic_json(const Diagnostic& diagnostic, const SourceSet& sources) {
  Json notes = Json::array();
  for (const auto& [name, value] : diagnostic.notes) notes.push_back({{"name", name}, {"text", redact(value)}});
  return {{"code", diagnostic.code},
          {"severity", severity_name(diagnostic.severity)},
          {"message", redact(diagnostic.message)},
          {"location", location_json(diagnostic.where(), sources)},
          {"notes", notes}};
}

Json dependencies_json(const std::vector<Dependency>& dependencies, const SourceSet& sources) {
  Json json = Json::array();
  for (const Dependency& on : dependencies)
    json.push_back({{"location", location_json(on.range, sources)}, {"text", redact(on.text)}});
  return json;
}

Json facts_json(const std::vector<Fact>& facts, const SourceSet& sources) {
  Json json = Json::array();
  for (const Fact& fact : facts)
    json.push_back({{"location", location_json(fact.range, sources)}, {"text", redact(fact.text)}});
  return json;
}

Json direction_json(Direction direction) { return direction == Direction::none ? Json() : Json(to_string(direction)); }

Json families_json(const std::set<Family>& families) {
  Json json = Json::array();
  for (Family family : families) json.push_back(to_string(family));
  return json;
}

Json begin_json(const char* schema) {
  return {{"schema", schema}, {"tool", {{"name", "bgproof"}, {"version", version()}}}};
}

Json diagnostics_json(const std::vector<Diagnostic>& diagnostics, const SourceSet& sources) {
  Json json = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) json.push_back(diagnostic_json(diagnostic, sources));
  return json;
}

Json assumptions_json(const std::vector<UsedAssumption>& assumptions) {
  Json json = Json::array();
  for (const UsedAssumption& used : assumptions)
    json.push_back({{"name", used.name}, {"value", used.value}, {"source", used.source}});
  return json;
}

std::string dump(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace bgproof
