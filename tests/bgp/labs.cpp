// What devices of a lab have sent each other: a route that stands best in one table goes through the sender's export
// and the receiver's import program, and the receiver's table holds what comes out, or does not hold it where a program
// rejects. Skipped where the corpus is absent (BGPROOF_CORPORA, else beside the project).
#include <filesystem>
#include <sstream>

#include "tests/bgp/lowered.h"
#include "tests/bgp/tables.h"
#include "tests/lowered/corpora.h"

namespace bgproof::routemap::testing {
namespace {

namespace fs = std::filesystem;

fs::path labs() { return corpora(BGPROOF_SOURCE_DIR) / "lab-validation"; }

struct Router {
  std::string name;
  Lowered lowered;
  std::vector<Row> table;
  std::set<Address> addresses;
};

std::optional<fs::path> file_like(const fs::path& folder, const std::vector<std::string>& parts) {
  if (!fs::is_directory(folder)) return std::nullopt;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::string name = entry.path().filename().string();
    if (std::all_of(parts.begin(), parts.end(),
                    [&](const std::string& part) { return name.find(part) != std::string::npos; }))
      return entry.path();
  }
  return std::nullopt;
}

std::string config_text(const fs::path& folder) {
  std::string text;
  for (const auto& entry : fs::directory_iterator(folder)) text = contents(entry.path());
  return text;
}

// Cumulus keeps several files in one: the addresses stand in front of FRR's part.
std::set<Address> addresses_in_front(const std::string& text, size_t frr) {
  std::set<Address> addresses;
  std::istringstream words(text.substr(0, frr));
  std::string word, before;
  while (words >> word) {
    if (before == "address")
      if (auto address = parse_address(word.substr(0, word.find('/')))) addresses.insert(*address);
    before = word;
  }
  return addresses;
}

std::vector<Row> table_of(const fs::path& show, Dialect dialect) {
  switch (dialect) {
    case Dialect::ios:
      if (auto path = file_like(show, {"show_ip_bgp_all.txt"})) return read_text_table(contents(*path));
      break;
    case Dialect::nxos:
      if (auto path = file_like(show, {"show_ip_bgp_vrf_all.txt"})) return read_text_table(contents(*path));
      break;
    case Dialect::eos:
      if (auto path = file_like(show, {"show_ip_bgp_vrf_all_", "json"})) return read_eos_table(contents(*path));
      break;
    case Dialect::frr: {
      auto detail = file_like(show, {"show_ip_bgp_172"});
      if (auto path = file_like(show, {"show_ip_bgp_vrf_all_json"}))
        return read_frr_table(contents(*path), detail ? contents(*detail) : "");
      break;
    }
  }
  return {};
}

std::vector<std::unique_ptr<Router>> routers_of(const std::string& lab) {
  std::vector<std::unique_ptr<Router>> routers;
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(labs() / lab / "configs")) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  for (const fs::path& folder : folders) {
    std::string text = config_text(folder);
    size_t frr = text.find("\nfrr version");
    std::set<Address> addresses;
    if (frr != std::string::npos) {
      addresses = addresses_in_front(text, frr);
      text = text.substr(frr + 1);
    }
    auto detected = detect(text);
    if (!detected) continue;
    std::string name = folder.filename().string();
    std::vector<Row> table = table_of(labs() / lab / "show" / name, detected->dialect);
    Lowered lowered(detected->dialect, text);
    addresses.insert(lowered.device().addresses.begin(), lowered.device().addresses.end());
    routers.push_back(
        std::unique_ptr<Router>(new Router{name, std::move(lowered), std::move(table), std::move(addresses)}));
  }
  return routers;
}

// A session of one router and that of the other end.
struct Link {
  const Router* from;
  const Session* out;
  const Router* to;
  const Session* in;
};

