// Deterministic automata over AS paths: minimal, complete, each over the smallest alphabet that it needs.
//
// A state stands between letters. A set takes the automaton through states of their own: its first member opens it,
// each further one leads on, and its end leads back. So a language may depend on the members as a text shows them, in
// their order, and no number of members or of kinds of them is too many.
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
#include <span>
#include <string>
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
  using SetState = uint32_t;  // within a set, behind a member
  static constexpr uint32_t kNever = UINT32_MAX;
  static constexpr size_t kMaxStates = 20000;
  static constexpr uint32_t kMaxLength = 5000;
  using Made = std::variant<PathDfa, AutomatonLimit>;

  static Made compile(const AsPathRegex& regex, const std::vector<PathTransform>& transforms = {});
  // The text form (policy/as_path.h) matches the expression somewhere. The expression is valid.
  static Made compile_text(const std::string& expression, const std::vector<PathTransform>& transforms = {});
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
  // { w | T(w) in this }
  Made before(const PathTransform& transform) const;

  const PathAlphabet& alphabet() const { return alphabet_; }
  uint32_t size() const { return static_cast<uint32_t>(accepts_.size()); }
  uint32_t set_states() const { return static_cast<uint32_t>(close_.size()); }
  static constexpr State start() { return 0; }
  // By class of an ASN, or of a member of a set.
  State next(State state, uint32_t asn_class, bool is_confed) const {
    return next_[size_t{state} * alphabet_.size() + alphabet_.asn_letter(asn_class, is_confed)];
  }
  SetState open(State state, uint32_t member_class, bool is_confed) const {
    return next_[size_t{state} * alphabet_.size() + alphabet_.set_letter(member_class, is_confed)];
  }
  SetState more(SetState state, uint32_t member_class) const {
    return more_[size_t{state} * alphabet_.members.size() + member_class];
  }
  State close(SetState state) const { return close_[state]; }
  State next(State state, const PathLetter& letter) const;
  bool accepts_at(State state) const { return accepts_[state] != 0; }
  bool accepts(std::span<const PathLetter> word) const;
  bool accepts(const AsPath& path) const { return accepts(word_of(path)); }

  bool is_empty() const { return size() == 1 && !accepts_at(0); }
  bool is_universal() const { return size() == 1 && accepts_at(0); }

  // Equal languages are equal values, up to what only the order of the members of sets rules out.
  bool operator==(const PathDfa&) const = default;
  size_t hash() const;
  // States and moves without the numbers that the letters stand for.
  std::vector<uint32_t> shape() const;

  // Letters from `state` to a state where accepts_at() is `accepting`; `plain`: by ASNs of sequences alone.
  uint32_t distance(State state, bool accepting, bool plain) const {
    return distances_[accepting ? 1 : 0][plain ? 1 : 0][state];
  }
  // From within a set whose letter is counted already.
  uint32_t set_distance(SetState state, bool accepting) const { return set_distances_[accepting ? 1 : 0][state]; }

 private:
  using Key = std::vector<uint32_t>;
  struct Walk {  // an automaton not yet written out
    Key start;
    std::function<Key(const Key&, uint32_t asn_class, bool is_confed)> next;
    std::function<Key(const Key&, uint32_t member_class, bool is_confed)> open;  // to a key of a set
    std::function<Key(const Key& of_set, uint32_t member_class)> more;
    std::function<Key(const Key& of_set)> close;
    std::function<bool(const Key&)> accepts;
  };
  static Made explore(const PathAlphabet& alphabet, const Walk& walk);
  static Made compile_plain(const AsPathRegex& regex);
  static Made compile_plain_text(const std::string& expression);
  static Made with_transforms(Made made, const std::vector<PathTransform>& transforms);
  // Behind the changes `before` the removal changes all that it can or nothing.
  static Made if_all(const RemovePrivate& removal, const std::vector<PathTransform>& before, const Made& unchanged,
                     const Made& changed);
  static Made prepended_exactly(uint32_t times, const std::vector<PathTransform>& transforms);
  bool is_order_free() const;
  struct Classes;
  Classes refined() const;
  PathDfa finished() const;  // minimal, with distances
  void measure();

  PathAlphabet alphabet_;
  std::vector<uint32_t> next_;  // by state, by letter: a state, or a set state behind a first member
  std::vector<SetState> more_;  // by set state, by class of members
  std::vector<State> close_;    // by set state
  std::vector<char> accepts_;
  std::array<std::array<std::vector<uint32_t>, 2>, 2> distances_;
  std::array<std::vector<uint32_t>, 2> set_distances_;

  friend class PathTextCompiler;
};

}  // namespace bgproof
