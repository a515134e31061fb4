// Real: which routes can be offered to a session's policy at all. What the config's lines say comes with the
// attachment; added here is what the roles say of learned-from, the ghost that names the role of the session by which a
// route entered the network.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "intents/roles.h"
#include "intents/task.h"

namespace bgproof {

// "unassigned" for an external session without a role.
std::string learned_from_of(const Neighbor& neighbor);

// Of every export, and of a policy by itself.
Fact others_are_originated();
// Of an export that does not make one, and of a policy by itself.
Fact no_default_is_made();

std::vector<Fact> learned_from_facts(Direction direction, const Place& place, size_t session);

// Every value that learned-from can have: the network is larger than the devices read, so all known roles count.
std::set<std::string> all_roles(const Intents& intents, const std::vector<Place>& places);

Condition conjunction(const std::vector<Fact>& facts);

}  // namespace bgproof
