#include "grammar/routemap/lower.h"

#include <fmt/format.h>

#include <memory>

#include "grammar/routemap/bgp.h"
#include "grammar/routemap/context.h"
#include "network/families.h"

namespace bgproof::routemap {

namespace {

uint32_t index_of(Context& context, const std::string& name) {
  return context.policy(name, context.definitions(Kind::route_map, name).front()->range);
}

// A route map on its own: what no entry matches is rejected.
NamedPolicy on_its_own(Context& context, const std::string& name) {
  uint32_t index = index_of(context, name);
  SourceRange range = context.library().policies[index].range;
  NamedPolicy policy{name, {}, {Family::ipv4, Family::ipv6}, range};
  policy.program.entry = {{name, {act(Call{Call::As::chain, index, 0, nullptr}, range)}, range, {}},
                          {"(default)", {decide(Decision::reject, {})}, {}, {}}};
  return policy;
}

}  // namespace

std::vector<Device> lower(const Config& config, const SourceSet& sources, FileId file, Diagnostics& diagnostics) {
  Device device;
  device.path = sources.file(file).path();
  device.name = config.host_name.empty() ? device.path.substr(device.path.find_last_of('/') + 1) : config.host_name;
  device.dialect = to_string(config.dialect);
  device.lines = config.line_count;
  device.policy_lines = config.policy_lines;
  if (config.truncated) device.not_checked = "the text ends before its end";
  auto library = std::make_shared<PolicyLibrary>();
  Context context(config, *library, diagnostics);
  device.local_as = context.local_as();
  for (const std::string& name : context.policy_names()) device.policies.push_back(on_its_own(context, name));
  device.sessions = lower_sessions(context);
  if (context.lost()) {
    SourceRange at = context.lost()->at;
    std::string_view line = sources.file(file).text().substr(at.begin, at.end - at.begin);
    diagnostics.warning("BP116", at, fmt::format("`{}` {}", line, context.lost()->message), "not read")
        .notes.emplace_back("help", context.lost()->help);
    if (!config.truncated) device.not_checked = fmt::format("`{}` {}", line, context.lost()->reason);
  }
  device.lists = context.lists();
  device.addresses = own_addresses(config);
  device.library = library;
  std::vector<std::set<Family>> families = families_of_policies(*library, device.sessions);
  for (NamedPolicy& policy : device.policies) {
    policy.program.library = library;
    if (const auto& used = families[index_of(context, policy.name)]; !used.empty()) policy.families = used;
  }
  for (Session& session : device.sessions) {
    session.import_from.program.library = library;
    session.export_to.program.library = library;
  }
  std::vector<Device> devices;
  devices.push_back(std::move(device));
  return devices;
}

}  // namespace bgproof::routemap
