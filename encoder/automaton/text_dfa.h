// Finite automata over the characters that occur in the text form of a community.
//
// The text forms (policy/community.h) use 24 characters; every other character of an expression can match nothing and
// is dropped when a label is made. A TextNfa is built piece by piece: with anchors as edges that are free at the begin
// or the end of the text only, so that `^` and `$` mean the right thing wherever an expression puts them. A TextDfa is
// what it becomes: deterministic, minimal, partial (a missing edge leads nowhere) and numbered breadth first, so that
// equal languages are equal values.
//
// `determinize` walks the NFA in lockstep with a universe, the valid texts. All universes here are finite, hence so are
// the automata within them. Limits count states.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bgproof {

inline constexpr std::string_view kTextAlphabet = "0123456789:.Labcdefxrtso";
inline constexpr size_t kTextSymbols = kTextAlphabet.size();

using TextLabel = uint32_t;  // bit i: the character kTextAlphabet[i]
inline constexpr TextLabel kAnyText = (TextLabel{1} << kTextSymbols) - 1;

TextLabel text_label(char character);                 // 0 if no valid text contains it
TextLabel text_label(char first, char last);          // of a range of characters
std::optional<uint32_t> text_symbol(char character);  // its index

class TextNfa {
 public:
  using State = uint32_t;
  static constexpr size_t kMaxStates = 200000;

  State add_state();
  void add_edge(State from, TextLabel label, State to);
  void add_jump(State from, State to);        // without reading anything
  void add_begin_jump(State from, State to);  // only before the first character
  void add_end_jump(State from, State to);    // only behind the last character
  void set_start(State state) { start_ = state; }
  void set_accept(State state) { accept_ = state; }

  // From `from`, reads the text, ends in the returned state.
  State add_text(State from, std::string_view text);
  // Reads a decimal number of [low, high] without leading zeros.
  State add_decimal(State from, uint32_t low, uint32_t high);
  // Reads a number of [low, high] as `digits` lower-case hexadecimal digits with leading zeros.
  State add_hexadecimal(State from, uint32_t low, uint32_t high, int digits);
  // Reads [low, high] as an IPv4 address in dotted decimals.
  State add_dotted(State from, uint32_t low, uint32_t high);

  // More states than kMaxStates were asked for; the automaton must not be used.
  bool overflowed() const { return states_.size() > kMaxStates; }

 private:
  friend class Determinizer;
  struct Edge {
    TextLabel label;
    State to;
  };
  struct Node {
    std::vector<Edge> edges;
    std::vector<State> jumps, begin_jumps, end_jumps;
  };
  void add_digits(State from, State to, uint64_t low, uint64_t high, int digits, uint32_t base);

  std::vector<Node> states_;
  State start_ = 0;
  State accept_ = 0;
};

class TextDfa {
 public:
  using State = uint32_t;
  static constexpr State kNone = UINT32_MAX;

  bool empty() const { return states_.empty(); }
  size_t size() const { return states_.size(); }
  static constexpr State start() { return 0; }  // only if not empty
  State next(State state, uint32_t symbol) const { return states_[state].next[symbol]; }
  bool accepts_at(State state) const { return states_[state].accepts; }
  bool accepts(std::string_view text) const;

  bool operator==(const TextDfa&) const = default;

 private:
  friend class Determinizer;
  friend TextDfa minimize(const TextDfa& dfa);
  struct Node {
    std::array<State, kTextSymbols> next;
    bool accepts = false;
    bool operator==(const Node&) const = default;
  };
  std::vector<Node> states_;
};

// The minimal automaton of what `nfa` accepts, within `universe` if there is one; nullopt above `max_states`.
std::optional<TextDfa> determinize(const TextNfa& nfa, const TextDfa* universe, size_t max_states);

// No useless state, no two equivalent ones, numbered breadth first.
TextDfa minimize(const TextDfa& dfa);

}  // namespace bgproof
