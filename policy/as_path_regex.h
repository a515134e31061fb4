// Regular expressions over AS paths, the one form into which every dialect's front end translates.
//
// The alphabet is AS numbers (32 bit). A path is read as the word of its AS_SEQUENCE numbers from left to right, nearest first; an AS_SET
// stands for one letter of its own kind (SetLetter below), as do confederation segments, whose numbers are read like those of a sequence of
// their own kind. An expression matches the whole word: a searched dialect writes `.*` on both sides.
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
    any_letter,   // one letter of any kind, an AS_SET included
    set_letter,   // one AS_SET that contains some ASN in `ranges` (ranges empty: any AS_SET)
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
