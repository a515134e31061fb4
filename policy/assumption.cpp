#include "policy/assumption.h"

#include <algorithm>

namespace bgproof {

const std::vector<Assumption>& assumptions() {
  static const std::vector<Assumption> kAssumptions = {
      {"junos.community-regex",
       {"searched", "whole"},
       true,
       "does a regular expression in a community member match anywhere in the text of the community, or the whole of "
       "it",
       "Juniper's examples write ^...$, which only makes sense for a search; no lab shows it (J12a)"},
      {"junos.from-without-family",
       {"both", "ipv4"},
       false,
       "does a term that names no family and no prefix match IPv6 routes too",
       "Cloudflare's post-mortem of 2026-01-22 shows IPv6 routes matched without a family; a Juniper page speaks of a "
       "default to IPv4 (J12b)"},
      {"junos.prefix-list-filter-lookup",
       {"longest", "any"},
       true,
       "is a prefix-list-filter decided by its longest covering entry alone, or by any entry",
       "Juniper documents the longest-match lookup for route filters and says that it holds for prefix lists too (J5)"},
      {"junos.prefix-group",
       {"or", "and"},
       false,
       "are prefix lists and route filters in one from alternatives, or do all have to match",
       "Batfish's model and the incidents of 2020 and 2026; Juniper's pages do not state it (J4)"},
  };
  return kAssumptions;
}

const Assumption* find_assumption(std::string_view name) {
  const auto& all = assumptions();
  auto found = std::find_if(all.begin(), all.end(), [&](const Assumption& a) { return a.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace bgproof
