#include "policy/condition.h"

#include <gtest/gtest.h>

#include "base/check.h"
#include "policy/evaluate.h"

namespace bgproof {
namespace {

Condition is(Condition::Is what) { return {std::move(what), {}}; }

Prefix prefix(std::string_view text) { return parse_prefix(text).value(); }

Route route() {
  Route route;
  route.prefix = prefix("192.0.2.0/24");
  route.as_path = path_of({64496, 64497});
  route.neighbor = parse_address("198.51.100.1");
  route.next_hop = {NextHop::Kind::address, parse_address("2001:db8::1").value()};
  route.communities = {parse_community("64500:1").value(), parse_community("64500:1:2").value()};
  route.interface = "ge-0/0/0.0";
  route.rib = "inet.0";
  route.learned_from = "peer";
  route[Number::med] = 7;
  return route;
}

std::shared_ptr<const PrefixList> list(std::vector<PrefixEntry> entries,
                                       PrefixList::Mode mode = PrefixList::Mode::any) {
  return std::make_shared<const PrefixList>(PrefixList{mode, std::move(entries)});
}

PrefixEntry exact(std::string_view text, uint32_t slot = 0) {
  Prefix p = prefix(text);
  return {{p, p.length, p.length, {}}, slot, {}};
}

PrefixEntry orlonger(std::string_view text) {
  Prefix p = prefix(text);
  return {{p, p.length, static_cast<uint8_t>(width(p.family)), {}}, 0, {}};
}

CommunitySet set(std::vector<std::string_view> texts) {
  CommunitySet result;
  for (std::string_view text : texts) result.patterns.push_back({parse_community(text).value(), {}});
  return result;
}

TEST(Condition, ConnectivesOfNothing) {
  EXPECT_TRUE(holds(is(All{}), route()));
  EXPECT_FALSE(holds(is(Any{}), route()));
  EXPECT_TRUE(holds(all_of({}), route()));
  EXPECT_FALSE(holds(any_of({}), route()));
  EXPECT_TRUE(std::holds_alternative<Constant>(all_of({always()}).is)) << "one child is that child";
  EXPECT_TRUE(holds(not_(never()), route()));
  EXPECT_FALSE(holds(all_of({always(), never()}), route()));
  EXPECT_TRUE(holds(any_of({never(), always()}), route()));
}

TEST(Condition, PrefixAndFamily) {
  EXPECT_TRUE(holds(is(PrefixIn{list({exact("192.0.2.0/24")}), {0}}), route()));
  EXPECT_FALSE(holds(is(PrefixIn{list({exact("192.0.2.0/25")}), {0}}), route()));
  EXPECT_FALSE(holds(is(PrefixIn{list({}), {0}}), route()));
  auto slots = list({exact("192.0.2.0/24", 2)}, PrefixList::Mode::longest);
  EXPECT_FALSE(holds(is(PrefixIn{slots, {0, 1}}), route()));
  EXPECT_TRUE(holds(is(PrefixIn{slots, {1, 2}}), route()));
  auto denied = list({exact("192.0.2.0/24", PrefixEntry::kNoMatch)}, PrefixList::Mode::first);
  EXPECT_FALSE(holds(is(PrefixIn{denied, {0, PrefixEntry::kNoMatch}}), route()));
  EXPECT_TRUE(holds(is(FamilyIs{Family::ipv4}), route()));
  EXPECT_FALSE(holds(is(FamilyIs{Family::ipv6}), route()));
}

TEST(Condition, WhereTheRouteComesFrom) {
  EXPECT_TRUE(holds(is(ProtocolIn{{Protocol::bgp, Protocol::static_}}), route()));
  EXPECT_FALSE(holds(is(ProtocolIn{{Protocol::static_}}), route()));
  EXPECT_FALSE(holds(is(ProtocolIn{{}}), route()));
  EXPECT_TRUE(holds(is(RouteTypeIs{RouteType::external}), route()));
  EXPECT_FALSE(holds(is(RouteTypeIs{RouteType::internal}), route()));
  EXPECT_TRUE(holds(is(LearnedFromIn{{"peer", "provider"}}), route()));
  EXPECT_FALSE(holds(is(LearnedFromIn{{"originated"}}), route()));
  EXPECT_TRUE(holds(is(InterfaceIn{{"ge-0/0/0.0"}}), route()));
  EXPECT_FALSE(holds(is(InterfaceIn{{"lo0.0"}}), route()));
  EXPECT_TRUE(holds(is(RibIn{{"inet.0"}}), route()));
  EXPECT_FALSE(holds(is(RibIn{{"inet6.0"}}), route()));
}

TEST(Condition, AddressesAreLookedUpWhole) {
  EXPECT_TRUE(holds(is(NeighborIn{list({exact("198.51.100.1/32")})}), route()));
  EXPECT_FALSE(holds(is(NeighborIn{list({exact("198.51.100.0/24")})}), route()));
  EXPECT_TRUE(holds(is(NeighborIn{list({orlonger("198.51.100.0/24")})}), route()));
  EXPECT_TRUE(holds(is(NextHopIn{list({orlonger("2001:db8::/32")})}), route()));
  EXPECT_FALSE(holds(is(NextHopIn{list({orlonger("0.0.0.0/0")})}), route()));
  Route without = route();
  without.neighbor.reset();
  without.next_hop = {NextHop::Kind::self, {}};
  auto everything = list({orlonger("0.0.0.0/0"), orlonger("::/0")});
  EXPECT_FALSE(holds(is(NeighborIn{everything}), without));
  EXPECT_FALSE(holds(is(NextHopIn{everything}), without));
}

TEST(Condition, Communities) {
  EXPECT_TRUE(holds(is(CarriesCommunity{set({"64500:2", "64500:1"})}), route()));
  EXPECT_FALSE(holds(is(CarriesCommunity{set({"64500:2"})}), route()));
  EXPECT_FALSE(holds(is(CarriesCommunity{set({})}), route()));
  auto count = [](std::set<CommunityKind> kinds, NumberRange range) {
    return holds(is(CommunityCount{kinds, range}), route());
  };
  EXPECT_TRUE(count({CommunityKind::standard}, {1, 1}));
  EXPECT_TRUE(count({CommunityKind::standard, CommunityKind::large}, {2, 2}));
  EXPECT_TRUE(count({CommunityKind::extended}, {0, 0}));
  EXPECT_TRUE(count({}, {0, 0}));
  EXPECT_FALSE(count({CommunityKind::large}, {2, UINT32_MAX}));
}

TEST(Condition, TextOfAllCommunities) {
  Route carrying = route();
  auto matches = [&](std::string expression, CommunityNames names = CommunityNames::numeric) {
    return holds(is(CommunityText{CommunityKind::standard, std::move(expression), names}), carrying);
  };
  carrying.communities = {*parse_community("64500:1"), *parse_community("64500:1:9")};
  EXPECT_TRUE(matches("^64500:1$"));
  EXPECT_TRUE(matches("(^|[,{}() ]|$)64500:1(^|[,{}() ]|$)"));
  carrying.communities.insert({CommunityKind::standard, {0xffff, 0xff01, 0}});
  EXPECT_FALSE(matches("^64500:1$"));
  EXPECT_TRUE(matches("(^|[,{}() ]|$)64500:1(^|[,{}() ]|$)"));
  EXPECT_TRUE(matches("^64500:1 65535:65281$"));
  EXPECT_FALSE(matches("^65535:")) << "64500:1 comes first";
  EXPECT_TRUE(matches("1 no-", CommunityNames::words));
  EXPECT_FALSE(matches("65535", CommunityNames::words));
  carrying.communities.clear();
  EXPECT_TRUE(matches(".*"));
  EXPECT_TRUE(matches("^$"));
  EXPECT_FALSE(matches("."));
}

TEST(Condition, AbsentNumbersAreInNoRange) {
  EXPECT_TRUE(holds(is(NumberIn{Number::med, {{0, 5}, {7, 9}}}), route()));
  EXPECT_FALSE(holds(is(NumberIn{Number::med, {{0, 6}, {8, UINT32_MAX}}}), route()));
  EXPECT_FALSE(holds(is(NumberIn{Number::local_pref, {{}}}), route())) << "absent";
  EXPECT_TRUE(holds(not_(is(NumberIn{Number::local_pref, {{}}})), route()));
  EXPECT_FALSE(holds(is(NumberIn{Number::med, {}}), route()));
}

TEST(Condition, OtherAttributes) {
  EXPECT_TRUE(holds(is(OriginIs{Origin::igp}), route()));
  EXPECT_FALSE(holds(is(OriginIs{Origin::egp}), route()));
  EXPECT_TRUE(holds(is(RpkiIs{Rpki::unknown}), route()));
  EXPECT_FALSE(holds(is(RpkiIs{Rpki::valid}), route()));
  EXPECT_TRUE(holds(is(AsPathLength{{2, 2}}), route()));
  EXPECT_FALSE(holds(is(AsPathLength{{3, UINT32_MAX}}), route()));
  AsPathRegex any;
  any.kind = AsPathRegex::Kind::any_letter;
  EXPECT_FALSE(holds(is(AsPathMatches{any}), route()));
  EXPECT_TRUE(holds(is(AsPathText{"^64496 64497$"}), route()));
  EXPECT_TRUE(holds(is(AsPathText{"4496"}), route())) << "characters, somewhere";
  EXPECT_TRUE(holds(is(AsPathText{"(^|[,{}() ]|$)64497(^|[,{}() ]|$)"}), route()));
  EXPECT_FALSE(holds(is(AsPathText{"(^|[,{}() ]|$)4496(^|[,{}() ]|$)"}), route()));
  EXPECT_FALSE(holds(is(AsPathText{"^$"}), route()));
}

TEST(Condition, HoldsRefusesWhatARouteAloneDoesNotDecide) {
  EXPECT_THROW(holds(is(Unmodelled{{0}}), route()), InternalError);
  EXPECT_THROW(holds(is(FlagIsSet{0}), route()), InternalError);
  EXPECT_THROW(holds(all_of({always(), is(AssumptionIs{"junos.prefix-group", "or"})}), route()), InternalError);
}

TEST(Condition, PrintsInTheWordsOfTheIntentLanguage) {
  auto text = [](Condition::Is what) { return to_string(is(std::move(what))); };
  EXPECT_EQ(text(Constant{true}), "any");
  EXPECT_EQ(text(Constant{false}), "not any");
  EXPECT_EQ(text(PrefixIn{list({exact("192.0.2.0/24"), orlonger("10.0.0.0/8")}), {0}}),
            "prefix in { 192.0.2.0/24, 10.0.0.0/8 orlonger }");
  EXPECT_EQ(text(PrefixIn{list({}), {0}}), "prefix in {}");
  EXPECT_EQ(text(PrefixIn{list({exact("10.0.0.0/8", 1)}, PrefixList::Mode::longest), {1, 2}}),
            "prefix in longest-of { 10.0.0.0/8 slot 1 } slots {1, 2}");
  EXPECT_EQ(text(FamilyIs{Family::ipv6}), "len v6 0..128");
  EXPECT_EQ(text(ProtocolIn{{Protocol::bgp}}), "source bgp");
  EXPECT_EQ(text(ProtocolIn{
                {Protocol::static_, Protocol::ospf, Protocol::ospf3, Protocol::isis, Protocol::rip, Protocol::ripng}}),
            "source static or source igp");
  EXPECT_EQ(text(ProtocolIn{{}}), "not any");
  EXPECT_EQ(text(RouteTypeIs{RouteType::internal}), "route-type internal");
  EXPECT_EQ(text(LearnedFromIn{{"peer", "provider"}}), "learned-from peer, provider");
  EXPECT_EQ(text(LearnedFromIn{{"originated", "peer"}}), "originated or learned-from peer");
  EXPECT_EQ(text(CarriesCommunity{set({"64500:1"})}), "has 64500:1");
  EXPECT_EQ(text(CarriesCommunity{set({"64500:1", "64500:2"})}), "has {64500:1, 64500:2}");
  EXPECT_EQ(text(CommunityCount{{CommunityKind::standard, CommunityKind::large}, {3, UINT32_MAX}}),
            "community-count standard, large >= 3");
  EXPECT_EQ(text(NumberIn{Number::local_pref, {{200, 250}}}), "local-pref 200..250");
  EXPECT_EQ(text(NumberIn{Number::med, {{5, 5}, {10, UINT32_MAX}}}), "med = 5 or med >= 10");
  EXPECT_EQ(text(NumberIn{Number::med, {{0, 5}}}), "med <= 5");
  EXPECT_EQ(text(OriginIs{Origin::egp}), "origin egp");
  EXPECT_EQ(text(NextHopIn{list({exact("192.0.2.1/32")})}), "next-hop in { 192.0.2.1/32 }");
  EXPECT_EQ(text(InterfaceIn{{"ge-0/0/0.0"}}), "interface \"ge-0/0/0.0\"");
  EXPECT_EQ(text(RpkiIs{Rpki::invalid}), "rpki invalid");
  EXPECT_EQ(text(AsPathMatches{AsPathRegex{}}), "path matches <^()$>");
  EXPECT_EQ(text(AsPathText{"^64496 "}), "path text /^64496 /");
  EXPECT_EQ(text(AsPathLength{{0, 5}}), "path-len <= 5");
}

TEST(Condition, PrintsParenthesesWhereTheyAreNeeded) {
  Condition a = is(RpkiIs{Rpki::valid});
  Condition b = is(RouteTypeIs{RouteType::internal});
  Condition c = is(OriginIs{Origin::igp});
  EXPECT_EQ(to_string(all_of({a, any_of({b, c})})), "rpki valid and (route-type internal or origin igp)");
  EXPECT_EQ(to_string(any_of({all_of({a, b}), c})), "rpki valid and route-type internal or origin igp");
  EXPECT_EQ(to_string(not_(all_of({a, b}))), "not (rpki valid and route-type internal)");
  EXPECT_EQ(to_string(not_(not_(a))), "not not rpki valid");
  EXPECT_EQ(to_string(is(All{})), "any");
  EXPECT_EQ(to_string(is(Any{})), "not any");
  EXPECT_EQ(to_string(all_of({a, is(NumberIn{Number::med, {{1, 1}, {3, 3}}})})), "rpki valid and (med = 1 or med = 3)");
}

}  // namespace
}  // namespace bgproof
