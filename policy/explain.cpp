#include "policy/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "policy/visit.h"

namespace bgproof {
namespace {

constexpr size_t kLongest = 60;  // of a text that is quoted within a reason

std::string shortened(std::string text) {
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
  return text;
}

int common_bits(const Prefix& a, const Prefix& b) {
  if (a.family != b.family) return -1;
  int limit = std::min(a.length, b.length), common = 0;
  while (common < limit && (a.bits & mask_of(common + 1)) == (b.bits & mask_of(common + 1))) ++common;
  return common;
}

// The entry that an engineer would look at: the one that shares most bits with the prefix.
const PrefixEntry* nearest(const PrefixList& list, const Prefix& prefix) {
  const PrefixEntry* best = nullptr;
  int most = -1;
  for (const PrefixEntry& entry : list.entries) {
    int common = common_bits(entry.pattern.prefix, prefix);
    if (common > most) {
      most = common;
      best = &entry;
    }
  }
  return best;
}

std::string looked_up(const PrefixList& list, const Prefix& prefix, std::string_view name) {
  const PrefixEntry* decides = deciding_entry(list, prefix);
  if (decides && decides->slot != PrefixEntry::kNoMatch)
    return fmt::format("{} is in {}", name, to_string(decides->pattern));
  if (list.entries.empty()) return "the list is empty";
  const PrefixEntry* near = nearest(list, prefix);
  if (!near)
    return fmt::format("{} is not in it: it has no {} entry", name, prefix.family == Family::ipv4 ? "IPv4" : "IPv6");
  return fmt::format("{} is not in it; nearest: {}", name, to_string(near->pattern));
}

std::string prefix_why(const PrefixIn& in, const Route& route) {
  std::optional<uint32_t> slot = lookup(*in.list, route.prefix);
  std::string why = looked_up(*in.list, route.prefix, to_string(route.prefix));
  return slot && !in.slots.contains(*slot) ? why + ", which has other actions" : why;
}

std::string address_why(const PrefixList& list, const std::optional<Address>& address, std::string_view name) {
  if (!address) return fmt::format("the route has no {}", name);
  return looked_up(list, prefix_of(*address, width(address->family)), fmt::format("{} {}", name, to_string(*address)));
}

std::string community_why(const CarriesCommunity& carries, const Route& route) {
  for (const Community& community : route.communities)
    if (contains(carries.set, community)) return "the route carries " + to_string(community);
  if (route.communities.empty()) return "the route carries no community";
  return "the route carries " + shortened(to_string(route.communities));
}

std::string number_why(const NumberIn& in, const Route& route) {
  std::string_view name = info(in.number).name;
  std::optional<uint32_t> value = route[in.number];
  return value ? fmt::format("{} is {}", name, *value) : fmt::format("the route has no {}", name);
}

std::string path_why(const Route& route) {
  return route.as_path.empty() ? "the as-path is empty" : "the as-path is " + shortened(to_string(route.as_path));
}

std::string why_of(const Condition& condition, const Route& route, const ConditionContext& context,
                   const FlagTexts& flags) {
  auto is = [](std::string_view name, std::string_view value) { return fmt::format("{} is {}", name, value); };
  return visit_with(
      condition.is, [](const Constant& c) { return std::string(c.value ? "every route" : "no route"); },
      [](const All& all) { return std::string(all.of.empty() ? "every route" : ""); },
      [](const Any& any) { return std::string(any.of.empty() ? "no route" : ""); },
      [](const Not&) { return std::string(); }, [&](const PrefixIn& in) { return prefix_why(in, route); },
      [&](const FamilyIs&) { return is("the route", route.prefix.family == Family::ipv4 ? "IPv4" : "IPv6"); },
      [&](const ProtocolIn&) { return is("the protocol", to_string(route.protocol)); },
      [&](const RouteTypeIs&) {
        return route.route_type == RouteType::none
                   ? fmt::format("the route is not BGP but {}", to_string(route.protocol))
                   : is("the route type", to_string(route.route_type));
      },
      [&](const LearnedFromIn&) { return "learned from " + route.learned_from; },
      [&](const CarriesCommunity& carries) { return community_why(carries, route); },
      [&](const CommunityCount& count) {
        auto counted = std::count_if(route.communities.begin(), route.communities.end(),
                                     [&](const Community& c) { return count.kinds.contains(c.kind); });
        return fmt::format("the route carries {}", counted);
      },
      [&](const CommunityText& text) {
        std::string all = text_of(route.communities, text.kind, text.names);
        return all.empty() ? std::string("the route carries no such community") : "the text is " + shortened(all);
      },
      [&](const NumberIn& in) { return number_why(in, route); },
      [&](const OriginIs&) { return is("the origin", to_string(route.origin)); },
      [&](const NextHopIn& in) {
        if (route.next_hop.kind != NextHop::Kind::address) return is("the next hop", to_string(route.next_hop));
        return address_why(*in.list, route.next_hop.address, "next hop");
      },
      [&](const NeighborIn& in) { return address_why(*in.list, route.neighbor, "neighbor"); },
      [&](const InterfaceIn&) { return is("the interface", route.interface.empty() ? "not known" : route.interface); },
      [&](const RibIn&) { return is("the table", route.rib.empty() ? "not known" : route.rib); },
      [&](const RpkiIs&) { return is("the RPKI state", to_string(route.rpki)); },
      [&](const AsPathMatches&) { return path_why(route); }, [&](const AsPathText&) { return path_why(route); },
      [&](const AsPathLength&) { return fmt::format("the path length is {}", length(route.as_path)); },
      [&](const FlagIsSet& flag) {
        auto known = flags.find(flag.flag);
        return known != flags.end() ? known->second : std::string(context.flag(flag.flag) ? "set before" : "not set");
      },
      [&](const AssumptionIs& assumed) {
        return fmt::format("assumed: {} = {}", assumed.name, context.reading(assumed.name));
      },
      [&](const Unmodelled&) {
        return fmt::format("not modelled; taken as {}", context.matches(condition) ? "a match" : "no match");
      });
}

const std::vector<Condition>* parts_of(const Condition& condition) {
  if (const All* all = std::get_if<All>(&condition.is)) return &all->of;
  if (const Any* any = std::get_if<Any>(&condition.is)) return &any->of;
  return nullptr;
}

class Explainer {
 public:
  Explainer(const Route& route, const ConditionContext& context, const FlagTexts& flags)
      : route_(route), context_(context), flags_(flags) {}

