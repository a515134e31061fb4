#include "encoder/automaton/text_dfa.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.h"

namespace bgproof {

std::optional<uint32_t> text_symbol(char character) {
  const size_t at = kTextAlphabet.find(character);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<uint32_t>(at);
}

TextLabel text_label(char character) {
  const std::optional<uint32_t> symbol = text_symbol(character);
  return symbol ? TextLabel{1} << *symbol : 0;
}

TextLabel text_label(char first, char last) {
  TextLabel label = 0;
  for (char character : kTextAlphabet) {
    if (first <= character && character <= last) label |= text_label(character);
  }
  return label;
}

TextNfa::State TextNfa::add_state() {
  // Beyond the limit nothing is built any more; overflowed() tells.
  if (overflowed()) return 0;
  states_.emplace_back();
  return static_cast<State>(states_.size() - 1);
}

void TextNfa::add_edge(State from, TextLabel label, State to) {
  if (label != 0) states_[from].edges.push_back({label, to});
}

void TextNfa::add_jump(State from, State to) { states_[from].jumps.push_back(to); }
void TextNfa::add_begin_jump(State from, State to) { states_[from].begin_jumps.push_back(to); }
void TextNfa::add_end_jump(State from, State to) { states_[from].end_jumps.push_back(to); }

TextNfa::State TextNfa::add_text(State from, std::string_view text) {
  for (char character : text) {
    const State to = add_state();
    add_edge(from, text_label(character), to);
    from = to;
  }
  return from;
}

// All numbers of [low, high], written with exactly `digits` digits, from `from` to `to`.
void TextNfa::add_digits(State from, State to, uint64_t low, uint64_t high, int digits, uint32_t base) {
  const std::string_view characters = "0123456789abcdef";
  uint64_t weight = 1;
  for (int i = 1; i < digits; ++i) weight *= base;
  const uint64_t first = low / weight;
  const uint64_t last = high / weight;
  TextLabel inner = 0;  // leading digits behind which every digit may follow
  for (uint64_t digit = first; digit <= last; ++digit) {
    const TextLabel label = text_label(characters[digit]);
    const uint64_t below = digit == first ? low % weight : 0;
    const uint64_t above = digit == last ? high % weight : weight - 1;
    if (below == 0 && above == weight - 1) {
      inner |= label;
      continue;
    }
    const State middle = add_state();
    add_edge(from, label, middle);
    add_digits(middle, to, below, above, digits - 1, base);
  }
  if (inner == 0) return;
  TextLabel any = 0;
  for (uint32_t digit = 0; digit < base; ++digit) any |= text_label(characters[digit]);
  State at = from;
  for (int i = 0; i < digits; ++i) {
    const State after = i + 1 == digits ? to : add_state();
    add_edge(at, i == 0 ? inner : any, after);
    at = after;
  }
}

TextNfa::State TextNfa::add_decimal(State from, uint32_t low, uint32_t high) {
  const State to = add_state();
  uint64_t smallest = 0;  // of the numbers with this many digits
  uint64_t largest = 9;
  for (int digits = 1; digits <= 10; ++digits) {
    const uint64_t from_number = std::max<uint64_t>(low, smallest);
    const uint64_t to_number = std::min<uint64_t>(high, largest);
    if (from_number <= to_number) add_digits(from, to, from_number, to_number, digits, 10);
    smallest = largest + 1;
    largest = largest * 10 + 9;
  }
  return to;
}

TextNfa::State TextNfa::add_hexadecimal(State from, uint32_t low, uint32_t high, int digits) {
  const State to = add_state();
  if (low <= high) add_digits(from, to, low, high, digits, 16);
  return to;
}

TextNfa::State TextNfa::add_dotted(State from, uint32_t low, uint32_t high) {
  const State to = add_state();
  // Octet by octet; only the first and the last value of an octet can be cut.
  const auto add = [&](auto&& self, State at, uint64_t below, uint64_t above, int octets) -> void {
    const uint64_t weight = uint64_t{1} << (8 * (octets - 1));
    const auto add_octets = [&](uint64_t first, uint64_t last, uint64_t inner_below, uint64_t inner_above) {
      const State behind = add_decimal(at, static_cast<uint32_t>(first), static_cast<uint32_t>(last));
      if (octets == 1) {
        add_jump(behind, to);
      } else {
        self(self, add_text(behind, "."), inner_below, inner_above, octets - 1);
      }
    };
    uint64_t first = below / weight;
    uint64_t last = above / weight;
    if (first == last) return add_octets(first, last, below % weight, above % weight);
    if (below % weight != 0) add_octets(first, first, below % weight, weight - 1), ++first;
    const bool cut_last = above % weight != weight - 1;
    if (cut_last) add_octets(last, last, 0, above % weight);
    if (cut_last) --last;  // it was above the first, hence above zero
    if (first <= last) add_octets(first, last, 0, weight - 1);
  };
  if (low <= high) add(add, from, low, high, 4);
  return to;
}

bool TextDfa::accepts(std::string_view text) const {
  if (empty()) return false;
  State state = start();
  for (char character : text) {
    const std::optional<uint32_t> symbol = text_symbol(character);
    if (!symbol) return false;
    state = next(state, *symbol);
    if (state == kNone) return false;
  }
  return accepts_at(state);
}

// Subset construction; the state of the universe, if any, is part of the key.
class Determinizer {
 public:
  Determinizer(const TextNfa& nfa, const TextDfa* universe)
      : nfa_(nfa), universe_(universe), seen_(nfa.states_.size()) {}

