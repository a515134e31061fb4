// The vendor-neutral policy: a small structured program, not a list of clauses, so that Junos chains and subroutines, route-map
// `continue`, RPL's if/elseif and BIRD's functions all lower to it.
//
// A Policy is a list of clauses, run in order. A clause's body runs its statements in order; a Disposition ends it:
//   accept, reject     ends the policy; what that means is up to how it was called (Call::as)
//   next_clause        on to the next clause; so does the end of a body
//   next_policy        ends the policy undecided; so does the end of the last clause
//   go_to              on to clause `target`, always a later one; `target` == number of clauses is the end of the policy
// Attributes that were set stay set whatever the disposition. An implicit default of the dialect is a visible last clause named
// "(default)" whose range is unknown.
//
// What a session does is a Program: `entry` (the chain as Call statements, then the default of the protocol) and, if that accepts,
// `rewrite` (community sending, removal of private ASNs, next hop), each statement with the place in the config that causes it.
// The end of `entry` without a disposition is a broken invariant; lower always ends it with one (only a Choice can lead there: it
// rejects then). The default and the flags live on in `rewrite`, which may reject.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/source.h"
#include "policy/condition.h"
#include "policy/route.h"

namespace bgproof {

struct Statement;
using Body = std::vector<Statement>;

struct If { Condition condition; Body then; Body otherwise; };

enum class Decision : uint8_t { accept, reject, next_clause, next_policy, go_to };
struct Disposition { Decision decision; uint32_t target = 0; };

// accept or reject as the last SetDefault said; if none did, accept iff `otherwise` holds (Junos: the protocol is BGP).
struct DecideByDefault { Condition otherwise; };
struct SetDefault { bool accept; };

// Runs a policy of the library. `chain`: accept and reject of the callee end the caller too (and the whole program, through every
// level up to the nearest `test`); undecided goes on behind the call. `test`: the flag becomes true if the callee accepts, false if it rejects; undecided: if a SetDefault was met,
// in the callee, then by it, else true iff `undecided` holds. Then goes on behind the call. A `test` has a default of its own: the callee starts without one,
// and what it sets is forgotten at the return. `undecided` belongs to the caller's text. Recursion does not occur (lower refuses it).
struct Call {
  enum class As : uint8_t { chain, test } as = As::chain;
  uint32_t policy = 0;  // index into PolicyLibrary::policies
  FlagId flag = 0;      // only for test
  std::shared_ptr<const Condition> undecided;  // only for test; never null there
};

struct SetFlag { FlagId flag; Condition value; };

// Arithmetic saturates at 0 and 2^32-1; on an absent number add and subtract start from `base`.
struct SetNumber {
  enum class How : uint8_t { assign, add, subtract, unset } how = How::assign;
  Number number;
  uint32_t value = 0;
  uint32_t base = 0;
};
struct SetOrigin { Origin origin; };
struct SetNextHop { NextHop next_hop; };
struct SetRpki { Rpki state; };
struct AddCommunities { Communities communities; };
struct DeleteCommunities { CommunitySet set; };   // all that are in the set
struct KeepCommunities { CommunitySet set; };     // deletes all that are not in the set
// Deletes all communities of `kinds`, then adds.
struct ReplaceCommunities { std::set<CommunityKind> kinds; Communities communities; };
// asns[0] becomes the leftmost. What is put `apart` stands in front of all else and is passed over by what works `behind` it (Junos: in front of
// the own AS, which others see first). ReplaceAsn meets it and leaves it apart; any other change of the path, an unmodelled one too, makes it a part of it.
struct PrependAsns {
  std::vector<Asn> asns;
  enum class Where : uint8_t { joined, apart, behind } where = Where::joined;
};
// The leftmost ASN again, `times` times; nothing on an empty path or in front of a set.
struct PrependFirst {
  uint32_t times;
  bool behind = false;
};
// Removal of private ASNs (RFC 6996), in segments of every kind; `replacement`: put there instead of removed. A set is private if all of its members
// are; `leading` stops at a set that is not and leaves it as it is. What stands side by side afterwards is one sequence.
struct RemovePrivate {
  enum class Which : uint8_t {
    leading,   // the private ones in front of the first that is not
    all,       // wherever they stand
    if_all,    // all, but only if the path has no other ASN
  } which = Which::leading;
  std::optional<Asn> replacement;
  bool nearest = false;                 // replaced by the nearest public ASN to the left in a sequence instead (by `replacement` if there is none, else removed)
  std::optional<Asn> spare;             // counts as public (the neighbor's own)
  bool behind = false;                  // passes over what stands apart (PrependAsns)
};
struct ReplaceAsn { std::vector<NumberRange> which; Asn with; };  // each ASN in `which`, in every segment
struct RemoveAsns { std::vector<NumberRange> which; };  // each ASN in `which`, in every segment; a segment that it empties disappears
struct ReplacePath { std::vector<Asn> asns; };          // the whole path becomes this sequence; none: the empty path
// An action that is not modelled: every attribute in `touches` becomes free; with `may_decide`, so does the disposition.
struct Havoc { ChoiceId choice; AttributeSet touches; bool may_decide = true; };
struct NoEffect {};  // an action known to have no effect on the route itself (load-balance)

using StatementKinds =
    std::variant<If, Disposition, DecideByDefault, SetDefault, Call, SetFlag, SetNumber, SetOrigin, SetNextHop, SetRpki,
                 AddCommunities, DeleteCommunities, KeepCommunities, ReplaceCommunities, PrependAsns, PrependFirst,
                 RemovePrivate, ReplaceAsn, RemoveAsns, ReplacePath, Havoc, NoEffect>;
struct StatementIs : StatementKinds {
  using StatementKinds::variant;
  StatementIs();
  StatementIs(const StatementIs&);
  StatementIs(StatementIs&&) noexcept;
  StatementIs& operator=(const StatementIs&);
  StatementIs& operator=(StatementIs&&) noexcept;
  ~StatementIs();
};

struct Statement {
  using Is = StatementIs;
  Is is;
  SourceRange range;
};

struct Clause {
  std::string name;  // "ADV-SITELOCAL", "10", "(default)"
  Body body;
  SourceRange range;
  // The head of the clause, to show: conditions (Junos `from` lines) that stand in the text, for labels in diagnostics.
  std::vector<SourceRange> conditions;
};

struct Policy {
  std::string name;
  std::vector<Clause> clauses;
  SourceRange range;
};

// A line that is not modelled and why; `text` is one line for reports.
struct UnmodelledLine {
  SourceRange range;
  std::string text;
  // True: the line is understood, but takes a value that no config states (the metric of an IGP, whether a route exists). Free all
  // the same; reports do not count it as a gap.
  bool environment = false;
};

// The policies of one device. Policy names need not be unique here (logical systems): sessions refer by index.
struct PolicyLibrary {
  std::vector<Policy> policies;
  std::vector<UnmodelledLine> unmodelled;  // by ChoiceId
};

// What a session does to a route in one direction, or what a policy on its own does.
struct Program {
  std::shared_ptr<const PolicyLibrary> library;
  std::vector<Clause> entry;    // run in order like the clauses of a policy; the last one decides
  std::vector<Clause> rewrite;  // run after accept; the end of it accepts
};

// One line, for people and to tell whether two clauses do the same: "local-pref 200", "if prefix in {...} then accept". A call shows the name of
// the policy, an unmodelled line its text; both need the library.
std::string to_string(const Statement& statement, const PolicyLibrary& library);
std::string to_string(const Clause& clause, const PolicyLibrary& library);  // "NAME: ...; ...", places are not part of it

}  // namespace bgproof
