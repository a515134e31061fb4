// BGP of one instance: groups, neighbors and what each session does in either direction (J7, J13, J15 of the design).
//
// A knob is taken from the most specific level that has it: neighbor, group, bgp. `import` and `export` replace those
// above.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "grammar/junos/context.h"
#include "grammar/junos/lines.h"
#include "grammar/junos/tables.h"
#include "network/device.h"

namespace bgproof::junos {

// The knobs of one level: its active statements but the groups and neighbors below it. Made once for all sessions of a
// group.
struct SessionLevel {
  std::map<std::string_view, std::vector<const Statement*>> by_keyword;
  std::vector<const Statement*> knobs;
};
std::shared_ptr<const SessionLevel> level_of(const Statement& statement);

// The levels of one session from the most specific one on.
class Levels {
 public:
  Levels() = default;
  explicit Levels(std::vector<std::shared_ptr<const SessionLevel>> levels) : levels_(std::move(levels)) {}

  // The statements of the keyword at the most specific level that has one.
  const std::vector<const Statement*>& all(std::string_view keyword) const;
  // The lines of those statements, the keyword first in each.
  std::vector<Line> lines(std::string_view keyword) const;
  bool has(std::string_view keyword) const { return !all(keyword).empty(); }
  const std::vector<std::shared_ptr<const SessionLevel>>& levels() const { return levels_; }

 private:
  std::vector<std::shared_ptr<const SessionLevel>> levels_;
};

// Where the BGP of an instance stands and what is true for all its sessions.
struct Instance {
  std::string name;                // "" for the default one
  const Statement* bgp = nullptr;  // protocols bgp
  std::optional<Asn> local_as;
  SourceRange local_as_at;
  std::string local_as_text;         // the line, if it says more than the number
  std::optional<Asn> confederation;  // the number of the confederation, if there is one
  std::set<Asn> members;             // its member ASes
  Tables tables;
};

// What the session is, before its policies are lowered.
struct SessionSetup {
  Levels levels;
  Session session;
  bool confederated = false;  // an external session between members of one confederation
  bool client = false;        // of this route reflector
  SourceRange kind_at;        // what makes it internal or external
  SourceRange peer_as_at;
  std::vector<const Statement*> around;  // unknown statements outside of BGP that may concern it
};

std::vector<SessionSetup> find_sessions(Context& context, const Instance& instance);

// Fills import_from and export_to. `clients`: the neighbors to which this instance reflects, null if there are none.
void attach(Context& context, const Instance& instance, SessionSetup& setup,
            const std::shared_ptr<const PrefixList>& clients);

// Lines that are no part of the programs and yet decide about routes: Session::outside.
std::vector<UnmodelledLine> outside_of(const Context& context, const Instance& instance, const SessionSetup& setup);

// What the session does to a route that the chain has accepted, in the order of the device.
std::vector<Clause> export_rewriting(Context& context, const SessionSetup& setup);
std::vector<Clause> import_rewriting(Context& context, const SessionSetup& setup);
// The own AS goes in front of the path by itself.
bool adds_own_as(const SessionSetup& setup);
// Knobs that nobody has said anything about may do anything: they stand in front of the chain, which another `export`
// would replace, and behind it.
std::vector<Clause> unknown_knobs(Context& context, const SessionSetup& setup, bool import);
bool is_unknown_knob(const Statement& knob);
// True if a statement of the session's levels could not be read that may be one of this keyword.
bool hides(const SessionSetup& setup, std::string_view keyword);
// No local preference is taken from the neighbor: it is of another AS for sure.
bool ignores_preference(const SessionSetup& setup);
// What stands in front of the chain: values that a policy may override.
std::vector<Clause> import_defaults(Context& context, const SessionSetup& setup);

// A policy on its own: a chain of one, then the default of the protocol.
Clause default_clause(bool import);

}  // namespace bgproof::junos