std::vector<Link> links_of(const std::vector<std::unique_ptr<Router>>& routers) {
  std::vector<Link> links;
  for (const auto& a : routers)
    for (const Session& out : a->lowered.device().sessions)
      for (const auto& b : routers) {
        if (a == b || !out.address || !out.instance.empty() || !b->addresses.contains(*out.address)) continue;
        for (const Session& in : b->lowered.device().sessions)
          if (in.address && in.instance.empty() && in.families == out.families && out.families.contains(Family::ipv4) &&
              a->addresses.contains(*in.address))
            links.push_back({a.get(), &out, b.get(), &in});
      }
  return links;
}

Route route_of(const Row& row, Protocol protocol) {
  Route route;
  route.prefix = row.prefix;
  route.protocol = row.local ? protocol : Protocol::bgp;
  route.route_type = row.local ? RouteType::none : row.internal ? RouteType::internal : RouteType::external;
  if (!row.local) route.neighbor = row.next_hop;
  if (row.next_hop && row.next_hop->bits != 0) route.next_hop = {NextHop::Kind::address, *row.next_hop};
  route.as_path = row.path;
  route.origin = row.origin;
  route[Number::med] = row.metric;
  if (!row.local) route[Number::local_pref] = row.local_pref;
  if (row.communities) {
    std::istringstream words(*row.communities);
    std::string word;
    while (words >> word)
      if (auto community = parse_community(word)) route.communities.insert(*community);
  }
  return route;
}

bool contains(const AsPath& path, Asn asn) {
  for (const AsSegment& segment : path.segments)
    if (std::count(segment.asns.begin(), segment.asns.end(), asn) != 0) return true;
  return false;
}

bool between_ases(const Link& link) {
  return link.out->external || link.out->remote_as != link.from->lowered.device().local_as;
}

struct Sent {
  bool accepted = false;
  Route route;  // as it enters the other table
};

// What the network decides is as it has to be for the route to be sent.
Outcome run(const Program& program, const Route& route) {
  Outcome outcome = evaluate(program, route);
  Choices choices;
  for (const ChoiceKey& key : outcome.met) choices.lines[key].matches = true;
  return outcome.met.empty() ? outcome : evaluate(program, route, choices);
}

// The whole way; what is automatic and not part of the programs is added between them.
Sent send(const Link& link, const Route& before) {
  if (!offered(link.out->export_to, before)) return {};
  Outcome exported = run(link.out->export_to.program, before);
  if (!exported.accepted) return {};
  Route wire = exported.route;
  wire.protocol = Protocol::bgp;
  wire.neighbor = link.in->address;
  bool external = link.out->external;
  bool confederated = !external && between_ases(link);
  if (external) {
    std::erase_if(wire.as_path.segments, [](const AsSegment& each) {
      return each.kind == AsSegment::Kind::confed_sequence || each.kind == AsSegment::Kind::confed_set;
    });
    normalize(wire.as_path);
    prepend(wire.as_path, {*link.out->local_as});
  }
  if (confederated) {
    wire.as_path.segments.insert(wire.as_path.segments.begin(),
                                 {AsSegment::Kind::confed_sequence, {*link.from->lowered.device().local_as}});
    normalize(wire.as_path);
  }
  wire.route_type = external ? RouteType::external : RouteType::internal;
  if (wire.next_hop.kind == NextHop::Kind::self || wire.next_hop.kind == NextHop::Kind::unset)
    wire.next_hop = {NextHop::Kind::address, *link.in->address};
  Outcome imported = run(link.in->import_from.program, wire);
  return {imported.accepted, imported.route};
}

bool shows(const Router& router, const Route& route, const std::optional<std::string>& communities) {
  return std::any_of(router.table.begin(), router.table.end(), [&](const Row& row) {
    if (row.prefix != route.prefix || row.path != route.as_path || row.origin != route.origin || row.local)
      return false;
    auto same = [](std::optional<uint32_t> shown, std::optional<uint32_t> expected, uint32_t usual) {
      return shown.value_or(usual) == expected.value_or(usual);
    };
    if (communities && row.communities &&
        to_string(route.communities) != to_string(route_of(row, Protocol::bgp).communities))
      return false;
    return same(row.metric, route[Number::med], 0) && same(row.local_pref, route[Number::local_pref], 100);
  });
}

