// Matching by derivatives: to match a word, take away its first letter from the language of the expression, then the
// next one, and ask at the end whether the empty word is left. No automaton is built, nothing is searched; each rule
// below can be read off the definition of the language. It is the reference for the automata of the encoder, so none of
// them may use it.
//
// `Atom` says which letters it accepts: `bool accepts(const Atom&, const Letter&)`, found by argument-dependent lookup.
// Expressions are numbered nodes of one DerivativeMatcher and equal ones have one number, which keeps derivatives
// small. The anchors `begin` and `end` are the empty word at the first and behind the last letter, and no word
// elsewhere.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <map>
#include <vector>

namespace bgproof {

template <class Atom, class Letter>
class DerivativeMatcher {
 public:
  using Node = uint32_t;
  static constexpr uint32_t kUnbounded = UINT32_MAX;

  Node nothing() { return make({Kind::nothing, 0, {}, 0, 0}); }
  Node empty() { return make({Kind::empty, 0, {}, 0, 0}); }
  Node begin() { return make({Kind::begin, 0, {}, 0, 0}); }
  Node end() { return make({Kind::end, 0, {}, 0, 0}); }

  Node letter(Atom atom) {
    atoms_.push_back(std::move(atom));
    return make({Kind::letter, static_cast<uint32_t>(atoms_.size() - 1), {}, 0, 0});
  }

  Node sequence(Node first, Node second) {
    if (first == nothing() || second == nothing()) return nothing();
    if (first == empty()) return second;
    if (second == empty()) return first;
    return make({Kind::sequence, 0, {first, second}, 0, 0});
  }

  Node alternative(const std::vector<Node>& of) {
    std::vector<Node> members;
    for (Node node : of) {
      const Expression& expression = nodes_[node];
      if (expression.kind == Kind::alternative)
        members.insert(members.end(), expression.of.begin(), expression.of.end());
      else if (node != nothing())
        members.push_back(node);
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    if (members.empty()) return nothing();
    if (members.size() == 1) return members.front();
    return make({Kind::alternative, 0, std::move(members), 0, 0});
  }

  Node repeat(Node node, uint32_t low, uint32_t high) {
    if (high == 0 || node == empty()) return empty();
    if (low == 1 && high == 1) return node;
    if (node == nothing()) return low == 0 ? empty() : nothing();
    return make({Kind::repeat, 0, {node}, low, high});
  }

  bool matches(Node node, const std::vector<Letter>& word) {
    for (size_t at = 0; at < word.size(); ++at) node = derivative(node, word[at], at == 0);
    return has_empty_word(node, word.empty(), true);
  }

 private:
  enum class Kind : uint8_t { nothing, empty, begin, end, letter, sequence, alternative, repeat };
  struct Expression {
    Kind kind;
    uint32_t atom;
    std::vector<Node> of;
    uint32_t low, high;
    auto operator<=>(const Expression&) const = default;
  };

  Node make(Expression expression) {
    auto [entry, added] = numbers_.try_emplace(expression, static_cast<Node>(nodes_.size()));
    if (added) nodes_.push_back(std::move(expression));
    return entry->second;
  }

  // Whether the expression matches the empty word at a place that is (not) the begin and (not) the end of the text.
  bool has_empty_word(Node node, bool at_begin, bool at_end) const {
    const Expression& e = nodes_[node];
    auto has = [&](Node child) { return has_empty_word(child, at_begin, at_end); };
    switch (e.kind) {
      case Kind::nothing:
      case Kind::letter:
        return false;
      case Kind::empty:
        return true;
      case Kind::begin:
        return at_begin;
      case Kind::end:
        return at_end;
      case Kind::sequence:
        return has(e.of[0]) && has(e.of[1]);
      case Kind::alternative:
        return std::any_of(e.of.begin(), e.of.end(), has);
      case Kind::repeat:
        return e.low == 0 || has(e.of[0]);
    }
    return false;
  }

  // What may follow `letter` in the words of the expression.
  Node derivative(Node node, const Letter& letter, bool at_begin) {
    const Expression e = nodes_[node];  // a copy: nodes_ grows below
    switch (e.kind) {
      case Kind::nothing:
      case Kind::empty:
      case Kind::begin:
      case Kind::end:
        return nothing();
      case Kind::letter:
        return accepts(atoms_[e.atom], letter) ? empty() : nothing();
      case Kind::sequence: {
        Node in_first = sequence(derivative(e.of[0], letter, at_begin), e.of[1]);
        if (!has_empty_word(e.of[0], at_begin, false)) return in_first;
        return alternative({in_first, derivative(e.of[1], letter, at_begin)});
      }
      case Kind::alternative: {
        std::vector<Node> members;
        for (Node child : e.of) members.push_back(derivative(child, letter, at_begin));
        return alternative(members);
      }
      case Kind::repeat: {
        // Some rounds may be empty here, if a round can be; the next one eats the letter; the others follow.
        bool empty_rounds = has_empty_word(e.of[0], at_begin, false);
        uint32_t low = e.low == 0 || empty_rounds ? 0 : e.low - 1;
        uint32_t high = e.high == kUnbounded ? kUnbounded : e.high - 1;
        return sequence(derivative(e.of[0], letter, at_begin), repeat(e.of[0], low, high));
      }
    }
    return nothing();
  }

  std::vector<Atom> atoms_;
  std::vector<Expression> nodes_;
  std::map<Expression, Node> numbers_;
};

}  // namespace bgproof
