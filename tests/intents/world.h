// A small world for the tests of intents: files in memory, devices built by hand.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "grammar/intent/reader.h"
#include "intents/bind.h"
#include "intents/intents.h"
#include "network/device.h"

namespace bgproof {

struct World {
  std::map<std::string, std::string> files;
  std::map<std::string, int64_t> modified;
  SourceSet sources;
  Diagnostics diagnostics;
  IntentLoader loader;
  Intents intents;

  World();
  // `text` is the file "main.intent".
  Intents& load(std::string text);
  std::vector<Task> bind(const std::vector<Device>& devices, uint32_t date = 20261124, std::string device_glob = "");

  // Each as "BP205 error main.intent:3:7: message [label] (help: ...)", sorted.
  std::vector<std::string> said() const;
  // Only those of the given severity.
  std::vector<std::string> said(Severity severity) const;
  std::vector<std::string> codes() const;
};

// A program that accepts everything, calling nothing.
Program accept_all(std::shared_ptr<const PolicyLibrary> library);

// A session with both families unless told otherwise.
Session session(std::string neighbor, Asn remote_as, std::shared_ptr<const PolicyLibrary> library, bool external = true);

// "edge01.mia", AS64500: 192.0.2.1 and 192.0.2.2 (AS64501, AS64502), 2001:db8:1::1 (AS64503), and iBGP with 10.0.0.2.
Device edge();

// Its neighbor list: 192.0.2.1 provider, 192.0.2.2 peer, 2001:db8:1::1 customer; site mia.
std::string edge_neighbors();

}  // namespace bgproof
