#include "cli/read_devices.h"

#include <fmt/format.h>

#include <map>

#include "base/check.h"
#include "cli/workers.h"
#include "grammar/junos/lower.h"
#include "grammar/junos/syntax.h"
#include "grammar/routemap/lower.h"

namespace bgproof {

namespace {

std::vector<Device> read_config(const FoundFile& found, const SourceSet& sources, Diagnostics& diagnostics) {
  if (std::optional<routemap::Dialect> dialect = routemap::dialect_of(found.dialect)) {
    routemap::Config config = routemap::read(sources, found.file, *dialect, diagnostics);
    return routemap::lower(config, sources, found.file, diagnostics);
  }
  BGPROOF_CHECK(found.dialect == "junos", "every dialect that discovery names has a reader");
  junos::Config config = junos::read(sources, found.file, diagnostics);
  return junos::lower(config, sources, found.file, diagnostics);
}

Device unread(const FoundFile& found) {
  Device device;
  device.name = found.path;
  device.path = found.path;
  device.library = std::make_shared<const PolicyLibrary>();
  device.not_checked = fmt::format("{} {}", found.path, found.why);
  return device;
}

void name_apart(std::vector<ReadFile>& files, Diagnostics& diagnostics) {
  std::map<std::string, std::vector<ReadFile*>> by_name;
  for (ReadFile& read : files)
    if (!read.devices.empty()) by_name[read.devices.front().name].push_back(&read);
  for (const auto& [name, same] : by_name) {
    if (same.size() < 2) continue;
    std::vector<std::string> paths;
    for (ReadFile* read : same) {
      paths.push_back(read->file.path);
      for (Device& device : read->devices)
        device.name =
            read->file.path + (device.name.starts_with(name) ? device.name.substr(name.size()) : ":" + device.name);
    }
    diagnostics
        .warning("BP134", {},
                 fmt::format("{} files have the host name {}: {}; each is a device named by its path", same.size(),
                             name, fmt::join(paths, ", ")))
        .notes.emplace_back(
            "help", "give `check` one state of the network at a time, or name files apart in what refers to devices");
  }
}

}  // namespace

std::vector<ReadFile> read_devices(std::vector<FoundFile> files, const SourceSet& sources, unsigned threads,
                                   Diagnostics& diagnostics) {
  std::vector<ReadFile> result(files.size());
  std::vector<Diagnostics> said(files.size());
  for_each_index(files.size(), threads, [&](size_t i) {
    ReadFile& read = result[i];
    read.file = std::move(files[i]);
    if (read.file.kind == FoundFile::Kind::config)
      read.devices = read_config(read.file, sources, said[i]);
    else if (read.file.kind == FoundFile::Kind::unusable && !read.file.named)
      read.devices.push_back(unread(read.file));
  });
  for (const Diagnostics& part : said) diagnostics.append(part);
  name_apart(result, diagnostics);
  return result;
}

}  // namespace bgproof
