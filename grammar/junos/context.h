// What the parts of the Junos lowering share while one system (the main one or a logical system) is lowered: the
// definitions of its policy-options by name, the library that grows, the free choices, and the flags of its programs.
//
// Guarantees: a definition is translated once and shared by all its uses (a prefix list of 100,000 entries is one
// object); whatever has no meaning here becomes a choice that names its line, never nothing. Mistakes become
// diagnostics:
//
//   BP110 undefined policy        BP113 undefined as-path, as-path-group, as-list   BP116 bad value
//   BP111 undefined prefix list   BP114 bad regular expression                      BP117 statement that is not
//   modelled BP112 undefined community     BP115 recursion of policies
//
// Two names are close: `Statement` is a statement of the configuration's text (syntax.h), `Act` one of the program.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "grammar/junos/syntax.h"
#include "network/device.h"
#include "policy/program.h"
#include "policy/unrolled.h"

namespace bgproof::junos {

using Act = bgproof::Statement;

// Flags that every program may use; further ones come from Context::new_flag.
inline constexpr FlagId kNextHopSet = 0;  // a policy has set the next hop
inline constexpr FlagId kMetricSet = 1;   // a policy has set the metric
inline constexpr FlagId kPrepended = 2;   // a policy has used as-path-prepend
inline constexpr FlagId kOwnAsAdded = 3;  // the session puts the own AS in front of the path: an export to another AS

enum class Kind {
  policy,
  prefix_list,
  community,
  as_path,
  as_path_group,
  as_list,
  as_list_group,
  condition,
  route_filter_list
};

struct CommunityDefinition;  // community.h
struct PrefixLists;          // prefix.h
struct AsPathExpression;     // as_path.h

class Context {
 public:
  // `system` holds policy-options (it may be absent).
  Context(const Statement& system, PolicyLibrary& library, Diagnostics& diagnostics);

  PolicyLibrary& library() { return library_; }
  Diagnostics& diagnostics() { return diagnostics_; }

  // The active definitions of that name in order of the text (several if it is defined in pieces); empty: undefined.
  const std::vector<const Statement*>& definitions(Kind kind, const std::string& name) const;
  std::vector<ListDefinition> lists() const;
  // Some policy has an action of that name.
  bool has_action(std::string_view keyword) const;
  // Names of policy statements in order of the text.
  const std::vector<std::string>& policy_names() const { return policy_names_; }

  // A free choice for a line that has no meaning here.
  Condition unmodelled(SourceRange range, const std::string& text);
  Act havoc(SourceRange range, const std::string& text, AttributeSet touches = AttributeSet::all(),
            bool may_decide = true);
  // Free because no config states it (the metric of an IGP, whether a route exists), not because the line is not
  // understood.
  Condition given_by_network(SourceRange range, const std::string& text);
  Act number_of_network(SourceRange range, const std::string& text, Number number);

  FlagId new_flag() { return next_flag_++; }

  // The policy of that name, lowered on first use. Undefined, or calling itself on the way: told, and a policy that may
  // do anything stands in its place.
  uint32_t policy(const std::string& name, SourceRange use);
  uint32_t add(Policy policy);
  // A policy whose one clause may do anything.
  uint32_t free_policy(const std::string& name, SourceRange range, const std::string& why);

  bool walkup() const { return walkup_; }  // route filters walk up to shorter prefixes unless a policy says no-walkup
  // A line of the system may copy routes from one instance's tables to another's.
  bool copies_routes() const { return copies_routes_; }
  bool tracks_metric = false;    // some session has metric-out, or goes to another AS
  bool tracks_prepends = false;  // some policy prepends, and some policy expands or some session removes

  // Translations by name, made on first use by the files that own them.
  std::map<std::string, std::shared_ptr<const CommunityDefinition>> communities;
  std::map<std::string, std::shared_ptr<PrefixLists>> prefix_lists;
  std::map<std::string, std::shared_ptr<const AsPathExpression>> as_paths;
  std::map<std::string, uint32_t> expressions;  // policy expressions by their text

 private:
  ChoiceId choice(SourceRange range, const std::string& text, bool environment = false);

  PolicyLibrary& library_;
  Diagnostics& diagnostics_;
  std::map<std::pair<Kind, std::string>, std::vector<const Statement*>> definitions_;
  std::vector<std::string> policy_names_;
  std::map<std::string, uint32_t> policies_;  // lowered
  std::set<std::string> under_way_;
  Unrolled unrolled_;
  std::map<std::pair<SourceRange, std::string>, uint32_t> choices_;  // one for each line, however often it is met
  FlagId next_flag_ = 4;
  bool walkup_ = false;
  bool copies_routes_ = false;
};

Act act(Act::Is is, SourceRange range);
Act decide(Decision decision, SourceRange range);
Condition condition(Condition::Is is, SourceRange range);

}  // namespace bgproof::junos