  std::optional<TextDfa> run(size_t max_states) {
    if (nfa_.overflowed()) return std::nullopt;
    if (universe_ != nullptr && universe_->empty()) return TextDfa();
    find({universe_ != nullptr ? TextDfa::start() : 0, close({nfa_.start_}, true, false)});
    for (size_t at = 0; at < keys_.size(); ++at) {
      if (keys_.size() > max_states) return std::nullopt;
      const Key& key = *keys_[at];
      TextDfa::Node node;
      node.accepts = accepts(key, at == 0);
      for (uint32_t symbol = 0; symbol < kTextSymbols; ++symbol) node.next[symbol] = step(key, symbol);
      dfa_.states_.push_back(node);
    }
    return minimize(dfa_);
  }

 private:
  using Key = std::pair<TextDfa::State, std::vector<TextNfa::State>>;

  TextDfa::State find(Key key) {
    const auto [it, is_new] = ids_.try_emplace(std::move(key), static_cast<TextDfa::State>(keys_.size()));
    if (is_new) keys_.push_back(&it->first);
    return it->second;
  }

  std::vector<TextNfa::State> close(std::vector<TextNfa::State> states, bool at_begin, bool at_end) {
    ++round_;
    std::vector<TextNfa::State> closed;
    const auto visit = [&](TextNfa::State state) {
      if (seen_[state] == round_) return;
      seen_[state] = round_;
      closed.push_back(state);
    };
    for (TextNfa::State state : states) visit(state);
    for (size_t i = 0; i < closed.size(); ++i) {
      const TextNfa::Node& node = nfa_.states_[closed[i]];
      for (TextNfa::State to : node.jumps) visit(to);
      if (at_begin) {
        for (TextNfa::State to : node.begin_jumps) visit(to);
      }
      if (at_end) {
        for (TextNfa::State to : node.end_jumps) visit(to);
      }
    }
    std::sort(closed.begin(), closed.end());
    return closed;
  }

  bool accepts(const Key& key, bool at_begin) {
    if (universe_ != nullptr && !universe_->accepts_at(key.first)) return false;
    const std::vector<TextNfa::State> closed = close(key.second, at_begin, true);
    return std::binary_search(closed.begin(), closed.end(), nfa_.accept_);
  }

  TextDfa::State step(const Key& key, uint32_t symbol) {
    TextDfa::State universe_state = 0;
    if (universe_ != nullptr) {
      universe_state = universe_->next(key.first, symbol);
      if (universe_state == TextDfa::kNone) return TextDfa::kNone;
    }
    std::vector<TextNfa::State> states;
    for (TextNfa::State state : key.second) {
      for (const TextNfa::Edge& edge : nfa_.states_[state].edges) {
        if ((edge.label >> symbol & 1) != 0) states.push_back(edge.to);
      }
    }
    if (states.empty()) return TextDfa::kNone;
    return find({universe_state, close(std::move(states), false, false)});
  }