  std::vector<Reason> run(const Condition& condition) const {
    std::vector<const Condition*> parts = relevant(condition);
    std::vector<Reason> reasons;
    std::set<SourceRange> places;
    for (const Condition* part : parts) places.insert(part->range);
    // What stands at one place is one condition to the reader.
    bool apart = parts.size() > 1 && places.size() > 1 && !places.contains(SourceRange{});
    if (parts.size() == 1 && parts.front() != &condition) return run(*parts.front());
    if (!apart) return {one(condition, parts)};
    for (const Condition* part : parts) {
      std::vector<Reason> inner = run(*part);
      reasons.insert(reasons.end(), inner.begin(), inner.end());
    }
    return reasons;
  }

 private:
  // An alternative that needs another reading of an assumption than the one that is taken.
  bool is_other_reading(const Condition& condition) const {
    if (const auto* assumed = std::get_if<AssumptionIs>(&condition.is))
      return context_.reading(assumed->name) != assumed->value;
    const All* all = std::get_if<All>(&condition.is);
    return all && std::any_of(all->of.begin(), all->of.end(), [&](const Condition& part) {
             return std::holds_alternative<AssumptionIs>(part.is) && is_other_reading(part);
           });
  }

  // True by the reading that is taken, whatever the route is.
  bool is_assumed(const Condition& condition) const {
    if (std::holds_alternative<AssumptionIs>(condition.is)) return !is_other_reading(condition);
    const Any* any = std::get_if<Any>(&condition.is);
    return any && std::any_of(any->of.begin(), any->of.end(), [&](const Condition& part) {
             return std::holds_alternative<AssumptionIs>(part.is) && !is_other_reading(part);
           });
  }

  // The members of a connective that matter under the readings that are taken; the condition itself if it is none.
  std::vector<const Condition*> relevant(const Condition& condition) const {
    const std::vector<Condition>* of = parts_of(condition);
    if (!of) return {&condition};
    std::vector<const Condition*> parts;
    bool any = std::holds_alternative<Any>(condition.is);
    for (const Condition& part : *of) {
      if (any ? is_other_reading(part) : is_assumed(part)) continue;
      parts.push_back(&part);
    }
    if (parts.empty()) return {&condition};
    return parts;
  }

  Reason one(const Condition& condition, const std::vector<const Condition*>& parts) const {
    Truth value = truth(condition, route_, context_);
    Reason reason{condition.range, to_string(condition), value.value, !value.fixed, {}};
    reason.why = why(condition, parts, value.value);
    return reason;
  }

  std::string why(const Condition& condition, const std::vector<const Condition*>& parts, bool value) const {
    if (const Not* negated = std::get_if<Not>(&condition.is)) return why(*negated->of, relevant(*negated->of), !value);
    if (!parts_of(condition) || parts.front() == &condition) return why_of(condition, route_, context_, flags_);
    // Of several at one place: the one that settles it, else all, said once.
    std::string text;
    std::set<std::string> said;
    for (const Condition* part : parts) {
      bool part_value = truth(*part, route_, context_).value;
      std::string reason = why(*part, relevant(*part), part_value);
      bool settles = part_value == value && value == std::holds_alternative<Any>(condition.is);
      if (settles) return reason;
      if (!reason.empty() && said.insert(reason).second) text += (text.empty() ? "" : "; ") + reason;
    }
    return text;
  }

  const Route& route_;
  const ConditionContext& context_;
  const FlagTexts& flags_;
};

}  // namespace

std::vector<Reason> explain(const Condition& condition, const Route& route, const ConditionContext& context,
                            const FlagTexts& flags) {
  std::vector<Reason> reasons;
  for (Reason& reason : Explainer(route, context, flags).run(condition)) {
    // What one line says twice (a list, and the family that it is for) is one reason.
    bool same = !reasons.empty() && reason.range.known() && reasons.back().range == reason.range &&
                reasons.back().holds == reason.holds && reasons.back().open == reason.open;
    if (same)
      reasons.back().why += "; " + reason.why;
    else
      reasons.push_back(std::move(reason));
  }
  return reasons;
}

}  // namespace bgproof
