// Regular expressions over AS paths, the one form into which every dialect's front end translates.
//
// A path is read as a word from left to right, nearest first. The letters are the AS numbers (32 bit) of its sequences, those of
// confederations too, and one letter for each set, of a confederation or not. (Segments of a confederation are told apart by path length
// alone, which does not count them.) An expression matches the whole word: a searched dialect writes `.*` on both sides.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "policy/as_path.h"

namespace bgproof {

struct AsPathRegex {
  enum class Kind : uint8_t {
    nothing,      // no path
    empty,        // the empty path
    asns,         // one letter: an AS number in `ranges`
    any_letter,   // one letter of any kind, a set included
    set_letter,   // one set that contains some ASN in `ranges` (ranges empty: any set)
    sequence,     // `of` one after the other
    alternative,  // one of `of`
    repeat,       // of[0], `low` to `high` times
  } kind = Kind::empty;
  std::vector<NumberRange> ranges;
  std::vector<AsPathRegex> of;
  uint32_t low = 0;
  uint32_t high = kUnbounded;
  static constexpr uint32_t kUnbounded = UINT32_MAX;
  std::string text;  // as the user wrote it, at the root only; not part of the meaning

  bool operator==(const AsPathRegex& other) const;  // by meaning-bearing fields
};

// Decided by derivatives: obviously right rather than fast; the reference for encoder/automaton.
bool matches(const AsPathRegex& regex, const AsPath& path);

std::string to_string(const AsPathRegex& regex);

}  // namespace bgproof
