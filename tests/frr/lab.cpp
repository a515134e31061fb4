#include "tests/frr/lab.h"

#include <fmt/format.h>

#include "tests/frr/bgpd.h"
#include "tests/frr/speaker.h"

namespace bgproof::frr {

std::string config_text(const std::string& policies, const std::vector<Neighbor>& neighbors) {
  std::string text =
      "frr version 8.4.4\nfrr defaults traditional\nhostname oracle\n!\nbgp route-map delay-timer 0\n!\n";
  text += policies;
  text += fmt::format("route-map {} deny 10\nexit\n!\n", kNothing);
  text += fmt::format(
      "router bgp {}\n bgp router-id 127.0.0.1\n no bgp ebgp-requires-policy\n coalesce-time 0\n timers bgp 0 0\n",
      kOwnAsn);
  for (const Neighbor& neighbor : neighbors)
    text += fmt::format(" neighbor {0} remote-as {1}\n neighbor {0} passive\n neighbor {0} disable-connected-check\n",
                        neighbor.address, neighbor.asn);
  for (bool ipv6 : {false, true}) {
    text += fmt::format(" !\n address-family {} unicast\n", ipv6 ? "ipv6" : "ipv4");
    for (const Neighbor& neighbor : neighbors) {
      auto line = [&](const std::string& words) {
        text += fmt::format("  {}\n", fmt::format(fmt::runtime(words), neighbor.address));
      };
      line("neighbor {} activate");
      if (!neighbor.import_map.empty()) line(fmt::format("neighbor {{}} route-map {} in", neighbor.import_map));
      if (!neighbor.export_map.empty()) line(fmt::format("neighbor {{}} route-map {} out", neighbor.export_map));
      for (const std::string& words : ipv6 ? neighbor.lines6 : neighbor.lines) line(words);
    }
    text += " exit-address-family\n";
  }
  return text + "exit\n";
}

Result experiment(const std::string& config, const std::vector<Sent>& sent, const std::vector<Neighbor>& receivers) {
  Bgpd daemon(config);
  std::vector<Speaker> speakers;
  auto connect = [&](const Neighbor& neighbor, bool restart) {
    speakers.emplace_back(*parse_address(neighbor.address), neighbor.asn, daemon.port(), restart);
  };
  for (const Sent& one : sent) connect(one.neighbor, false);
  std::map<std::string, uint32_t> counts;
  for (size_t i = 0; i < sent.size(); ++i) {
    speakers[i].await_established();
    for (const Route& route : sent[i].routes) speakers[i].announce(route);
    counts[sent[i].neighbor.address] = speakers[i].sent_messages();
  }
  daemon.await_messages(counts);
  Result result;
  result.refused = daemon.refused();
  result.table = daemon.table();
  if (receivers.empty()) return result;
  daemon.await_best_paths();
  for (const Neighbor& receiver : receivers) connect(receiver, true);
  for (size_t i = sent.size(); i < speakers.size(); ++i) {
    speakers[i].await_end_of_tables();
    std::string address = to_string(speakers[i].address());
    result.announced[address] = speakers[i].announced();
    result.other_attributes[address] = speakers[i].other_attributes();
  }
  return result;
}

}  // namespace bgproof::frr
