// A character expression (policy/text_regex.h) as a part of a TextNfa.
#pragma once

#include <string>
#include <string_view>

#include "encoder/automaton/text_dfa.h"

namespace bgproof {

// From `from` to `to`: the whole text if `expression` matches it somewhere (`searched`) or wholly. `from` has to be the
// begin of the text, `to` its end. The expression is valid: the front end has checked it. Symbols are the characters of
// `alphabet`, kTextSymbols of them at most.
void add_text_regex(TextNfa& nfa, TextNfa::State from, TextNfa::State to, const std::string& expression, bool searched,
                    std::string_view alphabet = kTextAlphabet);

}  // namespace bgproof
