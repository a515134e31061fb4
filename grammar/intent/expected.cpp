#include "grammar/intent/expected.h"

#include <array>
#include <utility>
#include <vector>

#include "intents/spelling.h"

namespace bgproof::intent {
namespace {

// A group is named when all of `tokens` are expected; then all of `drop` go.
struct Group {
  std::string_view name;
  std::vector<std::string_view> tokens;
  std::vector<std::string_view> drop;
};

const std::vector<std::string_view> kFree = {
    "to",          "at",     "afi",      "v4",      "v6",           "key",           "group",   "neighbor",
    "device",      "site",   "as",       "exact",   "orlonger",     "longer",        "le",      "ge",
    "opaque",      "strip",  "keep",     "add",     "only",         "untag",         "prepend", "unchanged",
    "communities", "within", "contains", "matches", "any-neighbor", "no-private-as", "otc",     "providers-of"};

const std::vector<std::string_view> kItems = {"intent", "include", "network", "neighbors", "role",
                                              "set",    "asns",    "comms",   "tag",       "fact",
                                              "class",  "assume",  "export",  "import",    "policy"};
const std::vector<std::string_view> kConditions = {
    "any",      "prefix",     "len",      "tagged",     "learned-from", "originated", "source", "origin-as",
    "first-as", "path",       "path-len", "has",        "lacks",        "rpki",       "aspa",   "not",
    "next-hop", "local-pref", "med",      "route-type", "origin",       "("};
const std::vector<std::string_view> kActs = {"strip",         "keep",       "add",      "only",    "tag",
                                             "untag",         "local-pref", "med",      "prepend", "otc",
                                             "no-private-as", "next-hop",   "unchanged"};

std::vector<Group> make_groups() {
  std::vector<Group> groups;
  // Where a name may be any word, `reserved` words are expected too; one of them (`ticket`) is nowhere else beside
  // NAME.
  groups.push_back({"a name", {"NAME", "ticket", "until", "may"}, {}});
  groups.push_back({"a condition", kConditions, kConditions});
  groups.back().drop.push_back("NAME");
  groups.push_back({"an obligation", kActs, kActs});
  groups.push_back({"an attribute (`path`, `next-hop`, `med`, `local-pref`, `communities` or `origin`)",
                    {"path", "next-hop", "med", "local-pref", "communities", "origin"},
                    {"path", "next-hop", "med", "local-pref", "communities", "origin"}});
  groups.push_back({"a community",
                    {"COMM", "no-export", "no-advertise", "graceful-shutdown", "blackhole"},
                    {"COMM", "no-export", "no-advertise", "graceful-shutdown", "blackhole"}});
  groups.push_back({"a modifier (`exact`, `orlonger`, `longer`, `le` or `ge`)",
                    {"exact", "orlonger", "longer", "le", "ge"},
                    {"exact", "orlonger", "longer", "le", "ge"}});
  groups.push_back({"a neighbor (`role`, `group`, `as`, `neighbor` or `any-neighbor`)",
                    {"role", "group", "as", "neighbor", "any-neighbor"},
                    {"role", "group", "as", "neighbor", "any-neighbor"}});
  groups.push_back({"a comparison (`= 24`, `<= 24`) or a range (`8..24`)",
                    {"<", "<=", "=", ">=", ">", "INT"},
                    {"<", "<=", "=", ">=", ">", "INT"}});
  groups.push_back({"`+`, `-` or `&`", {"+", "-", "&"}, {"+", "-", "&"}});
  groups.push_back({"a guard (`max-age`, `min` or `max-shrink`)",
                    {"max-age", "min", "max-shrink"},
                    {"max-age", "min", "max-shrink"}});
  groups.push_back({"data (`file`, `bgpq4`, `vrps` or `builtin`)",
                    {"file", "bgpq4", "vrps", "builtin"},
                    {"file", "bgpq4", "vrps", "builtin"}});
  groups.push_back({"data (`file`, `bgpq4`, `aspa` or `builtin`)",
                    {"file", "bgpq4", "aspa", "builtin"},
                    {"file", "bgpq4", "aspa", "builtin"}});
  // What starts something new comes last.
  groups.push_back({"a declaration or a block", kItems, kItems});
  groups.push_back(
      {"a row (`may`, `must`, `never`, `always` or `except`)", {"may", "must", "never", "always", "except"}, {}});
  groups.back().drop = groups.back().tokens;
  return groups;
}

const std::array<std::pair<std::string_view, std::string_view>, 13> kTokenWords = {{
    {"NAME", "a name"},
    {"INT", "a number"},
    {"ASN", "an AS number"},
    {"PREFIX", "a prefix"},
    {"COMM", "a community"},
    {"VAR", "a variable"},
    {"STRING", "a text in double quotes"},
    {"PATHRE", "a path expression in `<` and `>`"},
    {"DURATION", "a duration like 48h or 7d"},
    {"PERCENT", "a percentage like 30%"},
    {"DATE", "a date like 2027-03-01"},
    {"<EOF>", "the end of the file"},
    {"PREFIX_LIST", ""},
}};

}  // namespace

std::string expected_words(std::set<std::string> tokens) {
  static const std::vector<Group> kGroups = make_groups();
  std::vector<std::string> parts, last;
  auto drop = [&](const std::vector<std::string_view>& words) {
    for (std::string_view word : words) tokens.erase(std::string(word));
  };
  tokens.erase("PREFIX_LIST");
  tokens.erase("BAD");
  bool set = tokens.contains("{");
  if (tokens.contains("NAME") && !tokens.contains("ticket")) drop(kFree);
  for (const Group& group : kGroups) {
    bool all = true;
    for (std::string_view word : group.tokens) all = all && tokens.contains(std::string(word));
    if (!all) continue;
    bool starts_anew = group.drop == kItems || group.tokens.front() == "may";
    (starts_anew ? last : parts).emplace_back(group.name);
    if (group.name == "a name") {
      // Every keyword is a name here.
      std::erase_if(tokens, [](const std::string& token) { return token[0] >= 'a' && token[0] <= 'z'; });
      tokens.erase("NAME");
    }
    drop(group.drop);
  }
  for (const auto& [token, words] : kTokenWords) {
    if (tokens.erase(std::string(token)) > 0) parts.emplace_back(words);
  }
  if (set && tokens.erase("{") > 0 && !parts.empty()) parts.emplace_back("`{`");
  for (const std::string& token : tokens) parts.push_back("`" + token + "`");
  parts.insert(parts.end(), last.begin(), last.end());
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " or " : ", ";
    text += parts[i];
  }
  return text.empty() ? "nothing more" : text;
}

std::string near_keyword(const std::set<std::string>& tokens, std::string_view found) {
  std::vector<std::string> words;
  for (const std::string& token : tokens) {
    if (token.size() > 1 && token[0] >= 'a' && token[0] <= 'z') words.push_back(token);
  }
  return nearest_word(found, words);
}

}  // namespace bgproof::intent
