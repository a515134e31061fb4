// What a task can tell routes apart by: the atoms of its communities, its names, the attributes that it looks at.
// Collected once, before the first term is made.
//
// Names (roles, interfaces, tables) become small numbers: every one that is mentioned, and one more for "another". An
// attribute that no condition and no obligation mentions is free in the terms, and decoding gives it its usual value.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "encoder/automaton/community_atoms.h"
#include "encoder/automaton/community_list.h"
#include "intents/task.h"

namespace bgproof {

// The names of one kind; their numbers are their places, `another()` is behind them.
class Names {
 public:
  void add(const std::string& name) { numbers_.emplace(name, 0); }
  void close();                                    // gives the numbers, in the order of the names
  uint32_t number(const std::string& name) const;  // another() if it is not there
  uint32_t another() const { return static_cast<uint32_t>(names_.size()); }
  const std::vector<std::string>& names() const { return names_; }
  bool empty() const { return names_.empty(); }
  unsigned bits() const;  // of a bit-vector that holds them all

 private:
  std::map<std::string, uint32_t> numbers_;
  std::vector<std::string> names_;
};

// An expression over the text of all communities, taken to the atoms: a way through the letters of its machine in which
// the order of the text does not count any more.
struct ListReading {
  struct Step {
    uint32_t letter;
    std::vector<AtomId> atoms;
  };
  CommunityList list;
  std::vector<Step> steps;
};

class Vocabulary {
 public:
  // With a twin all that either program changes is looked at too: it is compared. Throws EncodingLimit.
  explicit Vocabulary(const Task& task, const Program* twin = nullptr);

  const CommunityAtoms& atoms() const { return *atoms_; }
  const std::vector<AtomId>& atoms_of(const CommunitySet& set) const;
  const ListReading& reading_of(const CommunityText& text) const;
  bool is_single(AtomId atom) const { return atoms_->atom(atom).size == 1; }

  // Communities are counted up to here; more count as this many, which no condition can tell. 0: nothing is counted.
  uint32_t count_limit() const { return count_limit_; }
  // An unmodelled line can put other communities of the same atom in place of those that were there.
  bool frees_communities() const { return frees_communities_; }

  Names roles, interfaces, ribs;
  std::array<bool, kNumberCount> numbers{};                               // looked at
  std::set<uint32_t> prepends;                                            // least numbers, above 0, that are asked for
  bool next_hop = false, neighbor = false, origin = false, rpki = false;  // looked at
  bool looks_at(const AttributeSet& attributes) const;  // at one of them; paths and communities count as looked at

 private:
  class Collector;

  std::optional<CommunityAtoms> atoms_;
  std::map<std::string, CommunitySetId> sets_;
  std::map<std::string, ListReading> readings_;
  uint32_t count_limit_ = 0;
  bool frees_communities_ = false;
};

// Equal for sets that are written alike, and only for these.
std::string key_of(const CommunitySet& set);
std::string key_of(const CommunityText& text);

}  // namespace bgproof
