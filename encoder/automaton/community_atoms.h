// The coarsest partition of all communities that an obligation can tell apart.
//
// Add every CommunitySet that the obligation mentions (or, of what no set says, the automaton of the texts), and
// mention every single community that it adds or otherwise needs by name. Two communities are in the same atom iff they
// are of the same kind, the same added sets contain them and neither was mentioned; a mentioned community is an atom by
// itself. So a list of 3,000 literals that is only ever matched is one atom, and what no set speaks of is one atom for
// each kind. Every set is then a union of atoms, and "a route carries a member of S" is a disjunction of one Boolean
// for each atom: "carries a community of the atom". That is exact (decision 5 of docs/architecture.md): the Booleans
// are independent of each other because the atoms are disjoint and not empty. Counting needs the size of an atom too.
//
// Literals are hashed and never become automata; fields and expressions are split by TextClassifier, whose limits
// are the only ones. The sizes and the membership are exact for all three kinds. Representatives are communities
// that an operator would recognise: first those that a set spells out, then such with the administrators that occur
// there.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "encoder/automaton/limit.h"
#include "encoder/automaton/text_classifier.h"
#include "policy/community.h"

namespace bgproof {

using AtomId = uint32_t;
using CommunitySetId = uint32_t;  // in the order of add()

struct CommunityAtom {
  CommunityKind kind = CommunityKind::standard;
  bool is_mentioned = false;  // a single community that was mentioned
  uint64_t size = 1;          // communities in it, at least 1; UINT64_MAX if there are more
  Community representative;
};

class CommunityAtoms {
 public:
  uint32_t size() const { return static_cast<uint32_t>(atoms_.size()); }
  const CommunityAtom& atom(AtomId id) const { return atoms_[id]; }
  const std::vector<CommunityAtom>& all() const { return atoms_; }

  // The atoms that make up an added set, ascending.
  const std::vector<AtomId>& atoms_of(CommunitySetId set) const { return members_[set]; }
  const std::vector<AtomId>& atoms_of(CommunityKind kind) const { return by_kind_[static_cast<size_t>(kind)]; }

  // The atom in which a community is; every valid community is in one.
  AtomId atom_of(const Community& community) const;

  // Up to `count` different communities of the atom, fewer only if it has no more; the first is the representative.
  std::vector<Community> members(AtomId id, size_t count) const;

 private:
  friend class CommunityAtomsBuilder;
  static constexpr AtomId kNone = UINT32_MAX;

  struct CommunityHash {
    size_t operator()(const Community& community) const;
  };

  // The classes of texts that languages split a kind into. Where no language speaks of it, all of it is one class, and
  // its automaton is made only if somebody wants to see members.
  class Classes {
   public:
    explicit Classes(CommunityKind kind = CommunityKind::standard) : kind_(kind) {}
    Classes(CommunityKind kind, TextClassifier split) : kind_(kind), split_(std::move(split)) {}

    std::vector<TextClassifier::Class> all() const;
    uint32_t of(const Community& community) const;
    const TextClassifier& classifier() const;

   private:
    CommunityKind kind_;
    std::optional<TextClassifier> split_;
  };

  std::vector<CommunityAtom> atoms_;
  std::vector<std::vector<AtomId>> members_;
  std::array<std::vector<AtomId>, 3> by_kind_;
  std::array<Classes, 3> classes_;                    // by kind
  std::array<std::vector<AtomId>, 3> atom_of_class_;  // by kind and class; kNone: all of the class are literals
  std::unordered_map<Community, AtomId, CommunityHash> literals_;
  std::vector<std::vector<Community>> spelled_out_;  // by atom: its literals, ascending
};

class CommunityAtomsBuilder {
 public:
  CommunitySetId add(const CommunitySet& set);
  CommunitySetId add(CommunityKind kind, TextDfa texts);
  void mention(const Community& community);

  // CHECKs nothing of the user's: patterns are valid by construction.
  std::variant<CommunityAtoms, AutomatonLimit> build(const TextClassifier::Limits& limits = {}) const;

 private:
  struct Split;  // one kind at work
  std::vector<CommunitySet> sets_;
  struct Texts {
    CommunitySetId set;
    CommunityKind kind;
    TextDfa automaton;
  };
  std::vector<Texts> texts_;            // each is a set that is empty otherwise
  std::map<Community, bool> literals_;  // true: mentioned
};

}  // namespace bgproof
