// The reference judgement, case by case as the language's definition states it, and the obligations.
#include <gtest/gtest.h>

#include "intents/task.h"

namespace bgproof {
namespace {

Community c(const char* text) { return *parse_community(text); }

Condition lp(uint32_t value) { return {NumberIn{Number::local_pref, {{value, value}}}, {}}; }

TaskRow row(TaskRow::Kind kind, Condition condition, std::vector<Obligation::Is> obligations = {}) {
  TaskRow result;
  result.kind = kind;
  result.condition = std::move(condition);
  for (auto& o : obligations) result.obligations.push_back({std::move(o), {}, ""});
  return result;
}

Route with_lp(uint32_t value) {
  Route route;
  route.prefix = *parse_prefix("192.0.2.0/24");
  route[Number::local_pref] = value;
  return route;
}

using Kind = TaskRow::Kind;

std::string code(const Task& task, const Route& before, bool accepted, const Route& after) {
  Judgement judgement = judge(task, before, accepted, after);
  std::string text = judgement.fine ? "fine" : judgement.code;
  if (judgement.row) text += " row " + std::to_string(*judgement.row);
  if (judgement.obligation) text += "." + std::to_string(*judgement.obligation);
  for (size_t crossed : judgement.crosses) text += " crosses " + std::to_string(crossed);
  return text;
}

TEST(Judge, UpperBound) {
  Task task;
  task.rows = {row(Kind::may, lp(1)), row(Kind::never, lp(2)), row(Kind::never, lp(1)), row(Kind::may, lp(3))};
  EXPECT_EQ(code(task, with_lp(9), true, with_lp(9)), "BP301");
  EXPECT_EQ(code(task, with_lp(9), false, with_lp(9)), "fine");
  EXPECT_EQ(code(task, with_lp(2), true, with_lp(2)), "BP301 crosses 1");
  EXPECT_EQ(code(task, with_lp(1), true, with_lp(1)), "BP302 row 2");
  EXPECT_EQ(code(task, with_lp(3), true, with_lp(3)), "fine");
}

TEST(Judge, TheNearestRowIsBlamed) {
  Task task;
  AddObligation add{{c("64500:1")}};
  NumberObligation med{Number::med, {{5, 5}}};
  task.rows = {row(Kind::may, always(), {add, med}), row(Kind::may, always(), {med}),
               row(Kind::always, always(), {StripObligation{{{{c("64500:9"), {}}}, {}}}})};
  Route before = with_lp(1);
  Route after = before;
  EXPECT_EQ(code(task, before, true, after), "BP505 row 1.0");
  after.communities = {c("64500:1")};
  EXPECT_EQ(code(task, before, true, after), "BP505 row 0.1") << "equally near: the first";
  after[Number::med] = 5;
  EXPECT_EQ(code(task, before, true, after), "fine");
  after.communities.insert(c("64500:9"));
  EXPECT_EQ(code(task, before, true, after), "BP501 row 2.0");
}

TEST(Judge, AWeakerRowRelaxesAStricterOne) {
  Task task;
  task.rows = {row(Kind::may, always(), {NumberObligation{Number::med, {{5, 5}}}}), row(Kind::may, lp(1))};
  EXPECT_EQ(code(task, with_lp(1), true, with_lp(1)), "fine");
  EXPECT_EQ(code(task, with_lp(2), true, with_lp(2)), "BP505 row 0.0");
}

TEST(Judge, LowerBound) {
  Task task;
  task.rows = {row(Kind::must, lp(1), {NumberObligation{Number::med, {{5, 5}}}}),
               row(Kind::never, {NumberIn{Number::med, {{7, 7}}}, {}}), row(Kind::may, always())};
  Route before = with_lp(1);
  Route after = before;
  EXPECT_EQ(code(task, before, false, after), "BP401 row 0");
  EXPECT_EQ(code(task, before, true, after), "BP402 row 0.0") << "the other row allows it, the must row still obliges";
  after[Number::med] = 5;
  EXPECT_EQ(code(task, before, true, after), "fine");
  before[Number::med] = 7;
  EXPECT_EQ(code(task, before, false, after), "fine") << "never wins over must";
  EXPECT_EQ(code(task, with_lp(2), false, after), "fine");
}

TEST(Judge, AlwaysHoldsForExceptionsToo) {
  Task task;
  task.rows = {row(Kind::except, always()),
               row(Kind::always, always(), {NumberObligation{Number::local_pref, {{2, 2}}}})};
  EXPECT_EQ(code(task, with_lp(1), true, with_lp(1)), "BP505 row 1.0");
}

bool ok(Obligation::Is is, const Route& before, const Route& after) {
  return holds(Obligation{std::move(is), {}, ""}, before, after);
}

TEST(Obligations, Communities) {
  Route before, after;
  before.communities = {c("64500:1"), c("64500:1:1")};
  CommunitySet all_standard;
  all_standard.patterns.push_back(
      {CommunityFields{CommunityKind::standard, {NumberRange{64500, 64500}, NumberRange{0, 65535}, NumberRange{0, 0}}},
       {}});
  EXPECT_TRUE(ok(StripObligation{all_standard}, before, after));
  EXPECT_FALSE(ok(StripObligation{all_standard}, after, before));
  EXPECT_FALSE(ok(KeepObligation{all_standard}, before, after));
  after.communities = {c("64500:1")};
  EXPECT_TRUE(ok(KeepObligation{all_standard}, before, after));
  EXPECT_TRUE(ok(AddObligation{{c("64500:1")}}, before, after));
  EXPECT_FALSE(ok(AddObligation{{c("64500:2")}}, before, after));
  after.communities = {c("64500:1"), c("64501:1:1")};
  EXPECT_TRUE(ok(OnlyObligation{all_standard, {CommunityKind::standard}}, before, after)) << "other kinds are left out";
  EXPECT_FALSE(ok(OnlyObligation{all_standard, {CommunityKind::standard, CommunityKind::large}}, before, after));
}

TEST(Obligations, Prepend) {
  Route before, after;
  before.as_path = path_of({64501, 64502});
  auto prepended = [&](std::vector<Asn> path, NumberRange times) {
    after.as_path = path_of(std::move(path));
    return ok(PrependObligation{times}, before, after);
  };
  EXPECT_TRUE(prepended({64501, 64502}, {0, 3}));
  EXPECT_FALSE(prepended({64501, 64502}, {1, 3}));
  EXPECT_TRUE(prepended({64500, 64501, 64502}, {1, 1}));
  EXPECT_TRUE(prepended({64500, 64500, 64501, 64502}, {2, 2}));
  EXPECT_FALSE(prepended({64500, 64499, 64501, 64502}, {0, 5})) << "two different ASNs";
  EXPECT_TRUE(prepended({64501, 64501, 64502}, {1, 1})) << "the ASN may be the first one again";
  EXPECT_FALSE(prepended({64502}, {0, 9}));
  before.as_path = {};
  EXPECT_TRUE(prepended({64500, 64500}, {2, 2}));
  EXPECT_FALSE(prepended({64500, 64500}, {0, 1}));
}

TEST(Obligations, NextHopAndUnchanged) {
  Route before, after;
  before.next_hop = {NextHop::Kind::address, *parse_address("192.0.2.9")};
  after = before;
  using Which = NextHopObligation::Which;
  Address own = *parse_address("192.0.2.100");
  EXPECT_TRUE(ok(NextHopObligation{Which::unchanged, {}, {}}, before, after));
  EXPECT_FALSE(ok(NextHopObligation{Which::self, {own}, {}}, before, after));
  after.next_hop.address = own;
  EXPECT_TRUE(ok(NextHopObligation{Which::self, {own}, {}}, before, after));
  EXPECT_TRUE(ok(NextHopObligation{Which::peer, {}, own}, before, after));
  after.next_hop = {NextHop::Kind::self, {}};
  EXPECT_TRUE(ok(NextHopObligation{Which::self, {}, {}}, before, after));
  EXPECT_FALSE(ok(NextHopObligation{Which::peer, {}, own}, before, after));
  using What = UnchangedObligation::What;
  EXPECT_TRUE(ok(UnchangedObligation{{What::path, What::med, What::local_pref, What::origin, What::communities}},
                 before, after));
  EXPECT_FALSE(ok(UnchangedObligation{{What::path, What::next_hop}}, before, after));
}

TEST(Obligations, OnlyToCustomer) {
  Route before, after;
  const NumberObligation set{Number::otc, {NumberRange{}}};
  const UnchangedObligation unchanged{{UnchangedObligation::What::otc}};
  EXPECT_FALSE(ok(set, before, after));
  EXPECT_TRUE(ok(unchanged, before, after));
  after[Number::otc] = 64500;
  EXPECT_TRUE(ok(set, before, after));
  EXPECT_FALSE(ok(unchanged, before, after));
  before[Number::otc] = 64501;
  EXPECT_FALSE(ok(unchanged, before, after));
}

TEST(Obligations, PrivateAs) {
  Route before, after;
  after.as_path = path_of({64496, 65001});
  EXPECT_FALSE(ok(NoPrivateAsObligation{}, before, after));
  after.as_path = path_of({3356});
  EXPECT_TRUE(ok(NoPrivateAsObligation{}, before, after));
}

}  // namespace
}  // namespace bgproof
