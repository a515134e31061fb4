// Real devices agree: labs of Junos devices that face each other. What one device holds goes through the model of its
// export, over the wire, and through the model of the other's import; the table that the other device showed has to say
// the same: which prefixes, which AS path, local preference, MED, origin, communities. Skipped where the corpus is
// absent.
//
// What BGP does by itself stands here and not in the model: the own AS is put in front, a route whose path begins with
// the neighbor's AS is not sent back, and a path that holds the own AS is dropped.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "tests/junos/lowered.h"

namespace bgproof::junos::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

fs::path labs() {
  if (const char* named = std::getenv("BGPROOF_CORPORA")) return fs::path(named) / "lab-validation";
  return fs::path(BGPROOF_SOURCE_DIR).parent_path() / "shared" / "corpora" / "lab-validation";
}

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Junos writes every value as [{"data": "..."}].
std::string datum(const Json& from, const std::string& key) {
  auto found = from.find(key);
  if (found == from.end() || !found->is_array() || found->empty()) return {};
  auto data = found->front().find("data");
  return data != found->front().end() && data->is_string() ? data->get<std::string>() : std::string();
}

struct Shown {
  Route route;
  bool active = false;
  bool with_communities = false;  // the table shows them, if there are any
};

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
void read_path(std::string text, Route& route) {
  if (text.rfind("AS path: ", 0) == 0) text = text.substr(9);
  std::istringstream words(text);
  std::vector<Asn> path;
  for (std::string word; words >> word;) {
    if (isdigit(static_cast<unsigned char>(word[0])))
      path.push_back(static_cast<Asn>(std::stoul(word)));
    else
      route.origin = word == "I" ? Origin::igp : word == "E" ? Origin::egp : Origin::incomplete;
  }
  route.as_path = path_of(std::move(path));
}

// "target:65000:36867", "large:1:2:3", "no-export"; nullopt for what is none.
std::optional<Community> community_of(const std::string& text) {
  static const std::map<std::string, std::string> kKinds = {{"target:", "rt:"}, {"origin:", "soo:"}, {"large:", ""}};
  for (const auto& [junos, ours] : kKinds)
    if (text.rfind(junos, 0) == 0) {
      std::string rest = text.substr(junos.size());
      rest.erase(std::remove(rest.begin(), rest.end(), 'L'), rest.end());
      return parse_community(ours + rest);
    }
  return parse_community(text);
}

std::optional<Shown> read_entry(const Json& destination, const Json& entry, const std::string& table, bool detail) {
  std::string prefix = datum(destination, "rt-destination");
  if (std::string length = datum(destination, "rt-prefix-length"); !length.empty()) prefix += "/" + length;
  std::optional<Prefix> parsed = parse_prefix(prefix);
  if (!parsed) return std::nullopt;
  Shown shown;
  Route& route = shown.route;
  route.prefix = *parsed;
  route.rib = table;
  route.protocol = protocol_of(datum(entry, "protocol-name"));
  route.route_type = route.protocol == Protocol::bgp ? RouteType::external : RouteType::none;
  shown.active = datum(entry, "active-tag") == "*";
  shown.with_communities = detail;
  read_path(datum(entry, "as-path"), route);
  if (std::string text = datum(entry, "local-preference"); !text.empty())
    route[Number::local_pref] = static_cast<uint32_t>(std::stoul(text));
  if (std::string text = datum(entry, "med"); !text.empty())
    route[Number::med] = static_cast<uint32_t>(std::stoul(text));
  for (const Json& hop : entry.value("nh", Json::array())) {
    route.interface = datum(hop, "via");
    if (route.interface.empty()) route.interface = datum(hop, "nh-local-interface");
    if (auto to = parse_address(datum(hop, "to"))) {
      route.next_hop = {NextHop::Kind::address, *to};
      if (route.protocol == Protocol::bgp) route.neighbor = *to;
    }
  }
  for (const Json& list : entry.value("communities", Json::array()))
    for (const auto& [key, values] : list.items()) {
      if (!values.is_array()) continue;
      for (const Json& value : values)
        if (auto community = community_of(value.value("data", std::string()))) route.communities.insert(*community);
    }
  return shown;
}

struct Box {
  std::string name, text;
  std::unique_ptr<Lowered> lowered;
  std::set<Address> addresses;
  std::vector<Shown> table;  // of the unicast tables of the main instance

  const Device& device() const { return lowered->device(); }
  Asn asn() const { return device().local_as.value_or(0); }
  bool says(const std::string& neighbor, const std::string& what) const {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
      if (line.find(what) != std::string::npos && (line.find(" neighbor ") == std::string::npos ||
                                                   line.find(" neighbor " + neighbor + " ") != std::string::npos))
        return true;
    return false;
  }
};

