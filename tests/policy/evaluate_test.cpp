// The way of a route through clauses, chains, subroutines, defaults and the session's rewriting.
#include "policy/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/check.h"
#include "policy/numbering.h"
#include "tests/policy/programs.h"

namespace bgproof {
namespace {

using namespace testing;

std::optional<uint32_t> local_pref_of(const Outcome& outcome) { return outcome.route[Number::local_pref]; }

std::vector<std::string> texts(const Outcome& outcome, Step::Kind kind) {
  std::vector<std::string> result;
  for (const Step& step : outcome.trace)
    if (step.kind == kind) result.push_back(step.text);
  return result;
}

TEST(Clauses, RunInOrderUntilOneDecides) {
  Program p = alone({clause("10", {when(has("1:1"), {local_pref(1), accept()})}),  //
                     clause("20", {local_pref(2)}),                                //
                     clause("30", {accept()}),                                     //
                     clause("40", {reject()})});
  Outcome outcome = evaluate(p, route());
  EXPECT_TRUE(outcome.accepted);
  EXPECT_EQ(local_pref_of(outcome), 2u) << "what was set without a decision stays";
  EXPECT_EQ(outcome.decided_by.policy, 0u);
  EXPECT_EQ(outcome.decided_by.clause, 2u);
  EXPECT_EQ(outcome.decided_by.calls, CallPath{0});
  Route tagged = route();
  tagged.communities = {parse_community("1:1").value()};
  outcome = evaluate(p, tagged);
  EXPECT_EQ(local_pref_of(outcome), 1u);
  EXPECT_EQ(outcome.decided_by.clause, 0u);
}

TEST(Clauses, LaterOnesSeeEarlierChanges) {
  Program p = alone({clause("10", {add_community("1:1")}), clause("20", {when(has("1:1"), {accept()})})});
  EXPECT_TRUE(evaluate(p, route()).accepted);
}

TEST(Clauses, EndOfThePolicyIsUndecided) {
  EXPECT_FALSE(evaluate(alone({}), route()).accepted);
  EXPECT_FALSE(evaluate(alone({clause("10", {next_policy()}), clause("20", {accept()})}), route()).accepted);
  EXPECT_TRUE(evaluate(alone({clause("10", {next_clause(), reject()}), clause("20", {accept()})}), route()).accepted);
}

TEST(Clauses, JumpsGoForward) {
  Program over = alone({clause("10", {go_to(2)}), clause("20", {reject()}), clause("30", {accept()})});
  EXPECT_TRUE(evaluate(over, route()).accepted);
  Program to_the_end = alone({clause("10", {go_to(2)}), clause("20", {accept()})});
  EXPECT_FALSE(evaluate(to_the_end, route()).accepted) << "the end of the policy: undecided, then the default";
  EXPECT_THROW(evaluate(alone({clause("10", {go_to(0)})}), route()), InternalError);
  EXPECT_THROW(evaluate(alone({clause("10", {go_to(2)})}), route()), InternalError);
}

TEST(Clauses, IfTakesOneBranch) {
  Program p =
      alone({clause("10", {when(has("1:1"), {local_pref(1)}, {local_pref(2), when(always(), {accept()})}), reject()})});
  Outcome outcome = evaluate(p, route());
  EXPECT_TRUE(outcome.accepted);
  EXPECT_EQ(local_pref_of(outcome), 2u);
}

TEST(Chain, HandsOnWhatIsUndecided) {
  Policy first = policy("A", {clause("10", {local_pref(1)})});
  Policy second = policy("B", {clause("10", {when(is(NumberIn{Number::local_pref, {{1, 1}}}), {accept()})})});
  Program p = program({first, second},
                      {clause("chain", {chain(0)}), clause("chain", {chain(1)}), clause("(default)", {reject()})});
  Outcome outcome = evaluate(p, route());
  EXPECT_TRUE(outcome.accepted) << "the second policy sees what the first one set";
  EXPECT_EQ(outcome.decided_by.policy, 1u);
  EXPECT_THAT(texts(outcome, Step::Kind::called), ::testing::ElementsAre("A", "B"));
  EXPECT_THAT(texts(outcome, Step::Kind::returned), ::testing::ElementsAre("undecided", "accept"));
}

TEST(Chain, ADecisionEndsEveryLevel) {
  Policy inner = policy("inner", {clause("10", {reject()})});
  Policy outer = policy("outer", {clause("10", {chain(0), local_pref(1), accept()})});
  Program p = program({inner, outer}, {clause("chain", {chain(1)}), clause("(default)", {accept()})});
  Outcome outcome = evaluate(p, route());
  EXPECT_FALSE(outcome.accepted);
  EXPECT_EQ(local_pref_of(outcome), std::nullopt);
  EXPECT_EQ(outcome.decided_by.policy, 0u);
  EXPECT_EQ(outcome.decided_by.calls, (CallPath{0, 0}));
}

TEST(Test, SetsTheFlagAndGoesOn) {
  for (bool accepts : {true, false}) {
    Policy subroutine = policy("S", {clause("10", {local_pref(7), accepts ? accept() : reject()})});
    Policy caller = policy("P", {clause("10", {test(0, 1, always()), when(is(FlagIsSet{1}), {accept()}), reject()})});
    Program p = program({subroutine, caller}, {clause("chain", {chain(1)}), clause("(default)", {reject()})});
    Outcome outcome = evaluate(p, route());
    EXPECT_EQ(outcome.accepted, accepts);
    EXPECT_EQ(local_pref_of(outcome), 7u) << "changes persist whatever the result (J8)";
    EXPECT_EQ(outcome.decided_by.policy, 1u) << "a subroutine does not decide";
  }
}

TEST(Test, UndecidedIsWhatTheProtocolSays) {
  for (bool bgp : {true, false}) {
    Policy subroutine = policy("S", {});
    Condition from_bgp = is(ProtocolIn{{Protocol::bgp}});
    Program p =
        program({subroutine}, {clause("all", {test(0, 0, from_bgp), when(is(FlagIsSet{0}), {accept()}), reject()})});
    Route r = route();
    if (!bgp) r.protocol = Protocol::static_, r.route_type = RouteType::none;
    EXPECT_EQ(evaluate(p, r).accepted, bgp);
  }
}

TEST(Test, HasADefaultOfItsOwn) {
  Policy subroutine = policy("S", {clause("10", {does(SetDefault{false})})});
  Program p = program({subroutine}, {clause("10", {does(SetDefault{true}), test(0, 0, always())}),
                                     clause("20", {when(is(FlagIsSet{0}), {reject()})}),
                                     clause("(default)", {does(DecideByDefault{never()})})});
  EXPECT_TRUE(evaluate(p, route()).accepted) << "its reject counts inside, the caller's accept outside";
  Policy silent = policy("S", {});
  Program q = program({silent}, {clause("10", {does(SetDefault{false}), test(0, 0, always())}),
                                 clause("20", {when(is(FlagIsSet{0}), {accept()})}),
                                 clause("(default)", {does(DecideByDefault{always()})})});
  EXPECT_TRUE(evaluate(q, route()).accepted) << "the caller's default does not reach into the subroutine";
}

TEST(Test, AChainInsideEndsAtTheTest) {
  Policy inner = policy("inner", {clause("10", {accept()})});
  Policy outer = policy("outer", {clause("10", {chain(0), reject()})});
  Program p = program({inner, outer}, {clause("10", {test(1, 0, never()), when(is(FlagIsSet{0}), {local_pref(1)})}),
                                       clause("(default)", {reject()})});
  Outcome outcome = evaluate(p, route());
  EXPECT_FALSE(outcome.accepted);
  EXPECT_EQ(local_pref_of(outcome), 1u);
}

TEST(Flags, AreFalseAtTheStartAndKeepTheirValue) {
  Program p = program({}, {clause("10", {when(is(FlagIsSet{5}), {reject()}), does(SetFlag{5, has("1:1")})}),
                           clause("20", {when(is(FlagIsSet{5}), {accept()}, {reject()})})});
  EXPECT_FALSE(evaluate(p, route()).accepted);
  Route tagged = route();
  tagged.communities = {parse_community("1:1").value()};
  EXPECT_TRUE(evaluate(p, tagged).accepted);
}

TEST(Default, TheLastOneSetWins) {
  auto decided = [](std::vector<Statement> before, Condition otherwise) {
    Policy policy_before = policy("A", {clause("10", std::move(before))});
    Program p = program({policy_before},
                        {clause("chain", {chain(0)}), clause("(default)", {does(DecideByDefault{otherwise})})});
    return evaluate(p, route()).accepted;
  };
  EXPECT_TRUE(decided({}, always()));
  EXPECT_FALSE(decided({}, never()));
  EXPECT_FALSE(decided({does(SetDefault{false})}, always())) << "set in a policy of the chain, used behind it (J7)";
  EXPECT_TRUE(decided({does(SetDefault{false}), does(SetDefault{true})}, never()));
  EXPECT_FALSE(decided({does(SetDefault{true}), reject()}, always())) << "a bare reject overrides it (J7)";
}

TEST(Rewrite, RunsAfterAcceptAlone) {
  std::vector<Clause> rewrite = {clause("strip", {does(ReplaceCommunities{{CommunityKind::standard}, {}})}),
                                 clause("next-hop", {does(SetNextHop{{NextHop::Kind::self, {}}})})};
  Route tagged = route();
  tagged.communities = {parse_community("1:1").value()};
  Outcome outcome = evaluate(program({}, {clause("all", {accept()})}, rewrite), tagged);
  EXPECT_TRUE(outcome.accepted);
  EXPECT_TRUE(outcome.route.communities.empty());
  EXPECT_EQ(outcome.route.next_hop.kind, NextHop::Kind::self);
  EXPECT_FALSE(outcome.decided_by.in_rewrite);
  outcome = evaluate(program({}, {clause("all", {reject()})}, rewrite), tagged);
  EXPECT_FALSE(outcome.accepted);
  EXPECT_FALSE(outcome.route.communities.empty());
}

TEST(Rewrite, MayRejectAndStopEarly) {
  Outcome outcome = evaluate(program({}, {clause("all", {accept()})}, {clause("drop", {reject()})}), route());
  EXPECT_FALSE(outcome.accepted);
  EXPECT_TRUE(outcome.decided_by.in_rewrite);
  std::vector<Clause> stops = {clause("10", {next_policy()}), clause("20", {reject()})};
  EXPECT_TRUE(evaluate(program({}, {clause("all", {accept()})}, stops), route()).accepted);
  std::vector<Clause> accepts = {clause("10", {accept()}), clause("20", {reject()})};
  outcome = evaluate(program({}, {clause("all", {accept()})}, accepts), route());
  EXPECT_TRUE(outcome.accepted);
  EXPECT_FALSE(outcome.decided_by.in_rewrite) << "the clause of the policy decided";
}

TEST(Entry, MustDecide) {
  EXPECT_THROW(evaluate(program({}, {}), route()), InternalError);
  EXPECT_THROW(evaluate(program({}, {clause("10", {local_pref(1)})}), route()), InternalError);
}

TEST(Recursion, IsABrokenInvariant) {
  Policy itself = policy("A", {clause("10", {chain(0)})});
  EXPECT_THROW(evaluate(program({itself}, {clause("all", {chain(0), accept()})}), route()), InternalError);
}

ChoiceKey key(uint32_t choice, CallPath calls = {}, uint32_t occurrence = 0, bool in_rewrite = false) {
  return {std::move(calls), in_rewrite, {choice}, occurrence};
}

TEST(Unmodelled, ConditionIsAFreeBoolean) {
  Program p = program({}, {clause("all", {when(is(Unmodelled{{0}}), {accept()}), reject()})});
  Outcome outcome = evaluate(p, route());
  EXPECT_FALSE(outcome.accepted) << "no choice: does not match";
  EXPECT_THAT(outcome.met, ::testing::ElementsAre(key(0)));
  Choices choices;
  choices.lines[key(0)].matches = true;
  EXPECT_TRUE(evaluate(p, route(), choices).accepted);
}

TEST(Unmodelled, IsMetOnlyIfTheValueDependsOnIt) {
  auto met = [](Condition condition) {
    Program p = program({}, {clause("all", {when(std::move(condition), {accept()}), reject()})});
    return evaluate(p, route()).met;
  };
  Condition line = is(Unmodelled{{0}});
  EXPECT_TRUE(met(is(All{{line, never()}})).empty());
  EXPECT_TRUE(met(is(All{{never(), line}})).empty());
  EXPECT_TRUE(met(is(Any{{line, always()}})).empty());
  EXPECT_FALSE(met(is(All{{line, always()}})).empty());
  EXPECT_FALSE(met(is(Any{{never(), line}})).empty());
  EXPECT_TRUE(met(is(Any{{always(), is(All{{line, always()}})}})).empty());
  EXPECT_FALSE(met(not_(line)).empty());
  EXPECT_EQ(met(is(Any{{line, is(Unmodelled{{1}})}})).size(), 2u);
}

TEST(Unmodelled, OccurrencesAndCallsAreToldApart) {
  Policy policy_a =
      policy("A", {clause("10", {when(is(Any{{is(Unmodelled{{0}}), is(Unmodelled{{0}})}}), {local_pref(1)})})});
  Program p = program({policy_a},
                      {clause("10", {when(never(), {chain(0)}), chain(0), chain(0)}), clause("(default)", {accept()})});
  Outcome outcome = evaluate(p, route());
  EXPECT_THAT(outcome.met, ::testing::ElementsAre(key(0, {1}, 0), key(0, {1}, 1), key(0, {2}, 0), key(0, {2}, 1)));
  Choices choices;
  choices.lines[key(0, {2}, 1)].matches = true;
  EXPECT_EQ(local_pref_of(evaluate(p, route(), choices)), 1u);
  choices.lines.clear();
  choices.lines[key(0, {0}, 1)].matches = true;
  EXPECT_EQ(local_pref_of(evaluate(p, route(), choices)), std::nullopt);
}

TEST(Havoc, FreesWhatItTouchesAndMayDecide) {
  AttributeSet touches = AttributeSet::only(Number::med);
  touches.communities = true;
  Choice choice;
  choice.attributes = route();
  choice.attributes[Number::med] = 9;
  choice.attributes[Number::local_pref] = 9;
  choice.attributes.communities = {parse_community("1:1").value()};
  for (bool may_decide : {true, false}) {
    Program p =
        program({}, {clause("10", {does(Havoc{{0}, touches, may_decide}), local_pref(5)}), clause("20", {accept()})});
    Choices choices;
    choices.lines[key(0)] = choice;
    Outcome outcome = evaluate(p, route(), choices);
    EXPECT_TRUE(outcome.accepted);
    EXPECT_EQ(outcome.route[Number::med], 9u);
    EXPECT_EQ(local_pref_of(outcome), 5u);
    EXPECT_EQ(to_string(outcome.route.communities), "{1:1}");
    EXPECT_THAT(outcome.met, ::testing::ElementsAre(key(0)));
    choices.lines[key(0)].decides = Decision::reject;
    EXPECT_EQ(evaluate(p, route(), choices).accepted, !may_decide);
    choices.lines[key(0)].decides = Decision::next_clause;
    EXPECT_EQ(local_pref_of(evaluate(p, route(), choices)), may_decide ? std::nullopt : std::optional<uint32_t>(5));
  }
}

TEST(Havoc, WithoutAChoiceKeepsTheRoute) {
  Program p = program({}, {clause("10", {does(Havoc{{0}, AttributeSet::all(), true}), accept()})});
  Outcome outcome = evaluate(p, route());
  EXPECT_TRUE(outcome.accepted);
  EXPECT_EQ(outcome.route, route());
  EXPECT_EQ(outcome.met.size(), 1u);
}

TEST(Havoc, OffTheEndOfTheEntryRejects) {
  Program p = program({}, {clause("10", {does(Havoc{{0}, {}, true}), accept()})});
  Choices choices;
  choices.lines[key(0)].decides = Decision::next_policy;
  EXPECT_FALSE(evaluate(p, route(), choices).accepted);
  choices.lines[key(0)].decides = Decision::next_clause;
  EXPECT_FALSE(evaluate(p, route(), choices).accepted);
}

TEST(Havoc, CountsInTheRewriteApart) {
  Program p =
      program({}, {clause("10", {does(Havoc{{0}, {}, true}), accept()})}, {clause("10", {does(Havoc{{0}, {}, true})})});
  EXPECT_THAT(evaluate(p, route()).met, ::testing::ElementsAre(key(0), key(0, {}, 0, true)));
}

TEST(Assumptions, TakeTheFirstValueUnlessRead) {
  Condition whole = is(AssumptionIs{"junos.community-regex", "whole"});
  Program p = program({}, {clause("10", {when(whole, {accept()}), reject()})});
  Outcome outcome = evaluate(p, route());
  EXPECT_FALSE(outcome.accepted);
  EXPECT_THAT(outcome.assumptions, ::testing::ElementsAre("junos.community-regex"));
  Choices choices;
  choices.readings["junos.community-regex"] = "whole";
  EXPECT_TRUE(evaluate(p, route(), choices).accepted);
  Program unknown = program({}, {clause("10", {when(is(AssumptionIs{"no.such", "x"}), {accept()}), reject()})});
  EXPECT_THROW(evaluate(unknown, route()), InternalError);
}

TEST(Trace, TellsTheWay) {
  SourceRange at{{0}, 10, 20};
  Condition tagged = has("1:1");
  tagged.range = at;
  Program p = program({}, {clause("10", {does(If{tagged, {accept()}, {}}, {{0}, 5, 30}), local_pref(200),
                                         local_pref(200), does(NoEffect{}), next_clause()}),
                           clause("20", {does(Disposition{Decision::accept, 0}, {{0}, 40, 46})})});
  Outcome outcome = evaluate(p, route());
  std::vector<Step::Kind> kinds;
  for (const Step& step : outcome.trace) kinds.push_back(step.kind);
  EXPECT_THAT(kinds, ::testing::ElementsAre(Step::Kind::not_matched, Step::Kind::changed, Step::Kind::unchanged,
                                            Step::Kind::unchanged, Step::Kind::decided, Step::Kind::decided));
  EXPECT_EQ(outcome.trace[0].range, at) << "of an If the place of its condition";
  EXPECT_EQ(outcome.trace[1].text, "local-pref none -> 200");
  EXPECT_EQ(outcome.trace[4].text, "next term");
  EXPECT_EQ(outcome.trace[4].clause.clause, 0u);
  EXPECT_EQ(outcome.trace[5].text, "accept");
  EXPECT_EQ(outcome.decided_at, (SourceRange{{0}, 40, 46}));
}

TEST(Numbering, CountsInTheOrderOfTheText) {
  Statement line = when(is(All{{is(Unmodelled{{3}}), not_(is(Unmodelled{{3}}))}}),
                        {does(Havoc{{3}, {}, true}), chain(0)}, {chain(0)});
  std::vector<Clause> clauses = {clause("10", {line, chain(0)}),
                                 clause("20", {does(Havoc{{4}, {}, true}), does(Havoc{{3}, {}, true})})};
  Numbering numbering(clauses);
  const auto& test = std::get<If>(clauses[0].body[0].is);
  const auto& all = std::get<All>(test.condition.is);
  EXPECT_EQ(numbering.occurrence(clauses[0].body[0], all.of[0]), 0u);
  EXPECT_EQ(numbering.occurrence(clauses[0].body[0], *std::get<Not>(all.of[1].is).of), 1u);
  EXPECT_EQ(numbering.occurrence(test.then[0]), 2u);
  EXPECT_EQ(numbering.occurrence(clauses[1].body[0]), 0u);
  EXPECT_EQ(numbering.occurrence(clauses[1].body[1]), 3u);
  EXPECT_EQ(numbering.call(test.then[1]), 0u);
  EXPECT_EQ(numbering.call(test.otherwise[0]), 1u);
  EXPECT_EQ(numbering.call(clauses[0].body[1]), 2u);
  EXPECT_THROW(numbering.call(line), InternalError) << "a copy is another statement";
}

TEST(Numbering, ASharedConditionCountsOnceInEachStatement) {
  Condition shared = not_(is(Unmodelled{{0}}));  // its copies share what is negated
  std::vector<Clause> clauses = {clause("10", {when(is(All{{shared, shared}}), {}), when(shared, {})})};
  Numbering numbering(clauses);
  const Condition& line = *std::get<Not>(shared.is).of;
  EXPECT_EQ(numbering.occurrence(clauses[0].body[0], line), 0u);
  EXPECT_EQ(numbering.occurrence(clauses[0].body[1], line), 1u);
}

TEST(ProgramText, ShowsWhatAClauseDoes) {
  Program p = program({policy("S", {})}, {});
  Clause shown = clause("10", {when(has("1:1"), {local_pref(200), accept()}, {chain(0)}),
                               does(Havoc{{1}, AttributeSet::only(Number::med), true}),
                               does(SetNumber{SetNumber::How::add, Number::med, 5, 0})});
  EXPECT_EQ(to_string(shown, *p.library),
            "10: if has 1:1 then { local-pref 200; accept } else call S; unmodelled (med; may decide): line 1; med + 5 "
            "(from 0)");
}

}  // namespace
}  // namespace bgproof