// Without the path that the receiver has from elsewhere: one with the sender's AS in front.
bool shows_any(const Router& router, const Route& before, const Link& link) {
  return std::any_of(router.table.begin(), router.table.end(), [&](const Row& row) {
    return row.prefix == before.prefix && row.next_hop == link.in->address && !row.local;
  });
}

struct Counts {
  int sent = 0, kept_back = 0, links = 0;
};

Counts compare(const std::string& lab) {
  Counts counts;
  auto routers = routers_of(lab);
  for (const Link& link : links_of(routers)) {
    ++counts.links;
    for (const Row& row : link.from->table) {
      if (!row.best) continue;
      SCOPED_TRACE(lab + ": " + link.from->name + " -> " + link.to->name + " " + to_string(row.prefix));
      Sent result;
      for (Protocol protocol :
           {Protocol::direct, Protocol::static_, Protocol::ospf, Protocol::aggregate, Protocol::other}) {
        Route before = route_of(row, protocol);
        result = send(link, before);
        if (result.accepted || !row.local) break;
      }
      // The receiver's own loop check, and what came from it.
      bool loops = result.accepted && link.in->local_as &&
                   contains(result.route.as_path, *link.to->lowered.device().local_as) && between_ases(link);
      bool from_there = !row.local && row.next_hop == link.out->address;
      // IOS sends no network that an IGP has given it to iBGP neighbors here; no line says why.
      bool of_igp = row.local && row.metric.value_or(0) != 0 && !link.out->external;
      if (loops || from_there || of_igp) continue;
      if (result.accepted) {
        ++counts.sent;
        EXPECT_TRUE(shows(*link.to, result.route, row.communities)) << "not in the table: " << to_string(result.route);
      } else if (link.out->external) {
        ++counts.kept_back;
        EXPECT_FALSE(shows_any(*link.to, route_of(row, Protocol::direct), link)) << "in the table all the same";
      }
    }
  }
  return counts;
}

struct Lab {
  const char* name;
  int sent, kept_back;  // at least
};

class Labs : public ::testing::TestWithParam<Lab> {};

TEST_P(Labs, TablesAgree) {
  const Lab& lab = GetParam();
  if (!fs::is_directory(labs() / lab.name)) GTEST_SKIP() << "no corpus at " << labs() / lab.name;
  Counts counts = compare(lab.name);
  EXPECT_GT(counts.links, 0);
  EXPECT_GE(counts.sent, lab.sent);
  EXPECT_GE(counts.kept_back, lab.kept_back);
  RecordProperty("sent", counts.sent);
  RecordProperty("kept_back", counts.kept_back);
}

INSTANTIATE_TEST_SUITE_P(Corpora, Labs,
                         ::testing::Values(Lab{"cumulusfrr_bgp_community", 7, 0}, Lab{"eos_bgp_aggregate", 2, 0},
                                           Lab{"eos_ebgp_loop_prevention", 10, 0},
                                           Lab{"eos_ibgp_local_preference", 4, 0}, Lab{"eos_ospf_bgp", 1, 0},
                                           Lab{"eos_private_asn", 100, 0}, Lab{"ios_bgp_path_select_8", 16, 0},
                                           Lab{"ios_example_network", 141, 56}, Lab{"iosxe_bgp_confederation", 19, 0},
                                           Lab{"iosxe_redistribution", 6, 0}, Lab{"mix_vendor_bgp_vrf", 48, 0},
                                           Lab{"nxos_n9kv_ebgp", 2, 0}, Lab{"nxos_redistribution", 12, 0}),
                         [](const auto& made) { return std::string(made.param.name); });

}  // namespace
}  // namespace bgproof::routemap::testing
