#include "report/inventory.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "report/diagnostic_text.h"
#include "report/display.h"
#include "report/json_parts.h"
#include "report/report.h"
#include "report/secrets.h"

namespace bgproof {

namespace {

std::string place(const SourceRange& range, const SourceSet& sources) {
  if (!range.known()) return "";
  return fmt::format("{}:{}: ", harmless(sources.file(range.file).path()), sources.begin(range).line);
}

// What has no model, or what is understood and takes a value that no config states.
std::vector<const UnmodelledLine*> lines_of(const Device& device, bool of_network) {
  std::vector<const UnmodelledLine*> lines;
  std::map<SourceRange, size_t> at;
  for (const UnmodelledLine& line : device.library->unmodelled) {
    if (line.environment != of_network) continue;
    auto [known, fresh] = at.try_emplace(line.range, lines.size());
    if (fresh || !line.range.known())
      lines.push_back(&line);
    else
      lines[known->second] = &line;  // several choices of one line: the last is the line itself
  }
  return lines;
}

std::string describe(const Device& device, const SourceSet& sources, const Style& style) {
  std::string out;
  auto list = [&](const std::vector<const UnmodelledLine*>& lines) {
    for (const UnmodelledLine* line : lines)
      out += fmt::format("    {}{}\n", place(line->range, sources), harmless(redact(line->text)));
  };
  out = fmt::format("  {}: {} lines, {} of policy; {} policies, {} sessions\n", style.strong(harmless(device.name)),
                    device.lines, device.policy_lines, device.policies.size(), device.sessions.size());
  if (!device.not_checked.empty()) out += "  " + style.warning("not checked: " + harmless(device.not_checked)) + "\n";
  std::vector<const UnmodelledLine*> gaps = lines_of(device, false), of_network = lines_of(device, true);
  if (gaps.empty()) {
    out += "  every policy line is modelled\n";
  } else {
    out += style.warning(
        fmt::format("  {} policy {} not modelled:\n", gaps.size(), gaps.size() == 1 ? "line is" : "lines are"));
    list(gaps);
  }
  if (!of_network.empty()) {
    out += fmt::format("  {} {} a value that only the network knows; it is left free:\n", of_network.size(),
                       of_network.size() == 1 ? "takes" : "take");
    list(of_network);
  }
  return out;
}

Json describe(const Device& device, const SourceSet& sources) {
  auto lines = [&](bool of_network) {
    Json all = Json::array();
    for (const UnmodelledLine* line : lines_of(device, of_network))
      all.push_back({{"location", location_json(line->range, sources)}, {"text", redact(line->text)}});
    return all;
  };
  return {{"name", device.name},
          {"lines", device.lines},
          {"policy_lines", device.policy_lines},
          {"policies", device.policies.size()},
          {"sessions", device.sessions.size()},
          {"not_checked", device.not_checked.empty() ? Json() : Json(device.not_checked)},
          {"unmodelled", lines(false)},
          {"of_network", lines(true)}};
}

}  // namespace

std::string to_text(const Inventory& inventory, const SourceSet& sources, const Style& style) {
  std::string out;
  for (const Diagnostic& diagnostic : inventory.diagnostics) out += to_text(diagnostic, sources, style);
  size_t devices = 0, lines = 0, unmodelled = 0;
  for (const InventoryFile& file : inventory.files) {
    out += fmt::format("{}: {}\n", harmless(file.path), file.dialect.empty() ? file.note : file.dialect);
    for (const Device& device : file.devices) {
      out += describe(device, sources, style);
      ++devices;
      lines += device.policy_lines;
      unmodelled += lines_of(device, false).size();
    }
  }
  out += fmt::format("{} {}, {} {}: {} policy lines, {} not modelled\n", inventory.files.size(),
                     inventory.files.size() == 1 ? "file" : "files", devices, devices == 1 ? "device" : "devices",
                     lines, unmodelled);
  return out;
}

std::string to_json(const Inventory& inventory, const SourceSet& sources) {
  Json json = begin_json("bgproof.parse/1");
  json["files"] = Json::array();
  for (const InventoryFile& file : inventory.files) {
    Json devices = Json::array();
    for (const Device& device : file.devices) devices.push_back(describe(device, sources));
    json["files"].push_back({{"file", file.path},
                             {"dialect", file.dialect.empty() ? Json() : Json(file.dialect)},
                             {"note", file.note.empty() ? Json() : Json(file.note)},
                             {"devices", devices}});
  }
  json["diagnostics"] = diagnostics_json(inventory.diagnostics, sources);
  return dump(json);
}

}  // namespace bgproof
