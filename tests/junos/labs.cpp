// Real devices agree: labs of Junos devices that face each other. What one device holds goes through the model of its
// export, over the wire, and through the model of the other's import; the table that the other device showed has to say
// the same: which prefixes, which AS path, local preference, MED, origin, communities. Skipped where the corpus is
// absent.
//
// What BGP does by itself is no policy and stands here, not in the model; docs/semantics/junos.md lists it under
// "Labs". Each lab says how many routes have to agree, and how many have to be kept back by a policy, so that a
// test that compares nothing fails.
#include <filesystem>
#include <map>
#include <memory>
#include <regex>
#include <sstream>

#include "tests/junos/lowered.h"
#include "tests/junos/tables.h"
#include "tests/lowered/corpora.h"

namespace bgproof::junos::testing {
namespace {

namespace fs = std::filesystem;

fs::path labs() { return corpora(BGPROOF_SOURCE_DIR) / "lab-validation"; }

struct Box {
  std::string name, text;
  std::unique_ptr<Lowered> lowered;
  std::set<Address> addresses;
  std::vector<Row> table;

  const Device& device() const { return lowered->device(); }
  Asn asn() const { return device().local_as.value_or(0); }
  // Some line of the neighbor, its group or all BGP says so.
  bool says(const Session& session, const std::string& what) const {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      auto of = [&](const std::string& level, const std::string& whose) {
        return line.find(level) == std::string::npos || line.find(level + whose + " ") != std::string::npos;
      };
      if (line.find(what) != std::string::npos && of(" group ", session.group) && of(" neighbor ", session.neighbor))
        return true;
    }
    return false;
  }
};

std::vector<Box> read_lab(const fs::path& lab) {
  std::vector<Box> boxes;
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(lab / "configs")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  for (const fs::path& folder : folders) {
    fs::path config = folder / "show_configuration_|_display_set.txt";
    if (!fs::exists(config)) continue;  // of another vendor
    Box box;
    box.name = folder.filename();
    box.text = contents(config);
    box.lowered = std::make_unique<Lowered>(box.text);
    static const std::regex kAddress(R"(set interfaces .* address ([0-9a-fA-F.:]+)/[0-9]+)");
    for (std::sregex_iterator it(box.text.begin(), box.text.end(), kAddress), end; it != end; ++it)
      if (auto address = parse_address((*it)[1].str())) box.addresses.insert(*address);
    box.table = read_tables(lab / "show" / folder.filename());
    boxes.push_back(std::move(box));
  }
  return boxes;
}

// Whether a condition holds is the network's affair; every other line has to have a meaning.
Outcome run(const Box& box, const Program& program, const Route& route, bool conditions_hold = true) {
  Outcome outcome = evaluate(program, route);
  Choices choices;
  for (const ChoiceKey& key : outcome.met) {
    choices.lines[key].matches = conditions_hold;
    EXPECT_TRUE(box.device().library->unmodelled.at(key.choice.value).environment)
        << box.name << ": " << to_string(route);
  }
  return outcome.met.empty() ? outcome : evaluate(program, route, choices);
}

std::vector<Asn> numbers_of(const AsPath& path) {
  std::vector<Asn> numbers;
  for (const AsSegment& segment : path.segments)
    numbers.insert(numbers.end(), segment.asns.begin(), segment.asns.end());
  return numbers;
}

// The path on the wire: the own AS goes in front of the path that the device has, and the prepends of the export policy
// in front of that.
AsPath sent_path(const Box& from, const Session& session, const Route& before, const Outcome& outcome) {
  Program chain = session.export_to.program;
  chain.rewrite.clear();
  std::vector<Asn> by_policy = numbers_of(run(from, chain, before).route.as_path);
  std::vector<Asn> path = numbers_of(outcome.route.as_path);
  size_t in_front = by_policy.size() - numbers_of(before.as_path).size();
  path.insert(path.begin() + static_cast<std::ptrdiff_t>(std::min(in_front, path.size())), from.asn());
  return path_of(std::move(path));
}

// The second bit of the type says that no other AS gets it (RFC 4360).
bool stays_within_as(const Community& community) {
  return community.kind == CommunityKind::extended && (community.fields[0] & 0x4000) != 0;
}

// Whether BGP asks the export policy at all.
bool is_offered(const Box& from, const Session& session, const Row& row) {
  const Route& route = row.route;
  if (!row.active || route.protocol == Protocol::local || !session.families.contains(route.prefix.family) ||
      !offered(session.export_to, route))
    return false;
  std::vector<Asn> path = numbers_of(route.as_path);
  return path.empty() || path.front() != session.remote_as || from.says(session, "advertise-peer-as");
}

// What arrives at the other end, if the policy lets it.
std::optional<Route> sent(const Box& from, const Session& session, const Route& route, const Address& source) {
  Outcome outcome = run(from, session.export_to.program, route);
  if (!outcome.accepted) return std::nullopt;
  Route arrives = outcome.route;
  arrives.as_path = sent_path(from, session, route, outcome);
  arrives.protocol = Protocol::bgp;
  arrives.route_type = RouteType::external;
  arrives.neighbor = source;
  arrives.interface.clear();
  arrives[Number::local_pref].reset();
  std::erase_if(arrives.communities, stays_within_as);
  return arrives;
}

struct Agreement {
  size_t routes = 0;     // rows of the table that the model explains, in every attribute
  size_t kept_back = 0;  // routes of the sender that one of the two policies rejects, and the table does not have
  size_t communities = 0;
};

void expect_same(const Route& model, const Row& row, const std::string& where, Agreement& agreement) {
  const Route& shown = row.route;
  ++agreement.routes;
  agreement.communities += shown.communities.size();
  EXPECT_EQ(to_string(model.as_path), to_string(shown.as_path)) << where << ": " << to_string(shown);
  EXPECT_EQ(model[Number::local_pref].value_or(100), shown[Number::local_pref].value_or(100))
      << where << ": " << to_string(shown);
  EXPECT_EQ(model[Number::med], shown[Number::med]) << where << ": " << to_string(shown);
  EXPECT_EQ(model.origin, shown.origin) << where << ": " << to_string(shown);
  if (row.shows_communities) {
    EXPECT_EQ(to_string(model.communities), to_string(shown.communities)) << where << ": " << to_string(shown);
  }
}

void compare_session(const Box& from, const Session& out, const Box& to, const Session& in, Agreement& agreement) {
  std::map<Prefix, Route> expected;
  std::set<Prefix> may_loop, kept_back;
  for (const Row& row : from.table) {
    const Route& route = row.route;
    if (!is_offered(from, out, row)) continue;
    std::optional<Route> arrives = sent(from, out, route, *in.address);
    if (!arrives) {
      kept_back.insert(route.prefix);
      continue;
    }
    std::vector<Asn> path = numbers_of(arrives->as_path);
    if (std::count(path.begin(), path.end(), to.asn()) > 0) {
      if (!to.says(in, " loops ")) continue;
      may_loop.insert(route.prefix);
    }
    Outcome outcome = run(to, in.import_from.program, *arrives);
    if (outcome.accepted)
      expected.emplace(route.prefix, outcome.route);
    else
      kept_back.insert(route.prefix);
  }
  std::string where = from.name + " to " + to.name;
  std::set<Prefix> seen;
  for (const Row& row : to.table) {
    if (row.route.protocol != Protocol::bgp || row.route.neighbor != *in.address) continue;
    seen.insert(row.route.prefix);
    auto found = expected.find(row.route.prefix);
    if (found == expected.end())
      ADD_FAILURE() << where << ": the device has " << to_string(row.route) << ", the model lets nothing through";
    else
      expect_same(found->second, row, where, agreement);
  }
  for (const Prefix& prefix : kept_back) agreement.kept_back += seen.contains(prefix) ? 0 : 1;
  for (const auto& [prefix, model] : expected)
    if (!seen.contains(prefix) && !may_loop.contains(prefix))
      ADD_FAILURE() << where << ": the model lets " << to_string(model) << " through, the device does not show it";
}

Agreement compare(const std::vector<Box>& boxes) {
  Agreement agreement;
  for (const Box& from : boxes)
    for (const Session& out : from.device().sessions)
      for (const Box& to : boxes) {
        if (!out.external || !out.address || !to.addresses.contains(*out.address) || out.remote_as != to.asn())
          continue;
        for (const Session& in : to.device().sessions)
          if (in.external && in.address && from.addresses.contains(*in.address) && in.remote_as == from.asn())
            compare_session(from, out, to, in, agreement);
      }
  return agreement;
}

struct Lab {
  const char* name;
  size_t routes, kept_back, communities;  // exactly
};

class Labs : public ::testing::TestWithParam<Lab> {};

TEST_P(Labs, ShowWhatTheModelSays) {
  const Lab& lab = GetParam();
  if (!fs::is_directory(labs() / lab.name)) GTEST_SKIP() << "no corpus at " << labs() / lab.name;
  Agreement agreement = compare(read_lab(labs() / lab.name));
  EXPECT_EQ(agreement.routes, lab.routes);
  EXPECT_EQ(agreement.kept_back, lab.kept_back);
  EXPECT_EQ(agreement.communities, lab.communities);
}

INSTANTIATE_TEST_SUITE_P(Junos, Labs,
                         ::testing::Values(Lab{"junos_as_path_acl", 5, 73, 0}, Lab{"junos_community_delete", 21, 7, 0},
                                           Lab{"junos_ebgp_loop_prevention", 22, 40, 0},
                                           Lab{"junos_ext_community_literal", 4, 4, 2},
                                           Lab{"junos_private_asn", 127, 69, 0}),
                         [](const auto& made) { return std::string(made.param.name); });

// Devices whose neighbors are of other vendors: every BGP route that they show has passed their import, and is as it
// would be had it come like that.
struct Mixed {
  const char* name;
  size_t routes;
};

class MixedLabs : public ::testing::TestWithParam<Mixed> {};

TEST_P(MixedLabs, ImportAcceptsWhatTheDeviceShows) {
  const Mixed& lab = GetParam();
  if (!fs::is_directory(labs() / lab.name)) GTEST_SKIP() << "no corpus at " << labs() / lab.name;
  size_t routes = 0;
  for (const Box& box : read_lab(labs() / lab.name))
    for (const Row& row : box.table)
      for (const Session& session : box.device().sessions) {
        if (row.route.protocol != Protocol::bgp || session.address != row.route.neighbor) continue;
        ++routes;
        Outcome outcome = run(box, session.import_from.program, row.route);
        EXPECT_TRUE(outcome.accepted) << box.name << ": " << to_string(row.route);
        EXPECT_EQ(to_string(outcome.route), to_string(row.route));
      }
  EXPECT_EQ(routes, lab.routes);
}

INSTANTIATE_TEST_SUITE_P(Junos, MixedLabs,
                         ::testing::Values(Mixed{"juniper_from_condition", 6}, Mixed{"mix_vendor_bgp_vrf", 11}),
                         [](const auto& made) { return std::string(made.param.name); });

// J13: one condition holds and the other does not, the export policies are alike but for that. The neighbor of the one
// has the route, that of the other has not.
TEST(JunosLabs, ConditionDecidesExport) {
  fs::path lab = labs() / "juniper_from_condition";
  if (!fs::is_directory(lab)) GTEST_SKIP() << "no corpus at " << lab;
  std::vector<Box> boxes = read_lab(lab);
  ASSERT_EQ(boxes.size(), 1u);
  const Box& box = boxes.front();
  auto loopback = std::find_if(box.table.begin(), box.table.end(), [](const Row& row) {
    return to_string(row.route.prefix) == "10.0.0.2/32" && row.route.protocol == Protocol::direct;
  });
  ASSERT_NE(loopback, box.table.end());
  auto shows = [&](const std::string& device) {
    return contents(lab / "show" / device / "show_ip_bgp_all.txt").find("10.0.0.2/32") != std::string::npos;
  };
  EXPECT_TRUE(run(box, box.lowered->session("10.1.0.1").export_to.program, loopback->route, true).accepted);
  EXPECT_TRUE(shows("as65001"));
  EXPECT_FALSE(run(box, box.lowered->session("10.2.0.1").export_to.program, loopback->route, false).accepted);
  EXPECT_FALSE(shows("as65003"));
}

}  // namespace
}  // namespace bgproof::junos::testing
