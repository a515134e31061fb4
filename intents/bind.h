// Intents meet devices: each block becomes tasks, one for each kind of session (or policy) that it selects, with
// everything resolved. What the intents claim and no block covers, what a block wants and nothing is, and what could
// not be read become tasks too, `not_checked` with the reason: nothing disappears.
//
// Errors in `diagnostics` mean exit status 2 (a variable without a value, a neighbor with two roles); then the tasks
// are not to be used.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "intents/intents.h"
#include "intents/task.h"
#include "network/device.h"

namespace bgproof {

struct BindOptions {
  uint32_t date = 0;        // today, UTC, as 20261124
  std::string device_glob;  // `--device`; "" for all
};

// In the order of the devices, then of the blocks, then of the sessions.
std::vector<Task> bind(const Intents& intents, const std::vector<Device>& devices, const BindOptions& options,
                       Diagnostics& diagnostics);

// "2026-11-24" as 20261124; nullopt if it is not a day.
std::optional<uint32_t> parse_date(std::string_view text);

}  // namespace bgproof