std::optional<Json> read_json(const fs::path& path) {
  std::ifstream in(path);
  if (!in) return std::nullopt;
  Json json;
  in >> json;  // the prompt behind it is left
  return json;
}

void read_table(const fs::path& path, bool detail, Box& box) {
  std::optional<Json> json = read_json(path);
  if (!json) return;
  for (const Json& table : (*json)["route-information"][0].value("route-table", Json::array())) {
    std::string name = datum(table, "table-name");
    if (name != "inet.0" && name != "inet6.0") continue;
    for (const Json& destination : table.value("rt", Json::array()))
      for (const Json& entry : destination.value("rt-entry", Json::array())) {
        std::optional<Shown> shown = read_entry(destination, entry, name, detail);
        if (!shown) continue;
        auto same = std::find_if(box.table.begin(), box.table.end(), [&](const Shown& other) {
          return other.route.prefix == shown->route.prefix && other.route.protocol == shown->route.protocol &&
                 other.route.neighbor == shown->route.neighbor;
        });
        if (same == box.table.end())
          box.table.push_back(*shown);
        else if (detail)
          *same = *shown;
      }
  }
}

std::vector<Box> read_lab(const fs::path& lab) {
  std::vector<Box> boxes;
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(lab / "configs")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  for (const fs::path& folder : folders) {
    fs::path config = folder / "show_configuration_|_display_set.txt";
    if (!fs::exists(config)) continue;  // of another vendor
    Box box;
    box.name = folder.filename();
    box.text = contents(config);
    box.lowered = std::make_unique<Lowered>(box.text);
    static const std::regex kAddress(R"(set interfaces .* address ([0-9a-fA-F.:]+)/[0-9]+)");
    for (std::sregex_iterator it(box.text.begin(), box.text.end(), kAddress), end; it != end; ++it)
      if (auto address = parse_address((*it)[1].str())) box.addresses.insert(*address);
    fs::path show = lab / "show" / folder.filename();
    read_table(show / "show_route_|_display_json.txt", false, box);
    read_table(show / "show_route_protocol_bgp_detail_|_display_json.txt", true, box);
    boxes.push_back(std::move(box));
  }
  return boxes;
}

bool only_of_network(const Box& box, const Outcome& outcome) {
  for (const ChoiceKey& key : outcome.met)
    if (!box.device().library->unmodelled.at(key.choice.value).environment) return false;
  return true;
}

size_t count_of(const Route& route, Asn asn) {
  size_t count = 0;
  for (const auto& segment : route.as_path.segments)
    count += static_cast<size_t>(std::count(segment.asns.begin(), segment.asns.end(), asn));
  return count;
}

// What arrives at the other end, if anything is sent.
std::optional<Route> sent(const Box& from, const Session& session, const Shown& shown, const Address& source) {
  if (!shown.active) return std::nullopt;
  const Route& route = shown.route;
  Asn remote = session.remote_as.value_or(0);
  bool back = !route.as_path.segments.empty() && route.as_path.segments.front().asns.front() == remote;
  if (back && !from.says(session.neighbor, "advertise-peer-as")) return std::nullopt;
  Outcome outcome = evaluate(session.export_to.program, route);
  EXPECT_TRUE(only_of_network(from, outcome)) << from.name << " to " << session.neighbor << ": " << to_string(route);
  if (!outcome.accepted) return std::nullopt;
  Route arrives = outcome.route;
  arrives.protocol = Protocol::bgp;
  arrives.route_type = RouteType::external;
  arrives.neighbor = source;
  arrives.interface.clear();
  arrives[Number::local_pref].reset();  // not sent to another AS
  std::vector<Asn> path{from.asn()};
  for (const auto& segment : arrives.as_path.segments)
    path.insert(path.end(), segment.asns.begin(), segment.asns.end());
  arrives.as_path = path_of(std::move(path));
  return arrives;
}

struct Agreement {
  size_t routes = 0, refused = 0;
};

