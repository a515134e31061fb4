// An AsPathRegex as a nondeterministic automaton, and the alphabet that it needs.
//
// Alternatives of single letters become one label, which keeps `A | B | {A} | {B}` and sets of thousands of numbers
// small. A state from which everything is accepted is known as such, so that `.* A .* | .* B .*` does not multiply
// subsets.
#pragma once

#include <cstdint>
#include <vector>

#include "encoder/automaton/path_alphabet.h"
#include "policy/as_path_regex.h"

namespace bgproof {

class PathNfa {
 public:
  using State = uint32_t;
  static constexpr size_t kMaxStates = 200000;

  explicit PathNfa(const AsPathRegex& regex);

  bool overflowed() const { return states_.size() > kMaxStates; }
  PathAlphabet alphabet() const;

  // Sets of states, ascending. The start, and what a letter leads to: `matches[label]` says which labels the letter
  // has.
  std::vector<State> start() const;
  std::vector<State> step(const std::vector<State>& states, const std::vector<char>& matches) const;
  bool accepts(const std::vector<State>& states) const;
  // By label: of an ASN, of any set with this member, of a set that has `labels` by its members.
  std::vector<char> labels_of(Asn asn) const;
  std::vector<char> labels_of_member(Asn asn) const;
  std::vector<char> labels_of_set(const std::vector<uint32_t>& labels) const;
  // Labels that leave these states and depend on the members of a set.
  std::vector<uint32_t> member_labels(const std::vector<State>& states) const;

 private:
  struct Label {
    bool asns = false, sets = false;
    bool any_asn = false, any_set = false;
    AsnRanges asn_ranges, set_ranges;  // normalized; of what is not `any`
  };
  struct Node {
    std::vector<std::pair<uint32_t, State>> edges;  // label, target
    std::vector<State> jumps;
    bool is_universal = false;
  };

  State add_state();
  uint32_t add_label(Label label);
  State add(State from, const AsPathRegex& regex);
  State add_alternative(State from, const AsPathRegex& regex);
  State add_repeat(State from, const AsPathRegex& regex);
  void close(std::vector<State>& states) const;
  static bool is_letter(const AsPathRegex& regex);
  static Label label_of(const std::vector<const AsPathRegex*>& letters);

  std::vector<Node> states_;
  std::vector<Label> labels_;
  State accept_ = 0;
  mutable std::vector<char> seen_;  // scratch of close(), all 0 in between
};

}  // namespace bgproof
