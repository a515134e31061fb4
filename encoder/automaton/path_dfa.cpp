#include "encoder/automaton/path_dfa.h"

#include <algorithm>
#include <deque>
#include <map>

#include "encoder/automaton/path_nfa.h"

namespace bgproof {
namespace {

constexpr size_t kMaxSetStates = 50'000;
constexpr size_t kMaxMoves = 20'000'000;

AutomatonLimit too_many_states() {
  return {"more than " + std::to_string(PathDfa::kMaxStates) + " states for one AS-path expression"};
}

AutomatonLimit too_many_kinds() { return {"too many kinds of AS numbers in one AS-path expression"}; }

// Keys get numbers as they are met.
class Numbers {
 public:
  using Key = std::vector<uint32_t>;

  uint32_t find(Key key) {
    const auto [it, is_new] = ids_.try_emplace(std::move(key), size());
    if (is_new) keys_.push_back(&it->first);
    return it->second;
  }
  uint32_t size() const { return static_cast<uint32_t>(keys_.size()); }
  const Key& operator[](uint32_t number) const { return *keys_[number]; }

 private:
  std::map<Key, uint32_t> ids_;
  std::vector<const Key*> keys_;  // the map owns them
};

}  // namespace

PathDfa::Made PathDfa::explore(const PathAlphabet& alphabet, const Walk& walk) {
  PathDfa dfa;
  dfa.alphabet_ = alphabet;
  Numbers states, sets;
  states.find(walk.start);
  size_t moves = 0;
  for (uint32_t at = 0, in_set = 0; at < states.size() || in_set < sets.size();) {
    if (states.size() > kMaxStates || sets.size() > kMaxSetStates || moves > kMaxMoves) return too_many_states();
    if (in_set < sets.size()) {
      const Key& key = sets[in_set++];
      moves += (key.size() + 1) * (alphabet.members.size() + 1);
      for (uint32_t c = 0; c < alphabet.members.size(); ++c) dfa.more_.push_back(sets.find(walk.more(key, c)));
      dfa.close_.push_back(states.find(walk.close(key)));
      continue;
    }
    const Key& key = states[at++];
    moves += (key.size() + 1) * alphabet.size();
    dfa.accepts_.push_back(walk.accepts(key) ? 1 : 0);
    for (bool confed : {false, true}) {
      if (confed && !alphabet.tells_confed) continue;
      for (uint32_t c = 0; c < alphabet.asns.size(); ++c) dfa.next_.push_back(states.find(walk.next(key, c, confed)));
      for (uint32_t c = 0; c < alphabet.members.size(); ++c) dfa.next_.push_back(sets.find(walk.open(key, c, confed)));
    }
  }
  return dfa.finished();
}

PathDfa::Made PathDfa::compile(const AsPathRegex& regex, const std::vector<PathTransform>& transforms) {
  return with_transforms(compile_plain(regex), transforms);
}

PathDfa::Made PathDfa::compile_text(const std::string& expression, const std::vector<PathTransform>& transforms) {
  return with_transforms(compile_plain_text(expression), transforms);
}

PathDfa::Made PathDfa::compile_plain(const AsPathRegex& regex) {
  const PathNfa nfa(regex);
  if (nfa.overflowed()) return too_many_states();
  const PathAlphabet alphabet = nfa.alphabet();
  // By class: the labels that a number has, and those that a member gives a set.
  std::vector<std::vector<char>> asns, members;
  for (uint32_t c = 0; c < alphabet.asns.size(); ++c) asns.push_back(nfa.labels_of(alphabet.asns.lowest(c)));
  for (uint32_t c = 0; c < alphabet.members.size(); ++c)
    members.push_back(nfa.labels_of_member(alphabet.members.lowest(c)));
  // Of a set: the states before it, a mark, and the labels that it has by its members, as far as one of the states
  // asks.
  constexpr uint32_t kMark = UINT32_MAX;
  const auto add_member = [&](const Key& states, Key labels, uint32_t c) {
    for (uint32_t label : nfa.member_labels(states)) {
      if (members[c][label] != 0) labels.push_back(label);
    }
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    Key key = states;
    key.push_back(kMark);
    key.insert(key.end(), labels.begin(), labels.end());
    return key;
  };
  const auto split = [&](const Key& key) {
    const auto mark = std::find(key.begin(), key.end(), kMark);
    return std::pair(Key(key.begin(), mark), Key(std::next(mark), key.end()));
  };
  return explore(alphabet, {nfa.start(), [&](const Key& key, uint32_t c, bool) { return nfa.step(key, asns[c]); },
                            [&](const Key& key, uint32_t c, bool) { return add_member(key, {}, c); },
                            [&](const Key& key, uint32_t c) {
                              auto [states, labels] = split(key);
                              return add_member(states, std::move(labels), c);
                            },
                            [&](const Key& key) {
                              const auto [states, labels] = split(key);
                              return nfa.step(states, nfa.labels_of_set(labels));
                            },
                            [&](const Key& key) { return nfa.accepts(key); }});
}

PathDfa::Made PathDfa::with_length(const NumberRange& length, const std::vector<PathTransform>& transforms) {
  const bool is_unbounded = length.high == UINT32_MAX;
  const uint32_t last = is_unbounded ? length.low : length.high + 1;  // counting stops here
  if (last > kMaxLength) return AutomatonLimit{"an AS-path length above " + std::to_string(kMaxLength)};
  const auto counted = [&](const Key& key, uint32_t, bool confed) {
    return Key{std::min(last, key[0] + (confed ? 0 : 1))};
  };
  return with_transforms(explore({{}, {}, true}, {{0},
                                                  counted,
                                                  counted,
                                                  [](const Key& key, uint32_t) { return key; },
                                                  [](const Key& key) { return key; },
                                                  [&](const Key& key) { return length.contains(key[0]); }}),
                         transforms);
}

PathDfa::Made PathDfa::combine(const std::vector<const PathDfa*>& automata,
                               const std::function<bool(const std::vector<bool>&)>& of) {
  std::vector<const AsnPartition*> asns, members;
  PathAlphabet alphabet;
  for (const PathDfa* automaton : automata) {
    asns.push_back(&automaton->alphabet_.asns);
    members.push_back(&automaton->alphabet_.members);
    alphabet.tells_confed = alphabet.tells_confed || automaton->alphabet_.tells_confed;
  }
  std::vector<std::vector<uint32_t>> asn_tuples, member_tuples;
  std::optional<AsnPartition> joined_asns = AsnPartition::join(asns, &asn_tuples);
  std::optional<AsnPartition> joined_members = AsnPartition::join(members, &member_tuples);
  if (!joined_asns || !joined_members) return too_many_kinds();
  alphabet.asns = *std::move(joined_asns);
  alphabet.members = *std::move(joined_members);
  const auto each = [&](const auto& to) {
    Key key(automata.size());
    for (size_t i = 0; i < automata.size(); ++i) key[i] = to(i);
    return key;
  };
  return explore(alphabet,
                 {Key(automata.size(), start()),
                  [&](const Key& key, uint32_t c, bool confed) {
                    return each([&](size_t i) { return automata[i]->next(key[i], asn_tuples[c][i], confed); });
                  },
                  [&](const Key& key, uint32_t c, bool confed) {
                    return each([&](size_t i) { return automata[i]->open(key[i], member_tuples[c][i], confed); });
                  },
                  [&](const Key& key, uint32_t c) {
                    return each([&](size_t i) { return automata[i]->more(key[i], member_tuples[c][i]); });
                  },
                  [&](const Key& key) { return each([&](size_t i) { return automata[i]->close(key[i]); }); },
                  [&](const Key& key) {
                    std::vector<bool> answers;
                    for (size_t i = 0; i < key.size(); ++i) answers.push_back(automata[i]->accepts_at(key[i]));
                    return of(answers);
                  }});
}

PathDfa::Made PathDfa::unite(const PathDfa& left, const PathDfa& right) {
  return combine({&left, &right}, [](const std::vector<bool>& answers) { return answers[0] || answers[1]; });
}

PathDfa::Made PathDfa::intersect(const PathDfa& left, const PathDfa& right) {
  return combine({&left, &right}, [](const std::vector<bool>& answers) { return answers[0] && answers[1]; });
}

PathDfa PathDfa::complement() const {
  PathDfa result = *this;
  for (char& accepts : result.accepts_) accepts = accepts == 0 ? 1 : 0;
  std::swap(result.distances_[0], result.distances_[1]);
  std::swap(result.set_distances_[0], result.set_distances_[1]);
  return result;
}

PathDfa PathDfa::left_quotient(const PathWord& prefix) const {
  State from = start();
  for (const PathLetter& each : prefix) from = next(from, each);
  const Made made =
      explore(alphabet_, {{from},
                          [&](const Key& key, uint32_t c, bool confed) { return Key{next(key[0], c, confed)}; },
                          [&](const Key& key, uint32_t c, bool confed) { return Key{open(key[0], c, confed)}; },
                          [&](const Key& key, uint32_t c) { return Key{more(key[0], c)}; },
                          [&](const Key& key) { return Key{close(key[0])}; },
                          [&](const Key& key) { return accepts_at(key[0]); }});
  return std::get<PathDfa>(made);  // never larger than this
}

PathDfa::State PathDfa::next(State state, const PathLetter& letter) const {
  if (!letter.is_set()) return next(state, alphabet_.asns.class_of(letter.asns.front()), letter.is_confed());
  SetState in_set = open(state, alphabet_.members.class_of(letter.asns.front()), letter.is_confed());
  for (size_t i = 1; i < letter.asns.size(); ++i) in_set = more(in_set, alphabet_.members.class_of(letter.asns[i]));
  return close(in_set);
}

bool PathDfa::accepts(std::span<const PathLetter> word) const {
  State state = start();
  for (const PathLetter& each : word) state = next(state, each);
  return accepts_at(state);
}

size_t PathDfa::hash() const {
  uint64_t value = 0x9e3779b97f4a7c15;
  const auto mix = [&](uint64_t word) { value = (value ^ word) * 0x100000001b3 + (value >> 31); };
  for (uint32_t each : shape()) mix(each);
  for (const AsnPartition* partition : {&alphabet_.asns, &alphabet_.members}) {
    for (const AsnPartition::Piece& piece : partition->pieces()) mix(uint64_t{piece.low} << 16 ^ piece.class_index);
    if (partition->diagram() == nullptr) continue;
    for (const AsnDiagram::Node& node : partition->diagram()->nodes()) {
      for (AsnDiagram::Edge edge : node) mix(edge);
    }
  }
  return value;
}

std::vector<uint32_t> PathDfa::shape() const {
  std::vector<uint32_t> shape = {alphabet_.asns.size(), alphabet_.members.size(), alphabet_.tells_confed ? 1u : 0u,
                                 size()};
  shape.insert(shape.end(), accepts_.begin(), accepts_.end());
  shape.insert(shape.end(), next_.begin(), next_.end());
  shape.insert(shape.end(), more_.begin(), more_.end());
  shape.insert(shape.end(), close_.begin(), close_.end());
  return shape;
}

}  // namespace bgproof
