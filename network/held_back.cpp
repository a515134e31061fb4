#include "network/held_back.h"

#include <algorithm>
#include <set>

#include "policy/visit.h"

namespace bgproof {

namespace {

class Added {
 public:
  Added(const PolicyLibrary& library, const std::vector<Community>& of) : library_(library), of_(of) {}

  void look(const std::vector<Clause>& clauses) {
    walk(clauses, [&](const Statement& each) {
      if (const auto* add = std::get_if<AddCommunities>(&each.is)) take(add->communities);
      if (const auto* replace = std::get_if<ReplaceCommunities>(&each.is)) take(replace->communities);
      // One that may decide rejects by itself.
      if (const auto* havoc = std::get_if<Havoc>(&each.is);
          havoc != nullptr && havoc->touches.communities && !havoc->may_decide)
        found_.insert(of_.begin(), of_.end());
      if (const auto* call = std::get_if<Call>(&each.is); call != nullptr && met_.insert(call->policy).second)
        look(library_.policies[call->policy].clauses);
    });
  }

  std::vector<Community> take() const { return {found_.begin(), found_.end()}; }

 private:
  void take(const Communities& communities) {
    for (const Community& each : of_)
      if (communities.contains(each)) found_.insert(each);
  }

  const PolicyLibrary& library_;
  const std::vector<Community>& of_;
  std::set<uint32_t> met_;
  std::set<Community> found_;
};

}  // namespace

std::vector<Community> held_back(bool external, bool confederated) {
  std::vector<Community> held = {well_known::kNoAdvertise};
  if (external) held.push_back(well_known::kNoExport);
  if (external || confederated) held.push_back(well_known::kNoExportSubconfed);
  return held;
}

std::vector<Community> added_by(const PolicyLibrary& library, uint32_t policy, const std::vector<Community>& of) {
  Added added(library, of);
  added.look(library.policies[policy].clauses);
  return added.take();
}

std::vector<Community> added_by(const Program& program, const PolicyLibrary& library,
                                const std::vector<Community>& of) {
  Added added(library, of);
  added.look(program.entry);
  return added.take();
}

HeldBack hold_back(const std::vector<std::pair<Community, FlagId>>& communities, const Condition& when,
                   SourceRange at) {
  HeldBack result;
  for (const auto& [community, flag] : communities) {
    CommunitySet set;
    set.patterns.push_back({community, at});
    Condition carries{CarriesCommunity{std::move(set)}, at};
    Condition added = all_of({when, carries, not_({FlagIsSet{flag}, at}, at)}, at);
    result.remember.push_back({SetFlag{flag, std::move(carries)}, at});
    result.reject.push_back({If{std::move(added), {{Disposition{Decision::reject, 0}, at}}, {}}, at});
  }
  return result;
}

}  // namespace bgproof
