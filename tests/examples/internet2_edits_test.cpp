// Mistakes that an operator could make, made by hand in a router of Internet2: `check` with the intents of
// examples/internet2 and `diff` have to report the sessions concerned and no other. What each edit does was worked out
// by reading the config, where the corpus is present (BGPROOF_CORPORA, else beside the project).
//
// Each edit is a device of its own, so that two runs answer for all. Only sessions of the main table take part: the
// routing instances are left out of the texts.
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/cli/program.h"
#include "tests/lowered/corpora.h"

namespace bgproof {
namespace {

using Json = nlohmann::json;
using Sessions = std::vector<std::string>;

// IPv4: all are sent what SANITY-OUT lets through; all but the last come in through SANITY-IN.
const Sessions kChecked = {"146.57.253.57", "164.113.255.253", "164.58.7.49",   "205.213.119.25", "208.90.110.98",
                           "64.57.28.178",  "64.57.28.82",     "74.200.187.13", "74.200.187.37"};
const std::string kUnchecked = "198.71.46.86";
const std::string kInterconnect = "64.57.28.82";  // its own policy names no prefixes
const std::string kKansas = "64.57.28.178";
// IPv6: SANITY6 both ways; the last only on the way out.
const Sessions kChecked6 = {"2001:468:1900:17::1", "2001:468:ff:1341::2", "2001:468:ff:1342::2", "2001:4e0:0:3101::1",
                            "2607:f4f0:10:100::1", "2607:f928:2:11::1",   "2607:f928:2:9::1"};
const std::string kUnchecked6 = "2001:468:b:3::2";
const std::string kArkansas6 = "2607:f4f0:10:100::1";

Sessions operator+(Sessions a, const Sessions& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Sessions without(Sessions sessions, const std::string& one) {
  std::erase(sessions, one);
  return sessions;
}

using Effects = std::map<std::string, std::string>;           // "import 192.0.2.1": "wider"
using Broken = std::map<std::string, std::set<std::string>>;  // "import 192.0.2.1": rows
struct Edit {
  std::string name, text;
  Broken broken;    // that were proved
  Effects effects;  // other than equal
};

template <class Value>
std::map<std::string, Value> all(const std::string& direction, const Sessions& sessions, const Value& value) {
  std::map<std::string, Value> result;
  for (const std::string& session : sessions) result[direction + " " + session] = value;
  return result;
}

template <class Value>
std::map<std::string, Value> operator|(std::map<std::string, Value> a, const std::map<std::string, Value>& b) {
  a.insert(b.begin(), b.end());
  return a;
}

class Config {
 public:
  explicit Config(std::string text) : text_(std::move(text)) {}

  const std::string& text() const { return text_; }

  std::string with(const std::string& what, const std::string& instead, const std::string& policy = "") const {
    std::string result = text_;
    size_t begin = policy.empty() ? 0 : must_find("    policy-statement " + policy + " {\n", 0);
    return result.replace(must_find(what, begin), what.size(), instead);
  }

  // The second term comes before the first.
  std::string turned(const std::string& policy, const std::string& first, const std::string& second) const {
    size_t begin = must_find("    policy-statement " + policy + " {\n", 0);
    auto term = [&](const std::string& name) {
      size_t at = must_find("        term " + name + " {\n", begin);
      std::string end = "\n        }\n";
      return std::pair{at, must_find(end, at) + end.size()};
    };
    auto [first_at, first_end] = term(first);
    auto [second_at, second_end] = term(second);
    std::string moved = text_.substr(second_at, second_end - second_at);
    std::string result = text_;
    result.erase(second_at, moved.size());
    return result.insert(first_at, moved);
  }

 private:
  size_t must_find(const std::string& what, size_t from) const {
    size_t at = text_.find(what, from);
    if (at == std::string::npos) throw std::runtime_error("the config lacks " + what);
    return at;
  }

  std::string text_;
};

std::vector<Edit> edits(const Config& config) {
  const std::set<std::string> blocked = {"blocked"}, path = {"private"};
  const std::string wider = "wider";
  std::vector<Edit> edits;
  auto add = [&](const std::string& name, std::string text, Broken broken, Effects effects) {
    edits.push_back({name, std::move(text), std::move(broken), std::move(effects)});
  };
  const Sessions out = kChecked + Sessions{kUnchecked}, out6 = kChecked6 + Sessions{kUnchecked6};

  add("the-tag-passes",
      config.with("from community BLOCK-TO-EXTERNAL;\n            then reject;",
                  "from community BLOCK-TO-EXTERNAL;\n            then next term;", "SANITY-OUT"),
      all("export", out, blocked), all("export", out, wider));
  add("the-tag-is-mistyped",
      config.with("community BLOCK-TO-EXTERNAL members 11537:888;", "community BLOCK-TO-EXTERNAL members 11537:887;"),
      all("export", out, blocked), all("export", out, std::string("incomparable")));
  add("a-policy-less-in-an-export-chain",
      config.with("export [ SANITY-OUT REMOVE-COMMS-OUT ORIGINATE4 FROM-NISN",
                  "export [ REMOVE-COMMS-OUT ORIGINATE4 FROM-NISN"),
      all("export", {kInterconnect}, blocked), all("export", {kInterconnect}, wider));
  add("a-policy-less-in-an-import-chain",
      config.with("import [ SANITY-IN SET-PREF KANREN-IN", "import [ SET-PREF KANREN-IN"),
      all("import", {kKansas}, path), all("import", {kKansas}, wider));
  // A path of that kind now ends the chain, with whatever prefix.
  add("accept-for-reject",
      config.with("from as-path PRIVATE;\n            then reject;", "from as-path PRIVATE;\n            then accept;",
                  "SANITY-IN"),
      all("import", kChecked, std::set<std::string>{"default", "martian", "private"}), all("import", kChecked, wider));
  add("a-range-ends-too-early", config.with("\".* (64512-65535) .*\"", "\".* (64512-65533) .*\""),
      all("import", kChecked + kChecked6, path),
      all("import", kChecked + kChecked6, wider) | all("export", out6, wider));
  // The others name the prefixes that they take; two of them for unicast alone, so that multicast is not known.
  const Effects of_multicast = all("import", {"146.57.253.57", "164.113.255.253"}, std::string("unknown"));
  add("exact-for-orlonger", config.with("10.0.0.0/8 orlonger;", "10.0.0.0/8 exact;", "SANITY-IN"),
      all("import", {kInterconnect}, std::set<std::string>{"martian"}),
      all("import", {kInterconnect}, wider) | of_multicast);
  add("a-term-is-switched-off", config.with("term block-martians {", "inactive: term block-martians {", "SANITY-IN"),
      all("import", {kInterconnect}, std::set<std::string>{"default", "martian"}),
      all("import", {kInterconnect}, wider) | of_multicast);
  add("accept-comes-first", config.turned("SANITY6", "block-private-asns", "accept"), all("import", kChecked6, path),
      all("import", kChecked6, wider) | all("export", out6, wider));
  // No row asks for what these change.
  add("orlonger-for-exact", config.with("PARTICIPANT6 exact;", "PARTICIPANT6 orlonger;", "AREON-IN6"), {},
      all("import", {kArkansas6}, wider));
  add("accept-for-next-policy", config.with("next policy;", "accept;", "KANREN-IN"), {},
      all("import", {kKansas}, wider));
  add("a-longer-length", config.with("0.0.0.0/0 upto /27;", "0.0.0.0/0 upto /32;", "CONNECTOR-IN"), {},
      all("import", without(without(kChecked, kInterconnect), "164.113.255.253") + Sessions{kUnchecked}, wider));
  add("rejects-turned-round", config.turned("SANITY-OUT", "block-commercial-asn", "block-to-external"), {}, {});
  return edits;
}

// The intents of the example, for the sessions that break none of them to begin with.
std::string intents() {
  const std::string all = "any-neighbor minus role internal";
  std::string text = slurp(std::string(BGPROOF_SOURCE_DIR) + "/examples/internet2/intents/internet2.intent");
  size_t out = text.find("export to " + all) + std::string("export to " + all).size();
  text.insert(out, ", neighbor \"*:*\"");
  size_t in = text.find("import from " + all) + std::string("import from " + all).size();
  return text.insert(in,
                     ", neighbor \"" + kUnchecked + "\", neighbor \"" + kUnchecked6 + "\", neighbor \"64.57.25.*\"");
}

class Internet2Edits : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    std::string text = testing::contents(testing::corpora(BGPROOF_SOURCE_DIR) / "internet2-2014" / "kans.conf");
    if (text.empty()) GTEST_SKIP() << "no corpus";
    Config config(text.substr(0, text.find("\nrouting-instances {") + 1));
    edits_ = edits(config);
    edits_.push_back({"unedited", config.text(), {}, {}});
    for (const Edit& edit : edits_) {
      put("before/", edit.name, config.text());
      put("after/", edit.name, edit.text);
    }
  }

