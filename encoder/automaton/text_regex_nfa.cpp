#include "encoder/automaton/text_regex_nfa.h"

#include <variant>

#include "base/check.h"
#include "policy/text_regex.h"

namespace bgproof {
namespace {

TextLabel label_of(const std::bitset<256>& characters, std::string_view alphabet) {
  TextLabel label = 0;
  for (size_t i = 0; i < alphabet.size(); ++i) {
    if (characters[static_cast<unsigned char>(alphabet[i])]) label |= TextLabel{1} << i;
  }
  return label;
}

// Returns the state behind the expression. Counted repetitions within each other multiply: stops at the limit of the
// NFA.
TextNfa::State add(TextNfa& nfa, TextNfa::State from, const TextRegex& regex, std::string_view alphabet) {
  if (nfa.overflowed()) return from;
  switch (regex.kind) {
    case TextRegex::Kind::empty:
      return from;
    case TextRegex::Kind::characters: {
      const TextNfa::State to = nfa.add_state();
      nfa.add_edge(from, label_of(regex.characters, alphabet), to);
      return to;
    }
    case TextRegex::Kind::sequence:
      for (const TextRegex& part : regex.of) from = add(nfa, from, part, alphabet);
      return from;
    case TextRegex::Kind::alternative: {
      const TextNfa::State to = nfa.add_state();
      for (const TextRegex& part : regex.of) nfa.add_jump(add(nfa, from, part, alphabet), to);
      return to;
    }
    case TextRegex::Kind::repeat: {
      for (uint32_t i = 0; i < regex.low && !nfa.overflowed(); ++i) from = add(nfa, from, regex.of[0], alphabet);
      const TextNfa::State to = nfa.add_state();
      if (regex.high == TextRegex::kUnbounded) {
        const TextNfa::State loop = nfa.add_state();
        nfa.add_jump(from, loop);
        nfa.add_jump(add(nfa, loop, regex.of[0], alphabet), loop);
        nfa.add_jump(loop, to);
        return to;
      }
      nfa.add_jump(from, to);
      for (uint32_t i = regex.low; i < regex.high && !nfa.overflowed(); ++i) {
        from = add(nfa, from, regex.of[0], alphabet);
        nfa.add_jump(from, to);
      }
      return to;
    }
    case TextRegex::Kind::begin: {
      const TextNfa::State to = nfa.add_state();
      nfa.add_begin_jump(from, to);
      return to;
    }
    case TextRegex::Kind::end: {
      const TextNfa::State to = nfa.add_state();
      nfa.add_end_jump(from, to);
      return to;
    }
  }
  BGPROOF_CHECK(false, "a kind of expression that does not exist");
}

}  // namespace

void add_text_regex(TextNfa& nfa, TextNfa::State from, TextNfa::State to, const std::string& expression, bool searched,
                    std::string_view alphabet) {
  const auto parsed = parse_text_regex(expression);
  const auto* regex = std::get_if<TextRegex>(&parsed);
  BGPROOF_CHECK(regex != nullptr, "not an expression: " + expression);
  const TextLabel any = label_of(std::bitset<256>().set(), alphabet);
  const TextNfa::State begin = nfa.add_state();
  nfa.add_jump(from, begin);
  if (searched) nfa.add_edge(begin, any, begin);
  const TextNfa::State end = nfa.add_state();
  nfa.add_jump(add(nfa, begin, *regex, alphabet), end);
  if (searched) nfa.add_edge(end, any, end);
  nfa.add_jump(end, to);
}

}  // namespace bgproof
