// One stated intent, rendered for several dialects by others: what one device makes of a route, all of them make of it.
// The files are a folder beside the project, not part of it.
//
// Sessions are compared by neighbor, import and export, on routes of the constants of all dialects. Where a rendering
// differs, the difference is named here, with its reason, and has to show: an explanation that explains nothing fails.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "grammar/junos/lower.h"
#include "grammar/routemap/lower.h"
#include "policy/visit.h"
#include "tests/generator/generate.h"

namespace bgproof {
namespace {

namespace fs = std::filesystem;

const fs::path kNetlab = fs::path(BGPROOF_SOURCE_DIR) / ".." / "shared" / "corpora" / "netlab";
constexpr int kRoutes = 400;

// The file of each dialect; the first that a folder has is what the others are compared to.
struct Rendering {
  std::string file;
  std::string dialect;
};
const std::vector<Rendering> kRenderings = {
    {"frr.cfg", "frr"}, {"eos.cfg", "eos"}, {"iol.cfg", "ios"}, {"nxos.cfg", "nxos"}, {"vjunos-router.cfg", "junos"}};

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Device read_device(const fs::path& path, const std::string& dialect, SourceSet& sources) {
  FileId file = sources.add(path.string(), text_of(path));
  Diagnostics diagnostics;
  std::vector<Device> devices;
  if (dialect == "junos") {
    devices = junos::lower(junos::read(sources, file, diagnostics), sources, file, diagnostics);
  } else {
    routemap::Dialect of = *routemap::dialect_of(dialect);
    devices = routemap::lower(routemap::read(sources, file, of, diagnostics), sources, file, diagnostics);
  }
  return std::move(devices.at(0));
}

// What an intent could tell of a route that left a policy.
struct Effect {
  bool accepted = false;
  AsPath path;
  Communities communities;
  Origin origin = Origin::igp;
  std::optional<uint32_t> local_pref, med;
  bool operator==(const Effect&) const = default;
};

std::string to_string(const Effect& effect) {
  if (!effect.accepted) return "rejected";
  auto number = [](const std::optional<uint32_t>& value) { return value ? std::to_string(*value) : "none"; };
  return fmt::format("path {} communities {} origin {} local-pref {} med {}", to_string(effect.path),
                     to_string(effect.communities), to_string(effect.origin), number(effect.local_pref),
                     number(effect.med));
}

Effect effect_of(const Outcome& outcome, bool is_export, bool external) {
  if (!outcome.accepted) return {};
  const Route& route = outcome.route;
  Effect effect{true, route.as_path, {}, route.origin, route[Number::local_pref], route[Number::med]};
  // Which kinds are sent is the session's affair, and said differently in each rendering.
  for (const Community& community : route.communities)
    if (community.kind == CommunityKind::standard) effect.communities.insert(community);
  if (is_export && external) effect.local_pref.reset();
  return effect;
}

// Not everything that a fact says is known of a route alone.
bool refuted(const std::vector<Fact>& facts, const Route& route) {
  for (const Fact& fact : facts) {
    bool alone = true;
    walk(fact.condition, [&](const Condition& part) {
      alone = alone && !std::holds_alternative<Unmodelled>(part.is) && !std::holds_alternative<AssumptionIs>(part.is);
    });
    if (alone && !holds(fact.condition, route)) return true;
  }
  return false;
}

const Session* session_with(const Device& device, const std::string& neighbor) {
  for (const Session& session : device.sessions)
    if (session.neighbor == neighbor && session.instance.empty()) return &session;
  return nullptr;
}

struct Direction {
  const Session* session;
  const Attachment* attachment;
  std::string dialect;
};

// A route that each device could offer to the policy: of another external neighbor on export, without a MED, which the
// dialects do not pass on alike.
Route route_for(Random& random, const Pool& pool, const Session& session, Family family, bool is_export) {
  Route route;
  do route = random_route(random, pool, Features::route_only());
  while (route.prefix.family != family);
  bool external = is_export || session.external;
  route.protocol = Protocol::bgp;
  route.route_type = external ? RouteType::external : RouteType::internal;
  route.neighbor =
      is_export ? parse_address(family == Family::ipv4 ? "192.0.2.250" : "2001:db8:fffe::1") : session.address;
  route.interface.clear();
  route.as_path = path_of({65199, 65198});
  if (!is_export && external) route.as_path = path_of({*session.remote_as, 65198});
  route.next_hop = {NextHop::Kind::address, *route.neighbor};
  std::erase_if(route.communities,
                [](const Community& c) { return c.kind != CommunityKind::standard || c.fields[0] == 0xffff; });
  std::optional<uint32_t> med = route[Number::med];
  route.numbers = {};
  if (!is_export) route[Number::med] = med;
  if (!external) route[Number::local_pref] = 100;
  route.rpki = Rpki::unknown;
  return route;
}

Route in_table_of(Route route, const std::string& dialect) {
  route.rib = dialect != "junos" ? "" : route.prefix.family == Family::ipv4 ? "inet.0" : "inet6.0";
  return route;
}

struct Compared {
  int routes = 0;
  int accepted = 0;
  int open = 0;
  std::map<std::string, std::pair<int, std::string>> differences;  // folder dialect direction -> how many, the first
};

void compare(const Direction& one, const Direction& other, bool is_export, const std::string& where,
             Compared& compared) {
  Random random(1);
  Pool pool;
  for (const Direction* of : {&one, &other}) collect(of->attachment->program, random, pool);
  complete(pool);
  for (Family family : {Family::ipv4, Family::ipv6}) {
    if (!one.session->families.contains(family) || !other.session->families.contains(family)) continue;
    pool.prefixes.push_back(*parse_prefix(family == Family::ipv4 ? "172.16.0.0/12" : "2001:db8:dead:beef::/64"));
    for (int i = 0; i < kRoutes; ++i) {
      Route route = route_for(random, pool, *one.session, family, is_export);
      std::vector<Outcome> outcomes;
      bool offered = true;
      for (const Direction* of : {&one, &other}) {
        Route here = in_table_of(route, of->dialect);
        offered = offered && !refuted(of->attachment->facts, here);
        outcomes.push_back(evaluate(of->attachment->program, here));
      }
      if (!offered) continue;
      if (!outcomes[0].met.empty() || !outcomes[1].met.empty()) {
        ++compared.open;
        continue;
      }
      ++compared.routes;
      Effect a = effect_of(outcomes[0], is_export, one.session->external);
      Effect b = effect_of(outcomes[1], is_export, other.session->external);
      compared.accepted += a.accepted && b.accepted;
      if (a == b) continue;
      auto& [count, first] = compared.differences[where];
      if (count++ == 0)
        first = fmt::format("{}\n  {}: {}\n  {}: {}", to_string(route), one.dialect, to_string(a), other.dialect,
                            to_string(b));
    }
  }
}

Compared compare_folder(const fs::path& folder) {
  Compared compared;
  SourceSet sources;
  std::vector<std::pair<std::string, Device>> devices;
  for (const Rendering& rendering : kRenderings)
    if (fs::exists(folder / rendering.file))
      devices.emplace_back(rendering.dialect, read_device(folder / rendering.file, rendering.dialect, sources));
  const auto& [reference, device] = devices.at(0);
  for (const Session& session : device.sessions) {
    if (!session.instance.empty()) continue;
    for (size_t i = 1; i < devices.size(); ++i) {
      const auto& [dialect, with] = devices[i];
      const Session* same = session_with(with, session.neighbor);
      EXPECT_TRUE(same) << folder << ": " << dialect << " has no session with " << session.neighbor;
      if (!same) continue;
      std::string where = fmt::format("{} {} {}", folder.filename().string(), dialect, session.neighbor);
      compare({&session, &session.import_from, reference}, {same, &same->import_from, dialect}, false,
              where + " import", compared);
      compare({&session, &session.export_to, reference}, {same, &same->export_to, dialect}, true, where + " export",
              compared);
    }
  }
  return compared;
}

TEST(Netlab, RenderingsOfOneIntentAgree) {
  if (!fs::is_directory(kNetlab)) GTEST_SKIP() << "no corpora beside the project";
  int folders = 0, routes = 0, accepted = 0;
  for (const auto& entry : fs::directory_iterator(kNetlab)) {
    if (!entry.is_directory()) continue;
    ++folders;
    Compared compared = compare_folder(entry.path());
    routes += compared.routes;
    accepted += compared.accepted;
    fmt::print("{}: {} routes, {} accepted, {} open\n", entry.path().filename().string(), compared.routes,
               compared.accepted, compared.open);
    for (const auto& [where, difference] : compared.differences)
      ADD_FAILURE() << where << ": " << difference.first << " routes differ, the first\n  " << difference.second;
  }
  EXPECT_GE(folders, 5);
  EXPECT_GE(routes, 5000);
  EXPECT_GE(accepted, routes / 4);
}

}  // namespace
}  // namespace bgproof
