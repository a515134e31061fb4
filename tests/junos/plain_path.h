// AS paths for the second interpreter (plain.h): what an expression matches, and what remove-private leaves.
#pragma once

#include <set>
#include <vector>

#include "tests/junos/plain.h"

namespace bgproof::junos::plain {

// A number, or a set of them.
struct Letter {
  std::vector<Asn> asns;
  bool set = false;
};

std::vector<Letter> letters_of(const AsPath& path);
bool any_in(const std::vector<Asn>& asns, const std::vector<NumberRange>& ranges);

// Where a match of the expression that begins at `at` can end.
std::set<size_t> ends(const Path& path, const std::vector<Letter>& letters, size_t at, bool members);

// The only private number here is 65010.
void remove_private(AsPath& path, bool all);

}  // namespace bgproof::junos::plain
