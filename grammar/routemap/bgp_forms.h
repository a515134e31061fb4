// The forms that lines about a neighbor have, so far as what they say is read: a line of another form (a direction or a
// name that is missing, a word too many) is one of which nobody knows whether the device takes it and as what.
#pragma once

#include "grammar/routemap/bgp_config.h"

namespace bgproof::routemap {

bool well_formed(const Knob& knob, Dialect dialect);

// The same of a line about the process or a family of it, without the word `bgp`: of those that originate routes or
// keep them away.
bool well_formed_of_process(const Knob& knob, Dialect dialect);

// `network`, `redistribute` and their like: what they say is read where routes are originated, odd ones too.
bool originates(std::string_view word);

// `missing-policy [address-family all] [include LISTS] direction in [include LISTS] action deny`.
bool is_missing_policy(const Knob& knob);

// `ipv4 unicast`: what may stand behind `address-family`, without a VRF.
bool is_family(std::string_view name);

// FRR is known to refuse every other form of these.
bool is_strict(const Knob& knob);

// `shutdown` in a form that takes the session down, now and for good.
bool takes_down(const Knob& knob, Dialect dialect);

// An address, with or without the zone of a link-local one: `fe80::1%Ethernet1`. FRR refuses those with a zone.
std::optional<Address> neighbor_address(std::string_view name, Dialect dialect);

}  // namespace bgproof::routemap
