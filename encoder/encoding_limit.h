// Thrown by Encoding when an exact encoding would exceed a deterministic limit (classes of communities, states of an
// automaton), or is not known. The caller's verdict is `unknown`, with what() as the reason; it is never a guess.
#pragma once

#include <stdexcept>

namespace bgproof {

class EncodingLimit : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace bgproof
