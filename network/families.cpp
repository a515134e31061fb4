#include "network/families.h"

#include "policy/visit.h"

namespace bgproof {

namespace {

// The policies that a body calls, directly.
void collect_calls(const std::vector<Clause>& clauses, std::set<uint32_t>& out) {
  walk(clauses, [&](const Statement& each) {
    if (const auto* call = std::get_if<Call>(&each.is)) out.insert(call->policy);
  });
}

}  // namespace

std::vector<std::set<Family>> families_of_policies(const PolicyLibrary& library, const std::vector<Session>& sessions) {
  std::vector<std::set<uint32_t>> calls(library.policies.size());
  for (size_t i = 0; i < calls.size(); ++i) collect_calls(library.policies[i].clauses, calls[i]);
  std::vector<std::set<Family>> families(calls.size());
  for (const Session& session : sessions) {
    std::set<uint32_t> pending;
    collect_calls(session.import_from.program.entry, pending);
    collect_calls(session.export_to.program.entry, pending);
    while (!pending.empty()) {
      uint32_t policy = *pending.begin();
      pending.erase(pending.begin());
      std::set<Family> before = families[policy];
      families[policy].insert(session.families.begin(), session.families.end());
      if (families[policy] != before) pending.insert(calls[policy].begin(), calls[policy].end());
    }
  }
  return families;
}

}  // namespace bgproof
