// A route with a Z3 term for each attribute; the symbolic twin of policy/route.h.
//
// Widths: enumerations are bit-vectors just wide enough, names are numbers of the vocabulary, a numeric attribute is
// "present" and 32 bits, an address is its family and 128 bits, left-aligned as in policy/address.h. Communities are
// one Boolean for each atom of the vocabulary: "carries some member". An atom of more than one community also has,
// where the task counts, how many of them (if it is carried; up to the vocabulary's limit), and, where an unmodelled
// line can replace communities, whose they are: those of the offered route (0) or those that the n-th such line put
// there.
#pragma once

#include <z3++.h>

#include <vector>

#include "encoder/paths.h"
#include "encoder/vocabulary.h"

namespace bgproof {

struct SymbolicAddress {
  z3::expr is_ipv6;
  z3::expr bits;
};

struct SymbolicNextHop {
  z3::expr kind;            // NextHop::Kind
  SymbolicAddress address;  // of kind address, else IPv4 and zero
};

struct SymbolicNumber {
  z3::expr present;
  z3::expr value;  // of a present one
};

struct SymbolicCommunities {
  std::vector<z3::expr> carries;  // by atom
  std::vector<z3::expr> count;    // by atom; empty if nothing is counted
  std::vector<z3::expr> whose;    // by atom; empty if they are always the offered route's own
};

struct SymbolicRoute {
  // What no policy changes.
  z3::expr is_ipv6, address, length;
  z3::expr protocol, route_type, learned_from, has_neighbor;
  SymbolicAddress neighbor;
  z3::expr interface, rib;

  SymbolicPath as_path;
  z3::expr origin;
  SymbolicNextHop next_hop;
  SymbolicCommunities communities;
  std::vector<SymbolicNumber> numbers;  // by Number
  z3::expr rpki;

  const SymbolicNumber& operator[](Number number) const { return numbers[static_cast<size_t>(number)]; }
  SymbolicNumber& operator[](Number number) { return numbers[static_cast<size_t>(number)]; }
};

// The attributes that policies change, as constants that stand for any value; the path is left out. `prefix` begins
// their names.
struct FreshAttributes {
  z3::expr origin;
  SymbolicNextHop next_hop;
  SymbolicCommunities communities;  // `whose` is not fresh
  std::vector<SymbolicNumber> numbers;
  z3::expr rpki;
};
FreshAttributes fresh_attributes(z3::context& context, const Vocabulary& vocabulary, const std::string& prefix,
                                 bool with_communities = true);
// What the task looks at is a value of the model: an origin is one of three, what is not there is zero.
z3::expr well_formed(const FreshAttributes& attributes, const Vocabulary& vocabulary);

// The offered route: constants. Atoms of one community have no constant for their count.
SymbolicRoute offered_route(z3::context& context, const Vocabulary& vocabulary, const SymbolicPath& path);

constexpr unsigned kCountBits = 16;
constexpr unsigned kWhoseBits = 16;

// How many communities of the atom, 0 if it is not carried.
z3::expr count_of(const SymbolicCommunities& communities, AtomId atom);

}  // namespace bgproof
