#include "policy/assumption.h"

#include <algorithm>

namespace bgproof {

const std::vector<Assumption>& assumptions() {
  static const std::vector<Assumption> kAssumptions = {
      {"junos.any-community",
       {"every-kind", "standard"},
       true,
       "does `from community` with the member .*:.* match large and extended communities too",
       "a lab shows that `community delete` of it takes every kind; no lab shows the match (J12)"},
      {"junos.community-count",
       {"standard", "every-kind"},
       true,
       "does `from community-count` count standard communities alone",
       "Juniper's page does not name kinds"},
      {"junos.community-regex",
       {"searched", "whole"},
       true,
       "does a regular expression in a community member match anywhere in the text of the community, or the whole of "
       "it",
       "Juniper's examples write ^...$, which only makes sense for a search; no lab shows it (J12a)"},
      {"junos.community-set",
       {"every-kind", "named-kinds"},
       true,
       "does `community set` replace the communities of every kind, or of the kinds that it sets",
       "Juniper's page says that it replaces the communities of the route and names no kinds"},
      {"junos.from-policy-list",
       {"chain", "any"},
       true,
       "are several names in one `from policy` a chain, or alternatives",
       "Juniper documents one name and expressions; a list is accepted and not explained"},
      {"junos.from-without-family",
       {"both", "ipv4"},
       false,
       "does a term that names no family and no prefix match IPv6 routes too",
       "Cloudflare's post-mortem of 2026-01-22 shows IPv6 routes matched without a family; a Juniper page speaks of a "
       "default to IPv4 (J12b)"},
      {"junos.invert-match-delete",
       {"every-kind", "named-kinds"},
       true,
       "does `community delete` of an inverted definition delete communities of kinds that the definition does not "
       "name",
       "Juniper documents invert-match for matches alone"},
      {"junos.prefix-group",
       {"or", "and"},
       false,
       "are prefix lists and route filters in one from alternatives, or do all have to match",
       "Batfish's model and the incidents of 2020 and 2026; Juniper's pages do not state it (J4)"},
      {"junos.prefix-list-filter-lookup",
       {"longest", "any"},
       true,
       "is a prefix-list-filter decided by its longest covering entry alone, or by any entry",
       "Juniper documents the longest-match lookup for route filters and says that it holds for prefix lists too (J5)"},
      {"junos.route-type-internal",
       {"bgp", "not-external"},
       false,
       "does `from route-type internal` match only routes from iBGP, or every route that is not from eBGP",
       "Juniper lists it as a condition on BGP routes; the post-mortem of 2026-01-22 speaks of non-external routes "
       "(J2)"},
  };
  return kAssumptions;
}

const Assumption* find_assumption(std::string_view name) {
  const auto& all = assumptions();
  auto found = std::find_if(all.begin(), all.end(), [&](const Assumption& a) { return a.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace bgproof
