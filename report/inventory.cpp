#include "report/inventory.h"

#include <fmt/format.h>

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

std::string describe(const Device& device, const SourceSet& sources, const Style& style) {
  std::string out =
      fmt::format("  {}: {} lines, {} of policy; {} policies, {} sessions\n", style.strong(harmless(device.name)),
                  device.lines, device.policy_lines, device.policies.size(), device.sessions.size());
  if (!device.not_checked.empty()) out += "  " + style.warning("not checked: " + harmless(device.not_checked)) + "\n";
  const auto& unmodelled = device.library->unmodelled;
  if (unmodelled.empty()) {
    out += "  every policy line is modelled\n";
    return out;
  }
  out += style.warning(fmt::format("  {} policy {} not modelled:\n", unmodelled.size(),
                                   unmodelled.size() == 1 ? "line is" : "lines are"));
  for (const UnmodelledLine& line : unmodelled)
    out += fmt::format("    {}{}\n", place(line.range, sources), harmless(redact(line.text)));
  return out;
}

Json describe(const Device& device, const SourceSet& sources) {
  Json unmodelled = Json::array();
  for (const UnmodelledLine& line : device.library->unmodelled)
    unmodelled.push_back({{"location", location_json(line.range, sources)}, {"text", redact(line.text)}});
  return {{"name", device.name},
          {"lines", device.lines},
          {"policy_lines", device.policy_lines},
          {"policies", device.policies.size()},
          {"sessions", device.sessions.size()},
          {"not_checked", device.not_checked.empty() ? Json() : Json(device.not_checked)},
          {"unmodelled", unmodelled}};
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
      unmodelled += device.library->unmodelled.size();
    }
  }
  out += fmt::format("{} {}, {} {}: {} policy lines, {} not modelled\n", inventory.files.size(),
                     inventory.files.size() == 1 ? "file" : "files", devices, devices == 1 ? "device" : "devices",
                     lines, unmodelled);
  return out;
}

std::string to_json(const Inventory& inventory, const SourceSet& sources) {
  Json json = {{"schema", "bgproof.parse/1"}, {"tool", {{"name", "bgproof"}, {"version", version()}}}};
  json["files"] = Json::array();
  for (const InventoryFile& file : inventory.files) {
    Json devices = Json::array();
    for (const Device& device : file.devices) devices.push_back(describe(device, sources));
    json["files"].push_back({{"file", file.path},
                             {"dialect", file.dialect.empty() ? Json() : Json(file.dialect)},
                             {"note", file.note.empty() ? Json() : Json(file.note)},
                             {"devices", devices}});
  }
  json["diagnostics"] = Json::array();
  for (const Diagnostic& diagnostic : inventory.diagnostics)
    json["diagnostics"].push_back(diagnostic_json(diagnostic, sources));
  return dump(json);
}

}  // namespace bgproof
