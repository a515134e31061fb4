#include "tests/junos/tables.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

namespace bgproof::junos::testing {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// Junos writes every value as [{"data": "..."}].
std::string datum(const Json& from, const std::string& key) {
  auto found = from.find(key);
  if (found == from.end() || !found->is_array() || found->empty()) return {};
  auto data = found->front().find("data");
  return data != found->front().end() && data->is_string() ? data->get<std::string>() : std::string();
}

Protocol protocol_of(const std::string& name) {
  if (name == "BGP") return Protocol::bgp;
  if (name == "Direct") return Protocol::direct;
  if (name == "Local") return Protocol::local;
  if (name == "Static") return Protocol::static_;
  if (name == "Aggregate") return Protocol::aggregate;
  if (name == "OSPF") return Protocol::ospf;
  return Protocol::other;
}

// "AS path: 65002 65001 I".
void read_path(const std::string& text, Route& route) {
  std::istringstream words(text);
  std::vector<Asn> path;
  for (std::string word; words >> word;) {
    if (isdigit(static_cast<unsigned char>(word[0])))
      path.push_back(static_cast<Asn>(std::stoul(word)));
    else if (word == "I" || word == "E" || word == "?")
      route.origin = word == "I" ? Origin::igp : word == "E" ? Origin::egp : Origin::incomplete;
  }
  route.as_path = path_of(std::move(path));
}

// "target:65000:36867", "large:1:2:3", "no-export".
std::optional<Community> community_of(const std::string& text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kKinds = {
      {{"target:", "rt:"}, {"origin:", "soo:"}, {"large:", ""}}};
  for (const auto& [junos, ours] : kKinds)
    if (text.rfind(junos, 0) == 0) {
      std::string rest = text.substr(junos.size());
      rest.erase(std::remove(rest.begin(), rest.end(), 'L'), rest.end());
      return parse_community(std::string(ours) + rest);
    }
  return parse_community(text);
}

std::optional<uint32_t> number_of(const Json& entry, const std::string& key) {
  std::string text = datum(entry, key);
  if (text.empty()) return std::nullopt;
  return static_cast<uint32_t>(std::stoul(text));
}

std::optional<Row> read_row(const Json& destination, const Json& entry, const std::string& table, bool detail) {
  std::string prefix = datum(destination, "rt-destination");
  if (std::string length = datum(destination, "rt-prefix-length"); !length.empty()) prefix += "/" + length;
  std::optional<Prefix> parsed = parse_prefix(prefix);
  if (!parsed) return std::nullopt;
  Row row;
  Route& route = row.route;
  route.prefix = *parsed;
  route.rib = table;
  route.protocol = protocol_of(datum(entry, "protocol-name"));
  route.route_type = route.protocol == Protocol::bgp ? RouteType::external : RouteType::none;
  row.active = datum(entry, "active-tag") == "*";
  row.shows_communities = detail;
  read_path(datum(entry, "as-path"), route);
  route[Number::local_pref] = number_of(entry, "local-preference");
  route[Number::med] = number_of(entry, "med");
  for (const Json& hop : entry.value("nh", Json::array())) {
    route.interface = datum(hop, "via");
    if (route.interface.empty()) route.interface = datum(hop, "nh-local-interface");
    if (auto to = parse_address(datum(hop, "to"))) {
      route.next_hop = {NextHop::Kind::address, *to};
      if (route.protocol == Protocol::bgp) route.neighbor = *to;
    }
  }
  for (const Json& list : entry.value("communities", Json::array()))
    for (const auto& [key, values] : list.items())
      for (const Json& value : values)
        if (auto community = community_of(value.value("data", std::string()))) route.communities.insert(*community);
  return row;
}

void read_table(const fs::path& path, bool detail, std::vector<Row>& rows) {
  std::ifstream in(path);
  if (!in) return;
  Json json;
  in >> json;  // the prompt behind it is left
  for (const Json& table : json["route-information"][0].value("route-table", Json::array())) {
    std::string name = datum(table, "table-name");
    if (name != "inet.0" && name != "inet6.0") continue;
    for (const Json& destination : table.value("rt", Json::array()))
      for (const Json& entry : destination.value("rt-entry", Json::array())) {
        std::optional<Row> row = read_row(destination, entry, name, detail);
        if (!row) continue;
        auto same = std::find_if(rows.begin(), rows.end(), [&](const Row& other) {
          return other.route.prefix == row->route.prefix && other.route.protocol == row->route.protocol &&
                 other.route.neighbor == row->route.neighbor;
        });
        if (same == rows.end())
          rows.push_back(*row);
        else if (detail)
          *same = *row;
      }
  }
}

}  // namespace

std::vector<Row> read_tables(const fs::path& folder) {
  std::vector<Row> rows;
  read_table(folder / "show_route_|_display_json.txt", false, rows);
  read_table(folder / "show_route_protocol_bgp_detail_|_display_json.txt", true, rows);
  return rows;
}

}  // namespace bgproof::junos::testing
