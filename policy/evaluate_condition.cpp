// The value of conditions on a concrete route.
#include <algorithm>

#include "base/check.h"
#include "policy/evaluate_parts.h"
#include "policy/text_regex.h"
#include "policy/visit.h"

namespace bgproof {
namespace {

bool any_entry_matches(const PrefixList& list, const Address& address) {
  return lookup(list, prefix_of(address, width(address.family))).has_value();
}

bool value_of(const PrefixIn& in, const Route& route) {
  std::optional<uint32_t> slot = lookup(*in.list, route.prefix);
  return slot && in.slots.contains(*slot);
}

bool value_of(const CarriesCommunity& carries, const Route& route) {
  return std::any_of(route.communities.begin(), route.communities.end(),
                     [&](const Community& community) { return contains(carries.set, community); });
}

bool value_of(const CommunityCount& count, const Route& route) {
  auto counted = std::count_if(route.communities.begin(), route.communities.end(),
                               [&](const Community& community) { return count.kinds.contains(community.kind); });
  return count.count.contains(static_cast<uint32_t>(counted));
}

bool value_of(const CommunityText& is, const Route& route) {
  std::variant<TextRegex, TextRegexError> parsed = parse_text_regex(is.expression);
  const auto* regex = std::get_if<TextRegex>(&parsed);
  BGPROOF_CHECK(regex, "a community expression is checked when it is read: " + is.expression);
  return matches_somewhere(*regex, text_of(route.communities, is.kind, is.names));
}

bool value_of(const NumberIn& in, const Route& route) {
  std::optional<uint32_t> value = route[in.number];
  return value &&
         std::any_of(in.ranges.begin(), in.ranges.end(), [&](const NumberRange& r) { return r.contains(*value); });
}

bool value_of(const AsPathText& is, const Route& route) {
  const std::variant<TextRegex, TextRegexError> parsed = parse_text_regex(is.expression);
  const auto* regex = std::get_if<TextRegex>(&parsed);
  BGPROOF_CHECK(regex, "an AS-path expression is checked when it is read: " + is.expression);
  return matches_somewhere(*regex, text_form(route.as_path));
}

bool value_of(const NextHopIn& in, const Route& route) {
  return route.next_hop.kind == NextHop::Kind::address && any_entry_matches(*in.list, route.next_hop.address);
}

bool value_of(const NeighborIn& in, const Route& route) {
  return route.neighbor && any_entry_matches(*in.list, *route.neighbor);
}

// The connective whose value is `decisive` as soon as one member has it: false for a conjunction, true for a
// disjunction.
Truth connect(const std::vector<Condition>& of, bool decisive, const Route& route, const ConditionContext& context) {
  Truth result{!decisive, true, {}};
  for (const Condition& child : of) {
    Truth part = truth(child, route, context);
    if (part.fixed && part.value == decisive) return {decisive, true, {}};
    if (part.value == decisive) result.value = decisive;
    if (!part.fixed) result.fixed = false;
    result.met.insert(result.met.end(), part.met.begin(), part.met.end());
  }
  return result;
}

Truth fixed(bool value) { return {value, true, {}}; }

}  // namespace

Truth truth(const Condition& condition, const Route& route, const ConditionContext& context) {
  return visit_with(
      condition.is, [&](const Constant& constant) { return fixed(constant.value); },
      [&](const All& all) { return connect(all.of, false, route, context); },
      [&](const Any& any) { return connect(any.of, true, route, context); },
      [&](const Not& negated) {
        Truth inner = truth(*negated.of, route, context);
        inner.value = !inner.value;
        return inner;
      },
      [&](const PrefixIn& in) { return fixed(value_of(in, route)); },
      [&](const FamilyIs& is) { return fixed(route.prefix.family == is.family); },
      [&](const ProtocolIn& in) { return fixed(in.protocols.contains(route.protocol)); },
      [&](const RouteTypeIs& is) { return fixed(route.route_type == is.type); },
      [&](const LearnedFromIn& in) { return fixed(in.roles.contains(route.learned_from)); },
      [&](const CarriesCommunity& carries) { return fixed(value_of(carries, route)); },
      [&](const CommunityCount& count) { return fixed(value_of(count, route)); },
      [&](const CommunityText& is) { return fixed(value_of(is, route)); },
      [&](const NumberIn& in) { return fixed(value_of(in, route)); },
      [&](const OriginIs& is) { return fixed(route.origin == is.origin); },
      [&](const NextHopIn& in) { return fixed(value_of(in, route)); },
      [&](const NeighborIn& in) { return fixed(value_of(in, route)); },
      [&](const InterfaceIn& in) { return fixed(in.names.contains(route.interface)); },
      [&](const RibIn& in) { return fixed(in.names.contains(route.rib)); },
      [&](const RpkiIs& is) { return fixed(route.rpki == is.state); },
      [&](const AsPathMatches& is) { return fixed(matches(is.regex, route.as_path)); },
      [&](const AsPathText& is) { return fixed(value_of(is, route)); },
      [&](const AsPathLength& is) { return fixed(is.range.contains(length(route.as_path))); },
      [&](const FlagIsSet& is) { return fixed(context.flag(is.flag)); },
      [&](const AssumptionIs& is) { return fixed(context.reading(is.name) == is.value); },
      [&](const Unmodelled&) {
        return Truth{context.matches(condition), false, {&condition}};
      });
}

bool holds(const Condition& condition, const Route& route) {
  auto refuse = [](const char* what) -> bool {
    fail_check("holds", __FILE__, __LINE__, std::string("a condition on a route alone has no ") + what);
  };
  ConditionContext context;
  context.flag = [&](FlagId) { return refuse("flag"); };
  context.reading = [&](const std::string& name) -> const std::string& { return refuse("assumption"), name; };
  context.matches = [&](const Condition&) { return refuse("unmodelled line"); };
  return truth(condition, route, context).value;
}

}  // namespace bgproof
