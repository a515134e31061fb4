// Conditions on a route: what a clause of a policy tests and what a row of an intent says of the route before.
//
// A condition has no effect (a subroutine in a condition is a Call statement that sets a flag, policy/program.h) and reads the
// route as the policy has made it so far. Every leaf carries its place. A condition that the
// model does not know is an `Unmodelled`: free, one choice for each time that it is met, tied to its line.
//
// An absent number makes every NumberIn false; an empty path makes OriginAs and FirstAs false (see as_path.h).
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/source.h"
#include "policy/as_path_regex.h"
#include "policy/community.h"
#include "policy/prefix_list.h"
#include "policy/route.h"

namespace bgproof {

struct Condition;

// Names a line that is not modelled, within one device; index into PolicyLibrary::unmodelled.
struct ChoiceId {
  uint32_t value = 0;
  auto operator<=>(const ChoiceId&) const = default;
};

using FlagId = uint32_t;  // a Boolean variable of a program, false at the start

struct Constant { bool value = true; };                                  // matches everything or nothing
struct All { std::vector<Condition> of; };                               // true if empty
struct Any { std::vector<Condition> of; };                               // false if empty
struct Not { std::shared_ptr<const Condition> of; };
// The lookup of the route's prefix gives one of the slots.
struct PrefixIn { std::shared_ptr<const PrefixList> list; std::set<uint32_t> slots = {0}; };
struct FamilyIs { Family family; };
struct ProtocolIn { std::set<Protocol> protocols; };
struct RouteTypeIs { RouteType type; };
struct LearnedFromIn { std::set<std::string> roles; };                   // "originated" included
struct CarriesCommunity { CommunitySet set; };                           // some community of the route is in the set
struct CommunityCount { std::set<CommunityKind> kinds; NumberRange count; };  // the number of communities of these kinds together
// The expression (policy/text_regex.h) matches somewhere in the text of all communities of the kind together (text_of in community.h). So `^64500:1$`
// wants that one alone, and `.*` also matches a route without communities.
struct CommunityText { CommunityKind kind; std::string expression; CommunityNames names = CommunityNames::numeric; };
struct NumberIn { Number number; std::vector<NumberRange> ranges; };
struct OriginIs { Origin origin; };
struct NextHopIn { std::shared_ptr<const PrefixList> list; };            // an address, looked up as its /32 or /128, any slot; other kinds: false
struct NeighborIn { std::shared_ptr<const PrefixList> list; };           // the same of Route::neighbor
struct InterfaceIn { std::set<std::string> names; };
struct RibIn { std::set<std::string> names; };
struct RpkiIs { Rpki state; };
struct AsPathMatches { AsPathRegex regex; };                             // the whole path, see as_path_regex.h
struct AsPathText { std::string expression; };                           // matches text_form() of as_path.h somewhere; valid, see text_regex.h
struct AsPathLength { NumberRange range; };                              // length() of as_path.h
struct FlagIsSet { FlagId flag; };
// The reading of a named assumption (policy/assumption.h): what a device does where nobody knows for sure.
struct AssumptionIs { std::string name; std::string value; };
struct Unmodelled { ChoiceId choice; };

using ConditionKinds =
    std::variant<Constant, All, Any, Not, PrefixIn, FamilyIs, ProtocolIn, RouteTypeIs, LearnedFromIn, CarriesCommunity,
                 CommunityCount, CommunityText, NumberIn, OriginIs, NextHopIn, NeighborIn, InterfaceIn, RibIn, RpkiIs,
                 AsPathMatches, AsPathText, AsPathLength, FlagIsSet, AssumptionIs, Unmodelled>;
// The special members stand in one place: made anew in each file that includes this, they are half of its code.
struct ConditionIs : ConditionKinds {
  using ConditionKinds::variant;
  ConditionIs();
  ConditionIs(const ConditionIs&);
  ConditionIs(ConditionIs&&) noexcept;
  ConditionIs& operator=(const ConditionIs&);
  ConditionIs& operator=(ConditionIs&&) noexcept;
  ~ConditionIs();
};

struct Condition {
  using Is = ConditionIs;
  Is is;
  SourceRange range;
};

Condition always(SourceRange range = {});
Condition never(SourceRange range = {});
Condition all_of(std::vector<Condition> of, SourceRange range = {});  // one child: that child
Condition any_of(std::vector<Condition> of, SourceRange range = {});
Condition not_(Condition of, SourceRange range = {});

// One line in the words of the intent language where it has them: "prefix in {...} and not has 64500:1".
std::string to_string(const Condition& condition);

}  // namespace bgproof
