#include <utility>

#include "policy/numbering.h"
#include "policy/visit.h"
#include "tests/generator/generate.h"

namespace bgproof {
namespace {

// Where a body stands: what it may do hangs on that.
struct Site {
  uint32_t clause = 0;    // its own number
  uint32_t clauses = 1;   // of the list
  uint32_t callable = 0;  // policies 0 .. callable - 1 may be called
  bool may_leave = true;  // next_policy, and jumps to the end
  bool may_go_on = true;  // next_clause
};

class ProgramGenerator {
 public:
  ProgramGenerator(Random& random, const Pool& pool, const Features& features, const Shape& shape)
      : random_(random), pool_(pool), features_(features), shape_(shape) {}

  Program generate() {
    auto library = std::make_shared<PolicyLibrary>();
    for (uint32_t i = 0; i < 4; ++i) library->unmodelled.push_back({{}, "unmodelled line " + std::to_string(i)});
    uint32_t policies = random_.between(1, shape_.policies);
    for (uint32_t i = 0; i < policies; ++i) library->policies.push_back(policy(i));
    Program program;
    program.library = library;
    program.entry = entry(policies);
    if (random_.chance(50)) program.rewrite = rewrite();
    return program;
  }

 private:
  Condition condition() { return random_condition(random_, pool_, features_, shape_.depth); }

  Policy policy(uint32_t index) {
    Policy policy;
    policy.name = "P" + std::to_string(index);
    uint32_t clauses = random_.between(0, shape_.clauses);
    for (uint32_t i = 0; i < clauses; ++i) policy.clauses.push_back(clause(i, {i, clauses, index, true, true}));
    return policy;
  }

  Clause clause(uint32_t index, const Site& site) {
    Clause clause;
    clause.name = std::to_string(10 * (index + 1));
    clause.body = body(site, shape_.depth);
    return clause;
  }

  // A chain of calls, now and then with something else between, and a default that decides.
  std::vector<Clause> entry(uint32_t policies) {
    std::vector<Clause> clauses;
    uint32_t links = random_.between(1, 3);
    for (uint32_t i = 0; i < links; ++i) {
      Site site{i, links + 1, policies, false, true};
      if (features_.calls && random_.chance(75)) {
        Clause link{"chain", {}, {}, {}};
        link.body.push_back({Call{Call::As::chain, random_.below(policies), 0, nullptr}, {}});
        clauses.push_back(std::move(link));
      } else {
        clauses.push_back(clause(i, site));
      }
    }
    Clause last{"(default)", {}, {}, {}};
    Site site{links, links + 1, policies, false, false};
    if (random_.chance(20)) last.body = body(site, 1);
    if (random_.chance(60))
      last.body.push_back({DecideByDefault{random_condition(random_, pool_, features_, 1)}, {}});
    else
      last.body.push_back({Disposition{random_.chance(70) ? Decision::accept : Decision::reject, 0}, {}});
    clauses.push_back(std::move(last));
    return clauses;
  }

  std::vector<Clause> rewrite() {
    std::vector<Clause> clauses;
    uint32_t count = random_.between(1, 2);
    for (uint32_t i = 0; i < count; ++i) clauses.push_back(clause(i, {i, count, 0, true, true}));
    return clauses;
  }

  Body body(const Site& site, uint32_t depth) {
    Body body;
    for (uint32_t i = random_.below(shape_.statements + 1); i > 0; --i) body.push_back({statement(site, depth), {}});
    return body;
  }

