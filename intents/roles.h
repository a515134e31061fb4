// Which role each session has and which row of the neighbor lists is about it. A role comes from the data, from a
// `role` line, or from being iBGP (`internal`); two different ones are an error.
#pragma once

#include <string>
#include <vector>

#include "intents/lower.h"
#include "intents/scope.h"
#include "network/device.h"

namespace bgproof {

// One device with what the intents' side knows of it.
struct Place {
  const Device* device = nullptr;
  std::string site;
  std::vector<Neighbor> neighbors;  // by Device::sessions

  Scope scope(size_t session) const { return {device, &neighbors[session], site}; }
  Scope scope() const { return {device, nullptr, site}; }
};

// `places` point into `intents` and `devices`.
std::vector<Place> assign_roles(const Intents& intents, const std::vector<Device>& devices, Lowered& lowered,
                                Diagnostics& diagnostics);

// Whether `neighbors` selects this session, whose role is known.
bool selects(const intent::NeighborSelector& neighbors, const Place& place, size_t session, const Intents& intents,
             Lowered& lowered, Diagnostics& diagnostics);

// "192.0.2.1", "192.0.2.1 vrf X"
std::string session_text(const Session& session);

}  // namespace bgproof
