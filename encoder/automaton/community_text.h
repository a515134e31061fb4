// The valid text forms of communities, as automata.
//
// policy/community.h defines the text form; here the same is said once more as automata, so that numeric fields, ranges
// and character expressions meet in one world. Every valid text names exactly one community, numbers have no leading
// zeros, and each kind is finite.
//
// A pattern becomes the automaton of the texts of the communities of `kind` that it contains; a literal is a pattern
// too, though CommunityAtoms does not build automata for those. nullopt: the automaton would have more than
// `max_states` states.
#pragma once

#include <optional>
#include <vector>

#include "encoder/automaton/text_dfa.h"
#include "policy/community.h"

namespace bgproof {

// All valid texts of `kind`; built once, when first asked for: it costs milliseconds.
const TextDfa& community_universe(CommunityKind kind);

// How many there are.
unsigned __int128 community_count(CommunityKind kind);

// The union of the patterns within `kind`.
std::optional<TextDfa> community_automaton(const std::vector<const CommunityPattern*>& patterns, CommunityKind kind,
                                           size_t max_states);

}  // namespace bgproof