  Statement::Is statement(const Site& site, uint32_t depth) {
    while (true) {
      switch (random_.below(26)) {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
          if (depth == 0) break;
          return If{condition(), body(site, depth - 1), random_.chance(40) ? body(site, depth - 1) : Body{}};
        case 5:
        case 6:
          if (std::optional<Disposition> disposition = this->disposition(site)) return *disposition;
          break;
        case 7:
          if (!random_.chance(30)) break;
          return DecideByDefault{random_condition(random_, pool_, features_, 1)};
        case 8:
          return SetDefault{random_.chance(50)};
        case 9:
          if (!features_.calls || site.callable == 0 || !random_.chance(70)) break;
          return call(site);
        case 10:
          if (!features_.flags) break;
          return SetFlag{random_.below(3), random_condition(random_, pool_, features_, 2)};
        case 11:
        case 12:
          return set_number();
        case 13:
          return SetOrigin{static_cast<Origin>(random_.below(3))};
        case 14:
          return set_next_hop();
        case 15:
          return SetRpki{static_cast<Rpki>(random_.below(3))};
        case 16:
          return AddCommunities{communities()};
        case 17:
          return DeleteCommunities{random_community_set(random_, pool_, features_)};
        case 18:
          return KeepCommunities{random_community_set(random_, pool_, features_)};
        case 19:
          return ReplaceCommunities{kinds(), communities()};
        case 20:
        case 21:
        case 22:
          if (!features_.as_path_changes) break;
          return change_path();
        case 23:
        case 24: {
          if (!features_.unmodelled || !random_.chance(50)) break;
          return Havoc{{random_.below(4)}, touches(), random_.chance(50)};
        }
        case 25:
          return NoEffect{};
      }
    }
  }

  std::optional<Disposition> disposition(const Site& site) {
    switch (random_.below(5)) {
      case 0:
        return Disposition{Decision::accept, 0};
      case 1:
        return Disposition{Decision::reject, 0};
      case 2:
        if (!site.may_go_on) return std::nullopt;
        return Disposition{Decision::next_clause, 0};
      case 3:
        if (!site.may_leave) return std::nullopt;
        return Disposition{Decision::next_policy, 0};
      default: {
        uint32_t last = site.may_leave ? site.clauses : site.clauses - 1;
        if (site.clause + 1 > last) return std::nullopt;
        return Disposition{Decision::go_to, random_.between(site.clause + 1, last)};
      }
    }
  }

  Call call(const Site& site) {
    Call call;
    call.policy = random_.below(site.callable);
    if (random_.chance(40)) return call;
    call.as = Call::As::test;
    call.flag = random_.below(3);
    call.undecided = std::make_shared<const Condition>(random_condition(random_, pool_, features_, 1));
    return call;
  }

  SetNumber set_number() {
    SetNumber set;
    set.how = static_cast<SetNumber::How>(random_.below(4));
    set.number = static_cast<Number>(random_.below(kNumberCount));
    set.value = random_.pick(pool_.numbers);
    set.base = random_.chance(50) ? 0 : random_.pick(pool_.numbers);
    return set;
  }

  SetNextHop set_next_hop() {
    auto kind = static_cast<NextHop::Kind>(random_.below(6));
    return {{kind, kind == NextHop::Kind::address ? random_.pick(pool_.addresses) : Address{}}};
  }

  std::set<CommunityKind> kinds() {
    std::set<CommunityKind> kinds;
    for (CommunityKind kind : {CommunityKind::standard, CommunityKind::large, CommunityKind::extended})
      if (random_.chance(50)) kinds.insert(kind);
    return kinds;
  }

  Communities communities() {
    Communities communities;
    for (uint32_t i = random_.below(3); i > 0; --i) communities.insert(random_.pick(pool_.communities));
    return communities;
  }

