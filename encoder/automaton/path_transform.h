// What policies do to an AS path, as a machine that reads the path before letter by letter and writes the path after.
//
// T^-1(L) = { w | T(w) in L } is what a match after a change asks of the path before it: a prepend makes the left
// quotient, a removal or a replacement an inverse image, and of a path put in place of it nothing is read at all. Of
// several changes the last comes first. All but one need to remember only where they are and the last public ASN;
// RemovePrivate::if_all has to know the whole path before it writes the first letter and is taken apart by PathDfa
// instead.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "encoder/automaton/asn_partition.h"
#include "encoder/automaton/path_letter.h"
#include "policy/program.h"

namespace bgproof {

using PathTransform = std::variant<PrependAsns, PrependFirst, RemovePrivate, ReplaceAsn, RemoveAsns, ReplacePath>;

// Sets of ASNs that the change treats apart from others; empty if it looks at none.
std::vector<AsnRanges> tested_by(const PathTransform& transform);
AsnRanges removable(const RemovePrivate& removal);

// The memory of one change half way through a path.
struct TransformState {
  bool has_begun = false;          // PrependFirst: the first letter is through; RemovePrivate: the leading ones are
  std::optional<Asn> last_public;  // RemovePrivate with `nearest`
};

// What is written before the first letter is read, and for each letter. CHECKs that it is not if_all.
void begin(const PathTransform& transform, TransformState& state, PathWord& out);
void read(const PathTransform& transform, TransformState& state, const PathLetter& letter, PathWord& out);

// The same of several changes, one behind the other: what is written before anything is read, and for a letter.
PathWord begin(const std::vector<PathTransform>& transforms, std::vector<TransformState>& states);
PathWord read(const std::vector<PathTransform>& transforms, std::vector<TransformState>& states,
              const PathLetter& letter);

// The whole path after all changes; if_all included.
PathWord apply(const std::vector<PathTransform>& transforms, PathWord word);

}  // namespace bgproof