  const TextNfa& nfa_;
  const TextDfa* universe_;
  std::map<Key, TextDfa::State> ids_;
  std::vector<const Key*> keys_;  // by state; the map owns them
  std::vector<uint32_t> seen_;
  uint32_t round_ = 0;
  TextDfa dfa_;
};

std::optional<TextDfa> determinize(const TextNfa& nfa, const TextDfa* universe, size_t max_states) {
  return Determinizer(nfa, universe).run(max_states);
}

namespace {

// States from which an accepting one can be reached.
std::vector<char> useful_states(const TextDfa& dfa) {
  std::vector<std::vector<TextDfa::State>> before(dfa.size());
  std::vector<TextDfa::State> queue;
  std::vector<char> useful(dfa.size(), 0);
  for (TextDfa::State state = 0; state < dfa.size(); ++state) {
    for (uint32_t symbol = 0; symbol < kTextSymbols; ++symbol) {
      const TextDfa::State to = dfa.next(state, symbol);
      if (to != TextDfa::kNone && (before[to].empty() || before[to].back() != state)) before[to].push_back(state);
    }
    if (dfa.accepts_at(state)) {
      useful[state] = 1;
      queue.push_back(state);
    }
  }
  for (size_t i = 0; i < queue.size(); ++i) {
    for (TextDfa::State state : before[queue[i]]) {
      if (useful[state] != 0) continue;
      useful[state] = 1;
      queue.push_back(state);
    }
  }
  return useful;
}

}  // namespace

TextDfa minimize(const TextDfa& dfa) {
  TextDfa result;
  if (dfa.empty()) return result;
  const std::vector<char> useful = useful_states(dfa);
  if (useful[TextDfa::start()] == 0) return result;

  // Moore's refinement; class 0 is the missing state.
  std::vector<uint32_t> classes(dfa.size(), 0);
  for (TextDfa::State state = 0; state < dfa.size(); ++state) {
    if (useful[state] != 0) classes[state] = dfa.accepts_at(state) ? 2 : 1;
  }
  for (size_t count = 0;;) {
    std::map<std::vector<uint32_t>, uint32_t> keys;
    std::vector<uint32_t> refined(dfa.size(), 0);
    for (TextDfa::State state = 0; state < dfa.size(); ++state) {
      if (useful[state] == 0) continue;
      std::vector<uint32_t> key(kTextSymbols + 1);
      key[kTextSymbols] = classes[state];
      for (uint32_t symbol = 0; symbol < kTextSymbols; ++symbol) {
        const TextDfa::State to = dfa.next(state, symbol);
        key[symbol] = to == TextDfa::kNone ? 0 : classes[to];
      }
      refined[state] = keys.try_emplace(std::move(key), static_cast<uint32_t>(keys.size() + 1)).first->second;
    }
    classes = std::move(refined);
    if (keys.size() == count) break;
    count = keys.size();
  }

  std::map<uint32_t, TextDfa::State> numbers;
  std::vector<TextDfa::State> order;
  const auto number = [&](TextDfa::State state) {
    const auto [it, is_new] = numbers.try_emplace(classes[state], static_cast<TextDfa::State>(order.size()));
    if (is_new) order.push_back(state);
    return it->second;
  };
  number(TextDfa::start());
  for (size_t i = 0; i < order.size(); ++i) {
    TextDfa::Node node;
    node.accepts = dfa.accepts_at(order[i]);
    for (uint32_t symbol = 0; symbol < kTextSymbols; ++symbol) {
      const TextDfa::State to = dfa.next(order[i], symbol);
      node.next[symbol] = to == TextDfa::kNone || useful[to] == 0 ? TextDfa::kNone : number(to);
    }
    result.states_.push_back(node);
  }
  return result;
}

}  // namespace bgproof
