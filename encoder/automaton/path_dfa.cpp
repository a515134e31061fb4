#include "encoder/automaton/path_dfa.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/check.h"
#include "encoder/automaton/path_nfa.h"

namespace bgproof {
namespace {

constexpr size_t kMaxMoves = 20'000'000;

AutomatonLimit too_many_states() {
  return {"more than " + std::to_string(PathDfa::kMaxStates) + " states for one AS-path expression"};
}

AutomatonLimit too_many_sets() {
  return {"more than " + std::to_string(PathAlphabet::kMaxBlocks) +
          " kinds of members of AS_SETs in one AS-path expression"};
}

bool is_if_all(const PathTransform& transform) {
  const auto* removal = std::get_if<RemovePrivate>(&transform);
  return removal != nullptr && removal->which == RemovePrivate::Which::if_all;
}

AsPathRegex letter(AsPathRegex::Kind kind, AsnRanges ranges) {
  AsPathRegex regex;
  regex.kind = kind;
  regex.ranges = std::move(ranges);
  return regex;
}

// Some ASN of the path is in the ranges.
AsPathRegex somewhere(const AsnRanges& ranges) {
  AsPathRegex any;
  any.kind = AsPathRegex::Kind::repeat;
  any.of = {letter(AsPathRegex::Kind::any_letter, {})};
  AsPathRegex middle;
  middle.kind = AsPathRegex::Kind::alternative;
  middle.of = {letter(AsPathRegex::Kind::asns, ranges), letter(AsPathRegex::Kind::set_letter, ranges)};
  AsPathRegex regex;
  regex.kind = AsPathRegex::Kind::sequence;
  regex.of = {any, middle, any};
  return regex;
}

}  // namespace

PathDfa::Made PathDfa::explore(const PathAlphabet& alphabet, const Walk& walk) {
  PathDfa dfa;
  dfa.alphabet_ = alphabet;
  std::map<Key, State> ids;
  std::vector<const Key*> keys;
  const auto find = [&](Key key) {
    const auto [it, is_new] = ids.try_emplace(std::move(key), static_cast<State>(keys.size()));
    if (is_new) keys.push_back(&it->first);
    return it->second;
  };
  find(walk.start);
  size_t moves = 0;
  for (size_t at = 0; at < keys.size(); ++at) {
    moves += keys[at]->size() * alphabet.size();
    if (keys.size() > kMaxStates || moves > kMaxMoves) return too_many_states();
    dfa.accepts_.push_back(walk.accepts(*keys[at]) ? 1 : 0);
    for (uint32_t i = 0; i < alphabet.size(); ++i) dfa.next_.push_back(find(walk.step(*keys[at], i)));
  }
  return dfa.finished();
}

PathDfa::Made PathDfa::compile(const AsPathRegex& regex, const std::vector<PathTransform>& transforms) {
  const auto compile_plain = [&]() -> Made {
    const PathNfa nfa(regex);
    if (nfa.overflowed()) return too_many_states();
    const std::optional<PathAlphabet> alphabet = nfa.alphabet();
    if (!alphabet) return too_many_sets();
    std::vector<std::vector<char>> matches;
    for (uint32_t i = 0; i < alphabet->size(); ++i) matches.push_back(nfa.matches(alphabet->representative(i)));
    return explore(*alphabet, {nfa.start(), [&](const Key& key, uint32_t i) { return nfa.step(key, matches[i]); },
                               [&](const Key& key) { return nfa.accepts(key); }});
  };
  return with_transforms(
      compile_plain(), [&](const std::vector<PathTransform>& others) { return compile(regex, others); }, transforms);
}

PathDfa::Made PathDfa::with_length(const NumberRange& length, const std::vector<PathTransform>& transforms) {
  const bool is_unbounded = length.high == UINT32_MAX;
  const uint32_t last = is_unbounded ? length.low : length.high + 1;  // counting stops here
  if (last > kMaxLength) return AutomatonLimit{"an AS-path length above " + std::to_string(kMaxLength)};
  const PathAlphabet alphabet = *PathAlphabet::make({}, {}, false, true);
  const Walk walk = {{0},
                     [&](const Key& key, uint32_t i) {
                       const bool counts = !alphabet.representative(i).is_confed();
                       return Key{std::min(last, key[0] + (counts ? 1 : 0))};
                     },
                     [&](const Key& key) { return length.contains(key[0]); }};
  return with_transforms(
      explore(alphabet, walk), [&](const std::vector<PathTransform>& others) { return with_length(length, others); },
      transforms);
}

// `again` makes the same language with other changes, where if_all has to be taken apart.
PathDfa::Made PathDfa::with_transforms(const Made& base,
                                       const std::function<Made(const std::vector<PathTransform>&)>& again,
                                       const std::vector<PathTransform>& transforms) {
  if (transforms.empty() || std::holds_alternative<AutomatonLimit>(base)) return base;
  const auto if_all = std::find_if(transforms.begin(), transforms.end(), is_if_all);
  if (if_all != transforms.end()) {
    return compile_if_all(again, transforms, static_cast<size_t>(if_all - transforms.begin()));
  }
  return change(std::get<PathDfa>(base), transforms);
}

// If the path so far has another ASN, nothing is removed, else everything that can be.
PathDfa::Made PathDfa::compile_if_all(const std::function<Made(const std::vector<PathTransform>&)>& compile_with,
                                      const std::vector<PathTransform>& transforms, size_t at) {
  RemovePrivate removal = std::get<RemovePrivate>(transforms[at]);
  const std::vector<PathTransform> before(transforms.begin(), transforms.begin() + static_cast<std::ptrdiff_t>(at));
  const AsnRanges others = bgproof::complement(removable(removal));
  const Made has_another = compile(somewhere(others), before);
  std::vector<PathTransform> without = transforms;
  without.erase(without.begin() + static_cast<std::ptrdiff_t>(at));
  const Made unchanged = compile_with(without);
  std::vector<PathTransform> with = transforms;
  removal.which = RemovePrivate::Which::all;
  with[at] = removal;
  const Made changed = compile_with(with);
  for (const Made* made : {&has_another, &unchanged, &changed}) {
    if (std::holds_alternative<AutomatonLimit>(*made)) return *made;
  }
  return combine({&std::get<PathDfa>(has_another), &std::get<PathDfa>(unchanged), &std::get<PathDfa>(changed)},
                 [](const std::vector<bool>& answers) { return answers[0] ? answers[1] : answers[2]; });
}

PathDfa::Made PathDfa::change(const PathDfa& base, const std::vector<PathTransform>& transforms) {
  // Letters before the changes: what the base tells apart of the numbers that stay, and what the changes ask for.
  std::vector<AsnRanges> asn_sets, set_sets;
  for (const PathTransform& transform : transforms) {
    for (AsnRanges& ranges : tested_by(transform)) asn_sets.push_back(std::move(ranges));
  }
  PathAlphabet alphabet = base.alphabet();
  if (!asn_sets.empty()) {
    set_sets = asn_sets;
    const auto add = [](const AsnPartition& partition, std::vector<AsnRanges>& to) {
      for (uint32_t i = 0; i < partition.size(); ++i) to.push_back(partition.ranges_of(i));
    };
    add(base.alphabet().asns(), asn_sets);
    add(base.alphabet().blocks(), set_sets);
    std::optional<PathAlphabet> made = PathAlphabet::make(asn_sets, set_sets, true, base.alphabet().tells_confed());
    if (!made) return too_many_sets();
    alphabet = *std::move(made);
  }

  // A key is the memory of each change, in three words, and the state of the base.
  const size_t count = transforms.size();
  const auto unpack = [&](const Key& key) {
    std::vector<TransformState> states(count);
    for (size_t i = 0; i < count; ++i) {
      states[i].has_begun = key[3 * i] != 0;
      if (key[3 * i + 1] != 0) states[i].last_public = key[3 * i + 2];
    }
    return states;
  };
  const auto pack = [&](const std::vector<TransformState>& states, State state) {
    Key key;
    for (const TransformState& each : states) {
      key.insert(key.end(), {each.has_begun ? 1u : 0u, each.last_public ? 1u : 0u, each.last_public.value_or(0)});
    }
    key.push_back(state);
    return key;
  };
  const auto run = [&](State state, const PathWord& word) {
    for (const PathLetter& each : word) state = base.next(state, each);
    return state;
  };

  std::vector<TransformState> states;
  const State state = run(start(), begin(transforms, states));
  return explore(alphabet, {pack(states, state),
                            [&](const Key& key, uint32_t i) {
                              std::vector<TransformState> memory = unpack(key);
                              const PathWord out = read(transforms, memory, alphabet.representative(i));
                              return pack(memory, run(key.back(), out));
                            },
                            [&](const Key& key) { return base.accepts_at(key.back()); }});
}

PathDfa::Made PathDfa::combine(const std::vector<const PathDfa*>& automata,
                               const std::function<bool(const std::vector<bool>&)>& of) {
  std::vector<const PathAlphabet*> alphabets;
  for (const PathDfa* automaton : automata) alphabets.push_back(&automaton->alphabet_);
  const std::optional<PathAlphabet> alphabet = PathAlphabet::join(alphabets);
  if (!alphabet) return too_many_sets();
  std::vector<std::vector<uint32_t>> local(automata.size());  // by automaton, by letter
  for (size_t i = 0; i < automata.size(); ++i) {
    for (uint32_t k = 0; k < alphabet->size(); ++k) {
      local[i].push_back(automata[i]->alphabet_.index_of(alphabet->representative(k)));
    }
  }
  return explore(*alphabet, {Key(automata.size(), start()),
                             [&](const Key& key, uint32_t k) {
                               Key to(key.size());
                               for (size_t i = 0; i < key.size(); ++i) to[i] = automata[i]->next(key[i], local[i][k]);
                               return to;
                             },
                             [&](const Key& key) {
                               std::vector<bool> answers;
                               for (size_t i = 0; i < key.size(); ++i)
                                 answers.push_back(automata[i]->accepts_at(key[i]));
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
  return result;
}

PathDfa PathDfa::left_quotient(const PathWord& prefix) const {
  State from = start();
  for (const PathLetter& each : prefix) from = next(from, each);
  const Made made = explore(alphabet_, {{from},
                                        [&](const Key& key, uint32_t i) { return Key{next(key[0], i)}; },
                                        [&](const Key& key) { return accepts_at(key[0]); }});
  return std::get<PathDfa>(made);  // never larger than this
}

bool PathDfa::accepts(std::span<const PathLetter> word) const {
  State state = start();
  for (const PathLetter& each : word) state = next(state, each);
  return accepts_at(state);
}

size_t PathDfa::hash() const {
  uint64_t value = 0x9e3779b97f4a7c15;
  const auto mix = [&](uint64_t word) { value = (value ^ word) * 0x100000001b3 + (value >> 31); };
  for (char accepts : accepts_) mix(static_cast<uint64_t>(accepts));
  for (State state : next_) mix(state);
  for (const AsnPartition::Piece& piece : alphabet_.asns().pieces()) mix(uint64_t{piece.low} << 16 ^ piece.class_index);
  return value;
}

std::vector<uint32_t> PathDfa::shape() const {
  std::vector<uint32_t> shape = {alphabet_.asns().size(), alphabet_.blocks().size(),
                                 alphabet_.tells_confed() ? 1u : 0u};
  shape.insert(shape.end(), accepts_.begin(), accepts_.end());
  shape.insert(shape.end(), next_.begin(), next_.end());
  return shape;
}

PathDfa PathDfa::finished() const {
  // Moore's refinement.
  const uint32_t letters = alphabet_.size();
  std::vector<uint32_t> classes(accepts_.begin(), accepts_.end());
  for (size_t count = 0;;) {
    std::map<Key, uint32_t> ids;
    std::vector<uint32_t> refined(size());
    for (State state = 0; state < size(); ++state) {
      Key key = {classes[state]};
      for (uint32_t i = 0; i < letters; ++i) key.push_back(classes[next(state, i)]);
      refined[state] = ids.try_emplace(std::move(key), static_cast<uint32_t>(ids.size())).first->second;
    }
    classes = std::move(refined);
    if (ids.size() == count) break;
    count = ids.size();
  }
  // One state for each class, in breadth-first order. States are all reachable by construction.
  std::map<uint32_t, State> numbers;
  std::vector<State> order;
  const auto number = [&](State state) {
    const auto [it, is_new] = numbers.try_emplace(classes[state], static_cast<State>(order.size()));
    if (is_new) order.push_back(state);
    return it->second;
  };
  number(start());
  std::vector<State> table;
  for (size_t at = 0; at < order.size(); ++at) {
    for (uint32_t i = 0; i < letters; ++i) table.push_back(number(next(order[at], i)));
  }
  // Letters with the same column are one.
  std::map<Key, uint32_t> column_ids;
  std::vector<uint32_t> columns;
  for (uint32_t i = 0; i < letters; ++i) {
    Key column;
    for (size_t at = 0; at < order.size(); ++at) column.push_back(table[at * letters + i]);
    columns.push_back(
        column_ids.try_emplace(std::move(column), static_cast<uint32_t>(column_ids.size())).first->second);
  }
  PathDfa result;
  std::vector<uint32_t> kept;
  result.alphabet_ = alphabet_.reduced(columns, kept);
  for (size_t at = 0; at < order.size(); ++at) {
    result.accepts_.push_back(accepts_[order[at]]);
    for (uint32_t letter_index : kept) result.next_.push_back(table[at * letters + letter_index]);
  }
  result.measure();
  return result;
}

void PathDfa::measure() {
  const uint32_t letters = alphabet_.size();
  for (const bool plain : {false, true}) {
    std::vector<std::vector<State>> before(size());
    for (State state = 0; state < size(); ++state) {
      for (uint32_t i = 0; i < (plain ? alphabet_.asns().size() : letters); ++i)
        before[next(state, i)].push_back(state);
    }
    for (const bool accepting : {false, true}) {
      std::vector<uint32_t>& distance = distances_[accepting ? 1 : 0][plain ? 1 : 0];
      distance.assign(size(), kNever);
      std::vector<State> queue;
      for (State state = 0; state < size(); ++state) {
        if (accepts_at(state) != accepting) continue;
        distance[state] = 0;
        queue.push_back(state);
      }
      for (size_t at = 0; at < queue.size(); ++at) {
        for (State state : before[queue[at]]) {
          if (distance[state] != kNever) continue;
          distance[state] = distance[queue[at]] + 1;
          queue.push_back(state);
        }
      }
    }
  }
}

}  // namespace bgproof
