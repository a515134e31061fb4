// What a session does in either direction: which routes can be offered to it (facts), what stands in front of the
// attached policies, the policies, and what the session does to a route that they let through. Where the dialects
// differ and on which evidence is in docs/semantics/routemap-sessions.md.
//
//   import   (defaults) filters, route map, (default)   behind them: what the device adds by itself
//   export   (default-originate) (origination) (med) filters, unsuppress map, route map, (default)
//            behind them: private ASNs, next hop, communities, ...
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grammar/routemap/bgp_session.h"

namespace bgproof::routemap {

// How routes get into the BGP table of one instance and family, other than from neighbors.
struct Origination {
  uint32_t policy = 0;                           // "(origination)": rejects what is not in the table
  std::optional<uint32_t> suppression;           // "(suppression)": rejects what an aggregate hides
  std::shared_ptr<const PrefixList> with_set;    // aggregates with as-set; null: none
  std::shared_ptr<const PrefixList> aggregates;  // all of them; null: not known
  bool with_maps = false;                        // a route map may give communities to what is originated
};
Origination lower_origination(Context& context, const BgpScope& scope, Family family);

// Fills import_from and export_to. `clients`: the neighbors to which this instance reflects, null if there are none.
void attach(Context& context, const BgpScope& scope, SessionSetup& setup, const Origination& origination,
            const std::shared_ptr<const PrefixList>& clients);

std::vector<Fact> import_facts(const BgpScope& scope, const SessionSetup& setup);
std::vector<Fact> export_facts(const BgpScope& scope, const SessionSetup& setup,
                               const std::shared_ptr<const PrefixList>& clients, const Origination& origination);

// Of iBGP routes, which a session that is none of a client can be offered; nullopt: no rule keeps any back.
std::optional<Fact> reflected_alone(const BgpScope& scope, const SessionSetup& setup,
                                    const std::shared_ptr<const PrefixList>& clients);
// Routes of other VRFs may come into the table, which nothing here tells from iBGP routes.
bool may_take_leaked(const BgpScope& scope, const SessionSetup& setup);
// FRR: what is not sent because of its communities, tested in front of the policies.
std::vector<Community> kept_back(const BgpScope& scope, const SessionSetup& setup);

// In front of the filters: values that a policy may override.
std::vector<Clause> import_defaults(Context& context, const BgpScope& scope, const SessionSetup& setup);
// `reads_metric`: a route map of the session asks for the metric or adds to it.
std::vector<Clause> export_defaults(Context& context, const BgpScope& scope, const SessionSetup& setup,
                                    bool reads_metric);
// Between the lists of the session and its route map: FRR takes private ASNs out there.
std::vector<Clause> export_paths(Context& context, const BgpScope& scope, const SessionSetup& setup);
// Behind them, in the order of the device.
std::vector<Clause> import_rewriting(Context& context, const BgpScope& scope, const SessionSetup& setup);
std::vector<Clause> export_rewriting(Context& context, const BgpScope& scope, const SessionSetup& setup,
                                     bool reads_metric);

// Lines that are no part of the programs and yet decide about routes: Session::outside.
std::vector<UnmodelledLine> outside_of(const Config& config, const BgpScope& scope, const SessionSetup& setup);
// Knobs that nobody has said anything about: each may change and decide anything (BP117).
std::vector<Clause> unknown_knobs(Context& context, const BgpScope& scope, const SessionSetup& setup);

Clause one(std::string name, Act what);

}  // namespace bgproof::routemap
