// What `bgproof parse` tells: how each file was classified, what it holds, and every policy line that is not modelled.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "network/device.h"
#include "report/style.h"

namespace bgproof {

struct InventoryFile {
  std::string path;
  std::string dialect;  // "" if it is no config
  std::string note;     // why it is not used: "is binary, not text"
  std::vector<Device> devices;
};

struct Inventory {
  std::vector<InventoryFile> files;
  std::vector<Diagnostic> diagnostics;
};

std::string to_text(const Inventory& inventory, const SourceSet& sources, const Style& style);
std::string to_json(const Inventory& inventory, const SourceSet& sources);  // schema bgproof.parse/1

}  // namespace bgproof
