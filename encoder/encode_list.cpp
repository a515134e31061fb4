#include "encoder/encode_list.h"

#include "encoder/logic.h"

namespace bgproof {

namespace {

using Letter = CommunityList::Letter;

class ListEncoder {
 public:
  ListEncoder(Terms& terms, const SymbolicCommunities& communities, const ListReading& reading)
      : terms_(terms), communities_(communities), reading_(reading) {}

  z3::expr run() {
    for (char accepts : reading_.list.accepts) value_.push_back(terms_.boolean(accepts != 0));
    for (auto step = reading_.steps.rbegin(); step != reading_.steps.rend(); ++step) {
      const Letter& letter = reading_.list.letters[step->letter];
      if (letter.most == 1)
        take_once(letter, step->atoms);
      else
        for (AtomId atom : step->atoms) take_counted(letter, atom);
    }
    return value_[0];
  }

 private:
  void take_once(const Letter& letter, const std::vector<AtomId>& atoms) {
    std::vector<z3::expr> any;
    for (AtomId atom : atoms) any.push_back(communities_.carries[atom]);
    take(letter, or_of(terms_.context, any), [&](size_t state) { return value_[letter.to[state]]; });
  }

  void take_counted(const Letter& letter, AtomId atom) {
    take(letter, communities_.carries[atom], [&](size_t state) {
      std::vector<z3::expr> after;  // one community, two, ...
      size_t to = state;
      for (uint32_t count = 1; count <= letter.most; ++count) after.push_back(value_[to = letter.to[to]]);
      if (terms_.vocabulary.is_single(atom)) return after[0];
      z3::expr result = after.back();
      for (uint32_t count = letter.most; count-- > 1;)
        result = choice_of(communities_.count[atom] == terms_.bits(count, kCountBits), after[count - 1], result);
      return result;
    });
  }

  template <class After>
  void take(const Letter& letter, const z3::expr& taken, const After& after) {
    std::vector<z3::expr> before;
    for (size_t state = 0; state < value_.size(); ++state) {
      bool stays = letter.to[state] == state;
      before.push_back(stays ? value_[state] : terms_.tight(choice_of(taken, after(state), value_[state])));
    }
    value_ = std::move(before);
  }

  Terms& terms_;
  const SymbolicCommunities& communities_;
  const ListReading& reading_;
  std::vector<z3::expr> value_;  // by state: what follows is accepted
};

}  // namespace

z3::expr encode_list(Terms& terms, const SymbolicCommunities& communities, const CommunityText& text) {
  return ListEncoder(terms, communities, terms.vocabulary.reading_of(text)).run();
}

}  // namespace bgproof
