#include "encoder/automaton/path_letter.h"

namespace bgproof {

PathWord word_of(const AsPath& path) {
  PathWord word;
  for (const AsSegment& segment : path.segments) {
    if (PathLetter{segment.kind, {}}.is_set()) {
      word.push_back({segment.kind, segment.asns});
    } else {
      for (Asn asn : segment.asns) word.push_back({segment.kind, {asn}});
    }
  }
  return word;
}

AsPath path_of(const PathWord& word) {
  AsPath path;
  for (const PathLetter& letter : word) {
    if (!letter.is_set() && !path.segments.empty() && path.segments.back().kind == letter.kind) {
      path.segments.back().asns.push_back(letter.asns.front());
    } else {
      path.segments.push_back({letter.kind, letter.asns});
    }
  }
  return path;
}

}  // namespace bgproof
