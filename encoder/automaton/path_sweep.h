// A fast guess at a path that many languages agree on.
//
// With hundreds of languages the letters that they tell apart together are many, but each language cares for few of
// them. For one state of all automata, a single sweep over the AS numbers from 0 up adds up all distances for all
// letters at once: at each number only the automata whose label begins there change their part of the sum. The guess
// always takes the letter with the least sum that leads to a state not yet seen. So 300 expressions `.* X .*` cost 300
// sweeps and give a path of 300 letters.
//
// It only ever uses ASNs of sequences, and not finding a path says nothing. Where languages differ only in what they
// say of sets (`_X_` in characters and `X` as a token), guess_by_letters has the letters for it.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "encoder/automaton/path_product.h"

namespace bgproof {

struct SweepAnswer {
  std::optional<PathWord> word;
  std::vector<size_t> unsatisfied;  // goals that stood in the way at the best state met, ascending
};

// A second guess, with sets and confederations: one letter after another that brings some goal nearer and all together,
// too, out of those that the goals single out. Not finding a path says nothing.
std::optional<PathWord> guess_by_letters(const std::vector<PathGoal>& goals, size_t& steps);

SweepAnswer guess_by_sweep(const std::vector<PathGoal>& goals, const AsnChooser& chooser, size_t& steps);

}  // namespace bgproof
