#include "grammar/routemap/lower.h"

#include <memory>

namespace bgproof::routemap {

std::vector<Device> lower(const Config& config, const SourceSet& sources, FileId file, Diagnostics&) {
  Device device;
  device.path = sources.file(file).path();
  device.name = config.host_name.empty() ? device.path.substr(device.path.find_last_of('/') + 1) : config.host_name;
  device.dialect = to_string(config.dialect);
  device.lines = config.line_count;
  device.policy_lines = config.policy_lines;
  device.library = std::make_shared<const PolicyLibrary>();
  device.not_checked = config.truncated ? "the text ends before its end" : "its route maps have no model yet";
  std::vector<Device> devices;
  devices.push_back(std::move(device));
  return devices;
}

}  // namespace bgproof::routemap
