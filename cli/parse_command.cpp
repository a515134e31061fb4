#include <fmt/format.h>
#include <fnmatch.h>

#include "cli/commands.h"
#include "cli/discover.h"
#include "cli/read_devices.h"
#include "cli/terminal.h"
#include "report/inventory.h"

namespace bgproof {

namespace {

InventoryFile describe(ReadFile& read, const Options& options) {
  InventoryFile file;
  file.path = read.file.path;
  file.dialect = read.file.dialect;
  if (read.file.kind == FoundFile::Kind::unusable) file.note = read.file.why;
  if (read.file.kind == FoundFile::Kind::no_config) file.note = "is not a router config";
  for (Device& device : read.devices)
    if (options.device.empty() || fnmatch(options.device.c_str(), device.name.c_str(), 0) == 0)
      file.devices.push_back(std::move(device));
  return file;
}

}  // namespace

int run_parse(const Options& options) {
  SourceSet sources;
  Diagnostics diagnostics;
  std::vector<std::string> paths = options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
  if (!can_write(options.outputs)) return 2;
  ProjectFile project = find_project_file(paths.front(), sources, diagnostics);
  std::vector<FoundFile> found = find_configs(paths, project, options.jobs, sources, diagnostics);
  bool named_failed = diagnostics.has_errors();
  std::vector<ReadFile> files = read_devices(std::move(found), sources, options.jobs, diagnostics);

  Inventory inventory;
  bool unread = false;
  size_t devices = 0;
  for (ReadFile& read : files) {
    inventory.files.push_back(describe(read, options));
    for (const Device& device : inventory.files.back().devices) unread |= !device.not_checked.empty();
    devices += inventory.files.back().devices.size();
  }
  if (devices == 0) {
    diagnostics
        .error(
            "BP131", {},
            options.device.empty() ? "no router config was found" : fmt::format("no device matches {}", options.device))
        .notes.emplace_back("help", "give config files or directories that hold some");
    named_failed = true;
  }
  inventory.diagnostics = diagnostics.sorted();
  for (const Output& output : options.outputs) {
    std::string text = output.format == Format::json
                           ? to_json(inventory, sources)
                           : to_text(inventory, sources, style_for(options.colour, output.file.empty() ? 1 : -1));
    if (!write_output(output, text)) return 2;
  }
  if (named_failed) return 2;
  return unread ? 3 : 0;
}

}  // namespace bgproof
