// How large a policy gets where each of its calls is followed, as the evaluator and the encoder do. Policies that call
// others twice on every level grow with a power of the levels, so those who lower them ask before they go on.
#pragma once

#include <cstdint>
#include <vector>

#include "policy/program.h"

namespace bgproof {

// More calls than this within one policy cost minutes and gigabytes; what people write has some hundreds.
constexpr uint64_t kMostCalls = 5000;

class Unrolled {
 public:
  struct Size {
    uint64_t calls = 0;  // policies run within it, each as often as it is run; saturates
    uint32_t depth = 0;  // the longest way down
  };

  // Of a policy that is about to be added to the library; what it calls is in it. Counts each policy once.
  Size of(const PolicyLibrary& library, const Policy& policy);

 private:
  std::vector<Size> sizes_;  // of the library's policies, as far as they were counted
};

}  // namespace bgproof
