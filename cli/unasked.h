// What a question leaves out: sessions may exchange families that have no model (VPN, labels, EVPN), and the answer is
// about unicast alone. That some route of such a family may be what was asked for must not look like "none".
#pragma once

#include <vector>

#include "intents/task.h"
#include "network/device.h"
#include "solver/check.h"

namespace bgproof {

// For the sessions of the tasks, one task that is not checked (BP703) for each device and list of families that are
// exchanged, have no model, and can hold routes with the condition. A condition that is of IPv6 alone leaves the
// families of IPv4 out. Policies by themselves are asked about the routes of the model and have none.
std::vector<Task> unasked(const std::vector<Task>& tasks, const std::vector<Device>& devices,
                          const CheckOptions& options);

}  // namespace bgproof
