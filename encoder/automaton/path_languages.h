// The languages of AS paths that one obligation speaks of, and which combinations of them exist.
//
// The encoder gives Z3 one Boolean for each language; Z3 chooses any combination; find_path() says whether a path fits
// it. The languages overlap as they like and are never split into classes beforehand, because k patterns `.* X .*` have
// 2^k of them. Instead a path is looked for that fits a few of the constraints, and those that it breaks are added
// until all agree, or until those few contradict each other: then they are the core, shrunk until every one of them
// counts (of dozens, only what the proof used is left).
//
// An answer is a path (checked against every constraint), a conflict (proved by exhausting a product of automata), or
// that the limit of steps was reached; never a guess. Equal languages get one number, however they were written.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "encoder/automaton/path_dfa.h"
#include "encoder/automaton/path_product.h"

namespace bgproof {

using PathLanguageId = uint32_t;

struct PathConstraint {
  PathLanguageId language;
  bool in = true;
};

struct PathSearchOptions {
  std::vector<Asn> familiar;  // numbers that make a path believable, best first
  size_t steps = 50'000'000;  // moves of single automata
};

struct PathConflict {
  std::vector<size_t> core;  // indices of constraints that no path fulfils together, ascending
};

using PathAnswer = std::variant<AsPath, PathConflict, AutomatonLimit>;

class PathLanguages {
 public:
  using Added = std::variant<PathLanguageId, AutomatonLimit>;

  // Paths that match after the changes.
  Added add(const AsPathRegex& regex, const std::vector<PathTransform>& transforms = {});
  Added add_text(const std::string& expression, const std::vector<PathTransform>& transforms = {});
  Added add_length(const NumberRange& length, const std::vector<PathTransform>& transforms = {});
  // Paths that the changes put one ASN in front of, so many times, and do nothing else to.
  Added add_prepended(const NumberRange& times, const std::vector<PathTransform>& transforms);
  Added add(PathDfa automaton);
  Added add(PathDfa::Made made);

  uint32_t size() const { return static_cast<uint32_t>(automata_.size()); }
  const PathDfa& automaton(PathLanguageId id) const { return automata_[id]; }
  bool contains(PathLanguageId id, const AsPath& path) const { return automata_[id].accepts(path); }

  PathAnswer find_path(const std::vector<PathConstraint>& constraints, const PathSearchOptions& options = {});

  // No path fulfils both; false also if that could not be decided within a small limit. Remembered.
  bool conflict(PathConstraint left, PathConstraint right);

  // Groups of languages of which a path is in one at most, for the solver to know before it asks: languages that differ
  // only in the numbers that they single out, which are disjoint (origins, neighbors). That two of a group exclude each
  // other proves it for all: exchanging the numbers turns any two of them into any other two. Languages without such a
  // group are left out.
  std::vector<std::vector<PathLanguageId>> exclusive_groups();

  // Pairs of languages of which the first is part of the second, for the solver to know before it asks: of languages
  // that single out the same numbers, in two groups that differ only in these (what one dialect writes `.* 64500 .*`
  // and another `contains 64500`). One pair proves it for all of its two groups, by exchanging the
  // numbers, unless members of sets are told apart.
  std::vector<std::pair<PathLanguageId, PathLanguageId>> inclusions();

 private:
  class Search;

  std::vector<PathDfa> automata_;
  AsnRanges mentioned_;  // numbers that some language singles out
  std::unordered_map<size_t, std::vector<PathLanguageId>> by_hash_;
  std::unordered_map<uint64_t, bool> conflicts_;  // by two constraints
};

}  // namespace bgproof
