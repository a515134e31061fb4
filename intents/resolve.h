// The name and type check over all files: unknown names with the nearest known one, names of the wrong kind, circles,
// words that are not in their vocabulary, modifiers where a set is not a sum, and whatever this version does not check
// yet.
#pragma once

#include "intents/intents.h"

namespace bgproof {

void resolve(const Intents& intents, Diagnostics& diagnostics);

// A set built with `+` from literals and data alone, through all names in it: the only ones that take a modifier.
bool is_sum(const Intents& intents, const intent::SetDeclaration& set);

}  // namespace bgproof
