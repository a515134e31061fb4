#include "grammar/routemap/lower.h"

#include <memory>

#include "grammar/routemap/context.h"

namespace bgproof::routemap {

namespace {

// A route map on its own: what no entry matches is rejected.
NamedPolicy on_its_own(Context& context, const std::string& name) {
  SourceRange use = context.definitions(Kind::route_map, name).front()->range;
  uint32_t index = context.policy(name, use);
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
  device.library = library;
  for (NamedPolicy& policy : device.policies) policy.program.library = library;
  std::vector<Device> devices;
  devices.push_back(std::move(device));
  return devices;
}

}  // namespace bgproof::routemap
