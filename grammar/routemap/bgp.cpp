#include "grammar/routemap/bgp.h"

#include <fmt/format.h>

#include <map>

#include "grammar/routemap/bgp_programs.h"
#include "network/neighbors.h"

namespace bgproof::routemap {

namespace {

void lower_instance(Context& context, const BgpScope& scope, std::vector<Session>& out) {
  std::vector<SessionSetup> setups = find_sessions(context, scope);
  std::map<Family, Origination> originations;
  for (const SessionSetup& setup : setups)
    if (!setup.session.families.empty() && !originations.contains(setup.family))
      originations.emplace(setup.family, lower_origination(context, scope, setup.family));
  std::map<Family, std::shared_ptr<const PrefixList>> clients;
  for (Family family : {Family::ipv4, Family::ipv6}) {
    std::vector<const Session*> sessions;
    for (const SessionSetup& setup : setups)
      if (setup.client && setup.family == family) sessions.push_back(&setup.session);
    clients[family] = sessions.empty() ? nullptr : neighbors_of(sessions);
  }
  for (SessionSetup& setup : setups) {
    setup.session.outside = outside_of(context.config(), scope, setup);
    attach(context, scope, setup, originations[setup.family], clients[setup.family]);
    out.push_back(std::move(setup.session));
  }
}

}  // namespace

std::vector<Session> lower_sessions(Context& context) {
  BgpConfig bgp = read_bgp(context.config());
  for (const RefusedLine& line : bgp.refused)
    context.refused(line.range, fmt::format("the device refuses this line: {}", line.why));
  if (bgp.lost) context.lose(*bgp.lost);
  std::vector<Session> sessions;
  for (const BgpInstance& instance : bgp.instances)
    lower_instance(context, scope_of(context.config(), bgp, instance), sessions);
  return sessions;
}

std::set<Address> own_addresses(const Config& config) {
  std::set<Address> addresses;
  for (const Line& interface : config.lines) {
    if (interface.negated || interface.word(0) != "interface") continue;
    for (const Line& line : interface.children) {
      if (line.negated || line.word(1) != "address" || (line.word(0) != "ip" && line.word(0) != "ipv6")) continue;
      // EOS: `ip address virtual` is shared.
      std::string_view text = line.word(2);
      if (auto address = parse_address(text.substr(0, text.find('/')))) addresses.insert(*address);
    }
  }
  return addresses;
}

}  // namespace bgproof::routemap
