#include "report/references.h"

#include <algorithm>
#include <array>

namespace bgproof {

namespace {

using Words = std::vector<std::string_view>;

// Words of many lines that name nothing.
bool is_keyword(std::string_view word) {
  static const std::set<std::string_view> kKeywords = {"all",
                                                       "both",
                                                       "none",
                                                       "accept",
                                                       "access-list",
                                                       "add",
                                                       "additive",
                                                       "address",
                                                       "as-path",
                                                       "bgp",
                                                       "call",
                                                       "community",
                                                       "community-list",
                                                       "condition",
                                                       "continue",
                                                       "delete",
                                                       "deny",
                                                       "exact",
                                                       "exact-match",
                                                       "external",
                                                       "extcommunity",
                                                       "family",
                                                       "from",
                                                       "import",
                                                       "export",
                                                       "in",
                                                       "inet",
                                                       "inet6",
                                                       "internal",
                                                       "ip",
                                                       "ipv4",
                                                       "ipv6",
                                                       "large-community",
                                                       "local-preference",
                                                       "match",
                                                       "metric",
                                                       "metric-out",
                                                       "neighbor",
                                                       "next",
                                                       "next-hop",
                                                       "no",
                                                       "orlonger",
                                                       "origin",
                                                       "out",
                                                       "permit",
                                                       "policy",
                                                       "policy-options",
                                                       "policy-statement",
                                                       "prefix-list",
                                                       "prefix-list-filter",
                                                       "protocol",
                                                       "reject",
                                                       "route-filter",
                                                       "route-map",
                                                       "route-type",
                                                       "seq",
                                                       "set",
                                                       "tag",
                                                       "term",
                                                       "then",
                                                       "to",
                                                       "type",
                                                       "unicast",
                                                       "igp"};
  return kKeywords.contains(word);
}

bool is_number(std::string_view word) { return word.find_first_not_of("0123456789") == word.npos; }

// Words that a name follows.
bool is_kind(std::string_view word) {
  for (std::string_view end :
       {"list",   "map",       "set",      "group",    "filter",   "statement", "community", "as-path",
        "policy", "condition", "function", "object",   "instance", "interface", "vrf",       "track",
        "chain",  "standard",  "expanded", "extended", "template", "peer",      "term",      "definition"})
    if (word.ends_with(end)) return true;
  return false;
}

bool is_comment(std::string_view text) {
  size_t first = text.find_first_not_of(" \t\r");
  return first == std::string_view::npos || text[first] == '!' || text[first] == '#' ||
         (text.substr(first).starts_with("/*") && text.find("*/") >= text.find_last_not_of(" \t\r;") - 1);
}

// What stands at the outermost level and says nothing of routes, unless it is named.
bool is_harmless(std::string_view word) {
  static const std::set<std::string_view> kHarmless = {"aaa",
                                                       "access",
                                                       "alias",
                                                       "applications",
                                                       "archive",
                                                       "banner",
                                                       "boot",
                                                       "control-plane",
                                                       "crypto",
                                                       "license",
                                                       "management",
                                                       "monitor",
                                                       "redundancy",
                                                       "ssh",
                                                       "telnet",
                                                       "chassis",
                                                       "class-of-service",
                                                       "clock",
                                                       "description",
                                                       "enable",
                                                       "end",
                                                       "event-options",
                                                       "exit",
                                                       "firewall",
                                                       "forwarding-options",
                                                       "groups",
                                                       "host-name",
                                                       "hostname",
                                                       "interface",
                                                       "interfaces",
                                                       "line",
                                                       "logging",
                                                       "ntp",
                                                       "radius-server",
                                                       "security",
                                                       "service",
                                                       "services",
                                                       "snmp",
                                                       "snmp-server",
                                                       "spanning-tree",
                                                       "system",
                                                       "tacacs-server",
                                                       "username",
                                                       "vlan",
                                                       "vlans"};
  return kHarmless.contains(word);
}

// What says something of one neighbor, network or source of routes, or nothing.
bool is_of_one(std::string_view word) {
  static const std::set<std::string_view> kOfOne = {"aggregate-address",   "description", "exit",
                                                    "exit-address-family", "neighbor",    "network",
                                                    "redistribute",        "template"};
  return kOfOne.contains(word);
}

// Protocols of Junos that deal in no routes.
bool is_of_links(std::string_view word) {
  static const std::set<std::string_view> kOfLinks = {"igmp-snooping", "l2-learning", "lacp", "layer2-control",
                                                      "lldp",          "lldp-med",    "mstp", "oam",
                                                      "rstp",          "sflow",       "vstp"};
  return kOfLinks.contains(word);
}

// What Junos says of routes and tables beside policies; these lines are told as such (of_tables).
bool is_of_tables(std::string_view word) {
  static const std::set<std::string_view> kOfTables = {
      "aggregate",       "forwarding-table", "generate",        "graceful-restart",
      "instance-import", "interface-routes", "nonstop-routing", "rib",
      "rib-groups",      "router-id",        "static"};
  return kOfTables.contains(word);
}

// What protocols other than BGP take and give.
bool is_of_another_protocol(const Words& words) {
  auto at = std::find(words.begin(), words.end(), "protocols");
  if (at == words.end() || std::next(at) == words.end() || *std::next(at) == "bgp") return false;
  return std::any_of(at, words.end(), [](std::string_view word) { return word == "export" || word == "import"; });
}

bool is_of_another_process(const Words& words) {
  if (words.size() < 2 || words[0] != "router" || words[1] == "bgp") return false;
  return std::any_of(words.begin(), words.end(),
                     [](std::string_view word) { return word == "redistribute" || word == "distribute-list"; });
}

// A member of a list of expressions, which are of communities or paths and name nothing.
bool has_expression(const Words& words) {
  size_t at = !words.empty() && (words[0] == "ip" || words[0] == "bgp") ? 1 : 0;
  if (at + 2 >= words.size()) return false;
  return words[at].ends_with("community-list") || (at == 1 && words[at] == "as-path") ||
         (words[0] == "community" && words[2] == "members");
}

bool has_protocol_bgp(const Words& words) {
  auto at = std::find(words.begin(), words.end(), "protocols");
  return at != words.end() && std::next(at) != words.end() && *std::next(at) == "bgp";
}

// Of Junos, by the words of the line and of those around it.
bool attaches_beside_bgp(Words path) {
  if (!path.empty() && path.front() == "set") path.erase(path.begin());
  if (path.size() > 2 && path.front() == "groups") path.erase(path.begin(), path.begin() + 2);
  bool of_policies = path.empty() || std::find(path.begin(), path.end(), "policy-options") != path.end();
  if (of_policies || is_harmless(path.front()) || has_protocol_bgp(path)) return false;
  return std::any_of(path.begin(), path.end(), [](std::string_view word) {
    return word.ends_with("import") || word.ends_with("export") || word.ends_with("policy");
  });
}

// Of the others: a route map is named by something else than another route map or BGP.
bool names_map_beside_bgp(const Words& line, const Words& path) {
  size_t at = path.empty() || path.front() != "no" ? 0 : 1;
  if (at + 1 >= path.size() || path[at] == "route-map") return false;
  bool of_packets = line.size() > 1 && line[0] == "ip" && line[1] == "policy";
  bool of_bgp = path[at] == "router" && path[at + 1] == "bgp" && line.front() != "table-map";
  if (of_packets || of_bgp) return false;
  return std::any_of(line.begin(), line.end(), [](std::string_view word) { return word.ends_with("map"); });
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kBetween = " \t\r\n{};[]()\"`,!&|";
  Words words;
  for (size_t at = 0; (at = text.find_first_not_of(kBetween, at)) != std::string_view::npos;) {
    size_t end = std::min(text.find_first_of(kBetween, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

ConfigLines::ConfigLines(const SourceFile& file, bool braces) : lines_(file.line_count() + 1) {
  for (uint32_t number = 1; number <= count(); ++number)
    if (!is_comment(file.line(number))) lines_[number].words = words_of(file.line(number));
  braces ? by_braces(file) : by_indentation(file);
  for (uint32_t number = 1; number <= count(); ++number) {
    lines_[number].end = std::max(lines_[number].end, number + 1);
    for (uint32_t outer : lines_[number].around) lines_[outer].end = number + 1;
  }
}

void ConfigLines::by_braces(const SourceFile& file) {
  std::vector<uint32_t> open;
  bool quoted = false, comment = false;
  for (uint32_t number = 1; number <= count(); ++number) {
    lines_[number].around = open;
    std::string_view text = file.line(number);
    for (size_t i = 0; i < text.size(); ++i) {
      if (comment) {
        comment = !text.substr(i).starts_with("*/");
      } else if (text[i] == '"') {
        quoted = !quoted;
      } else if (quoted) {
        continue;
      } else if (text[i] == '#') {
        break;
      } else if (text.substr(i).starts_with("/*")) {
        comment = true;
      } else if (text[i] == '{') {
        open.push_back(number);
      } else if (text[i] == '}' && !open.empty()) {
        open.pop_back();
      }
    }
  }
}

void ConfigLines::by_indentation(const SourceFile& file) {
  std::vector<std::pair<size_t, uint32_t>> open;
  flat_ = true;
  for (uint32_t number = 1; number <= count(); ++number) {
    if (lines_[number].words.empty()) continue;
    size_t depth = file.line(number).find_first_not_of(" \t");
    flat_ = flat_ && depth == 0;
    while (!open.empty() && open.back().first >= depth) open.pop_back();
    for (const auto& [indent, outer] : open) lines_[number].around.push_back(outer);
    open.emplace_back(depth, number);
  }
}

References::References(const SourceFile& before, const SourceFile& after, const std::vector<Hunk>& hunks, bool braces)
    : texts_{ConfigLines(before, braces), ConfigLines(after, braces)}, braces_(braces) {
  auto add = [&](size_t side, uint32_t begin, uint32_t end) {
    const SourceFile& file = side == 0 ? before : after;
    for (uint32_t line = begin; line < end; ++line) {
      // A brace that moved takes lines into another block.
      bool brace =
          braces && !is_comment(file.line(line)) && file.line(line).find_first_of("{}") != std::string_view::npos;
      if (brace || !texts_[side].at(line).words.empty()) changed_.push_back({side, line});
    }
  };
  for (const Hunk& hunk : hunks) {
    add(0, hunk.old_begin, hunk.old_end);
    add(1, hunk.new_begin, hunk.new_end);
  }
  constexpr size_t kHead = 6;  // in a line that stands by itself the name comes early
  for (size_t side : {0, 1})
    for (uint32_t number = 1; number <= texts_[side].count(); ++number) {
      const ConfigLines::Line& line = texts_[side].at(number);
      for (size_t i = 0; i + 1 < line.words.size(); ++i)
        if (is_kind(line.words[i])) defined_.insert(line.words[i + 1]);
      bool opens = line.end > number + 1;
      size_t head = opens || !line.around.empty() ? line.words.size() : std::min(line.words.size(), kHead);
      if (opens || line.around.empty() || braces)
        for (size_t i = 0; i < head; ++i) heads_[line.words[i]].push_back({side, number});
    }
}

// A keyword names something where a definition has it for a name.
bool References::is_name(std::string_view word) const { return !is_keyword(word) || defined_.contains(word); }

std::set<std::string_view> References::reached(const Words& words) const {
  std::set<std::string_view> names;
  std::vector<std::string_view> next;
  auto take = [&](std::string_view word) {
    if (names.insert(word).second) next.push_back(word);
  };
  for (size_t i = 0; i < words.size(); ++i)
    if (is_name(words[i]) && (i > 0 || !is_keyword(words[i]))) take(words[i]);
  while (!next.empty()) {
    std::string_view word = next.back();
    next.pop_back();
    auto heads = heads_.find(word);
    if (heads == heads_.end()) continue;
    for (const Changed& head : heads->second) {
      const ConfigLines& text = texts_[head.side];
      for (uint32_t line = head.line; line < text.at(head.line).end; ++line) {
        const Words& inner = text.at(line).words;
        for (size_t i = 0; i < inner.size(); ++i) {
          // A number is a name where one is expected, such as that of an access list.
          bool named = !is_number(inner[i]) || (i > 0 && is_kind(inner[i - 1]));
          if (named && defined_.contains(inner[i])) take(inner[i]);
        }
      }
    }
  }
  return names;
}

Words References::path(const Changed& changed) const {
  Words words;
  const ConfigLines& text = texts_[changed.side];
  auto add = [&](uint32_t line) { words.insert(words.end(), text.at(line).words.begin(), text.at(line).words.end()); };
  for (uint32_t outer : text.at(changed.line).around) add(outer);
  add(changed.line);
  return words;
}

bool References::mentions(const Changed& changed, const std::set<std::string_view>& names) const {
  Words words = path(changed);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return names.contains(word); });
}

// Something is set for the whole device, for all of BGP or all policies, or in a block without a name by which a line
// could ask for it.
bool References::is_global(const Changed& changed) const {
  const ConfigLines& text = texts_[changed.side];
  const ConfigLines::Line& line = text.at(changed.line);
  Words words = path(changed);
  if (words.empty()) return true;
  size_t at = words.front() == "set" || words.front() == "no" ? 1 : 0;
  if (at >= words.size()) return true;
  std::string_view first = words[at], second = at + 1 < words.size() ? words[at + 1] : "";
  if (braces_) {
    if (first == "policy-options") return !is_kind(second) || second == "defaults";
    if (first == "routing-options") return !is_of_tables(second);
    if (first == "protocols")
      return second == "bgp" ? at + 2 >= words.size() || words[at + 2] != "group" : !is_of_links(second);
    return !is_harmless(first) && first != "routing-instances";
  }
  if (first == "router") {
    if (line.around.empty()) return true;
    auto of_one = [&](uint32_t number) { return is_of_one(text.at(number).words.front()); };
    return !of_one(changed.line) && std::none_of(std::next(line.around.begin()), line.around.end(), of_one);
  }
  if (is_harmless(first) || ((first == "ip" || first == "ipv6") && second == "route")) return false;
  const Words& head = line.around.empty() ? line.words : text.at(line.around.front()).words;
  return std::none_of(head.begin(), head.end(), is_kind);
}

std::optional<References::Changed> References::dependency(const Words& words, bool environment) const {
  if (changed_.empty()) return std::nullopt;
  if (!braces_ && (texts_[0].flat() || texts_[1].flat())) return changed_.front();
  // A pattern may name anything.
  auto is_pattern = [](std::string_view word) { return word.find_first_of("*?<>$^") != word.npos; };
  if (!environment && !has_expression(words) && std::any_of(words.begin(), words.end(), is_pattern))
    return changed_.front();
  Words own = words;
  // Of a line that is understood a number is a value and no name.
  if (environment) std::erase_if(own, is_number);
  std::set<std::string_view> names = reached(own);
  for (const Changed& changed : changed_)
    if (mentions(changed, names) || (!environment && is_global(changed))) return changed;
  return std::nullopt;
}

std::vector<References::Changed> References::of_names(const Words& words) const {
  Words named;
  for (std::string_view word : words)
    if (defined_.contains(word)) named.push_back(word);
  std::set<std::string_view> names = reached(named);
  std::vector<Changed> found;
  for (const Changed& changed : changed_)
    if (mentions(changed, names)) found.push_back(changed);
  return found;
}

std::vector<References::Changed> References::of_tables() const {
  std::vector<Changed> found;
  for (const Changed& changed : changed_) {
    Words words = path(changed);
    auto has = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
    if (words.empty()) continue;
    bool own =
        braces_
            ? (has("routing-options") && (has("static") || has("aggregate") || has("generate") || has("rib-groups") ||
                                          has("instance-import") || has("forwarding-table"))) ||
                  has("vrf-import") || has("vrf-export") || has("vrf-target") || is_of_another_protocol(words)
            : ((words[0] == "ip" || words[0] == "ipv6") && words.size() > 1 && words[1] == "route") ||
                  has("route-target") || is_of_another_process(words);
    if (own) found.push_back(changed);
  }
  return found;
}

std::set<std::string_view> References::attached_beside_bgp() const {
  std::set<std::string_view> words;
  for (size_t side : {0, 1})
    for (uint32_t number = 1; number <= texts_[side].count(); ++number) {
      const Words& line = texts_[side].at(number).words;
      if (line.empty() || line.front() == "description") continue;
      Words all = path({side, number});
      if (braces_ ? attaches_beside_bgp(all) : names_map_beside_bgp(line, all)) words.insert(line.begin(), line.end());
    }
  return words;
}

}  // namespace bgproof
