#include "tests/fuzz/targets.h"

#include <string>

#include "grammar/intent/reader.h"
#include "grammar/junos/lower.h"
#include "grammar/junos/syntax.h"
#include "intents/intents.h"
#include "intents/neighbors.h"
#include "policy/visit.h"

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

}  // namespace

int junos(const uint8_t* data, size_t size) {
  SourceSet sources;
  FileId file = sources.add("fuzz.conf", text_of(data, size));
  Diagnostics diagnostics;
  bgproof::junos::looks_like_junos(sources.file(file).text());
  bgproof::junos::Config config = bgproof::junos::read(sources, file, diagnostics);
  for (const Device& device : bgproof::junos::lower(config, sources, file, diagnostics)) {
    for (const Policy& policy : device.library->policies)
      walk(policy.clauses, [&](const Statement& statement) {
        if (statement.range.known()) sources.text(statement.range);
      });
    for (const UnmodelledLine& line : device.library->unmodelled)
      if (line.range.known()) sources.text(line.range);
  }
  check_places(sources, diagnostics);
  return 0;
}

int intent(const uint8_t* data, size_t size) {
  SourceSet sources;
  Diagnostics diagnostics;
  IntentLoader loader;
  std::string text = text_of(data, size);
  loader.read = [&](const std::string& path) -> std::optional<std::string> {
    if (path == "fuzz.intent") return text;
    return std::nullopt;  // nothing else of the disk is opened
  };
  loader.modified = [](const std::string&) { return std::optional<int64_t>(); };
  loader.parse = bgproof::intent::read;
  load_intents({"fuzz.intent"}, loader, sources, diagnostics);
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
  static const std::vector<Target> kTargets = {{"junos", junos}, {"intent", intent}, {"neighbors", neighbors}};
  return kTargets;
}

}  // namespace bgproof::fuzz