  Statement::Is change_path() {
    switch (random_.below(6)) {
      case 0: {
        PrependAsns prepend;
        for (uint32_t i = random_.below(4); i > 0; --i) prepend.asns.push_back(random_.pick(pool_.asns));
        prepend.where = static_cast<PrependAsns::Where>(random_.below(3));
        return prepend;
      }
      case 1:
        return PrependFirst{random_.below(4), random_.chance(50)};
      case 2: {
        RemovePrivate remove;
        remove.which = static_cast<RemovePrivate::Which>(random_.below(3));
        if (random_.chance(40)) remove.replacement = random_.pick(pool_.asns);
        remove.nearest = random_.chance(30);
        if (random_.chance(30)) remove.spare = random_.pick(pool_.asns);
        remove.behind = random_.chance(50);
        return remove;
      }
      case 3:
        return ReplaceAsn{asns(), random_.pick(pool_.asns)};
      case 4:
        return RemoveAsns{asns()};
      default: {
        if (random_.chance(60)) return RemoveAsns{asns()};
        ReplacePath replace;
        for (uint32_t i = random_.below(4); i > 0; --i) replace.asns.push_back(random_.pick(pool_.asns));
        return replace;
      }
    }
  }

  std::vector<NumberRange> asns() {
    std::vector<NumberRange> asns;
    for (uint32_t i = random_.below(3); i > 0; --i) {
      Asn asn = random_.pick(pool_.asns);
      asns.push_back({asn, random_.chance(70) ? asn : UINT32_MAX});
    }
    return asns;
  }

  AttributeSet touches() {
    AttributeSet touches;
    if (random_.chance(10)) return AttributeSet::all();
    touches.as_path = features_.as_path_changes && random_.chance(20);
    touches.origin = random_.chance(20);
    touches.next_hop = random_.chance(20);
    touches.communities = random_.chance(20);
    touches.rpki = random_.chance(20);
    for (bool& number : touches.numbers) number = random_.chance(20);
    return touches;
  }

  Random& random_;
  const Pool& pool_;
  const Features& features_;
  const Shape& shape_;
};

// Lists in the order of the text, calls expanded.
void add_places(const Program& program, const std::vector<Clause>& clauses, const CallPath& calls, bool in_rewrite,
                std::vector<ChoicePlace>& places) {
  Numbering numbering(clauses);
  walk(clauses, [&](const Statement& statement) {
    if (const auto* havoc = std::get_if<Havoc>(&statement.is))
      places.push_back({{calls, in_rewrite, havoc->choice, numbering.occurrence(statement)}, havoc});
    for (const Condition* root : conditions_of(statement))
      walk(*root, [&](const Condition& condition) {
        if (const auto* line = std::get_if<Unmodelled>(&condition.is))
          places.push_back({{calls, in_rewrite, line->choice, numbering.occurrence(statement, condition)}, nullptr});
      });
    if (const auto* call = std::get_if<Call>(&statement.is)) {
      CallPath inside = calls;
      inside.push_back(numbering.call(statement));
      add_places(program, program.library->policies.at(call->policy).clauses, inside, in_rewrite, places);
    }
  });
}

}  // namespace

Program random_program(Random& random, const Pool& pool, const Features& features, const Shape& shape) {
  return ProgramGenerator(random, pool, features, shape).generate();
}

std::vector<ChoicePlace> choice_places(const Program& program) {
  std::vector<ChoicePlace> places;
  add_places(program, program.entry, {}, false, places);
  add_places(program, program.rewrite, {}, true, places);
  return places;
}

Choices random_choices(Random& random, const Pool& pool, const Program& program, const Features& features) {
  const std::vector<Decision> decisions = {Decision::accept, Decision::reject, Decision::next_clause,
                                           Decision::next_policy};
  Choices choices;
  for (const ChoicePlace& place : choice_places(program)) {
    if (random.chance(10)) continue;
    Choice choice;
    choice.matches = random.chance(50);
    if (place.havoc) {
      choice.attributes = random_route(random, pool, features);
      if (place.havoc->may_decide && random.chance(60)) choice.decides = random.pick(decisions);
    }
    choices.lines.emplace(place.key, std::move(choice));
  }
  for (const Assumption& assumption : assumptions())
    if (random.chance(70)) choices.readings.emplace(assumption.name, random.pick(assumption.values));
  return choices;
}

}  // namespace bgproof
