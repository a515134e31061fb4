// Deterministic automata over AS paths: minimal, complete, each over the smallest alphabet that it needs.
//
// compile() makes the language of the paths *before* some changes for which the path *after* them matches an
// expression. It is exact and unbounded: no length is assumed, and numbers are told apart only where a label does. The
// Boolean operations close the class of languages; a complement is the same automaton with the answers turned round.
//
// distance() is the number of letters that are at least needed to come to acceptance (or away from it), over all
// letters or over plain ASNs alone; the product search is steered by it, and kNever is a proof that there is no way.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "encoder/automaton/limit.h"
#include "encoder/automaton/path_alphabet.h"
#include "encoder/automaton/path_transform.h"
#include "policy/as_path_regex.h"

namespace bgproof {

class PathDfa {
 public:
  using State = uint32_t;
  static constexpr uint32_t kNever = UINT32_MAX;
  static constexpr size_t kMaxStates = 20000;
  static constexpr uint32_t kMaxLength = 5000;
  using Made = std::variant<PathDfa, AutomatonLimit>;

  static Made compile(const AsPathRegex& regex, const std::vector<PathTransform>& transforms = {});
  // The length after the changes is in the range (length() of policy/as_path.h).
  static Made with_length(const NumberRange& length, const std::vector<PathTransform>& transforms = {});
  // The path after the changes is one ASN, so many times, and behind it the path before (path_comparison.cpp).
  static Made prepended(const NumberRange& times, const std::vector<PathTransform>& transforms);

  // The paths for which `of`, given the answers of all automata, is true.
  static Made combine(const std::vector<const PathDfa*>& automata,
                      const std::function<bool(const std::vector<bool>&)>& of);
  static Made unite(const PathDfa& left, const PathDfa& right);
  static Made intersect(const PathDfa& left, const PathDfa& right);
  PathDfa complement() const;
  // { w | prefix w in this }
  PathDfa left_quotient(const PathWord& prefix) const;

  const PathAlphabet& alphabet() const { return alphabet_; }
  uint32_t size() const { return static_cast<uint32_t>(accepts_.size()); }
  static constexpr State start() { return 0; }
  State next(State state, uint32_t letter) const { return next_[size_t{state} * alphabet_.size() + letter]; }
  State next(State state, const PathLetter& letter) const { return next(state, alphabet_.index_of(letter)); }
  bool accepts_at(State state) const { return accepts_[state] != 0; }
  bool accepts(std::span<const PathLetter> word) const;
  bool accepts(const AsPath& path) const { return accepts(word_of(path)); }

  bool is_empty() const { return size() == 1 && !accepts_at(0); }
  bool is_universal() const { return size() == 1 && accepts_at(0); }

  // Equal languages are equal values.
  bool operator==(const PathDfa&) const = default;
  size_t hash() const;
  // States and moves without the numbers that the letters stand for.
  std::vector<uint32_t> shape() const;

  // Letters from `state` to a state where accepts_at() is `accepting`; `plain`: by ASNs of sequences alone.
  uint32_t distance(State state, bool accepting, bool plain) const {
    return distances_[accepting ? 1 : 0][plain ? 1 : 0][state];
  }

 private:
  using Key = std::vector<uint32_t>;
  struct Walk {  // an automaton not yet written out
    Key start;
    std::function<Key(const Key&, uint32_t letter)> step;
    std::function<bool(const Key&)> accepts;
  };
  static Made explore(const PathAlphabet& alphabet, const Walk& walk);
  static Made prepended_exactly(uint32_t times, const std::vector<PathTransform>& transforms);
  static Made change(const PathDfa& base, const std::vector<PathTransform>& transforms);
  static Made compile_if_all(const std::function<Made(const std::vector<PathTransform>&)>& compile_with,
                             const std::vector<PathTransform>& transforms, size_t at);
  static Made with_transforms(const Made& base, const std::function<Made(const std::vector<PathTransform>&)>& again,
                              const std::vector<PathTransform>& transforms);
  PathDfa finished() const;  // minimal, with distances
  void measure();

  PathAlphabet alphabet_;
  std::vector<State> next_;  // by state, by letter
  std::vector<char> accepts_;
  std::array<std::array<std::vector<uint32_t>, 2>, 2> distances_;
};

}  // namespace bgproof
