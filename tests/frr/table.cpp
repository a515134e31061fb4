#include "tests/frr/table.h"

#include <array>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace bgproof {
namespace {

using nlohmann::json;

// The words that FRR writes for communities of 16 bits each.
constexpr std::array<std::pair<std::string_view, uint32_t>, 15> kWords = {{
    {"internet", 0x00000000},
    {"graceful-shutdown", 0xffff0000},
    {"accept-own", 0xffff0001},
    {"route-filter-translated-v4", 0xffff0002},
    {"route-filter-v4", 0xffff0003},
    {"route-filter-translated-v6", 0xffff0004},
    {"route-filter-v6", 0xffff0005},
    {"llgr-stale", 0xffff0006},
    {"no-llgr", 0xffff0007},
    {"accept-own-nexthop", 0xffff0008},
    {"blackhole", 0xffff029a},
    {"no-export", 0xffffff01},
    {"no-advertise", 0xffffff02},
    {"local-AS", 0xffffff03},
    {"no-peer", 0xffffff04},
}};

// One word of the text of a kind. Extended ones: route targets and sites of origin, whose layout follows from the
// number.
Community read_community(std::string word) {
  for (const auto& [name, value] : kWords)
    if (name == word) return {CommunityKind::standard, {value >> 16, value & 0xffff, 0}};
  if (word.starts_with("RT:")) word.replace(0, 2, "rt");
  if (word.starts_with("SoO:")) word.replace(0, 3, "soo");
  std::optional<Community> community = parse_community(word);
  if (!community) throw std::runtime_error("unknown community of FRR: " + word);
  return *community;
}

void read_communities(const json& path, const char* kind, Communities& into) {
  if (!path.contains(kind)) return;
  std::istringstream words(path[kind].at("string").get<std::string>());
  for (std::string word; words >> word;) into.insert(read_community(word));
}

AsPath read_path(const json& segments) {
  static const std::map<std::string, AsSegment::Kind> kKinds = {
      {"as-sequence", AsSegment::Kind::sequence},
      {"as-set", AsSegment::Kind::set},
      {"as-confed-sequence", AsSegment::Kind::confed_sequence},
      {"as-confed-set", AsSegment::Kind::confed_set},
  };
  AsPath path;
  for (const json& segment : segments)
    path.segments.push_back({kKinds.at(segment.at("type")), segment.at("list").get<std::vector<Asn>>()});
  normalize(path);
  return path;
}

Origin read_origin(const std::string& word) {
  if (word == "IGP") return Origin::igp;
  if (word == "EGP") return Origin::egp;
  if (word == "incomplete") return Origin::incomplete;
  throw std::runtime_error("unknown origin of FRR: " + word);
}

Route read_route(const Prefix& prefix, const json& path) {
  Route route;
  route.prefix = prefix;
  route.as_path = read_path(path.at("aspath").at("segments"));
  route.origin = read_origin(path.at("origin"));
  for (const char* kind : {"community", "extendedCommunity", "largeCommunity"})
    read_communities(path, kind, route.communities);
  auto number = [&](Number to, const char* name, bool zero_is_absent) {
    if (!path.contains(name)) return;
    uint32_t value = path[name].get<uint32_t>();
    if (value != 0 || !zero_is_absent) route[to] = value;
  };
  number(Number::med, "metric", false);
  number(Number::local_pref, "locPrf", false);
  number(Number::weight, "weight", true);
  number(Number::tag, "tag", true);
  std::optional<Address> next_hop = parse_address(path.at("nexthops").at(0).at("ip").get<std::string>());
  if (!next_hop) throw std::runtime_error("unknown next hop of FRR: " + path["nexthops"].dump());
  route.next_hop = {NextHop::Kind::address, *next_hop};
  std::string type = path.at("peer").at("type");
  route.route_type = type == "internal" ? RouteType::internal : RouteType::external;
  return route;
}

}  // namespace

void read_table(const std::string& text, std::map<std::string, std::map<Prefix, Route>>& routes) {
  json answer = json::parse(text);
  for (const auto& [name, paths] : answer.at("routes").items()) {
    std::optional<Prefix> prefix = parse_prefix(name);
    if (!prefix) throw std::runtime_error("unknown prefix of FRR: " + name);
    for (const json& path : paths) {
      if (!path.contains("peer")) continue;  // the first element speaks of the prefix alone
      Route route = read_route(*prefix, path);
      std::string neighbor = path["peer"].at("peerId");
      route.neighbor = parse_address(neighbor);
      routes[neighbor][*prefix] = std::move(route);
    }
  }
}

bool all_have_best_path(const std::string& text) {
  json answer = json::parse(text);
  for (const json& paths : answer.at("routes")) {
    bool found = false;
    for (const json& path : paths) found = found || path.contains("bestpath");
    if (!found) return false;
  }
  return true;
}

}  // namespace bgproof
