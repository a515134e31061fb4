#include "tests/compare/mutate.h"

#include <algorithm>
#include <functional>

namespace bgproof {

namespace {

using OnBody = std::function<void(Body&)>;

void each_body(Body& body, const OnBody& visit) {
  visit(body);
  for (Statement& statement : body)
    if (auto* branch = std::get_if<If>(&statement.is)) {
      each_body(branch->then, visit);
      each_body(branch->otherwise, visit);
    }
}

// Jumps behind the dropped clause go where they went.
void drop_clause(std::vector<Clause>& clauses, uint32_t dropped) {
  clauses.erase(clauses.begin() + dropped);
  for (Clause& clause : clauses)
    each_body(clause.body, [&](Body& body) {
      for (Statement& statement : body)
        if (auto* jump = std::get_if<Disposition>(&statement.is))
          if (jump->decision == Decision::go_to && jump->target > dropped) --jump->target;
    });
}

Condition rewritten(const Condition& condition, Random& random) {
  if (const auto* all = std::get_if<All>(&condition.is)) {
    std::vector<Condition> of;
    for (const Condition& part : all->of) of.push_back(rewritten(part, random));
    return {All{std::move(of)}, condition.range};
  }
  if (const auto* any = std::get_if<Any>(&condition.is)) {
    std::vector<Condition> of;
    for (const Condition& part : any->of) of.push_back(rewritten(part, random));
    if (random.chance(50)) std::reverse(of.begin(), of.end());
    return {Any{std::move(of)}, condition.range};
  }
  const auto* in = std::get_if<PrefixIn>(&condition.is);
  if (in && in->list->mode == PrefixList::Mode::any && in->list->entries.size() > 1) {
    auto front = std::make_shared<PrefixList>(*in->list), back = std::make_shared<PrefixList>(*in->list);
    auto half = static_cast<std::ptrdiff_t>(in->list->entries.size() / 2);
    front->entries.erase(front->entries.begin() + half, front->entries.end());
    back->entries.erase(back->entries.begin(), back->entries.begin() + half);
    return any_of({{PrefixIn{back, in->slots}, {}}, {PrefixIn{front, in->slots}, {}}});
  }
  if (random.chance(20)) return not_(not_(condition));
  return condition;
}

void rewrite_conditions(std::vector<Clause>& clauses, Random& random) {
  for (Clause& clause : clauses) {
    clause.name += "-renamed";
    each_body(clause.body, [&](Body& body) {
      for (Statement& statement : body) {
        if (auto* branch = std::get_if<If>(&statement.is)) branch->condition = rewritten(branch->condition, random);
        if (auto* set = std::get_if<SetFlag>(&statement.is)) set->value = rewritten(set->value, random);
      }
    });
  }
}

Statement random_action(Random& random, const Pool& pool, const Features& features) {
  Statement::Is is = SetNumber{SetNumber::How::assign, Number::local_pref, random.pick(pool.numbers), 0};
  switch (random.below(features.as_path_changes ? 7 : 4)) {
    case 0:
      break;
    case 1:
      is = AddCommunities{{random.pick(pool.communities)}};
      break;
    case 2:
      is = DeleteCommunities{random_community_set(random, pool, features)};
      break;
    case 3:
      is = SetOrigin{static_cast<Origin>(random.below(3))};
      break;
    case 4:
      is = PrependAsns{{random.pick(pool.asns)}};
      break;
    case 5:
      is = PrependFirst{random.between(1, 2)};
      break;
    default:
      is = RemovePrivate{static_cast<RemovePrivate::Which>(random.below(3)), std::nullopt, false, std::nullopt};
      break;
  }
  return {std::move(is), {}};
}

}  // namespace

Program mutated(const Program& program, Random& random, const Pool& pool, const Features& features) {
  Program result = program;
  auto library = std::make_shared<PolicyLibrary>(*program.library);
  result.library = library;
  uint32_t which = random.below(library->policies.size() + 2);
  bool is_entry = which == library->policies.size();
  std::vector<Clause>& clauses = is_entry ? result.entry
                                 : which > library->policies.size() ? result.rewrite
                                                                    : library->policies[which].clauses;
  if (clauses.empty()) return result;
  uint32_t at = random.below(clauses.size());
  if (is_entry && at + 1 == clauses.size() && at > 0) --at;  // the last one decides
  std::vector<Body*> bodies;
  each_body(clauses[at].body, [&](Body& body) { bodies.push_back(&body); });
  Body& body = *random.pick(bodies);
  switch (random.below(4)) {
    case 0:
      if (!(is_entry && at + 1 == clauses.size())) drop_clause(clauses, at);
      break;
    case 1:
      body.insert(body.begin(), random_action(random, pool, features));
      break;
    case 2:
      if (!body.empty() && !(is_entry && at + 1 == clauses.size()))
        body.erase(body.begin() + random.below(body.size()));
      break;
    default:
      for (Statement& statement : body)
        if (auto* branch = std::get_if<If>(&statement.is)) {
          Features tests = Features::route_only();
          tests.as_path_matches = features.as_path_matches;
          tests.community_regexes = features.community_regexes;
          branch->condition = random_condition(random, pool, tests, 2);
          break;
        }
  }
  return result;
}

Program rewritten(const Program& program, Random& random) {
  Program result = program;
  auto library = std::make_shared<PolicyLibrary>(*program.library);
  result.library = library;
  rewrite_conditions(result.entry, random);
  rewrite_conditions(result.rewrite, random);
  for (Policy& policy : library->policies) {
    policy.name += "-renamed";
    rewrite_conditions(policy.clauses, random);
  }
  return result;
}

}  // namespace bgproof