  std::vector<Edit> edits_;

 private:
  void put(const std::string& folder, const std::string& name, std::string text) {
    for (const std::string host : {"host-name KANS-re0", "host-name KANS-re1"})
      text.replace(text.find(host), host.size(), "host-name " + name);
    write(folder + name + ".conf", text);
  }
};

// In the reading in which the filters of private numbers are whole, so that something is proved.
TEST_F(Internet2Edits, CheckReportsTheSessionsConcerned) {
  write("some.intent", intents());
  Ran ran =
      run({"check", "after", "--intents", "some.intent", "--assume", "junos.as-path-set=members", "--out", "json"});
  ASSERT_EQ(ran.status, 1) << ran.err;
  Json report = Json::parse(ran.out);
  EXPECT_EQ(report["summary"]["possible"], 0);
  EXPECT_EQ(report["summary"]["unknown"], 0);
  std::map<std::string, Broken> broken;
  for (const Json& check : report["checks"])
    for (const Json& session : check["sessions"]) {
      std::set<std::string>& rows =
          broken[check["device"]][check["direction"].get<std::string>() + " " + session.get<std::string>()];
      for (const Json& finding : check["findings"]) rows.insert(finding["row"]["id"].get<std::string>());
    }
  ASSERT_EQ(broken.size(), edits_.size());
  const Broken& before = broken["unedited"];
  for (const auto& [session, rows] : before) EXPECT_TRUE(rows.empty()) << session;
  EXPECT_EQ(before.size(), 42u);  // those that nothing is asked of, too
  for (const Edit& edit : edits_) {
    Broken changed;
    for (const auto& [session, rows] : broken[edit.name])
      if (rows != before.at(session)) changed[session] = rows;
    EXPECT_EQ(changed, edit.broken) << edit.name;
  }
}

TEST_F(Internet2Edits, DiffReportsTheSessionsConcerned) {
  Ran ran = run({"diff", "before", "after", "--out", "json"});
  ASSERT_EQ(ran.status, 3) << ran.err;  // multicast has no model
  Json report = Json::parse(ran.out);
  std::map<std::string, Effects> effects;
  for (const Json& check : report["checks"]) {
    if (check["effect"] == "equal" || check["direction"].is_null()) continue;
    if (check["effect"] == "unknown") {
      EXPECT_EQ(check["code"], "BP715") << check;
    }
    for (const Json& session : check["sessions"])
      effects[check["device"]][check["direction"].get<std::string>() + " " + session.get<std::string>()] =
          check["effect"];
  }
  for (const Edit& edit : edits_) EXPECT_EQ(effects[edit.name], edit.effects) << edit.name;
}

}  // namespace
}  // namespace bgproof
