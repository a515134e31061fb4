// What the parts of the lowering share while one device is lowered: the definitions of its lists and route maps by
// name, the library that grows, the free choices, the flags of its programs.
//
// Guarantees: a definition is translated once and shared by all its uses (a prefix list of 50,000 entries is one
// object); whatever has no meaning here becomes a choice that names its line, never nothing. Mistakes become
// diagnostics:
//
//   BP111 undefined prefix list    BP113 undefined AS path list   BP115 route maps that call themselves   BP118
//   undefined route map BP112 undefined community list BP114 bad regular expression   BP116 bad value, refused line
//   BP119 undefined access list
//                                                                 BP117 line that is not modelled
//
// Two names are close: `Line` is a line of the configuration (syntax.h), `Act` a statement of the program.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "grammar/routemap/frr_lines.h"
#include "grammar/routemap/syntax.h"
#include "network/device.h"
#include "policy/program.h"
#include "policy/unrolled.h"

namespace bgproof::routemap {

using Act = bgproof::Statement;

// Flags that every program may use; further ones come from Context::new_flag. A session sets the last two at the begin
// of its program; a route map on its own is read as in an import from an external neighbor.
inline constexpr FlagId kNextHopSet = 0;  // a route map has set the next hop (`unchanged` counts): the session keeps it
inline constexpr FlagId kMetricHidden =
    1;                                    // the MED is not sent: a route map may see it, and a `set metric` replaces it
inline constexpr FlagId kExporting = 2;   // the program is one of an export
inline constexpr FlagId kInternal = 3;    // the session is internal
inline constexpr FlagId kHollowPath = 4;  // FRR: `remove-private-AS` may have left segments without a number

// What has a name. IPv4 and IPv6 lists are different things even under one name.
enum class Kind : uint8_t {
  route_map,
  prefix_list,
  prefix_list6,
  access_list,
  access_list6,
  community_list,
  large_community_list,
  extcommunity_list,
  as_path_list,
};
std::string_view to_string(Kind kind);  // "route-map", "prefix-list", "ipv6 prefix-list", ...

struct CommunityList;  // community_list.h
struct PrefixRules;    // prefix_list.h

class Context {
 public:
  Context(const Config& config, PolicyLibrary& library, Diagnostics& diagnostics);

  const Config& config() const { return config_; }
  Dialect dialect() const { return config_.dialect; }
  PolicyLibrary& library() { return library_; }
  Diagnostics& diagnostics() { return diagnostics_; }
  std::optional<Asn> local_as() const { return local_as_; }               // of the first `router bgp`
  std::optional<FrrVersion> frr_version() const { return frr_version_; }  // FRR: what the text says
  bool has_one_as() const { return has_one_as_; }  // no other `router bgp` and no neighbor has another

  // Every line that defines or undoes something of that name, in order of the text; empty: undefined. A list in
  // block form is its head with children.
  const std::vector<const Line*>& definitions(Kind kind, std::string_view name) const;
  // Something is left of it after all `no` lines.
  bool defined(Kind kind, std::string_view name) const;
  // `no route-map M optimization` of FRR was said.
  bool optimized(std::string_view route_map) const { return !not_optimized_.contains(route_map); }
  bool writes_asdot() const { return writes_asdot_; }                  // AS numbers are shown, and matched, as 1.10
  bool hollows_paths() const { return hollows_paths_; }                // a session of FRR may set kHollowPath
  bool new_community_format() const { return new_community_format_; }  // `ip bgp-community new-format` was said
  bool has_rpki_block() const { return has_rpki_block_; }              // FRR: takes it with the RPKI module alone
  std::vector<ListDefinition> lists() const;
  // Names of route maps in order of the text.
  const std::vector<std::string>& policy_names() const { return policy_names_; }

  // A free choice for a line that has no meaning here, with a note (BP117) that lists it.
  Condition unmodelled(SourceRange range, const std::string& text);
  Act havoc(SourceRange range, const std::string& text, AttributeSet touches = AttributeSet::all(),
            bool may_decide = true);
  // The same of a line of a route map: what it sets may be what makes the session keep a next hop and send a metric.
  std::vector<Act> open_line(SourceRange range, const std::string& text, AttributeSet touches = AttributeSet::all(),
                             bool may_decide = true);
  // Free because no config states it (the metric of an IGP, a round trip), not because the line is not understood.
  Condition given_by_network(SourceRange range, const std::string& text);
  Act number_of_network(SourceRange range, const std::string& text, Number number);
  Act changed_by_network(SourceRange range, const std::string& text, AttributeSet touches);

  // "DIALECT.name" is read as `value`: a named assumption of policy/assumption.cpp.
  Condition reading(std::string_view name, std::string_view value, SourceRange range) const;

  FlagId new_flag() { return next_flag_++; }

  // The route map of that name, lowered on first use: a policy that accepts or rejects, and whose end (no entry
  // matches) is undecided; the caller rejects then. Undefined: told, and what the dialect makes of it: IOS, NX-OS and
  // FRR reject everything, EOS accepts everything unchanged.
  uint32_t policy(std::string_view name, SourceRange use);
  // Some entry of it is left after all `no` lines.
  bool has_policy(std::string_view name) const;
  uint32_t add(Policy policy);

  // A line that a device refuses: told (BP116), without effect.
  void refused(SourceRange range, const std::string& why);

  // From that line on nobody knows what the device does. The first one counts.
  void lose(const Lost& how) {
    if (!lost_) lost_ = how;
  }
  const std::optional<Lost>& lost() const { return lost_; }

  // Translations by name, made on first use by the files that own them.
  std::map<std::pair<Kind, std::string>, std::shared_ptr<const PrefixRules>> prefix_rules;
  std::map<std::pair<Kind, std::string>, std::shared_ptr<const CommunityList>> community_lists;

 private:
  ChoiceId choice(SourceRange range, const std::string& text, bool environment);
  uint32_t free_policy(const std::string& name, SourceRange range, const std::string& why);

  const Config& config_;
  PolicyLibrary& library_;
  Diagnostics& diagnostics_;
  using Definitions = std::map<std::string, std::vector<const Line*>, std::less<>>;

  void define(const Line& line);

  std::array<Definitions, 9> definitions_;  // by kind
  std::vector<std::string> policy_names_;
  std::map<std::string, uint32_t, std::less<>> policies_;  // lowered
  std::set<std::string, std::less<>> under_way_;
  Unrolled unrolled_;
  std::set<std::string, std::less<>> not_optimized_;
  std::map<std::pair<SourceRange, std::string>, uint32_t> choices_;  // one for each line, however often it is met
  std::optional<Lost> lost_;
  std::optional<Asn> local_as_;
  bool has_one_as_ = true;
  bool new_community_format_ = false;
  bool has_rpki_block_ = false;
  bool hollows_paths_ = false;
  bool writes_asdot_ = false;
  std::optional<FrrVersion> frr_version_;
  bool refuses_ip_lists_ = false;  // FRR of a version that no longer knows `ip community-list` and its like
  FlagId next_flag_ = 5;
};

Act act(Act::Is is, SourceRange range);
Act decide(Decision decision, SourceRange range);
Condition condition(Condition::Is is, SourceRange range);

}  // namespace bgproof::routemap
