// Splits the finitely many texts of a universe into classes by which of several languages they are in.
//
// All automata run side by side; a state is the state of the universe and those of the automata that can still accept.
// The set of languages that accept at the end is the class of a text. Prefix-like patterns make a trie; patterns that
// overlap in every combination make as many classes as there are combinations, which is what the limits are for. The
// classes that come out are exactly those that have a text, with their exact sizes, in the order in which a
// breadth-first walk meets them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "encoder/automaton/limit.h"
#include "encoder/automaton/text_dfa.h"

namespace bgproof {

class TextClassifier {
 public:
  struct Limits {
    size_t states = 400000;
    size_t classes = 4096;
    size_t steps = 20'000'000;  // moves of single automata
  };
  struct Class {
    std::vector<uint32_t> languages;  // ascending indices into `languages` of build()
    unsigned __int128 size = 0;       // exact
  };

  // `languages` are within the universe.
  static std::variant<TextClassifier, AutomatonLimit> build(const TextDfa& universe,
                                                            const std::vector<TextDfa>& languages,
                                                            const Limits& limits);

  const std::vector<Class>& classes() const { return classes_; }

  // nullopt if the text is not in the universe.
  std::optional<uint32_t> class_of(std::string_view text) const;

  // A shortest text of each class, by class.
  std::vector<std::string> samples() const;

  // Texts of one of `classes` (ascending), shortest first, until `take` answers false or there are no more.
  void enumerate(const std::vector<uint32_t>& classes, const std::function<bool(const std::string&)>& take) const;

 private:
  struct Node {
    std::array<uint32_t, kTextSymbols> next;
    uint32_t class_index;
  };
  static constexpr uint32_t kNone = UINT32_MAX;

  void count();

  std::vector<Node> nodes_;
  std::vector<Class> classes_;
};

}  // namespace bgproof
