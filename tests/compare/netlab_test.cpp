// One intent, rendered by netlab for several vendors: the policies of one test are proved to do the same in each
// dialect, or the table below says why not and the difference is found. Skipped where the corpus is absent
// (BGPROOF_CORPORA, else beside the project).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "grammar/junos/lower.h"
#include "grammar/junos/syntax.h"
#include "grammar/routemap/lower.h"
#include "grammar/routemap/syntax.h"
#include "solver/compare.h"
#include "solver/pairing.h"

namespace bgproof {
namespace {

namespace fs = std::filesystem;

fs::path corpus() {
  const char* named = std::getenv("BGPROOF_CORPORA");
  fs::path corpora = named ? fs::path(named) : fs::path(BGPROOF_SOURCE_DIR).parent_path() / "shared" / "corpora";
  return corpora / "netlab";
}

struct Render {
  std::string dialect;
  Device device;
};

// In the order in which they are compared: each with those behind it.
const std::vector<std::pair<std::string, std::string>> kFiles = {
    {"iol.cfg", "ios"}, {"eos.cfg", "eos"}, {"frr.cfg", "frr"}, {"nxos.cfg", "nxos"}, {"vjunos-router.cfg", "junos"}};

std::vector<Render> read(const fs::path& folder, SourceSet& sources) {
  std::vector<Render> renders;
  for (const auto& [file, dialect] : kFiles) {
    std::ifstream in(folder / file, std::ios::binary);
    if (!in) continue;
    std::ostringstream text;
    text << in.rdbuf();
    FileId id = sources.add((folder / file).string(), text.str());
    Diagnostics said;
    std::vector<Device> devices;
    if (dialect == "junos") {
      devices = junos::lower(junos::read(sources, id, said), sources, id, said);
    } else {
      std::optional<routemap::Detected> detected = routemap::detect(text.str());
      if (!detected) throw std::runtime_error(fmt::format("{} is of no dialect", file));
      devices = routemap::lower(routemap::read(sources, id, detected->dialect, said), sources, id, said);
    }
    if (devices.size() != 1 || devices[0].dialect != dialect)
      throw std::runtime_error(fmt::format("{}/{} is read as something else", folder.string(), file));
    renders.push_back({dialect, std::move(devices[0])});
  }
  return renders;
}

// On Junos a policy marks what it permits, and the chain around it accepts what is marked.
std::optional<NamedPolicy> chain(const Device& device, const std::string& name) {
  NamedPolicy made{name, {}, {}, {}};
  made.program.library = device.library;
  for (const std::string& part : {std::string("bgp-initial"), name, std::string("bgp-final")}) {
    auto found = std::find_if(device.library->policies.begin(), device.library->policies.end(),
                              [&](const Policy& each) { return each.name == part; });
    if (found == device.library->policies.end()) return std::nullopt;
    Statement call{Call{Call::As::chain, static_cast<uint32_t>(found - device.library->policies.begin()), 0, nullptr},
                   {}};
    made.program.entry.push_back({part, {std::move(call)}, {}, {}});
  }
  Statement reject{Disposition{Decision::reject, 0}, {}};
  made.program.entry.push_back({"(default)", {std::move(reject)}, {}, {}});
  return made;
}

// `NAME-ipv4` of the route maps is `NAME` on Junos.
std::optional<NamedPolicy> twin_of(const Render& render, const std::string& name) {
  if (render.dialect == "junos") return chain(render.device, name.substr(0, name.rfind('-')));
  for (const NamedPolicy& each : render.device.policies)
    if (each.name == name) return each;
  return std::nullopt;
}

Condition lacks(std::initializer_list<Community> communities) {
  CommunitySet set;
  for (const Community& each : communities) set.patterns.push_back({each, {}});
  return not_({CarriesCommunity{std::move(set)}, {}});
}

// What is offered: learned routes without the mark of the chains on Junos, in a network without confederations.
std::vector<Fact> offered() {
  std::vector<Fact> facts;
  for (Condition each : {lacks({{CommunityKind::large, {65535, 0, 65536}}}), not_({AsPathText{"[(]|\\["}, {}}),
                         Condition{ProtocolIn{{Protocol::bgp}}, {}}})
    facts.push_back({std::move(each), "", {}});
  return facts;
}

DiffResult compared(const Render& a, const NamedPolicy& one, const Render& b, const NamedPolicy& other, Family family,
                    const std::vector<Fact>& facts, const SourceSet& sources, const CheckOptions& options) {
  Comparison comparison = compare_policies(a.device, one, b.device, other);
  for (Side& side : comparison.sides) {
    side.families = {family};
    side.facts = facts;
    side.fingerprint.clear();
  }
  return compare(comparison, sources, options);
}

struct Expected {
  const char* folder;
  const char* policy;  // its beginning
  const char* one;     // dialects; "*" any
  const char* other;
  Effect effect;
  std::set<std::string> attributes;
  const char* why;
};

const std::vector<Expected>& differences() {
  static const std::vector<Expected> kTable = {
      {"routing_05-prepend-out",
       "p_path",
       "*",
       "junos",
       Effect::changed,
       {"as-path"},
       "Junos is told to prepend 65000 64999 64998, the others 64999 64998"},
      {"routing_07-community",
       "set_comm",
       "*",
       "junos",
       Effect::changed,
       {"communities"},
       "`community set` of Junos also sets the mark, a large community, and so replaces the large ones"},
      {"routing_12-match-community",
       "set_med",
       "ios",
       "eos",
       Effect::unknown,
       {"med"},
       "eos.community-regex: held against each community, `.*` finds none on a route without"},
      {"routing_12-match-community", "set_med", "eos", "frr", Effect::unknown, {"med"}, "the same"},
      {"routing_12-match-community",
       "set_med",
       "*",
       "junos",
       Effect::changed,
       {"med"},
       "the expressions 65101:42 and .* are searched in all communities as one text: they find 65101:421, and `.*` "
       "finds "
       "a route without communities; the members of Junos do neither"},
  };
  return kTable;
}

const Expected* difference_of(const std::string& folder, const std::string& policy, const Render& one,
                              const Render& other) {
  auto is = [](const char* wanted, const std::string& word) { return wanted == std::string("*") || wanted == word; };
  for (const Expected& each : differences())
    if (each.folder == folder && policy.starts_with(each.policy) && is(each.one, one.dialect) &&
        is(each.other, other.dialect))
      return &each;
  return nullptr;
}

std::set<std::string> attributes_of(const DiffResult& result) {
  std::set<std::string> all;
  for (const DiffFinding& finding : result.findings) all.insert(finding.attributes.begin(), finding.attributes.end());
  return all;
}

std::string described(const DiffResult& result) {
  std::string text = fmt::format("{} {}\n", to_string(result.effect), result.reason);
  for (const DiffFinding& finding : result.findings)
    text += fmt::format("  {}: {}\n", finding.message, to_string(finding.input));
  return text;
}

TEST(Netlab, PoliciesOfOneIntentDoTheSame) {
  if (!fs::exists(corpus())) GTEST_SKIP() << corpus() << " is not here";
  size_t pairs = 0, equal = 0, folders = 0;
  std::set<const Expected*> met;
  for (const fs::directory_entry& entry : fs::directory_iterator(corpus())) {
    std::string folder = entry.path().filename().string();
    SourceSet sources;
    std::vector<Render> renders = read(entry.path(), sources);
    ++folders;
    for (const NamedPolicy& named : renders.front().device.policies) {
      // No session that is checked uses the maps of VPN families, and what they match nothing defines.
      if (named.name.find("-vpn") != std::string::npos) continue;
      Family family = named.name.ends_with("-ipv4") ? Family::ipv4 : Family::ipv6;
      for (size_t i = 0; i < renders.size(); ++i)
        for (size_t k = i + 1; k < renders.size(); ++k) {
          std::optional<NamedPolicy> one = twin_of(renders[i], named.name), other = twin_of(renders[k], named.name);
          ASSERT_TRUE(one && other) << folder << " " << named.name;
          DiffResult result = compared(renders[i], *one, renders[k], *other, family, offered(), sources, {});
          std::string what = fmt::format("{} {}: {} and {}: {}", folder, named.name, renders[i].dialect,
                                         renders[k].dialect, described(result));
          ++pairs;
          if (result.effect == Effect::equal) ++equal;
          const Expected* expected = difference_of(folder, named.name, renders[i], renders[k]);
          met.insert(expected);
          EXPECT_EQ(result.effect, expected ? expected->effect : Effect::equal) << what;
          if (expected && !expected->attributes.empty()) {
            EXPECT_EQ(attributes_of(result), expected->attributes) << what;
          }
        }
    }
  }
  met.erase(nullptr);
  EXPECT_EQ(met.size(), differences().size()) << "a row of the table that nothing meets";
  EXPECT_EQ(folders, 7u);
  EXPECT_EQ(pairs, 96u);
  EXPECT_EQ(equal, 85u);
}

// bgp_05-community has no policies: it says which communities go to whom. Readings that the text of the test takes for
// granted are settled.
TEST(Netlab, SessionsOfOneIntentSendTheSame) {
  if (!fs::exists(corpus())) GTEST_SKIP() << corpus() << " is not here";
  SourceSet sources;
  std::vector<Render> renders = read(corpus() / "bgp_05-community", sources);
  ASSERT_EQ(renders.size(), kFiles.size());
  CheckOptions options;
  options.readings = {{"ios.send-large-community", "with-standard"},
                      {"nxos.send-large-community", "with-standard"},
                      {"eos.route-type", "bgp"}};
  // As routes of an external neighbor stand in the table; well-known communities are each daemon's own affair.
  std::vector<Fact> facts = offered();
  for (Condition each :
       {Condition{RouteTypeIs{RouteType::external}, {}}, Condition{NumberIn{Number::local_pref, {{100, 100}}}, {}},
        not_({NumberIn{Number::med, {{0, UINT32_MAX}}}, {}}),
        lacks({well_known::kNoExport, well_known::kNoAdvertise, well_known::kNoExportSubconfed})})
    facts.push_back({std::move(each), "", {}});
  size_t pairs = 0;
  for (size_t i = 0; i < renders.size(); ++i)
    for (size_t k = i + 1; k < renders.size(); ++k)
      for (const Session& session : renders[i].device.sessions)
        for (const Session& twin : renders[k].device.sessions) {
          if (session.neighbor != twin.neighbor) continue;
          NamedPolicy one{session.neighbor, session.export_to.program, {}, {}};
          NamedPolicy other{twin.neighbor, twin.export_to.program, {}, {}};
          one.program.library = renders[i].device.library;
          other.program.library = renders[k].device.library;
          DiffResult result = compared(renders[i], one, renders[k], other, Family::ipv4, facts, sources, options);
          std::string what = fmt::format("{}: {} and {}: {}", session.neighbor, renders[i].dialect, renders[k].dialect,
                                         described(result));
          ++pairs;
          // To external neighbors the test sends no extended communities, which Junos has no words for.
          bool differs = renders[k].dialect == "junos" && session.external;
          EXPECT_EQ(result.effect, differs ? Effect::changed : Effect::equal) << what;
          if (differs) {
            EXPECT_EQ(attributes_of(result), std::set<std::string>{"communities"}) << what;
          }
        }
  EXPECT_EQ(pairs, 30u);
}

}  // namespace
}  // namespace bgproof
