#include "solver/guilt.h"

#include <algorithm>
#include <tuple>

#include "intents/reach.h"
#include "solver/cause.h"

namespace bgproof {

namespace {

constexpr size_t kMostMembers = 40;

// A test that fails does nothing.
bool acts(const Step& step) {
  switch (step.kind) {
    case Step::Kind::changed:
    case Step::Kind::decided:
    case Step::Kind::returned:
    case Step::Kind::chosen:
      return true;
    case Step::Kind::matched:
    case Step::Kind::not_matched:
    case Step::Kind::unchanged:
    case Step::Kind::called:
      return false;
  }
  return false;
}

using Member = std::tuple<std::string, uint32_t>;

void collect(const Clause& clause, std::multimap<Member, SourceRange>& members) {
  for_each_condition({clause}, [&](const Condition& condition) {
    const PrefixList* list = nullptr;
    if (const auto* in = std::get_if<PrefixIn>(&condition.is)) list = in->list.get();
    if (const auto* in = std::get_if<NextHopIn>(&condition.is)) list = in->list.get();
    if (const auto* in = std::get_if<NeighborIn>(&condition.is)) list = in->list.get();
    if (!list) return;
    for (const PrefixEntry& entry : list->entries)
      if (entry.range.known()) members.emplace(Member{to_string(entry.pattern), entry.slot}, entry.range);
  });
}

}  // namespace

Clauses::Clauses(const Program& program) : program_(program) {
  add("", program.entry);
  add("", program.rewrite);
  for (uint32_t policy : reached_policies(program))
    add(program.library->policies[policy].name, program.library->policies[policy].clauses);
}

void Clauses::add(const std::string& policy, const std::vector<Clause>& clauses) {
  for (const Clause& clause : clauses) {
    std::string text = to_string(clause, *program_.library);
    all_.insert(text);
    texts_.emplace(&clause, std::move(text));
    names_.emplace(policy + "/" + clause.name, &clause);
  }
}

const Clause* Clauses::find(const std::string& name) const {
  auto [begin, end] = names_.equal_range(name);
  return begin != end && std::next(begin) == end ? begin->second : nullptr;
}

const Clause& Clauses::at(const ClauseRef& ref) const { return clause_of(program_, ref); }

std::string Clauses::name(const ClauseRef& ref) const {
  return (ref.policy ? program_.library->policies.at(*ref.policy).name : "") + "/" + at(ref).name;
}

void find_guilt(const std::array<const Clauses*, 2>& clauses, const std::array<const Outcome*, 2>& outcomes,
                DiffFinding& finding) {
  std::array<std::vector<const Clause*>, 2> guilty;
  auto accuse = [&](size_t side, const Clause* clause) {
    const Clauses& other = *clauses[1 - side];
    if (other.has(clauses[side]->text(*clause))) return false;
    if (std::find(guilty[side].begin(), guilty[side].end(), clause) == guilty[side].end())
      guilty[side].push_back(clause);
    return true;
  };
  // The other side's clause of the same name belongs to it, whether or not the route did anything there.
  auto accuse_with_twin = [&](size_t side, const Clause* clause, const std::string& name) {
    if (!accuse(side, clause)) return;
    if (const Clause* twin = clauses[1 - side]->find(name)) accuse(1 - side, twin);
  };
  for (bool only_acting : {true, false}) {
    if (!guilty[0].empty() || !guilty[1].empty()) break;
    for (size_t side : {0, 1})
      for (const Step& step : outcomes[side]->trace)
        if (!only_acting || acts(step))
          accuse_with_twin(side, &clauses[side]->at(step.clause), clauses[side]->name(step.clause));
  }
  // Nothing changed but the order, or what is attached: those that decide.
  bool moved = guilty[0].empty() && guilty[1].empty();
  for (size_t side : {0, 1}) {
    SideOutcome& it = finding.sides[side];
    if (moved && !outcomes[side]->trace.empty()) guilty[side].push_back(&clauses[side]->at(outcomes[side]->decided_by));
    for (const Clause* clause : guilty[side]) {
      finding.cause += (side == 0 ? "\n- " : "\n+ ") + clauses[side]->text(*clause);
      if (clause->range.known() && !moved) it.guilty.push_back(clause->range);
    }
  }
  std::array<std::multimap<Member, SourceRange>, 2> members;
  for (size_t side : {0, 1})
    for (const Clause* clause : guilty[side]) collect(*clause, members[side]);
  for (size_t side : {0, 1})
    for (const auto& [member, range] : members[side])
      if (members[1 - side].count(member) == 0 && finding.sides[side].members.size() < kMostMembers)
        finding.sides[side].members.push_back(range);
}

}  // namespace bgproof
