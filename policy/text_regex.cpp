#include "policy/text_regex.h"

#include "policy/derivative.h"

namespace bgproof {
namespace {

struct CharacterClass {
  std::bitset<256> characters;
};

bool accepts(const CharacterClass& atom, unsigned char letter) { return atom.characters[letter]; }

using Matcher = DerivativeMatcher<CharacterClass, unsigned char>;

Matcher::Node build(Matcher& matcher, const TextRegex& regex) {
  switch (regex.kind) {
    case TextRegex::Kind::empty:
      return matcher.empty();
    case TextRegex::Kind::characters:
      return matcher.letter({regex.characters});
    case TextRegex::Kind::begin:
      return matcher.begin();
    case TextRegex::Kind::end:
      return matcher.end();
    case TextRegex::Kind::repeat:
      return matcher.repeat(build(matcher, regex.of[0]), regex.low, regex.high);
    case TextRegex::Kind::sequence: {
      Matcher::Node node = matcher.empty();
      for (auto part = regex.of.rbegin(); part != regex.of.rend(); ++part)
        node = matcher.sequence(build(matcher, *part), node);
      return node;
    }
    case TextRegex::Kind::alternative: {
      std::vector<Matcher::Node> members;
      for (const TextRegex& part : regex.of) members.push_back(build(matcher, part));
      return matcher.alternative(members);
    }
  }
  return matcher.nothing();
}

std::vector<unsigned char> letters_of(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace

bool matches_whole(const TextRegex& regex, std::string_view text) {
  Matcher matcher;
  return matcher.matches(build(matcher, regex), letters_of(text));
}

bool matches_somewhere(const TextRegex& regex, std::string_view text) {
  Matcher matcher;
  Matcher::Node any_character = matcher.letter({std::bitset<256>().set()});
  Matcher::Node anything = matcher.repeat(any_character, 0, Matcher::kUnbounded);
  Matcher::Node around = matcher.sequence(anything, matcher.sequence(build(matcher, regex), anything));
  return matcher.matches(around, letters_of(text));
}

}  // namespace bgproof
