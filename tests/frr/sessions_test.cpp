// Which lines about neighbors bgpd takes, which families a neighbor then exchanges and which map it runs: random lines
// in random order about two neighbors and two peer groups, read by the daemon and by the model.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "grammar/routemap/lower.h"
#include "tests/frr/experiments.h"
#include "tests/generator/random.h"

namespace bgproof::frr {
namespace {

// Of one neighbor, as text: "ipv4 via A".
using Sessions = std::map<std::string, std::set<std::string>>;

struct Reading {
  std::vector<std::string> refused;  // lines, in order of the text
  Sessions sessions;
};

std::string random_line(Random& random) {
  std::string peer = random.pick<std::string>({"10.0.0.1", "10.0.0.2"});
  std::string group = random.pick<std::string>({"G", "H"});
  std::string any = random.chance(60) ? peer : group;
  const char* no = random.chance(35) ? "no " : "";
  std::string map = random.pick<std::string>({"A", "B"});
  switch (random.below(10)) {
    case 0:
      return fmt::format("neighbor {} peer-group", group);
    case 1:
      return fmt::format("neighbor {} remote-as {}", any, random.pick<std::string>({"64501", "64501", "64501x", ""}));
    case 2:
      return fmt::format("neighbor {} peer-group {}", peer, group);
    case 3:
      return fmt::format("{}bgp default {}-unicast", no, random.pick<std::string>({"ipv4", "ipv6"}));
    case 4:
      return fmt::format("{}neighbor {} shutdown{}", no, any, random.pick<std::string>({"", "", " rtt 500 count 5"}));
    case 5:
    case 6:
      return fmt::format("{}neighbor {} route-map {} out", no, any, map);
    case 7:
      return fmt::format("neighbor {} route-map {}", any, random.pick<std::string>({"out", map, map + " B out"}));
    default:
      return fmt::format("{}neighbor {} activate", no, any);
  }
}

bool is_of_family(const std::string& line) {
  return line.find(" activate") != std::string::npos || line.find(" route-map ") != std::string::npos;
}

std::string random_text(Random& random) {
  std::string text = "frr version 8.4.4\nrouter bgp 64500\n no bgp ebgp-requires-policy\n";
  for (uint32_t left = random.between(6, 24); left > 0; --left) {
    std::string line = random_line(random);
    if (is_of_family(line) && random.chance(60))
      text += fmt::format(" address-family {} unicast\n  {}\n exit-address-family\n",
                          random.pick<std::string>({"ipv4", "ipv6"}), line);
    else
      text += fmt::format(" {}\n", line);
  }
  return text + "exit\nroute-map A permit 10\nexit\nroute-map B deny 10\nexit\n";
}

std::string trimmed(std::string line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

Reading of_daemon(const std::string& text) {
  Bgpd daemon(text);
  Reading reading;
  for (const std::string& line : daemon.refused()) {
    size_t number = line.find(" on config line ");
    reading.refused.push_back(trimmed(line.substr(line.find(':', number) + 1)));
  }
  nlohmann::json neighbors = nlohmann::json::parse(daemon.ask("show bgp neighbors json"));
  for (const auto& [name, said] : neighbors.items()) {
    if (!said.is_object() || said.value("adminShutDown", false)) continue;
    std::set<std::string>& families = reading.sessions[name];
    for (const char* family : {"ipv4", "ipv6"}) {
      const nlohmann::json& info = said.at("addressFamilyInfo");
      auto found = info.find(std::string(family) + "Unicast");
      if (found != info.end())
        families.insert(fmt::format("{} via {}", family, found->value("routeMapForOutgoingAdvertisements", "")));
    }
  }
  return reading;
}

Reading of_model(const std::string& text) {
  SourceSet sources;
  FileId file = sources.add("bgpd.conf", text);
  Diagnostics diagnostics;
  routemap::Config config = routemap::read(sources, file, routemap::Dialect::frr, diagnostics);
  std::vector<Device> devices = routemap::lower(config, sources, file, diagnostics);
  EXPECT_EQ(devices.front().not_checked, "");
  Reading reading;
  for (const Diagnostic& each : diagnostics.all())
    if (each.message.starts_with("the device refuses"))
      reading.refused.push_back(trimmed(std::string(sources.text(each.labels.front().range))));
  for (const Session& session : devices.front().sessions) {
    std::set<std::string>& families = reading.sessions[session.neighbor];
    const std::vector<std::string>& maps = session.export_to.policies;
    for (Family family : session.families)
      families.insert(fmt::format("{} via {}", to_string(family), maps.empty() ? "" : maps.front()));
  }
  return reading;
}

TEST_F(Frr, TakesLinesAboutNeighborsAsTheModelSays) {
  Seeds seeds = wanted_seeds(20);
  size_t refused = 0, sessions = 0;
  for (uint64_t seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
    Random random(seed);
    std::string text = random_text(random);
    Reading daemon = of_daemon(text), model = of_model(text);
    EXPECT_EQ(daemon.refused, model.refused) << "seed " << seed << "\n" << text;
    EXPECT_EQ(daemon.sessions, model.sessions) << "seed " << seed << "\n" << text;
    refused += daemon.refused.size();
    sessions += daemon.sessions.size();
  }
  EXPECT_GT(refused, seeds.count);
  EXPECT_GT(sessions, seeds.count / 2);
}

}  // namespace
}  // namespace bgproof::frr
