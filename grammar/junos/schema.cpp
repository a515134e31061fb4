#include "grammar/junos/schema.h"

#include <algorithm>
#include <array>
#include <set>

namespace bgproof::junos {

namespace {

struct Row {
  Level at;
  std::string_view keyword;  // "*": any other word
  Rule rule;
};

constexpr Rule container(uint32_t head, Level below) { return {Shape::container, head, below, false}; }
constexpr Rule kList{Shape::list, 1, Level::plain, false};
constexpr Rule kExpression{Shape::expression, 1, Level::plain, false};
constexpr Rule kSingle{Shape::single, 1, Level::plain, false};
constexpr Rule kSingleNamed{Shape::single, 2, Level::plain, false};

// In the order of levels; few rows each.
constexpr Row kRows[] = {
    {Level::root, "policy-options", container(1, Level::policy_options)},
    {Level::root, "protocols", container(1, Level::protocols)},
    {Level::root, "routing-options", container(1, Level::routing_options)},
    {Level::root, "routing-instances", container(1, Level::instances)},
    {Level::root, "logical-systems", container(1, Level::systems)},
    {Level::root, "tenants", container(1, Level::systems)},
    {Level::root, "groups", container(1, Level::groups)},
    {Level::root, "interfaces", container(1, Level::interfaces)},
    {Level::root, "system", container(1, Level::system)},
    {Level::root, "version", kSingle},
    {Level::groups, "*", container(1, Level::root)},
    {Level::systems, "*", container(1, Level::root)},
    {Level::instances, "*", container(1, Level::instance)},

    {Level::instance, "protocols", container(1, Level::protocols)},
    {Level::instance, "routing-options", container(1, Level::routing_options)},
    {Level::instance, "instance-type", kSingle},
    {Level::instance, "route-distinguisher", kSingle},
    {Level::instance, "description", kSingle},
    {Level::instance, "vrf-import", kExpression},
    {Level::instance, "vrf-export", kExpression},
    {Level::system, "host-name", kSingle},

    {Level::policy_options, "policy-statement", container(2, Level::policy)},
    {Level::policy_options, "prefix-list", container(2, Level::entries)},
    {Level::policy_options, "route-filter-list", container(2, Level::filters)},
    {Level::policy_options, "community", container(2, Level::community)},
    {Level::policy_options, "as-path-group", container(2, Level::path_group)},
    {Level::policy_options, "as-list-group", container(2, Level::path_group)},
    {Level::policy_options, "as-list", container(2, Level::community)},
    {Level::policy_options, "condition", container(2, Level::condition)},
    {Level::policy_options, "as-path", kSingleNamed},
    {Level::policy_options, "damping", container(2, Level::plain)},
    {Level::policy_options, "defaults", container(1, Level::plain)},
    {Level::entries, "apply-path", kSingle},
    {Level::community, "members", kList},
    {Level::path_group, "as-path", kSingleNamed},
    {Level::path_group, "as-list", container(2, Level::community)},
    {Level::condition, "if-route-exists", container(1, Level::plain)},

    {Level::policy, "term", container(2, Level::policy)},
    {Level::policy, "from", container(1, Level::from)},
    {Level::policy, "to", container(1, Level::from)},
    {Level::policy, "then", container(1, Level::then)},
    {Level::from, "as-path", kList},
    {Level::from, "as-path-group", kList},
    {Level::from, "area", kList},
    {Level::from, "community", kList},
    {Level::from, "condition", kList},
    {Level::from, "family", kSingle},
    {Level::from, "instance", kSingle},
    {Level::from, "interface", kList},
    {Level::from, "local-preference", kSingle},
    {Level::from, "metric", kSingle},
    {Level::from, "neighbor", kList},
    {Level::from, "next-hop", kList},
    {Level::from, "origin", kSingle},
    {Level::from, "policy", kExpression},
    {Level::from, "preference", kSingle},
    {Level::from, "protocol", kList},
    {Level::from, "rib", kSingle},
    {Level::from, "route-type", kSingle},
    {Level::from, "tag", kList},

    {Level::protocols, "bgp", container(1, Level::bgp)},
    {Level::bgp, "group", container(2, Level::bgp)},
    {Level::bgp, "neighbor", container(2, Level::bgp)},
    {Level::bgp, "dynamic-neighbor", container(2, Level::bgp)},
    {Level::bgp, "family", container(2, Level::family)},
    {Level::bgp, "import", kExpression},
    {Level::bgp, "export", kExpression},
    {Level::bgp, "type", kSingle},
    {Level::bgp, "peer-as", kSingle},
    {Level::bgp, "local-address", kSingle},
    {Level::bgp, "local-preference", kSingle},
    {Level::bgp, "description", kSingle},
    {Level::bgp, "cluster", kSingle},
    {Level::bgp, "hold-time", kSingle},
    {Level::bgp, "preference", kSingle},
    {Level::bgp, "allow", kList},
    {Level::bgp, "apply-groups", kList},
    {Level::family, "any", container(1, Level::family_part)},
    {Level::family, "flow", container(1, Level::family_part)},
    {Level::family, "labeled-unicast", container(1, Level::family_part)},
    {Level::family, "multicast", container(1, Level::family_part)},
    {Level::family, "segment-routing-te", container(1, Level::family_part)},
    {Level::family, "signaling", container(1, Level::family_part)},
    {Level::family, "unicast", container(1, Level::family_part)},

    {Level::routing_options, "static", container(1, Level::routes)},
    {Level::routing_options, "aggregate", container(1, Level::routes)},
    {Level::routing_options, "generate", container(1, Level::routes)},
    {Level::routing_options, "rib", container(2, Level::routing_options)},
    {Level::routing_options, "rib-groups", container(1, Level::rib_groups)},
    {Level::routing_options, "forwarding-table", container(1, Level::route)},
    {Level::routing_options, "router-id", kSingle},
    {Level::routing_options, "instance-import", kExpression},
    {Level::routing_options, "instance-export", kExpression},
    {Level::routes, "route", container(2, Level::route)},
    {Level::routes, "defaults", container(1, Level::route)},
    {Level::route, "policy", kExpression},
    {Level::route, "export", kExpression},
    {Level::route, "next-hop", kList},
    {Level::route, "community", kList},
    {Level::rib_groups, "*", container(1, Level::route)},
    {Level::route, "import-policy", kExpression},
    {Level::route, "import-rib", kList},

    {Level::interfaces, "interface-range", container(2, Level::interface)},
    {Level::interfaces, "interface-set", container(2, Level::plain)},
    {Level::interfaces, "*", container(1, Level::interface)},
    {Level::interface, "unit", container(2, Level::unit)},
    {Level::unit, "family", container(2, Level::address_family)},
    {Level::address_family, "address", container(2, Level::plain)},
};

constexpr size_t kLevels = static_cast<size_t>(Level::plain) + 1;

std::span<const Row> rows_of(Level level) {
  struct Bounds {
    size_t begin = 0;
    size_t end = 0;
  };
  // A level's rows need not be adjacent: the span covers them all and lookups compare the level too.
  static const auto kBounds = [] {
    std::array<Bounds, kLevels> made{};
    for (size_t i = 0; i < std::size(kRows); ++i) {
      Bounds& bounds = made[static_cast<size_t>(kRows[i].at)];
      if (bounds.end == 0) bounds.begin = i;
      bounds.end = i + 1;
    }
    return made;
  }();
  Bounds bounds = kBounds[static_cast<size_t>(level)];
  return std::span(kRows).subspan(bounds.begin, bounds.end - bounds.begin);
}

// `10.0.0.0/8 upto /24` is what identifies a filter; actions follow.
uint32_t filter_size(std::span<const Word> words) {
  static constexpr std::string_view kWithArgument[] = {"upto", "through", "prefix-length-range", "address-mask"};
  bool argument = words.size() > 1 && std::ranges::find(kWithArgument, words[1].text) != std::end(kWithArgument);
  return argument ? 3 : 2;
}

}  // namespace

Rule rule(Level level, std::span<const Word> words) {
  const std::string& keyword = words[0].text;
  auto count = static_cast<uint32_t>(words.size());
  if (keyword == "apply-groups" || keyword == "apply-groups-except") return kList;
  if (level == Level::then)
    return then_slot(keyword).empty() ? Rule{Shape::leaf, count, Level::plain, false}
                                      : Rule{Shape::slot, count, Level::plain, false};
  if (level == Level::filters) return container(std::min(filter_size(words), count), Level::then);
  if (level == Level::from) {
    if (keyword == "route-filter" || keyword == "source-address-filter")
      return container(std::min(1 + filter_size(words.subspan(1)), count), Level::then);
    if (keyword == "prefix-list-filter") return container(std::min(3u, count), Level::then);
    if (keyword == "route-filter-list") return container(std::min(2u, count), Level::then);
  }
  for (const Row& row : rows_of(level)) {
    if (row.at != level) continue;
    if (row.keyword != keyword && row.keyword != "*") continue;
    Rule found = row.rule;
    found.nameless = found.shape == Shape::container && (found.head > count || keyword.empty());
    found.head = std::min(found.head, count);
    return found;
  }
  return {Shape::leaf, count, Level::plain, false};
}

bool is_unknown(Level level, std::span<const Word> statement) {
  std::string_view word = statement[0].text;
  struct Other {
    Level at;
    std::string_view keyword;
  };
  // Statements that have no row above.
  static constexpr Other kOthers[] = {
      {Level::policy_options, "application-maps"},
      {Level::policy_options, "apply-flags"},
      {Level::policy_options, "apply-groups"},
      {Level::policy_options, "apply-groups-except"},
      {Level::policy_options, "apply-macro"},
      {Level::policy_options, "mac-list"},
      {Level::policy_options, "redundancy-policy"},
      {Level::policy_options, "resolution-map"},
      {Level::policy_options, "rib-list"},
      {Level::policy_options, "route-distinguisher"},
      {Level::policy_options, "rtf-prefix-list"},
      {Level::policy_options, "tunnel-attribute"},
      {Level::policy, "defaults"},
      {Level::from, "as-path-calc-length"},
      {Level::from, "as-path-neighbors"},
      {Level::from, "as-path-origins"},
      {Level::from, "as-path-transits"},
      {Level::from, "as-path-unique-count"},
      {Level::from, "color"},
      {Level::from, "color2"},
      {Level::from, "community-count"},
      {Level::from, "external"},
      {Level::from, "level"},
      {Level::from, "metric2"},
      {Level::from, "multicast-scope"},
      {Level::from, "preference2"},
      {Level::from, "prefix-list"},
      {Level::from, "prefix-list-filter"},
      {Level::from, "route-filter"},
      {Level::from, "route-filter-list"},
      {Level::from, "source-address-filter"},
      {Level::from, "source-address-filter-list"},
      {Level::from, "tag2"},
      {Level::from, "validation-database"},
      {Level::bgp, "disable"},
      {Level::routing_options, "autonomous-system"},
      {Level::routing_options, "confederation"},
  };
  bool checked = level == Level::policy_options || level == Level::policy || level == Level::from ||
                 level == Level::bgp || level == Level::family || level == Level::instance ||
                 level == Level::routing_options;
  if (!checked || word.empty() || word.front() == '<' || word == "unreadable") return false;
  bool short_for_one = false;
  auto is = [&](std::string_view keyword) {
    short_for_one |= keyword.starts_with(word);
    return keyword == word;
  };
  for (const Row& row : rows_of(level))
    if (row.at == level && is(row.keyword)) return false;
  for (const Other& other : kOthers)
    if (other.at == level && is(other.keyword)) return false;
  // An instance has no policies of its own, and sessions below `protocols` alone.
  auto is_bgp = [](const Word& each) { return each.text == "bgp"; };
  bool in_instance =
      level == Level::instance && (word == "policy-options" || std::ranges::any_of(statement, is_bgp));
  return short_for_one || in_instance || level == Level::policy_options;
}

size_t first_unknown_keyword(std::span<const Word> path) {
  Level level = Level::root;
  for (size_t at = 0; at < path.size();) {
    if (is_unknown(level, path.subspan(at))) return at;
    Rule found = rule(level, path.subspan(at));
    if (found.shape != Shape::container) break;
    at += found.head;
    level = found.below;
  }
  return path.size();
}

std::string_view then_slot(std::string_view keyword) {
  if (keyword == "community" || keyword == "large-community" || keyword == "trace") return {};
  if (keyword == "reject") return "accept";
  return keyword;
}

bool is_keyword(std::string_view word) {
  static const std::set<std::string_view> kKeywords = [] {
    std::set<std::string_view> made = {"accept",
                                       "reject",
                                       "next",
                                       "route-filter",
                                       "apply-groups",
                                       "prefix-list",
                                       "prefix-list-filter",
                                       "source-address-filter",
                                       "local-as",
                                       "as-path-prepend",
                                       "invert-match",
                                       "remove-private"};
    for (const Row& row : kRows)
      if (row.keyword != "*") made.insert(row.keyword);
    return made;
  }();
  return kKeywords.contains(word);
}

bool is_pattern(std::string_view word) { return word.size() > 2 && word.front() == '<' && word.back() == '>'; }

namespace {

// The end of the class that opens at `at`; npos if it does not close.
size_t class_end(std::string_view pattern, size_t at) {
  size_t from = at + 1;
  if (from < pattern.size() && (pattern[from] == '!' || pattern[from] == '^')) ++from;
  return pattern.find(']', from + 1);
}

bool in_class(std::string_view inside, char c) {
  bool negated = !inside.empty() && (inside.front() == '!' || inside.front() == '^');
  if (negated) inside.remove_prefix(1);
  bool found = false;
  for (size_t i = 0; i < inside.size(); ++i) {
    if (i + 2 < inside.size() && inside[i + 1] == '-') {
      found |= inside[i] <= c && c <= inside[i + 2];
      i += 2;
    } else {
      found |= inside[i] == c;
    }
  }
  return found != negated;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view name) {
  if (!is_pattern(pattern)) return pattern == name;
  pattern = pattern.substr(1, pattern.size() - 2);
  // The usual matcher of globs: on a mismatch the last star takes one more character.
  size_t p = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = n;
      continue;
    }
    size_t end = p < pattern.size() && pattern[p] == '[' ? class_end(pattern, p) : std::string_view::npos;
    if (end != std::string_view::npos && in_class(pattern.substr(p + 1, end - p - 1), name[n])) {
      p = end + 1;
      ++n;
    } else if (end == std::string_view::npos && p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace bgproof::junos