void compare_session(const Box& from, const Session& out, const Box& to, const Session& in, const Address& source,
                     Agreement& agreement) {
  std::map<Prefix, Route> expected;
  std::set<Prefix> may_loop;
  for (const Shown& shown : from.table) {
    std::optional<Route> arrives = sent(from, out, shown, source);
    if (!arrives) continue;
    if (count_of(*arrives, to.asn()) > 0) {
      if (to.says(in.neighbor, " loops ")) may_loop.insert(arrives->prefix);
      if (!to.says(in.neighbor, " loops ")) continue;
    }
    Outcome outcome = evaluate(in.import_from.program, *arrives);
    EXPECT_TRUE(only_of_network(to, outcome)) << to.name << " from " << in.neighbor << ": " << to_string(*arrives);
    if (outcome.accepted)
      expected.emplace(arrives->prefix, outcome.route);
    else
      ++agreement.refused;
  }
  std::string where = from.name + " to " + to.name;
  std::set<Prefix> seen;
  for (const Shown& shown : to.table) {
    const Route& route = shown.route;
    if (route.protocol != Protocol::bgp || route.neighbor != source) continue;
    ++agreement.routes;
    seen.insert(route.prefix);
    auto found = expected.find(route.prefix);
    if (found == expected.end()) {
      ADD_FAILURE() << where << ": the device has " << to_string(route) << ", the model lets nothing through";
      continue;
    }
    const Route& model = found->second;
    EXPECT_EQ(to_string(model.as_path), to_string(route.as_path)) << where << ": " << to_string(route);
    EXPECT_EQ(model[Number::local_pref].value_or(100), route[Number::local_pref].value_or(100))
        << where << ": " << to_string(route);
    EXPECT_EQ(model[Number::med], route[Number::med]) << where << ": " << to_string(route);
    EXPECT_EQ(model.origin, route.origin) << where << ": " << to_string(route);
    if (shown.with_communities) {
      EXPECT_EQ(to_string(model.communities), to_string(route.communities)) << where << ": " << to_string(route);
    }
  }
  for (const auto& [prefix, model] : expected) {
    if (seen.contains(prefix) || may_loop.contains(prefix)) continue;
    ADD_FAILURE() << where << ": the model lets " << to_string(model) << " through, the device does not show it";
  }
}

Agreement compare(const std::vector<Box>& boxes) {
  Agreement agreement;
  for (const Box& from : boxes)
    for (const Session& out : from.device().sessions)
      for (const Box& to : boxes) {
        if (!out.external || !out.address || !to.addresses.contains(*out.address)) continue;
        for (const Session& in : to.device().sessions)
          if (in.external && in.address && from.addresses.contains(*in.address))
            compare_session(from, out, to, in, *in.address, agreement);
      }
  return agreement;
}

class Labs : public ::testing::TestWithParam<const char*> {};

TEST_P(Labs, ShowWhatTheModelSays) {
  fs::path lab = labs() / GetParam();
  if (!fs::is_directory(lab)) GTEST_SKIP() << "no corpus at " << lab;
  std::vector<Box> boxes = read_lab(lab);
  ASSERT_FALSE(boxes.empty());
  Agreement agreement = compare(boxes);
  RecordProperty("routes", static_cast<int>(agreement.routes));
  RecordProperty("refused", static_cast<int>(agreement.refused));
  EXPECT_GT(agreement.routes, 0u);
}

INSTANTIATE_TEST_SUITE_P(Junos, Labs,
                         ::testing::Values("junos_as_path_acl", "junos_community_delete", "junos_ebgp_loop_prevention",
                                           "junos_ext_community_literal", "junos_private_asn"),
                         [](const auto& made) { return std::string(made.param); });

// Devices whose neighbors are of other vendors: every BGP route that they show has passed their import, and is as it
// would be had it come like that.
class MixedLabs : public ::testing::TestWithParam<const char*> {};

TEST_P(MixedLabs, ImportAcceptsWhatTheDeviceShows) {
  fs::path lab = labs() / GetParam();
  if (!fs::is_directory(lab)) GTEST_SKIP() << "no corpus at " << lab;
  size_t routes = 0;
  for (const Box& box : read_lab(lab))
    for (const Shown& shown : box.table)
      for (const Session& session : box.device().sessions) {
        if (shown.route.protocol != Protocol::bgp || session.address != shown.route.neighbor) continue;
        ++routes;
        Outcome outcome = evaluate(session.import_from.program, shown.route);
        // Whether a condition holds is the network's affair; on import the device takes it as true (J13).
        Choices taken;
        for (const ChoiceKey& key : outcome.met) taken.lines[key].matches = true;
        outcome = evaluate(session.import_from.program, shown.route, taken);
        EXPECT_TRUE(only_of_network(box, outcome)) << box.name << ": " << to_string(shown.route);
        EXPECT_TRUE(outcome.accepted) << box.name << ": " << to_string(shown.route);
        EXPECT_EQ(to_string(outcome.route.as_path), to_string(shown.route.as_path));
      }
  RecordProperty("routes", static_cast<int>(routes));
  EXPECT_GT(routes, 0u);
}

INSTANTIATE_TEST_SUITE_P(Junos, MixedLabs, ::testing::Values("juniper_from_condition", "mix_vendor_bgp_vrf"),
                         [](const auto& made) { return std::string(made.param); });

}  // namespace
}  // namespace bgproof::junos::testing
