// A character expression (policy/text_regex.h) as a part of a TextNfa.
#pragma once

#include <string>

#include "encoder/automaton/text_dfa.h"

namespace bgproof {

// From `from` to `to`: the whole text if `expression` matches it somewhere (`searched`) or wholly. `from` has to be the
// begin of the text, `to` its end. The expression is valid: the front end has checked it.
void add_text_regex(TextNfa& nfa, TextNfa::State from, TextNfa::State to, const std::string& expression, bool searched);

}  // namespace bgproof
