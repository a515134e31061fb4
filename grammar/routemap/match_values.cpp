#include "grammar/routemap/match_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/routemap/lists.h"
#include "grammar/routemap/values.h"

namespace bgproof::routemap {

namespace {

constexpr uint32_t kUsualLocalPreference = 100;

bool contains(const std::vector<NumberRange>& ranges, uint32_t value) {
  return std::ranges::any_of(ranges, [&](const NumberRange& range) { return range.contains(value); });
}

Condition absent(Number number, SourceRange range) { return not_({NumberIn{number, {NumberRange{}}}, range}, range); }

}  // namespace

std::optional<Condition> number_match(const Line& line, size_t first, Number number) {
  NumberIn in{number, {}};
  for (size_t i = first; i < line.size(); ++i) {
    std::string_view word = line.word(i);
    if (word == "+-" && !in.ranges.empty()) {
      std::optional<uint32_t> deviation = number_of(line.word(++i));
      if (!deviation) return std::nullopt;
      NumberRange& last = in.ranges.back();
      last.low -= std::min(last.low, *deviation);
      last.high += std::min(UINT32_MAX - last.high, *deviation);
      continue;
    }
    size_t dash = word.find('-');
    std::optional<uint32_t> low = number_of(word.substr(0, dash));
    std::optional<uint32_t> high = dash == std::string_view::npos ? low : number_of(word.substr(dash + 1));
    if (line.word(i + 1) == "to") {
      high = number_of(line.word(i + 2));
      i += 2;
    }
    if (!low || !high || *low > *high) return std::nullopt;
    in.ranges.push_back({*low, *high});
  }
  if (in.ranges.empty()) return std::nullopt;
  return condition(std::move(in), line.range);
}

Condition with_absent(Context& context, Condition match) {
  const auto& in = std::get<NumberIn>(match.is);
  bool frr = context.dialect() == Dialect::frr;
  bool med = in.number == Number::med;
  uint32_t instead = med || frr ? 0 : kUsualLocalPreference;
  if (!contains(in.ranges, instead)) return match;
  SourceRange range = match.range;
  Condition none = absent(in.number, range);
  if (!frr) {
    std::string_view name = med ? "absent-metric" : "absent-local-preference";
    none = all_of({std::move(none), context.reading(name, med ? "zero" : "default", range)}, range);
  }
  return any_of({std::move(match), std::move(none)}, range);
}

std::optional<Condition> path_length(const Line& line, size_t first) {
  NumberRange range;
  for (size_t at = first; at < line.size(); at += 2) {
    if (at > first && line.word(at) == "and") ++at;
    std::string_view compare = line.word(at);
    std::optional<uint32_t> value = number_of(line.word(at + 1));
    if (!value) return std::nullopt;
    if (compare == ">=" || compare == "=") range.low = std::max(range.low, *value);
    if (compare == "<=" || compare == "=") range.high = std::min(range.high, *value);
    if (compare != ">=" && compare != "<=" && compare != "=") return std::nullopt;
  }
  if (line.size() < first + 2 || range.low > range.high) return std::nullopt;
  return condition(AsPathLength{range}, line.range);
}

std::optional<Condition> origin_match(const Line& line) {
  std::string_view word = line.word(2);
  if (word == "igp") return condition(OriginIs{Origin::igp}, line.range);
  if (word == "egp") return condition(OriginIs{Origin::egp}, line.range);
  if (word == "incomplete") return condition(OriginIs{Origin::incomplete}, line.range);
  return std::nullopt;
}

std::optional<Condition> interface_match(const Line& line, size_t first) {
  InterfaceIn in;
  for (size_t i = first; i < line.size(); ++i) in.names.emplace(line.word(i));
  return condition(std::move(in), line.range);
}

std::optional<Condition> rpki_match(const Line& line, size_t first) {
  std::string_view word = line.word(first);
  if (line.size() != first + 1) return std::nullopt;
  if (word == "valid") return condition(RpkiIs{Rpki::valid}, line.range);
  if (word == "invalid") return condition(RpkiIs{Rpki::invalid}, line.range);
  if (word == "notfound" || word == "not-found") return condition(RpkiIs{Rpki::unknown}, line.range);
  return std::nullopt;
}

std::optional<Condition> protocol_match(const Line& line, size_t first) {
  ProtocolIn in;
  for (size_t i = first; i < line.size(); ++i) {
    std::string_view word = line.word(i);
    if (number_of(word) && i > first) continue;  // of an instance
    std::optional<Protocol> protocol = protocol_of(word);
    if (!protocol) protocol = protocol_of(word.substr(0, word.find('-')));
    if (!protocol) return std::nullopt;
    in.protocols.insert(*protocol);
  }
  if (in.protocols.empty()) return std::nullopt;
  return condition(std::move(in), line.range);
}

// Of BGP routes, how they were learned, or nothing; of other protocols what no attribute of the model says.
Condition route_type_match(Context& context, const Line& line, std::string_view route_map) {
  SourceRange at = line.range;
  Condition bgp{ProtocolIn{{Protocol::bgp}}, at};
  std::vector<Condition> types;
  bool others = false, local = false;
  for (size_t i = 2; i < line.size(); ++i) {
    std::string_view word = line.word(i);
    if (word == "external") types.push_back({RouteTypeIs{RouteType::external}, at});
    if (word == "internal") types.push_back({RouteTypeIs{RouteType::internal}, at});
    if (word == "local")
      local = true;
    else
      others = true;
  }
  std::vector<Condition> any;
  if (!types.empty())
    any.push_back(all_of({bgp, context.reading("route-type", "bgp", at), any_of(std::move(types), at)}, at));
  if (local) any.push_back(not_(bgp, at));
  if (others || line.size() < 3) {
    Condition free = context.unmodelled(at, fmt::format("`{}` in {}", line.rest(0), route_map));
    any.push_back(all_of({not_(bgp, at), std::move(free)}, at));
  }
  return any_of(std::move(any), at);
}

Condition carries_any_of(Context& context, Kind list, std::string_view name, SourceRange at) {
  std::optional<std::vector<CommunitySet>> sets = contained_communities(context, list, name);
  Condition some = context.reading("community-any", "refused", at);
  if (!sets) return any_of({some, context.unmodelled(at, fmt::format("any of {} {}", to_string(list), name))}, at);
  std::vector<Condition> any = {some};
  any.push_back(condition(CommunityCount{{CommunityKind::standard}, {0, 0}}, at));
  for (CommunitySet& set : *sets) any.push_back(condition(CarriesCommunity{std::move(set)}, at));
  return any_of(std::move(any), at);
}

}  // namespace bgproof::routemap
