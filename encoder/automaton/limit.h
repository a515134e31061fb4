// What an automaton construction answers when it would exceed its deterministic limit.
//
// Limits count states, classes or steps, never time, so that the same input reaches the same limit on every machine.
// The answer is never a guess: the caller reports `unknown` and says which limit it was.
#pragma once

#include <string>

namespace bgproof {

struct AutomatonLimit {
  std::string what;  // "more than 4096 classes of communities", for the report
};

}  // namespace bgproof
