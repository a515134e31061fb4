// Where something holds, as lines: the device and direction once, then each chain with its sessions.
//
//   edge01 export  TO-PEER: 192.0.2.1, 192.0.2.5
//     TO-TRANSIT: 192.0.2.9
#pragma once

#include <string>
#include <vector>

#include "intents/task.h"

namespace bgproof {

struct Place {
  std::string device;
  Direction direction;
  std::vector<std::string> policies;  // the chain
  std::vector<std::string> sessions;
};

std::vector<std::string> to_lines(const std::vector<Place>& places);

}  // namespace bgproof
