// What `diff` compares, and what it says of it: two programs over one offered route, such as a session's export before
// and after an edit, or two policies of different devices.
//
// A side *passes* a route if it can be offered there and the program accepts it. A session, policy or device that is
// missing on one side is a side that passes nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "intents/task.h"
#include "policy/evaluate.h"
#include "solver/finding.h"

namespace bgproof {

struct Side {
  bool present = true;
  Program program;
  std::vector<std::string> policies;  // the chain
  std::set<Family> families;
  std::vector<Fact> facts;  // which routes can be offered
  std::vector<std::string> other_families;  // exchanged too, and not compared
  SourceRange attachment;
  std::string fingerprint;  // equal for sides that do the same, in whatever file they stand; "" if it is not known
};

struct Comparison {
  std::string device;
  Direction direction = Direction::none;  // none: a policy
  std::vector<std::string> policies;      // of the new side, else of the old one
  std::vector<std::string> sessions;
  std::array<Side, 2> sides;  // old, new
  bool open_end = false;      // policies that no session uses: what comes behind them is not known (open_end.h)
  std::string not_compared;   // not empty: why nothing can be said
  std::string not_compared_code;
  // What differs and has no model: the answer holds but for what this does.
  std::vector<Dependency> outside;
  std::vector<Dependency> unless_equal;  // the same, of what is equal if the programs are: families that they serve too

  const Side& before() const { return sides[0]; }
  const Side& after() const { return sides[1]; }
};

// By the sets of routes that pass; `changed`: the same sets, but some route comes out otherwise.
enum class Effect : uint8_t { equal, narrower, wider, incomparable, changed, unknown };
std::string_view to_string(Effect effect);

enum class Change : uint8_t { newly_accepted, newly_rejected, changed };
std::string_view to_string(Change change);

// What one side does with a route.
struct SideOutcome {
  bool passes = false;
  Route output;                         // if it passes
  std::string clause;                   // that decided; "(not offered)" if the route never comes to the program
  SourceRange location;                 // the deciding statement; unknown where the cause is an absence
  SourceRange clause_range;             // the deciding clause
  std::vector<SourceRange> conditions;  // of the deciding clause
  std::vector<Step> trace;
  // What of this side made the difference: clauses that the other side does not have in this form, and members of their
  // lists that the other side's lists do not have.
  std::vector<SourceRange> guilty;
  std::vector<SourceRange> members;
};

struct DiffFinding {
  Change change;
  bool certain = true;  // false: only if unmodelled lines or open assumptions do as `depends_on` says
  std::string message;
  Route input;
  std::array<SideOutcome, 2> sides;     // old, new
  std::vector<std::string> attributes;  // of `changed`: which, "local-pref"
  bool same_text = false;               // what decided stands unchanged in the text; something that it refers to changed
  Region region;
  std::vector<Dependency> depends_on;
  std::string cause;  // the same for the same change by the same clauses
  std::string id;
};

struct DiffResult {
  Effect effect = Effect::equal;
  bool attributes_changed = false;  // some route that both sides pass comes out otherwise, or perhaps does
  bool undecided = false;           // some part of the answer could not be decided; `reason` says what
  std::vector<DiffFinding> findings;
  std::vector<Dependency> outside;  // of the comparison, for which the answer holds
  std::vector<std::string> assumptions;
  std::string code;  // of the reason, "" if it has none
  std::string reason;
};

}  // namespace bgproof
