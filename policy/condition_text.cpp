// Conditions as text, in the words of the intent language where it has them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "policy/condition.h"
#include "policy/visit.h"

namespace bgproof {
namespace {

// How tightly a text binds; a looser one inside a tighter one is put in parentheses.
enum class Binding { disjunction, conjunction, unit };

struct Text {
  std::string text;
  Binding binding = Binding::unit;
};

Text print(const Condition& condition);

std::string within(const Text& text, Binding at_least) {
  return text.binding < at_least ? '(' + text.text + ')' : text.text;
}

Text joined(const std::vector<Condition>& of, std::string_view word, Binding binding, std::string_view if_empty) {
  if (of.empty()) return {std::string(if_empty)};
  if (of.size() == 1) return print(of[0]);
  // Members of the same kind are put in parentheses too: the text shows how the condition is built.
  Binding at_least = binding == Binding::disjunction ? Binding::conjunction : Binding::unit;
  std::string text;
  for (const Condition& child : of)
    text += (text.empty() ? "" : fmt::format(" {} ", word)) + within(print(child), at_least);
  return {text, binding};
}

Text either(const std::vector<std::string>& texts) {
  if (texts.empty()) return {"not any"};
  return {fmt::format("{}", fmt::join(texts, " or ")), texts.size() == 1 ? Binding::unit : Binding::disjunction};
}

std::string entries_text(const PrefixList& list) {
  std::string text;
  for (const PrefixEntry& entry : list.entries) {
    if (!text.empty()) text += ", ";
    text += to_string(entry.pattern);
    if (entry.slot == PrefixEntry::kNoMatch)
      text += " no-match";
    else if (entry.slot != 0)
      text += fmt::format(" slot {}", entry.slot);
  }
  return text.empty() ? "{}" : "{ " + text + " }";
}

// The intent language has sets alone; the other two modes of lookup are named in front.
std::string list_text(const PrefixList& list) {
  switch (list.mode) {
    case PrefixList::Mode::any:
      return entries_text(list);
    case PrefixList::Mode::first:
      return "first-of " + entries_text(list);
    case PrefixList::Mode::longest:
      return "longest-of " + entries_text(list);
  }
  return {};
}

std::string prefix_in_text(const PrefixIn& in) {
  std::string text = "prefix in " + list_text(*in.list);
  if (in.slots != std::set<uint32_t>{0}) text += fmt::format(" slots {{{}}}", fmt::join(in.slots, ", "));
  return text;
}

std::string range_text(const NumberRange& range) {
  if (range.low == range.high) return fmt::format("= {}", range.low);
  if (range.high == UINT32_MAX) return fmt::format(">= {}", range.low);
  if (range.low == 0) return fmt::format("<= {}", range.high);
  return fmt::format("{}..{}", range.low, range.high);
}

Text number_text(const NumberIn& in) {
  std::vector<std::string> texts;
  for (const NumberRange& range : in.ranges)
    texts.push_back(fmt::format("{} {}", info(in.number).name, range_text(range)));
  return either(texts);
}

Text protocols_text(const ProtocolIn& in) {
  std::vector<std::string> texts;
  std::set<Protocol> rest = in.protocols;
  const std::set<Protocol> igps = {Protocol::ospf, Protocol::ospf3, Protocol::isis, Protocol::rip, Protocol::ripng};
  bool all_igps = std::includes(rest.begin(), rest.end(), igps.begin(), igps.end());
  if (all_igps) std::erase_if(rest, is_igp);
  for (Protocol protocol : rest) texts.push_back(fmt::format("source {}", to_string(protocol)));
  if (all_igps) texts.push_back("source igp");
  return either(texts);
}

Text learned_from_text(const LearnedFromIn& in) {
  std::set<std::string> roles = in.roles;
  std::vector<std::string> texts;
  if (roles.erase("originated") > 0) texts.push_back("originated");
  if (!roles.empty()) texts.push_back(fmt::format("learned-from {}", fmt::join(roles, ", ")));
  return either(texts);
}

Text names_text(std::string_view word, const std::set<std::string>& names) {
  std::vector<std::string> texts;
  for (const std::string& name : names) texts.push_back(fmt::format("{} \"{}\"", word, name));
  return either(texts);
}

std::string kinds_text(const std::set<CommunityKind>& kinds) {
  std::string text;
  for (CommunityKind kind : kinds) text += (text.empty() ? "" : ", ") + std::string(to_string(kind));
  return text.empty() ? "none" : text;
}

Text print(const Condition& condition) {
  return visit_with(
      condition.is, [](const Constant& c) { return Text{c.value ? "any" : "not any"}; },
      [](const All& all) { return joined(all.of, "and", Binding::conjunction, "any"); },
      [](const Any& any) { return joined(any.of, "or", Binding::disjunction, "not any"); },
      [](const Not& negated) { return Text{"not " + within(print(*negated.of), Binding::unit)}; },
      [](const PrefixIn& in) { return Text{prefix_in_text(in)}; },
      [](const FamilyIs& is) { return Text{is.family == Family::ipv4 ? "len v4 0..32" : "len v6 0..128"}; },
      [](const ProtocolIn& in) { return protocols_text(in); },
      [](const RouteTypeIs& is) { return Text{fmt::format("route-type {}", to_string(is.type))}; },
      [](const LearnedFromIn& in) { return learned_from_text(in); },
      [](const CarriesCommunity& carries) { return Text{"has " + to_string(carries.set)}; },
      [](const CommunityCount& count) {
        return Text{fmt::format("community-count {} {}", kinds_text(count.kinds), range_text(count.count))};
      },
      [](const CommunityText& is) {
        return Text{fmt::format("community-text {} /{}/{}", to_string(is.kind), is.expression,
                                is.names == CommunityNames::words ? " in words" : "")};
      },
      [](const NumberIn& in) { return number_text(in); },
      [](const OriginIs& is) { return Text{fmt::format("origin {}", to_string(is.origin))}; },
      [](const NextHopIn& in) { return Text{"next-hop in " + list_text(*in.list)}; },
      [](const NeighborIn& in) { return Text{"neighbor in " + list_text(*in.list)}; },
      [](const InterfaceIn& in) { return names_text("interface", in.names); },
      [](const RibIn& in) { return names_text("rib", in.names); },
      [](const RpkiIs& is) { return Text{fmt::format("rpki {}", to_string(is.state))}; },
      [](const AsPathMatches& is) { return Text{fmt::format("path matches <^{}$>", to_string(is.regex))}; },
      [](const AsPathText& is) { return Text{fmt::format("path text /{}/", is.expression)}; },
      [](const AsPathLength& is) { return Text{"path-len " + range_text(is.range)}; },
      [](const FlagIsSet& is) { return Text{fmt::format("flag {}", is.flag)}; },
      [](const AssumptionIs& is) { return Text{fmt::format("assumption {} = {}", is.name, is.value)}; },
      [](const Unmodelled& line) { return Text{fmt::format("unmodelled {}", line.choice.value)}; });
}

}  // namespace

std::string to_string(const Condition& condition) { return print(condition).text; }

}  // namespace bgproof
