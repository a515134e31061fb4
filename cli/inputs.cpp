#include "cli/inputs.h"

#include <fmt/format.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include "cli/discover.h"
#include "cli/file_text.h"
#include "cli/read_devices.h"
#include "grammar/intent/reader.h"

namespace bgproof {

namespace {

bool some_device_matches(const Options& options, Inputs& inputs) {
  if (options.device.empty()) return true;
  std::vector<std::string> names;
  for (const Device& device : inputs.devices) {
    if (is_selected(options, device)) return true;
    names.push_back(device.name);
  }
  inputs.diagnostics.error("BP136", {}, fmt::format("no device matches {}", options.device))
      .notes.emplace_back("help", fmt::format("devices are {}", fmt::join(names, ", ")));
  return false;
}

IntentLoader loader(const Options& options, const ExtraIntents& extra) {
  IntentLoader loader;
  loader.read = [extra](const std::string& path) -> std::optional<std::string> {
    if (!extra.text.empty() && path == extra.path) return extra.text;
    FileText read = read_file(path);
    if (!read.error.empty()) return std::nullopt;
    return std::move(read.text);
  };
  loader.modified = [](const std::string& path) -> std::optional<int64_t> {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return std::nullopt;
    return about.st_mtime;
  };
  loader.parse = intent::read;
  loader.now = options.now;
  return loader;
}

}  // namespace

std::vector<std::string> paths_of(const Options& options) {
  return options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
}

bool read_network(const Options& options, Inputs& inputs) {
  std::vector<std::string> paths = paths_of(options);
  inputs.project = find_project_file(paths.front(), inputs.sources, inputs.diagnostics);
  if (inputs.diagnostics.has_errors()) return false;
  std::vector<FoundFile> found = find_configs(paths, inputs.project, options.jobs, inputs.sources, inputs.diagnostics);
  bool failed = inputs.diagnostics.has_errors();
  for (ReadFile& read : read_devices(std::move(found), inputs.sources, options.jobs, inputs.diagnostics))
    for (Device& device : read.devices) inputs.devices.push_back(std::move(device));
  if (failed) return false;
  if (inputs.devices.empty()) {
    inputs.diagnostics.error("BP131", {}, fmt::format("no router config was found under {}", fmt::join(paths, ", ")))
        .notes.emplace_back("help",
                            "name config files or a directory of them; `bgproof parse` says how files are read");
    return false;
  }
  return some_device_matches(options, inputs);
}

bool read_intents(const Options& options, bool required, const ExtraIntents& extra, Inputs& inputs) {
  return without_errors(inputs.diagnostics, [&](Diagnostics& said) {
    std::vector<std::string> files = find_intents(options.intents, paths_of(options), inputs.project, said);
    if (required && files.empty() && !said.has_errors())
      said.error("BP230", {}, "no intent file was found")
          .notes.emplace_back("help",
                              "name one with --intents FILE, or put *.intent files into intents/ beside the configs");
    if (said.has_errors()) return;
    std::string names = fmt::format("{}", fmt::join(files, ", "));
    if (!extra.text.empty()) files.push_back(extra.path);
    inputs.intents = load_intents(files, loader(options, extra), inputs.sources, said);
    if (required && inputs.intents.blocks.empty() && !said.has_errors())
      said.error("BP230", {}, fmt::format("there is no block to check in {}", names))
          .notes.emplace_back("help", "write an `export to`, `import from` or `policy` block with the rows that allow");
  });
}

bool is_selected(const Options& options, const Device& device) {
  return options.device.empty() || fnmatch(options.device.c_str(), device.name.c_str(), 0) == 0;
}

bool without_errors(Diagnostics& diagnostics, const std::function<void(Diagnostics&)>& stage) {
  Diagnostics said;
  stage(said);
  diagnostics.append(said);
  return !said.has_errors();
}

void put(Diagnostics& diagnostics, Diagnostic diagnostic) { diagnostics.note("", {}, "") = std::move(diagnostic); }

Diagnostics errors_of(const Diagnostics& diagnostics) {
  Diagnostics errors;
  for (const Diagnostic& one : diagnostics.all())
    if (one.severity == Severity::error) put(errors, one);
  return errors;
}

Readings settled_readings(const Options& options, const ProjectFile& project) {
  Readings all = project.assumptions;
  for (const auto& [name, value] : options.readings) all[name] = value;
  return all;
}

}  // namespace bgproof
