#include "tests/bgp/tables.h"

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

namespace bgproof::routemap::testing {

namespace {

using Json = nlohmann::json;

std::string trim(const std::string& text) {
  size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// "(65134) 65106 i": the path and, behind it, the origin.
void read_path(std::string text, Row& row) {
  text = trim(text);
  if (!text.empty() && std::string("ie?").find(text.back()) != std::string::npos) {
    row.origin = text.back() == 'i' ? Origin::igp : text.back() == 'e' ? Origin::egp : Origin::incomplete;
    text.pop_back();
  }
  bool confederation = false;
  std::istringstream words(text);
  std::string word;
  while (words >> word) {
    if (word.front() == '(') confederation = true, word.erase(0, 1);
    bool last = !word.empty() && word.back() == ')';
    if (last) word.pop_back();
    if (word.empty() || word.find_first_not_of("0123456789") != std::string::npos) continue;
    auto kind = confederation ? AsSegment::Kind::confed_sequence : AsSegment::Kind::sequence;
    row.path.segments.push_back({kind, {static_cast<Asn>(std::stoul(word))}});
    if (last) confederation = false;
  }
  normalize(row.path);
}

std::optional<uint32_t> number(const std::string& text) {
  std::string digits = trim(text);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return static_cast<uint32_t>(std::stoul(digits));
}

std::optional<Prefix> prefix_of_text(const std::string& text) {
  if (auto prefix = parse_prefix(text)) return prefix;
  auto address = parse_address(text);
  if (!address || address->family != Family::ipv4) return std::nullopt;
  auto first = static_cast<unsigned>(address->bits >> 120);
  return prefix_of(*address, first < 128 ? 8 : first < 192 ? 16 : 24);
}

}  // namespace

std::vector<Row> read_text_table(const std::string& text) {
  std::vector<Row> rows;
  std::istringstream lines(text);
  std::string line;
  size_t hop = 0, metric_end = 0, pref_end = 0, weight_end = 0, network = 0;
  bool wanted = false;
  std::optional<Prefix> last;
  std::string wrapped;
  while (std::getline(lines, line)) {
    bool other_vrf = line.find("for VRF ") != std::string::npos && line.find("for VRF default,") == std::string::npos;
    if (line.rfind("For address family:", 0) == 0 || line.rfind("BGP routing table information", 0) == 0) {
      wanted = line.find("IPv4 Unicast") != std::string::npos && !other_vrf;
      hop = 0;
      last.reset();
      continue;
    }
    if (!wanted) continue;
    if (line.find("Next Hop") != std::string::npos && line.find("LocPrf") != std::string::npos) {
      network = line.find("Network");
      hop = line.find("Next Hop");
      metric_end = line.find("Metric") + 6;
      pref_end = line.find("LocPrf") + 6;
      weight_end = line.find("Weight") + 6;
      continue;
    }
    if (hop == 0 || line.size() < network) continue;
    if (line.size() <= hop) {
      wrapped = line;  // a long network, the rest is on the next line
      continue;
    }
    // IOS-XE puts its rows one column to the right of its heads.
    size_t shift = line[hop] == ' ' ? 1 : 0;
    std::string status = line.substr(0, network), name = trim(line.substr(network, hop + shift - network));
    if (!wrapped.empty()) {
      status = wrapped.substr(0, network);
      name = trim(wrapped.substr(network));
      wrapped.clear();
    }
    if (!name.empty()) last = prefix_of_text(name);
    size_t at = hop + shift;
    auto next_hop = parse_address(trim(line.substr(at, line.find(' ', at) - at)));
    if (!last || !next_hop || line.size() <= weight_end + shift) continue;
    Row row;
    row.prefix = *last;
    row.best = status.find('>') != std::string::npos;
    row.suppressed = status.find('s') != std::string::npos;
    row.internal = status.find('i') != std::string::npos;
    row.next_hop = next_hop;
    row.metric = number(line.substr(metric_end + shift - 8, 8));
    row.local_pref = number(line.substr(metric_end + shift, pref_end - metric_end));
    row.local = number(line.substr(pref_end + shift, weight_end - pref_end)) == 32768u;
    read_path(line.substr(weight_end + shift), row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> read_eos_table(const std::string& text) {
  std::vector<Row> rows;
  Json json = Json::parse(text);
  for (const auto& [name, entry] : json["vrfs"]["default"]["bgpRouteEntries"].items())
    for (const Json& path : entry["bgpRoutePaths"]) {
      Row row;
      row.prefix = *parse_prefix(name);
      row.best = path["routeType"].value("active", false);
      row.suppressed = path["routeType"].value("suppressed", false);
      if (path.contains("nextHop") && path["nextHop"].is_string())
        row.next_hop = parse_address(path["nextHop"].get<std::string>());
      row.local = !row.next_hop;
      if (path.contains("med")) row.metric = path["med"].get<uint32_t>();
      if (path.contains("localPreference")) row.local_pref = path["localPreference"].get<uint32_t>();
      read_path(path["asPathEntry"]["asPath"].get<std::string>(), row);
      rows.push_back(std::move(row));
    }
  return rows;
}

std::vector<Row> read_frr_table(const std::string& text, const std::string& detail) {
  std::map<std::string, std::string> communities;
  std::istringstream lines(detail);
  std::string line, of;
  while (std::getline(lines, line)) {
    const std::string head = "BGP routing table entry for ";
    if (line.rfind(head, 0) == 0) {
      of = trim(line.substr(head.size()));
      communities[of];
    }
    if (size_t at = line.find("Community: "); at != std::string::npos) communities[of] = trim(line.substr(at + 11));
  }
  std::vector<Row> rows;
  Json json = Json::parse(text);
  for (const auto& [name, paths] : json["default"]["routes"].items())
    for (const Json& path : paths) {
      Row row;
      row.prefix = *parse_prefix(name);
      row.best = path.value("bestpath", false);
      row.internal = path.value("pathFrom", "") == "internal";
      row.local = path.value("weight", 0) == 32768;
      row.next_hop = parse_address(path["nexthops"][0]["ip"].get<std::string>());
      if (path.contains("med")) row.metric = path["med"].get<uint32_t>();
      if (path.contains("localpref")) row.local_pref = path["localpref"].get<uint32_t>();
      std::string origin = path.value("origin", "");
      read_path(path.value("aspath", path.value("path", "")) + (origin == "incomplete" ? " ?" : " i"), row);
      if (auto found = communities.find(name); found != communities.end()) row.communities = found->second;
      rows.push_back(std::move(row));
    }
  return rows;
}

}  // namespace bgproof::routemap::testing
