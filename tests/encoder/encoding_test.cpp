// What an encoding promises beyond the law: one Boolean for one set, exact counts, believable decoding, legality.
#include <gtest/gtest.h>

#include "encoder/parts.h"
#include "encoder/well_formed.h"
#include "tests/encoder/term_machine.h"

namespace bgproof {
namespace {

Condition condition(Condition::Is is) {
  Condition made;
  made.is = std::move(is);
  return made;
}

PrefixEntry entry(std::string_view prefix, int low, int high) {
  PrefixEntry entry;
  entry.pattern.prefix = *parse_prefix(prefix);
  entry.pattern.low = static_cast<uint8_t>(low);
  entry.pattern.high = static_cast<uint8_t>(high);
  return entry;
}

Condition prefix_in(std::vector<PrefixEntry> entries) {
  auto list = std::make_shared<PrefixList>();
  list->entries = std::move(entries);
  return condition(PrefixIn{list});
}

Statement statement(Statement::Is is) {
  Statement made;
  made.is = std::move(is);
  return made;
}

// Accepts what the condition holds for, after the actions.
Task task_of(Condition accepts, Body actions = {}) {
  Task task;
  task.families = {Family::ipv4, Family::ipv6};
  task.offered = always();
  task.roles = {"originated", "peer"};
  Clause clause;
  clause.name = "all";
  clause.body = std::move(actions);
  If test{std::move(accepts), {}, {}};
  test.then.push_back(statement(Disposition{Decision::accept}));
  test.otherwise.push_back(statement(Disposition{Decision::reject}));
  clause.body.push_back(statement(std::move(test)));
  task.program.entry.push_back(std::move(clause));
  return task;
}

TaskRow row_of(Condition condition, std::vector<Obligation::Is> obligations = {}) {
  TaskRow row;
  row.kind = TaskRow::Kind::may;
  row.condition = std::move(condition);
  for (Obligation::Is& is : obligations) row.obligations.push_back({std::move(is), {}, ""});
  return row;
}

// A route for which the term holds; nullopt: there is none.
std::optional<Route> find(const Encoding& encoding, z3::context& context, const z3::expr& what, bool prefer = false) {
  z3::solver solver(context, "QF_FD");
  for (const z3::expr& definition : encoding.prefix_definitions()) solver.add(definition);
  for (const z3::expr& definition : encoding.definitions()) solver.add(definition);
  solver.add(encoding.legal() && what);
  if (prefer) {
    for (const z3::expr& preference : encoding.preferences()) {
      solver.push();
      solver.add(preference);
      if (solver.check() == z3::sat) continue;
      solver.pop();
    }
  }
  for (int lemma = 0; lemma < 1000; ++lemma) {
    if (solver.check() != z3::sat) return std::nullopt;
    z3::expr_vector core(context);
    z3::model model = solver.get_model();
    if (std::optional<Route> route = encoding.decode(model, core)) return route;
    solver.add(!z3::mk_and(core));
  }
  ADD_FAILURE() << "too many lemmas";
  return std::nullopt;
}

TEST(Encoding, EqualSetsAreOneBoolean) {
  z3::context context;
  Task task = task_of(prefix_in({entry("10.0.0.0/24", 25, 25)}));
  task.rows.push_back(row_of(prefix_in({entry("10.0.0.128/25", 25, 25), entry("10.0.0.0/25", 25, 25)})));
  Encoding encoding(context, task);
  EXPECT_EQ(encoding.prefix_atoms().size(), 1u);
  EXPECT_TRUE(z3::eq(encoding.accepted(), encoding.condition(0)));
}

TEST(Encoding, PrefixConditionsFoldIntoOneSet) {
  z3::context context;
  Task task = task_of(all_of({prefix_in({entry("10.0.0.0/8", 8, 24)}), not_(prefix_in({entry("10.1.0.0/16", 16, 32)})),
                              condition(FamilyIs{Family::ipv4})}));
  Encoding encoding(context, task);
  ASSERT_EQ(encoding.prefix_atoms().size(), 1u);
  EXPECT_TRUE(encoding.diagrams().contains(encoding.prefix_atoms()[0].set, *parse_prefix("10.0.0.0/15")));
  EXPECT_FALSE(encoding.diagrams().contains(encoding.prefix_atoms()[0].set, *parse_prefix("10.1.2.0/24")));
}

TEST(Encoding, WideMasksAreEncodedEntryByEntry) {
  for (PrefixList::Mode mode : {PrefixList::Mode::any, PrefixList::Mode::first, PrefixList::Mode::longest}) {
    auto list = std::make_shared<PrefixList>();
    list->mode = mode;
    PrefixEntry wide = entry("10.0.0.1/32", 24, 32);
    wide.pattern.mask = mask_of(4) | Bits{1} << 96;
    list->entries = {entry("10.0.0.0/8", 8, 28), wide, entry("10.0.0.0/8", 32, 32), entry("10.64.0.0/10", 12, 30)};
    list->entries[2].slot = 1;
    list->entries[3].slot = mode == PrefixList::Mode::first ? PrefixEntry::kNoMatch : 1;
    z3::context context;
    Task task = task_of(condition(PrefixIn{list, {0}}));
    Encoding encoding(context, task);
    EXPECT_TRUE(encoding.prefix_atoms().empty());
    TermMachine machine;
    for (const auto& [name, term] : encoding.names()) machine.define(name, term);
    TermMachine::Slot accepted = machine.add(encoding.accepted());
    for (const char* text : {"10.0.0.0/8", "10.0.0.1/32", "10.0.0.0/32", "10.64.0.0/12", "10.64.0.0/29", "10.64.0.1/32",
                             "11.0.0.1/32", "2.0.0.1/32", "27.0.0.0/24", "0.0.0.0/0", "2001:db8::/32", "a00::/8"}) {
      Route route;
      route.prefix = *parse_prefix(text);
      machine.assign(encoding.abstract(route, {}));
      machine.run();
      EXPECT_EQ(machine[accepted] != 0, evaluate(task.program, route).accepted)
          << text << " mode " << static_cast<int>(mode);
    }
  }
}

TEST(Encoding, CountsAreExact) {
  CommunitySet two_or_three;
  two_or_three.patterns.push_back(
      {CommunityFields{CommunityKind::standard, {NumberRange{64500, 64500}, NumberRange{1, 3}, NumberRange{0, 0}}},
       {}});
  CommunitySet others;
  others.patterns.push_back(
      {CommunityFields{CommunityKind::standard, {NumberRange{0, 0xffff}, NumberRange{0, 0xffff}, NumberRange{0, 0}}},
       {}});
  others.except = two_or_three.patterns;
  // Only the three communities are left: four can't be.
  for (uint32_t count : {0u, 1u, 3u, 4u}) {
    z3::context context;
    Task task = task_of(condition(CommunityCount{{CommunityKind::standard}, {count, count}}),
                        {statement(DeleteCommunities{others})});
    Encoding encoding(context, task);
    std::optional<Route> route = find(encoding, context, encoding.accepted());
    ASSERT_EQ(route.has_value(), count <= 3) << count;
    EXPECT_TRUE(!route || evaluate(task.program, *route).accepted);
  }
}

TEST(Encoding, DecodedRoutesAreBelievable) {
  z3::context context;
  Task task = task_of(always());
  Encoding encoding(context, task);
  std::optional<Route> route = find(encoding, context, encoding.accepted(), true);
  ASSERT_TRUE(route);
  EXPECT_EQ(route->protocol, Protocol::bgp);
  EXPECT_EQ(to_string(route->as_path), "64496");
  EXPECT_TRUE(route->neighbor);
  EXPECT_TRUE(route->communities.empty());
  EXPECT_EQ((*route)[Number::local_pref], 100u);
  EXPECT_EQ((*route)[Number::med], std::nullopt);
  EXPECT_TRUE(route->rib.empty());
}

TEST(Encoding, TablesHoldTheirFamily) {
  EXPECT_EQ(family_of_rib("inet.0"), Family::ipv4);
  EXPECT_EQ(family_of_rib("VRF.A.inet6.2"), Family::ipv6);
  EXPECT_EQ(family_of_rib("bgp.l3vpn.0"), std::nullopt);
  EXPECT_EQ(family_of_rib("inet"), std::nullopt);
  z3::context context;
  Task task = task_of(all_of({condition(RibIn{{"VRF.inet6.0"}}), condition(FamilyIs{Family::ipv4})}));
  Encoding encoding(context, task);
  EXPECT_EQ(find(encoding, context, encoding.accepted()), std::nullopt);
  std::optional<Route> other = find(encoding, context, !encoding.accepted() && encoding.is_ipv6());
  ASSERT_TRUE(other);
  EXPECT_TRUE(other->rib == "VRF.inet6.0" || other->rib == "inet6.0");
}

// An unmodelled action may prepend, may leave the path alone and may do something else.
TEST(Encoding, UnmodelledPathActionsCanFulfilEveryObligation) {
  Havoc havoc;
  havoc.touches.as_path = true;
  havoc.may_decide = false;
  for (NumberRange times : {NumberRange{0, 0}, NumberRange{2, 3}}) {
    z3::context context;
    Task task = task_of(always(), {statement(havoc)});
    task.rows.push_back(row_of(always(), {PrependObligation{times}}));
    Encoding encoding(context, task);
    EXPECT_TRUE(find(encoding, context, encoding.obligation(0, 0)));
    EXPECT_TRUE(find(encoding, context, !encoding.obligation(0, 0)));
  }
}

}  // namespace
}  // namespace bgproof
