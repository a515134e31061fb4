#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "grammar/junos/as_path.h"
#include "grammar/junos/community.h"
#include "grammar/junos/conditions.h"
#include "grammar/junos/prefix.h"

namespace bgproof::junos {

namespace {

struct ProtocolWord {
  std::string_view word;
  std::set<Protocol> protocols;
};
const std::array<ProtocolWord, 15> kProtocolWords = {{{"bgp", {Protocol::bgp}},
                                                      {"direct", {Protocol::direct}},
                                                      {"local", {Protocol::local}},
                                                      {"static", {Protocol::static_}},
                                                      {"aggregate", {Protocol::aggregate}},
                                                      {"ospf", {Protocol::ospf, Protocol::ospf3}},
                                                      {"ospf2", {Protocol::ospf}},
                                                      {"ospf3", {Protocol::ospf3}},
                                                      {"isis", {Protocol::isis}},
                                                      {"rip", {Protocol::rip}},
                                                      {"ripng", {Protocol::ripng}},
                                                      {"ldp", {Protocol::ldp}},
                                                      {"rsvp", {Protocol::rsvp}},
                                                      {"pim", {Protocol::pim}},
                                                      {"evpn", {Protocol::evpn}}}};
// Families of routes that are never those of IPv4 or IPv6 unicast.
constexpr std::array<std::string_view, 18> kOtherFamilies = {"bridge-vpn",
                                                             "ethernet",
                                                             "ethernet-switching",
                                                             "evpn",
                                                             "inet-mdt",
                                                             "inet-mvpn",
                                                             "inet-vpn",
                                                             "inet6-mvpn",
                                                             "inet6-vpn",
                                                             "inetflow",
                                                             "iso",
                                                             "iso-vpn",
                                                             "l2vpn",
                                                             "mpls",
                                                             "route-target",
                                                             "traffic-engineering",
                                                             "vpls",
                                                             "fc"};

struct NumberWord {
  std::string_view word;
  Number number;
};
constexpr std::array<NumberWord, 9> kNumberWords = {{{"local-preference", Number::local_pref},
                                                     {"metric", Number::med},
                                                     {"metric2", Number::metric2},
                                                     {"preference", Number::preference},
                                                     {"preference2", Number::preference2},
                                                     {"tag", Number::tag},
                                                     {"tag2", Number::tag2},
                                                     {"color", Number::color},
                                                     {"color2", Number::color2}}};

using Lines = std::vector<Line>;

// The words behind the keyword of every line.
std::vector<const Word*> names_of(const Lines& lines) {
  std::vector<const Word*> names;
  for (const Line& line : lines) names.insert(names.end(), line.words.begin() + 1, line.words.end());
  return names;
}

SourceRange range_of(const Lines& lines) {
  return lines.size() == 1 ? lines[0].range : cover(lines.front().range, lines.back().range);
}

Condition free_condition(Context& context, const char* side, const Lines& lines) {
  std::string text = fmt::format("{} {}", side, lines.back().text());
  context.diagnostics().note("BP117", lines.back().range, fmt::format("condition `{}` is not modelled", text));
  return context.unmodelled(range_of(lines), text);
}

Condition bad(Context& context, const Lines& lines) {
  context.diagnostics().warning("BP116", lines.back().range,
                                fmt::format("`{}` is not understood", lines.back().text()));
  return context.unmodelled(range_of(lines), lines.back().text());
}

Condition any_name(const Lines& lines, const std::function<Condition(const Word&, SourceRange)>& one) {
  std::vector<Condition> alternatives;
  for (const Line& line : lines)
    for (size_t i = 1; i < line.size(); ++i) alternatives.push_back(one(*line.words[i], line.range));
  return any_of(std::move(alternatives), range_of(lines));
}

Condition protocol(Context& context, const Word& word, SourceRange range) {
  for (const ProtocolWord& known : kProtocolWords)
    if (word.text == known.word) return condition(ProtocolIn{known.protocols}, range);
  // Some other protocol, of which the model tells none from another.
  Condition other = condition(ProtocolIn{{Protocol::other}}, range);
  return all_of({std::move(other), context.unmodelled(range, fmt::format("from protocol {}", word.text))}, range);
}

Condition protocols(Context& context, const Lines& lines) {
  std::set<Protocol> all;
  std::vector<Condition> others;
  for (const Line& line : lines) {
    for (size_t i = 1; i < line.size(); ++i) {
      Condition one = protocol(context, *line.words[i], line.range);
      if (auto* known = std::get_if<ProtocolIn>(&one.is))
        all.insert(known->protocols.begin(), known->protocols.end());
      else
        others.push_back(std::move(one));
    }
  }
  if (!all.empty()) others.insert(others.begin(), condition(ProtocolIn{std::move(all)}, range_of(lines)));
  return any_of(std::move(others), range_of(lines));
}

Condition family(Context& context, const Lines& lines) {
  const Line& line = lines.back();
  if (line.word(1) == "inet" && line.size() == 2) return condition(FamilyIs{Family::ipv4}, line.range);
  if (line.word(1) == "inet6" && line.size() == 2) return condition(FamilyIs{Family::ipv6}, line.range);
  if (std::find(kOtherFamilies.begin(), kOtherFamilies.end(), line.word(1)) != kOtherFamilies.end())
    return never(line.range);
  return free_condition(context, "from", lines);
}

Condition rib(Context& context, const char* side, const Lines& lines) {
  std::set<std::string> names;
  for (const Word* name : names_of(lines)) {
    if (name->text.find('*') != std::string::npos) return free_condition(context, side, lines);
    names.insert(name->text);
  }
  if (names.empty()) return bad(context, lines);
  return condition(RibIn{std::move(names)}, range_of(lines));
}

// The unicast tables of the instance.
Condition tables_of(const Line& line) {
  const std::string& name = line.word(1);
  std::string front = name == "master" ? "" : fmt::format("{}.", name);
  return condition(RibIn{{fmt::format("{}inet.0", front), fmt::format("{}inet6.0", front)}}, line.range);
}

// The instance that a route comes from is the one of its table, unless some line can copy routes from table to table.
Condition instance(Context& context, const Lines& lines) {
  if (lines.back().size() != 2 || context.copies_routes()) return free_condition(context, "from", lines);
  return tables_of(lines.back());
}

Condition numbers(Context& context, Number number, const Lines& lines) {
  std::vector<NumberRange> ranges;
  const Line& line = lines.back();
  for (size_t i = 1; i < line.size(); ++i) {
    auto value = number_of(line.word(i));
    if (!value) return bad(context, lines);
    ranges.push_back({*value, *value});
  }
  if (ranges.empty()) return bad(context, lines);
  bool zero = std::any_of(ranges.begin(), ranges.end(), [](const NumberRange& each) { return each.contains(0); });
  Condition match = condition(NumberIn{number, std::move(ranges)}, line.range);
  if (number != Number::med || !zero) return match;
  Condition absent = not_(condition(NumberIn{number, {NumberRange{}}}, line.range), line.range);
  Condition taken =
      all_of({condition(AssumptionIs{"junos.absent-metric", "zero"}, line.range), std::move(absent)}, line.range);
  return any_of({std::move(match), std::move(taken)}, line.range);
}

// "5", "5 equal", "5 orhigher", "5 orlower".
std::optional<NumberRange> counted(const Line& line) {
  auto value = number_of(line.word(1));
  if (!value || line.size() > 3) return std::nullopt;
  const std::string& how = line.word(2);
  if (how.empty() || how == "equal") return NumberRange{*value, *value};
  if (how == "orhigher") return NumberRange{*value, UINT32_MAX};
  if (how == "orlower") return NumberRange{0, *value};
  return std::nullopt;
}

Condition community_count(Context& context, const Lines& lines) {
  std::vector<Condition> counts;
  for (const Line& line : lines) {
    auto range = counted(line);
    if (!range) return bad(context, lines);
    auto reading = [&](const char* value, std::set<CommunityKind> kinds) {
      return all_of({condition(AssumptionIs{"junos.community-count", value}, line.range),
                     condition(CommunityCount{std::move(kinds), *range}, line.range)},
                    line.range);
    };
    counts.push_back(
        any_of({reading("standard", {CommunityKind::standard}),
                reading("every-kind", {CommunityKind::standard, CommunityKind::large, CommunityKind::extended})},
               line.range));
  }
  return all_of(std::move(counts), range_of(lines));
}

Condition route_type(Context& context, const Lines& lines) {
  const Line& line = lines.back();
  bool internal = line.word(1) == "internal";
  if (line.size() != 2 || (!internal && line.word(1) != "external")) return bad(context, lines);
  Condition learned = condition(RouteTypeIs{internal ? RouteType::internal : RouteType::external}, line.range);
  if (!internal) return learned;
  Condition wider = all_of({condition(AssumptionIs{"junos.route-type-internal", "not-external"}, line.range),
                            not_(condition(ProtocolIn{{Protocol::bgp}}, line.range), line.range)},
                           line.range);
  return any_of({std::move(learned), std::move(wider)}, line.range);
}

Condition origin(Context& context, const Lines& lines) {
  const std::string& word = lines.back().word(1);
  SourceRange range = lines.back().range;
  if (word == "igp") return condition(OriginIs{Origin::igp}, range);
  if (word == "egp") return condition(OriginIs{Origin::egp}, range);
  if (word == "incomplete") return condition(OriginIs{Origin::incomplete}, range);
  return bad(context, lines);
}

Condition rpki(Context& context, const Lines& lines) {
  return any_name(lines, [&](const Word& word, SourceRange range) {
    if (word.text == "valid") return condition(RpkiIs{Rpki::valid}, range);
    if (word.text == "invalid") return condition(RpkiIs{Rpki::invalid}, range);
    if (word.text == "unknown") return condition(RpkiIs{Rpki::unknown}, range);
    return context.unmodelled(range, fmt::format("validation state {}", word.text));
  });
}

Condition interfaces(Context& context, const Lines& lines) {
  std::set<std::string> names;
  for (const Word* name : names_of(lines)) {
    if (name->text.find('*') != std::string::npos || parse_address(name->text))
      return free_condition(context, "from", lines);
    names.insert(name->text);
  }
  return condition(InterfaceIn{std::move(names)}, range_of(lines));
}

// Conditions that mean the same in `from` and `to`. nullopt: none of them.
std::optional<Condition> either_side(Context& context, const char* side, const std::string& keyword,
                                     const Lines& lines) {
  SourceRange range = range_of(lines);
  auto by_name = [&](auto function) {
    return any_name(lines, [&](const Word& word, SourceRange where) { return function(context, word.text, where); });
  };
  for (const NumberWord& known : kNumberWords)
    if (keyword == known.word) return numbers(context, known.number, lines);
  if (keyword == "community") return by_name(community_matches);
  if (keyword == "as-path") return by_name(as_path_matches);
  if (keyword == "as-path-group") return by_name(as_path_group_matches);
  if (keyword == "origin") return origin(context, lines);
  if (keyword == "family") return family(context, lines);
  if (keyword == "rib") return rib(context, side, lines);
  if (keyword == "next-hop") {
    auto list = address_list(names_of(lines));
    return list ? condition(NextHopIn{std::move(list)}, range) : free_condition(context, side, lines);
  }
  return std::nullopt;
}

}  // namespace

Condition from_condition(Context& context, const std::string& keyword, const Lines& lines) {
  if (lines.back().size() < 2) return bad(context, lines);
  if (auto known = either_side(context, "from", keyword, lines)) return *known;
  SourceRange range = range_of(lines);
  if (keyword == "protocol") return protocols(context, lines);
  if (keyword == "route-type") return route_type(context, lines);
  if (keyword == "interface") return interfaces(context, lines);
  if (keyword == "validation-database" || keyword == "validation-state") return rpki(context, lines);
  if (keyword == "community-count") return community_count(context, lines);
  if (keyword == "neighbor") {
    auto list = address_list(names_of(lines));
    return list ? condition(NeighborIn{std::move(list)}, range) : free_condition(context, "from", lines);
  }
  if (keyword == "as-path-calc-length") {
    auto count = counted(lines.back());
    return count ? condition(AsPathLength{*count}, range) : bad(context, lines);
  }
  if (keyword == "as-path-unique-count") {
    auto count = counted(lines.back());
    if (!count) return bad(context, lines);
    context.diagnostics().note("BP117", range,
                               "how many different AS numbers a path has is modelled by its length alone");
    return unique_count_is(context, *count, range);
  }
  if (keyword == "instance") return instance(context, lines);
  if (keyword == "as-path-neighbors" || keyword == "as-path-origins" || keyword == "as-path-transits") {
    AsPathPlace place = keyword == "as-path-neighbors" ? AsPathPlace::neighbor
                        : keyword == "as-path-origins" ? AsPathPlace::origin
                                                       : AsPathPlace::transit;
    std::vector<Condition> any;
    for (const Line& line : lines) any.push_back(as_list_matches(context, place, line));
    return any_of(std::move(any), range);
  }
  if (keyword == "condition") {
    for (const Word* name : names_of(lines))
      if (context.definitions(Kind::condition, name->text).empty())
        context.diagnostics().warning("BP113", name->range, fmt::format("condition `{}` is not defined", name->text));
    // Whether the route exists: the routing table says, not the config.
    return context.given_by_network(range, fmt::format("from {}", lines.back().text()));
  }
  return free_condition(context, "from", lines);
}

Condition to_condition(Context& context, const std::string& keyword, const Lines& lines) {
  if (lines.back().size() < 2) return bad(context, lines);
  if (auto known = either_side(context, "to", keyword, lines)) return *known;
  if (keyword == "instance" && lines.back().size() == 2) return tables_of(lines.back());
  return free_condition(context, "to", lines);
}

}  // namespace bgproof::junos
