// A path that several languages agree on, or the proof that there is none: best-first search in the product of their
// automata.
//
// The product is never written out. A state is one state for each automaton; the letters are the classes that these
// automata together tell apart. What is tried first is the state with the least sum of letters read and of distances of
// all automata to where they want to be; states from which one of them can never get there are cut off. The search
// first uses ASNs of sequences alone, because such paths are believable, and then all letters. When nothing is left the
// answer is none, and that is a proof. Steps (moves of single automata) are limited and counted the same on every
// machine.
#pragma once

#include <cstddef>
#include <vector>

#include "encoder/automaton/asn_chooser.h"
#include "encoder/automaton/path_sets.h"

namespace bgproof {

struct ProductAnswer {
  enum class Kind : uint8_t { found, none, gave_up } kind = Kind::gave_up;
  PathWord word;               // if found
  std::vector<size_t> blamed;  // if none: goals that were enough for the proof, ascending
};

// Takes what it uses from `steps`; gives up at 0.
ProductAnswer search_product(const std::vector<PathGoal>& goals, const AsnChooser& chooser, size_t& steps);

}  // namespace bgproof
