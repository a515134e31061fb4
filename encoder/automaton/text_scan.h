// A character expression (policy/text_regex.h) as a deterministic automaton over bytes, made as far as it is used.
//
// What it reads are texts that devices print: more characters occur there than in the text forms of communities
// (text_dfa.h), and only a few of the states that there could be are ever met. Anchors are edges that are free at the
// begin or the end alone. Once the expression has matched somewhere, nothing that follows matters: one state.
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "policy/text_regex.h"

namespace bgproof {

class TextScan {
 public:
  using State = uint32_t;
  static constexpr size_t kMaxNodes = 50000;
  static constexpr size_t kMaxStates = 5000;

  // The text matches somewhere (`searched`) or as a whole. The expression is valid: the front end has checked it.
  TextScan(const std::string& expression, bool searched);

  State start() const { return 0; }
  State next(State state, char character);
  State next(State state, std::string_view text);
  bool accepts(State state) const { return accepts_[state]; }  // if the text ends here

  // More than the limits; answers are worthless then.
  bool overflowed() const { return nodes_.size() > kMaxNodes || sets_.size() > kMaxStates; }

 private:
  using Node = uint32_t;
  struct Place {
    std::bitset<256> label;  // leads to `to`
    Node to = 0;
    std::vector<Node> jumps, begin_jumps, end_jumps;
  };
  static constexpr State kUnknown = UINT32_MAX;

  Node add_node();
  Node add(Node from, const TextRegex& regex);
  Node add_label(Node from, const std::bitset<256>& label);
  std::vector<Node> close(std::vector<Node> nodes, bool at_begin, bool at_end);
  State find(std::vector<Node> nodes, bool at_begin);

  std::vector<Place> nodes_;
  Node accept_ = 0;
  bool searched_;
  std::map<std::vector<Node>, State> ids_;  // but for the start
  std::vector<std::vector<Node>> sets_;     // by state
  std::vector<char> accepts_;
  std::vector<std::vector<State>> next_;  // by state and byte
  std::vector<uint32_t> seen_;
  uint32_t round_ = 0;
};

}  // namespace bgproof
