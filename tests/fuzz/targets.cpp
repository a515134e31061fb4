#include "tests/fuzz/targets.h"

#include <string>

#include "grammar/intent/reader.h"
#include "grammar/junos/lower.h"
#include "grammar/junos/syntax.h"
#include "grammar/routemap/lower.h"
#include "intents/bind.h"
#include "intents/intents.h"
#include "intents/neighbors.h"
#include "policy/visit.h"
#include "solver/check.h"

namespace bgproof::fuzz {

namespace {

std::string text_of(const uint8_t* data, size_t size) { return std::string(reinterpret_cast<const char*>(data), size); }

// Every place that a diagnostic names must lie in its file: reports cut their snippets out by it.
void check_places(const SourceSet& sources, const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.sorted())
    for (const Label& label : diagnostic.labels)
      if (label.range.known()) {
        sources.text(label.range);
        sources.begin(label.range);
        sources.end(label.range);
      }
}

void check_library(const Device& device, const SourceSet& sources) {
  for (const Policy& policy : device.library->policies)
    walk(policy.clauses, [&](const Statement& statement) {
      if (statement.range.known()) sources.text(statement.range);
    });
  for (const UnmodelledLine& line : device.library->unmodelled)
    if (line.range.known()) sources.text(line.range);
}

IntentLoader loader_of(std::string text) {
  IntentLoader loader;
  loader.read = [text = std::move(text)](const std::string& path) -> std::optional<std::string> {
    if (path == "fuzz.intent") return text;
    return std::nullopt;  // nothing else of the disk is opened
  };
  loader.modified = [](const std::string&) { return std::optional<int64_t>(); };
  loader.parse = bgproof::intent::read;
  return loader;
}

}  // namespace

int junos(const uint8_t* data, size_t size) {
  SourceSet sources;
  FileId file = sources.add("fuzz.conf", text_of(data, size));
  Diagnostics diagnostics;
  bgproof::junos::looks_like_junos(sources.file(file).text());
  bgproof::junos::Config config = bgproof::junos::read(sources, file, diagnostics);
  for (const Device& device : bgproof::junos::lower(config, sources, file, diagnostics)) check_library(device, sources);
  check_places(sources, diagnostics);
  return 0;
}

int routemap(const uint8_t* data, size_t size) {
  using bgproof::routemap::Dialect;
  bgproof::routemap::detect(text_of(data, size));
  for (Dialect dialect : {Dialect::ios, Dialect::nxos, Dialect::eos, Dialect::frr}) {
    SourceSet sources;
    FileId file = sources.add("fuzz.conf", text_of(data, size));
    Diagnostics diagnostics;
    bgproof::routemap::Config config = bgproof::routemap::read(sources, file, dialect, diagnostics);
    for (const Device& device : bgproof::routemap::lower(config, sources, file, diagnostics))
      check_library(device, sources);
    check_places(sources, diagnostics);
  }
  return 0;
}

int intent(const uint8_t* data, size_t size) {
  SourceSet sources;
  Diagnostics diagnostics;
  load_intents({"fuzz.intent"}, loader_of(text_of(data, size)), sources, diagnostics);
  check_places(sources, diagnostics);
  return 0;
}

int check(const uint8_t* data, size_t size) {
  std::string text = text_of(data, size);
  size_t line = text.find("\n----\n");
  if (line == std::string::npos) return 0;
  SourceSet sources;
  Diagnostics diagnostics, of_config;
  FileId file = sources.add("fuzz.conf", text.substr(0, line + 1));
  bgproof::junos::Config config = bgproof::junos::read(sources, file, of_config);
  std::vector<Device> devices = bgproof::junos::lower(config, sources, file, of_config);
  Intents intents = load_intents({"fuzz.intent"}, loader_of(text.substr(line + 6)), sources, diagnostics);
  if (diagnostics.has_errors()) return 0;
  BindOptions today;
  today.date = 20261124;
  std::vector<Task> tasks = bgproof::bind(intents, devices, today, diagnostics);
  if (diagnostics.has_errors()) return 0;
  // Enough to reach every stage, and little enough for many runs.
  CheckOptions options;
  options.resource_limit = 300'000;
  options.causes = 3;
  options.tries = 2;
  for (size_t i = 0; i < tasks.size() && i < 4; ++i) bgproof::check(tasks[i], sources, options);
  check_places(sources, diagnostics);
  return 0;
}

int neighbors(const uint8_t* data, size_t size) {
  for (const char* name : {"fuzz.csv", "fuzz.yaml", "fuzz.json"}) {
    SourceSet sources;
    FileId file = sources.add(name, text_of(data, size));
    Diagnostics diagnostics;
    Neighbors found;
    read_neighbors(sources, file, found, diagnostics);
    check_places(sources, diagnostics);
  }
  return 0;
}

const std::vector<Target>& targets() {
  static const std::vector<Target> kTargets = {
      {"junos", junos}, {"routemap", routemap}, {"intent", intent}, {"neighbors", neighbors}, {"check", check}};
  return kTargets;
}

}  // namespace bgproof::fuzz
