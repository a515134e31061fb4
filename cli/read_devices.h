// From files to devices, many files at once. The result is in the order of the files, whoever was faster.
#pragma once

#include <vector>

#include "cli/discover.h"
#include "network/device.h"

namespace bgproof {

// A file and the devices that it holds: one for a config (more with logical systems), one that is not checked for an
// unusable file that a directory holds, none otherwise.
struct ReadFile {
  FoundFile file;
  std::vector<Device> devices;
};

// Devices of the same name in several files are named by path, with a warning.
std::vector<ReadFile> read_devices(std::vector<FoundFile> files, const SourceSet& sources, unsigned threads,
                                   Diagnostics& diagnostics);

}  // namespace bgproof
