// Several `set` lines of one subject in one entry: which of them FRR carries out depends on their forms and their
// order (docs/semantics/frr.md). Every three lines are asked for, each in an entry of its own.
#include <fmt/format.h>

#include "tests/frr/experiments.h"

namespace bgproof::frr {
namespace {

struct Subject {
  const char* words;
  std::vector<std::string> forms;
};

const std::vector<Subject>& subjects() {
  static const std::vector<Subject> kSubjects = {
      {"set metric", {"7", "+8", "-3"}},
      {"set local-preference", {"5", "+8", "-3"}},
      {"set community", {"none", "100:1", "100:2 additive"}},
      {"set as-path prepend", {"7", "8 9", "last-as 2"}},
      {"match metric", {"0", "5", "6"}},
  };
  return kSubjects;
}

TEST_F(Frr, TakesThreeFormsOfOneSubjectAsTheEvaluatorSays) {
  std::string policies, map;
  std::vector<Route> routes;
  for (const Subject& subject : subjects())
    for (const std::string& first : subject.forms)
      for (const std::string& second : subject.forms)
        for (const std::string& third : subject.forms) {
          size_t number = routes.size() + 1;
          Route route;
          route.prefix = *parse_prefix(fmt::format("10.{}.{}.0/24", number / 200, number % 200));
          route.neighbor = parse_address("127.0.1.1");
          route.as_path = path_of({65001, 65});
          route.next_hop = {NextHop::Kind::address, *parse_address("192.0.2.1")};
          route[Number::med] = 5;
          route.communities = {*parse_community("65000:1")};
          routes.push_back(route);
          policies += fmt::format("ip prefix-list P{} seq 5 permit {}\n", number, to_string(route.prefix));
          map += fmt::format("route-map FORMS permit {}\n match ip address prefix-list P{}\n", number, number);
          for (const std::string& form : {first, second, third}) map += fmt::format(" {} {}\n", subject.words, form);
          map += "exit\n!\n";
        }
  Neighbor neighbor{"127.0.1.1", 65001, "FORMS", kNothing, {}, {}};
  std::string config = config_text(policies + map, {neighbor});
  Model model(config);
  Result result = experiment(config, {{neighbor, routes}});
  EXPECT_TRUE(result.refused.empty()) << result.refused.front();
  const Session& session = model.session(neighbor.address, Family::ipv4);
  const std::map<Prefix, Route>& table = result.table[neighbor.address];
  Tally tally;
  for (const Route& route : routes) {
    auto found = table.find(route.prefix);
    model.compare({"forms", session.import_from, route, found == table.end() ? nullptr : &found->second,
                   *parse_address("127.0.0.1"), *session.address},
                  tally);
  }
  for (const std::string& difference : tally.differences) ADD_FAILURE() << difference;
  EXPECT_EQ(tally.pairs, routes.size());
  EXPECT_EQ(tally.pairs, 135u);
  EXPECT_GE(tally.changed, 80u);
}

}  // namespace
}  // namespace bgproof::frr
