// Refactorings that change nothing are proved equal, and by the solver: the texts differ. On small configs and on real
// policies (skipped where the corpus is absent: BGPROOF_CORPORA, else beside the project).
#include <gtest/gtest.h>

#include "grammar/junos/lower.h"
#include "grammar/junos/syntax.h"
#include "solver/compare.h"
#include "solver/pairing.h"
#include "tests/lowered/corpora.h"

namespace bgproof {
namespace {

void add(SourceSet& sources, NetworkState& state, const std::string& text) {
  Diagnostics said;
  FileId file = sources.add("edge.conf", text);
  junos::Config config = junos::read(sources, file, said);
  for (Device& device : junos::lower(config, sources, file, said)) {
    state.devices.push_back(std::move(device));
    state.relative.push_back("");
  }
}

const NamedPolicy& policy(const NetworkState& state, const std::string& name) {
  for (const NamedPolicy& each : state.devices.front().policies)
    if (each.name == name) return each;
  throw std::runtime_error("no policy " + name);
}

struct Compared {
  DiffResult result;
  bool asked;  // the texts mean the same only to the solver
};

Compared compare(const std::string& before, const std::string& after, const std::string& old_name,
                 const std::string& new_name) {
  SourceSet sources;
  NetworkState was, is;
  add(sources, was, before);
  add(sources, is, after);
  Comparison comparison =
      compare_policies(was.devices.front(), policy(was, old_name), is.devices.front(), policy(is, new_name));
  return {compare(comparison, sources, {}), comparison.before().fingerprint != comparison.after().fingerprint};
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  size_t at = text.find(what);
  if (at == std::string::npos) throw std::runtime_error("the text lacks " + what);
  return text.replace(at, what.size(), with);
}

constexpr const char* kBefore = R"(
policy-options {
    prefix-list OWN { 192.0.2.0/24; 198.51.100.0/24; 2001:db8::/32; }
    community CUSTOMER members 64500:1;
    community PEER members 64500:2;
    policy-statement OUT {
        term OWN { from { prefix-list-filter OWN orlonger; } then { metric 10; accept; } }
        term CUSTOMER { from { family inet; community CUSTOMER; } then { community delete CUSTOMER; accept; } }
        term CUSTOMER6 { from { family inet6; community CUSTOMER; } then { as-path-prepend 64500; accept; } }
        term REST { then reject; }
    }
    policy-statement CLEAN { term ONE { then { community delete PEER; } } }
    policy-statement LAST { term ALL { from community CUSTOMER; then accept; } then reject; }
    policy-statement WHOLE {
        term ONE { then { community delete PEER; next term; } }
        term ALL { from community CUSTOMER; then accept; }
        then reject;
    }
}
)";

TEST(Refactoring, ListsSplitAndRenamed) {
  std::string after = replaced(kBefore, "prefix-list OWN { 192.0.2.0/24; 198.51.100.0/24; 2001:db8::/32; }",
                               "prefix-list A { 198.51.100.0/24; } prefix-list B { 2001:db8::/32; 192.0.2.0/25; "
                               "192.0.2.128/25; 192.0.2.0/24; }");
  after = replaced(after, "prefix-list-filter OWN orlonger;",
                   "prefix-list-filter B orlonger; prefix-list-filter A orlonger;");
  Compared compared = compare(kBefore, after, "OUT", "OUT");
  EXPECT_TRUE(compared.asked);
  EXPECT_EQ(compared.result.effect, Effect::equal);
}

TEST(Refactoring, DisjointClausesReordered) {
  const std::string first =
      "term CUSTOMER { from { family inet; community CUSTOMER; } then { community delete CUSTOMER; accept; } }";
  const std::string second =
      "term CUSTOMER6 { from { family inet6; community CUSTOMER; } then { as-path-prepend 64500; accept; } }";
  std::string after = replaced(replaced(kBefore, first, ""), second, second + first);
  Compared compared = compare(kBefore, after, "OUT", "OUT");
  EXPECT_TRUE(compared.asked);
  EXPECT_EQ(compared.result.effect, Effect::equal);
  // Clauses that overlap may not change places.
  const std::string own = "term OWN { from { prefix-list-filter OWN orlonger; } then { metric 10; accept; } }";
  after = replaced(replaced(kBefore, own, ""), first, first + own);
  EXPECT_EQ(compare(kBefore, after, "OUT", "OUT").result.effect, Effect::changed);
}

TEST(Refactoring, ChainMergedIntoOnePolicy) {
  const std::string config = std::string(R"(
system { host-name r; }
routing-options { autonomous-system 64500; }
protocols { bgp { group G { type external; family inet { unicast; } family inet6 { unicast; }
    export [ CLEAN LAST ]; neighbor 192.0.2.1 { peer-as 64501; } } } })") +
                             kBefore;
  SourceSet sources;
  NetworkState was, is;
  add(sources, was, config);
  add(sources, is, replaced(config, "export [ CLEAN LAST ];", "export WHOLE;"));
  size_t exports = 0;
  for (const Comparison& comparison : pair(was, is, "").comparisons) {
    EXPECT_EQ(compare(comparison, sources, {}).effect, Effect::equal);
    if (comparison.direction != Direction::export_to) continue;
    ++exports;
    EXPECT_NE(comparison.before().fingerprint, comparison.after().fingerprint);
  }
  EXPECT_EQ(exports, 1u);
}

std::string atlanta() {
  return bgproof::testing::contents(bgproof::testing::corpora(BGPROOF_SOURCE_DIR) / "internet2-2014" / "atla.conf");
}

void expect_equal(const std::string& before, const std::string& after, const std::string& name) {
  Compared compared = compare(before, after, name, name);
  EXPECT_TRUE(compared.asked) << name;
  EXPECT_EQ(compared.result.effect, Effect::equal) << name << " " << compared.result.reason;
}

// Written by hand: clauses split, lists cut, disjoint clauses turned round and renamed.
TEST(Refactoring, RealPolicies) {
  std::string before = atlanta();
  if (before.empty()) GTEST_SKIP() << "no corpus";
  size_t at = before.find("policy-statement FEDNET-OUT {");
  ASSERT_NE(at, std::string::npos);
  std::string fednet_out = before.substr(at, before.find("policy-statement FEDNET-OUT6", at) - at);
  std::string split = replaced(
      fednet_out, "community [ CONNECTOR-ONLY COMMERCIAL-PEER ];\n            }\n            then reject;\n        }",
      "community CONNECTOR-ONLY;\n            }\n            then reject;\n        }\n"
      "        term block-commercial {\n            from {\n                protocol bgp;\n"
      "                community COMMERCIAL-PEER;\n            }\n            then reject;\n        }");
  expect_equal(before, replaced(before, fednet_out, split), "FEDNET-OUT");

  at = before.find("policy-statement FEDNET-IN {");
  std::string fednet_in = before.substr(at, before.find("policy-statement FEDNET-IN6", at) - at);
  std::string cut = replaced(fednet_in, "route-filter 0.0.0.0/0 prefix-length-range /28-/32;",
                             "route-filter 128.0.0.0/1 prefix-length-range /28-/32;\n"
                             "                route-filter 0.0.0.0/1 prefix-length-range /28-/32;");
  expect_equal(before, replaced(before, fednet_in, cut), "FEDNET-IN");

  at = before.find("policy-statement CONNECTOR-IN {");
  std::string connector = before.substr(at, before.find("policy-statement CPS-CLIGHT-IN", at) - at);
  std::string turned = replaced(connector, "term allow-unicast", "term first");
  turned = replaced(turned, "term allow-multicast", "term second");
  turned = replaced(turned, "to rib inet.2", "to rib OTHER");
  turned = replaced(turned, "upto /27;\n            }\n            to rib inet.0",
                    "upto /27;\n            }\n            to rib inet.2");
  turned = replaced(turned, "to rib OTHER", "to rib inet.0");
  expect_equal(before, replaced(before, connector, turned), "CONNECTOR-IN");
}

}  // namespace
}  // namespace bgproof
