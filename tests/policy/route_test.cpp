#include "policy/route.h"

#include <gtest/gtest.h>

namespace bgproof {
namespace {

Route legal_route() {
  Route route;
  route.prefix = parse_prefix("2001:db8::/48").value();
  route.as_path = path_of({64496});
  return route;
}

TEST(Route, NumbersAreInTheOrderOfTheEnum) {
  for (size_t i = 0; i < kNumbers.size(); ++i) {
    EXPECT_EQ(static_cast<size_t>(kNumbers[i].number), i);
    EXPECT_FALSE(kNumbers[i].name.empty());
    EXPECT_FALSE(kNumbers[i].json.empty());
  }
  EXPECT_EQ(info(Number::local_pref).json, "local_pref");
  EXPECT_EQ(info(Number::color2).name, "color2");
}

TEST(Route, EveryProtocolHasAName) {
  for (int i = 0; i < kProtocols; ++i) EXPECT_FALSE(to_string(static_cast<Protocol>(i)).empty()) << i;
  EXPECT_TRUE(to_string(static_cast<Protocol>(kProtocols)).empty());
  EXPECT_TRUE(is_igp(Protocol::isis));
  EXPECT_FALSE(is_igp(Protocol::static_));
}

TEST(Route, IsLegalIfANetworkCanHoldIt) {
  EXPECT_TRUE(is_legal(legal_route()));
  EXPECT_FALSE(is_legal(Route{})) << "external without a path";
  auto with = [](auto change) {
    Route route = legal_route();
    change(route);
    return is_legal(route);
  };
  EXPECT_FALSE(with([](Route& r) { r.route_type = RouteType::none; }));
  EXPECT_FALSE(with([](Route& r) { r.protocol = Protocol::static_; }));
  EXPECT_TRUE(with([](Route& r) { r.protocol = Protocol::static_, r.route_type = RouteType::none; }));
  EXPECT_FALSE(with([](Route& r) {
    r.protocol = Protocol::static_, r.route_type = RouteType::none;
    r.neighbor = parse_address("192.0.2.1");
  }));
  EXPECT_TRUE(with([](Route& r) { r.neighbor = parse_address("192.0.2.1"); }));
  EXPECT_FALSE(with([](Route& r) { r.as_path = {}; }));
  EXPECT_TRUE(with([](Route& r) { r.as_path = {}, r.route_type = RouteType::internal; }));
  EXPECT_FALSE(with([](Route& r) { r.prefix.bits |= 1; }));
  EXPECT_FALSE(with([](Route& r) { r.prefix = {Family::ipv4, 0, 33}; }));
  auto in_table = [&](const std::string& prefix, const std::string& rib) {
    return with([&](Route& r) { r.prefix = *parse_prefix(prefix), r.rib = rib; });
  };
  for (const char* rib : {"", "inet.0", "inet.3", "V.inet.0", "a.inet6.b.inet.2", "bgp.l3vpn.0", "inet6", "inet60.0"})
    EXPECT_TRUE(in_table("192.0.2.0/24", rib)) << rib;
  for (const char* rib : {"inet6.0", "V.inet6.0", "a.inet.inet6.2"}) {
    EXPECT_FALSE(in_table("192.0.2.0/24", rib)) << rib;
    EXPECT_TRUE(in_table("2001:db8::/32", rib)) << rib;
  }
  EXPECT_FALSE(in_table("2001:db8::/32", "inet.0"));
  EXPECT_FALSE(with([](Route& r) { r.as_path.segments.push_back({}); }));
  EXPECT_FALSE(with([](Route& r) { r.as_path.segments.push_back({AsSegment::Kind::set, {2, 1}}); }));
  EXPECT_FALSE(with([](Route& r) { r.communities.insert({CommunityKind::standard, {65536, 0, 0}}); }));
  EXPECT_FALSE(with([](Route& r) { r.communities.insert({CommunityKind::standard, {1, 0, 1}}); }));
  EXPECT_FALSE(with([](Route& r) { r.next_hop = {NextHop::Kind::self, {Family::ipv6, 1}}; }));
  EXPECT_FALSE(with([](Route& r) { r.next_hop = {NextHop::Kind::address, {Family::ipv4, 1}}; }));
}

TEST(Route, PrintsOneLineWithoutTheUsual) {
  Route route = legal_route();
  EXPECT_EQ(to_string(route), "2001:db8::/48  as-path 64496");
  route[Number::local_pref] = 100;
  route.communities = {{CommunityKind::standard, {64500, 1, 0}}, {CommunityKind::large, {1, 2, 3}}};
  EXPECT_EQ(to_string(route), "2001:db8::/48  as-path 64496  communities {64500:1, 1:2:3}  local-pref 100");
  route[Number::med] = 5;
  route.origin = Origin::incomplete;
  route.learned_from = "peer";
  route.route_type = RouteType::internal;
  route.next_hop = {NextHop::Kind::self, {}};
  route.communities.clear();
  route.rpki = Rpki::invalid;
  EXPECT_EQ(to_string(route),
            "2001:db8::/48  route-type internal  learned-from peer  as-path 64496  origin incomplete  next-hop self  "
            "local-pref 100  med 5  rpki invalid");
}

TEST(AttributeSet, AllAndOne) {
  AttributeSet all = AttributeSet::all();
  EXPECT_TRUE(all.as_path && all.origin && all.next_hop && all.communities && all.rpki);
  for (bool number : all.numbers) EXPECT_TRUE(number);
  AttributeSet one = AttributeSet::only(Number::med);
  EXPECT_FALSE(one.as_path || one.origin || one.next_hop || one.communities || one.rpki);
  for (size_t i = 0; i < one.numbers.size(); ++i) EXPECT_EQ(one.numbers[i], i == static_cast<size_t>(Number::med));
}

}  // namespace
}  // namespace bgproof
