// AS paths as words. A letter is one ASN of a sequence or one whole set, of a confederation or not
// (policy/as_path_regex.h).
//
// Well-formed paths and words correspond one to one: neighboring numbers of one kind are one segment.
#pragma once

#include <vector>

#include "policy/as_path.h"

namespace bgproof {

struct PathLetter {
  AsSegment::Kind kind = AsSegment::Kind::sequence;
  std::vector<Asn> asns;  // one, or the members of a set: at least one, ascending, no doubles
  auto operator<=>(const PathLetter&) const = default;

  bool is_set() const { return kind == AsSegment::Kind::set || kind == AsSegment::Kind::confed_set; }
  bool is_confed() const { return kind == AsSegment::Kind::confed_sequence || kind == AsSegment::Kind::confed_set; }
};

using PathWord = std::vector<PathLetter>;

PathWord word_of(const AsPath& path);
AsPath path_of(const PathWord& word);

}  // namespace bgproof
