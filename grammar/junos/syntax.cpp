#include "grammar/junos/syntax.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "grammar/junos/greeting.h"

namespace bgproof::junos {

namespace {

const std::string kNoWord;

constexpr std::array<std::string_view, 22> kSections = {"version",
                                                        "groups",
                                                        "apply-groups",
                                                        "system",
                                                        "logical-systems",
                                                        "chassis",
                                                        "security",
                                                        "services",
                                                        "interfaces",
                                                        "snmp",
                                                        "forwarding-options",
                                                        "event-options",
                                                        "routing-options",
                                                        "protocols",
                                                        "policy-options",
                                                        "firewall",
                                                        "routing-instances",
                                                        "class-of-service",
                                                        "bridge-domains",
                                                        "access",
                                                        "applications",
                                                        "multicast-snooping-options"};

std::string_view next_word(std::string_view& rest) {
  size_t begin = rest.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  size_t end = std::min(rest.find_first_of(" \t\r", begin), rest.size());
  std::string_view word = rest.substr(begin, end - begin);
  rest.remove_prefix(end);
  return word;
}

bool is_section(std::string_view word) { return std::ranges::find(kSections, word) != kSections.end(); }

}  // namespace

const std::string& Statement::keyword() const { return words.empty() ? kNoWord : words[0].text; }
const std::string& Statement::name() const { return words.size() < 2 ? kNoWord : words[1].text; }

SourceRange Statement::head() const {
  return words.empty() ? SourceRange{} : cover(words.front().range, words.back().range);
}

std::vector<const Statement*> Statement::all(std::string_view keyword) const {
  std::vector<const Statement*> found;
  for (const Statement& child : children)
    if (!child.inactive && child.keyword() == keyword) found.push_back(&child);
  return found;
}

const Statement* Statement::find(std::string_view keyword) const {
  for (const Statement& child : children)
    if (!child.inactive && child.keyword() == keyword) return &child;
  return nullptr;
}

const Statement* Statement::find(std::string_view keyword, std::string_view name) const {
  for (const Statement& child : children)
    if (!child.inactive && child.keyword() == keyword && child.name() == name) return &child;
  return nullptr;
}

// A line of the set form whose path only Junos has, or an outermost section in braces together with statements that end
// in `;` (other systems with braces write none).
bool looks_like_junos(std::string_view text) {
  text = text.substr(0, 64 * 1024);
  if (text.starts_with("!RANCID-CONTENT-TYPE: juniper")) return true;
  bool section = false, statement = false;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    bool indented = !line.empty() && (line[0] == ' ' || line[0] == '\t');
    std::string_view last = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    last = last.substr(0, std::min(last.find(" ##"), last.size()));
    statement |=
        last.size() > 1 && (last.back() == ';' || last.find("; }") != last.npos || last.find(";}") != last.npos);
    std::string_view first = next_word(line);
    if (prompt_end(first) == first.size()) first = next_word(line);
    if (first == "inactive:" || first == "protect:" || first == "replace:") first = next_word(line);
    std::string_view second = next_word(line);
    std::string_view third = next_word(line);
    if (first == "set" || first == "deactivate" || first == "delete") {
      static constexpr std::string_view kOnlyHere[] = {"policy-options",  "routing-options", "routing-instances",
                                                       "logical-systems", "groups",          "apply-groups",
                                                       "version"};
      if (std::ranges::find(kOnlyHere, second) != std::end(kOnlyHere) && !third.empty()) return true;
      if (second == "protocols" && third == "bgp" && (next_word(line) == "group")) return true;
      if (second == "interfaces" && next_word(line) == "unit") return true;
    }
    bool opens = second.starts_with('{') || (first.size() > 1 && first.back() == '{');
    if (first.ends_with('{')) first.remove_suffix(1);
    bool only_here = first == "policy-options" || first == "routing-options" || first == "routing-instances";
    if ((!indented || only_here) && is_section(first) && opens) section = true;
    if (section && statement) return true;
  }
  return false;
}

}  // namespace bgproof::junos
