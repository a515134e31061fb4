// What a run reads before it asks anything: bgproof.toml, the devices, the intents. Every command that asks something
// of a network reads it in this one way.
//
// The functions return false when the run has to end (exit status 2); `diagnostics` then hold the reason. Errors in
// configs that a directory holds end no run.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/options.h"
#include "cli/project_file.h"
#include "intents/intents.h"
#include "network/device.h"

namespace bgproof {

struct Inputs {
  Inputs() = default;
  Inputs(const Inputs&) = delete;  // devices and intents point into the sources
  Inputs& operator=(const Inputs&) = delete;

  SourceSet sources;
  Diagnostics diagnostics;
  ProjectFile project;
  std::vector<Device> devices;
  Intents intents;
};

// The paths of the options, the current directory if there are none.
std::vector<std::string> paths_of(const Options& options);

// bgproof.toml and the devices. No device at all, or none that `--device` selects, is an error.
bool read_network(const Options& options, Inputs& inputs);

// The intents that are named or found. Without `required` a run goes on without any: then there are only the words that
// are built in. `extra` is the text of one more file, under a path that no file has; "" for none.
struct ExtraIntents {
  std::string path;
  std::string text;
};
bool read_intents(const Options& options, bool required, const ExtraIntents& extra, Inputs& inputs);

bool is_selected(const Options& options, const Device& device);

// Runs a stage that says errors of its own; false if it did. Errors that were met before count for nothing here.
bool without_errors(Diagnostics& diagnostics, const std::function<void(Diagnostics&)>& stage);

// The errors alone: what ends a run, without the warnings of a large network.
Diagnostics errors_of(const Diagnostics& diagnostics);

// Adds a diagnostic that was made elsewhere.
void put(Diagnostics& diagnostics, Diagnostic diagnostic);

// Assumptions that are settled: those of bgproof.toml, overruled by --assume.
Readings settled_readings(const Options& options, const ProjectFile& project);

}  // namespace bgproof
