// Random and exhaustive AS paths, expressions and changes for the tests of the automata.
#pragma once

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "encoder/automaton/path_letter.h"
#include "encoder/automaton/path_transform.h"
#include "policy/as_path_regex.h"
#include "policy/evaluate.h"

namespace bgproof {

using Random = std::mt19937;

inline AsPathRegex regex_of(AsPathRegex::Kind kind, std::vector<NumberRange> ranges = {},
                            std::vector<AsPathRegex> of = {}) {
  AsPathRegex regex;
  regex.kind = kind;
  regex.ranges = std::move(ranges);
  regex.of = std::move(of);
  return regex;
}
inline AsPathRegex any_letter() { return regex_of(AsPathRegex::Kind::any_letter); }
inline AsPathRegex one(Asn asn) { return regex_of(AsPathRegex::Kind::asns, {{asn, asn}}); }
inline AsPathRegex set_with(Asn asn) { return regex_of(AsPathRegex::Kind::set_letter, {{asn, asn}}); }
inline AsPathRegex in_order(std::vector<AsPathRegex> of) {
  return regex_of(AsPathRegex::Kind::sequence, {}, std::move(of));
}
inline AsPathRegex either(std::vector<AsPathRegex> of) {
  return regex_of(AsPathRegex::Kind::alternative, {}, std::move(of));
}
inline AsPathRegex times(AsPathRegex of, uint32_t low, uint32_t high = AsPathRegex::kUnbounded) {
  AsPathRegex regex = regex_of(AsPathRegex::Kind::repeat, {}, {std::move(of)});
  regex.low = low;
  regex.high = high;
  return regex;
}
inline AsPathRegex anything() { return times(any_letter(), 0); }
inline AsPathRegex with(Asn asn) { return in_order({anything(), either({one(asn), set_with(asn)}), anything()}); }
inline AsPathRegex without_sets(Asn asn) { return in_order({anything(), one(asn), anything()}); }
inline AsPathRegex ends_in(Asn asn) { return in_order({anything(), one(asn)}); }
inline AsPathRegex begins_with(Asn asn) { return in_order({one(asn), anything()}); }

// Few numbers, so that things meet: public, private, reserved.
inline Asn some_asn(Random& random) {
  constexpr Asn kAsns[] = {1, 2, 3, 64512, 65534, 65535, 4200000000};
  return kAsns[random() % std::size(kAsns)];
}

inline NumberRange some_range(Random& random) {
  const Asn low = some_asn(random), high = some_asn(random);
  return random() % 2 == 0 ? NumberRange{low, low} : NumberRange{std::min(low, high), std::max(low, high)};
}

inline AsPathRegex some_regex(Random& random, int depth) {
  switch (random() % (depth == 0 ? 5 : 10)) {
    case 0:
      return any_letter();
    case 1:
      return regex_of(AsPathRegex::Kind::set_letter,
                      random() % 3 == 0 ? std::vector<NumberRange>{} : std::vector<NumberRange>{some_range(random)});
    case 2:
      return random() % 4 == 0 ? regex_of(AsPathRegex::Kind::empty) : one(some_asn(random));
    case 3:
    case 4:
      return regex_of(AsPathRegex::Kind::asns, {some_range(random), some_range(random)});
    case 5:
    case 6:
      return in_order({some_regex(random, depth - 1), some_regex(random, depth - 1)});
    case 7:
      return either({some_regex(random, depth - 1), some_regex(random, depth - 1)});
    case 8:
      return times(some_regex(random, depth - 1), random() % 2);
    default: {
      const uint32_t low = random() % 3;
      return times(some_regex(random, depth - 1), low, low + random() % 2);
    }
  }
}

inline PathLetter some_letter(Random& random, bool with_sets = true) {
  const uint32_t kind = random() % 8;
  PathLetter letter;
  letter.asns = {some_asn(random)};
  if (with_sets && kind == 0) letter.kind = AsSegment::Kind::confed_sequence;
  if (with_sets && kind <= 2 && kind > 0) {
    letter.kind = kind == 1 ? AsSegment::Kind::set : AsSegment::Kind::confed_set;
    for (uint32_t i = random() % 3; i > 0; --i) letter.asns.push_back(some_asn(random));
    std::sort(letter.asns.begin(), letter.asns.end());
    letter.asns.erase(std::unique(letter.asns.begin(), letter.asns.end()), letter.asns.end());
  }
  return letter;
}

inline AsPath some_path(Random& random, uint32_t longest = 6, bool with_sets = true) {
  PathWord word;
  for (uint32_t i = random() % (longest + 1); i > 0; --i) word.push_back(some_letter(random, with_sets));
  return path_of(word);
}

inline PathTransform some_transform(Random& random) {
  switch (random() % 6) {
    case 0: {
      PrependAsns prepend;
      for (uint32_t i = random() % 3; i > 0; --i) prepend.asns.push_back(some_asn(random));
      return prepend;
    }
    case 1:
      return PrependFirst{static_cast<uint32_t>(random() % 3)};
    case 2: {
      RemovePrivate removal;
      removal.which = static_cast<RemovePrivate::Which>(random() % 3);
      if (random() % 3 == 0) removal.replacement = some_asn(random);
      removal.nearest = random() % 3 == 0;
      if (random() % 3 == 0) removal.spare = some_asn(random);
      return removal;
    }
    case 3:
      return ReplaceAsn{{some_range(random)}, some_asn(random)};
    case 4:
      return RemoveAsns{{some_range(random)}};
    default: {
      if (random() % 3 != 0) return RemoveAsns{{some_range(random), some_range(random)}};
      ReplacePath replace;
      for (uint32_t i = random() % 3; i > 0; --i) replace.asns.push_back(some_asn(random));
      return replace;
    }
  }
}

// The reference: the evaluator takes a route with this path through one clause.
inline AsPath changed(const std::vector<PathTransform>& transforms, const AsPath& path) {
  Clause clause{"CHANGE", {}, {}, {}};
  for (const PathTransform& transform : transforms) {
    std::visit([&](const auto& action) { clause.body.push_back({action, {}}); }, transform);
  }
  clause.body.push_back({Disposition{Decision::accept}, {}});
  Route route;
  route.as_path = path;
  return evaluate(Program{std::make_shared<PolicyLibrary>(), {clause}, {}}, route).route.as_path;
}

}  // namespace bgproof
