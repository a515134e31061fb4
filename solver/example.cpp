#include "solver/example.h"

#include "policy/evaluate.h"
#include "policy/visit.h"

namespace bgproof {

namespace {

constexpr Asn kFiller = 64496;  // RFC 5398, for documentation
constexpr uint32_t kLongestRepeat = 64;

void first_word(const AsPathRegex& regex, std::vector<Asn>& word) {
  switch (regex.kind) {
    case AsPathRegex::Kind::nothing:
    case AsPathRegex::Kind::empty:
    case AsPathRegex::Kind::set_letter:
      return;
    case AsPathRegex::Kind::asns:
      if (!regex.ranges.empty()) word.push_back(regex.ranges.front().low);
      return;
    case AsPathRegex::Kind::any_letter:
      word.push_back(kFiller);
      return;
    case AsPathRegex::Kind::sequence:
      for (const AsPathRegex& part : regex.of) first_word(part, word);
      return;
    case AsPathRegex::Kind::alternative:
      if (!regex.of.empty()) first_word(regex.of.front(), word);
      return;
    case AsPathRegex::Kind::repeat:
      for (uint32_t i = 0; i < std::min(regex.low, kLongestRepeat); ++i) first_word(regex.of.front(), word);
      return;
  }
}

// Of an expression over characters: the numbers that it writes out.
std::vector<Asn> numbers_in(const std::string& expression) {
  std::vector<Asn> numbers;
  uint64_t number = 0;
  for (size_t i = 0; i <= expression.size(); ++i) {
    bool is_digit = i < expression.size() && '0' <= expression[i] && expression[i] <= '9';
    if (is_digit)
      number = std::min<uint64_t>(number * 10 + static_cast<uint64_t>(expression[i] - '0'), UINT64_MAX / 16);
    if (is_digit) continue;
    if (number > 0 && number <= UINT32_MAX) numbers.push_back(static_cast<Asn>(number));
    number = 0;
  }
  return numbers;
}

void carry(const CommunityPattern& pattern, Communities& communities) {
  visit_with(
      pattern.is, [&](const Community& literal) { communities.insert(literal); },
      [&](const CommunityFields& fields) {
        communities.insert({fields.kind, {fields.fields[0].low, fields.fields[1].low, fields.fields[2].low}});
      },
      [&](const CommunityRegex&) {});
}

void to_protocol(Protocol protocol, Route& route) {
  bool was_bgp = route.protocol == Protocol::bgp;
  route.protocol = protocol;
  if (protocol == Protocol::bgp) {
    if (was_bgp) return;
    route.route_type = RouteType::external;
    route.neighbor = Address{Family::ipv4, Bits{0xc0000201} << 96};
    if (route.as_path.empty()) route.as_path = path_of({kFiller});
  } else {
    route.route_type = RouteType::none;
    route.neighbor.reset();
    route.learned_from = "originated";
    route.as_path = {};
  }
}

// A table holds one family: the route goes to the one of the same number of the other.
void to_prefix(const Prefix& prefix, Route& route) {
  if (prefix.family != route.prefix.family) {
    std::string_view from = "inet.", to = "inet6.";
    if (prefix.family == Family::ipv4) std::swap(from, to);
    size_t at = route.rib.rfind(from);
    if (at != std::string::npos && (at == 0 || route.rib[at - 1] == '.')) route.rib.replace(at, from.size(), to);
  }
  route.prefix = prefix;
}

void make_true(const Condition& condition, Route& route) {
  visit_with(
      condition.is, [](const Constant&) {},
      [&](const All& all) {
        for (const Condition& part : all.of) make_true(part, route);
      },
      [&](const Any& any) {
        if (!any.of.empty()) make_true(any.of.front(), route);
      },
      [](const Not&) {},
      [&](const PrefixIn& in) {
        for (const PrefixEntry& entry : in.list->entries)
          if (in.slots.contains(entry.slot) && !entry.pattern.mask) {
            to_prefix(prefix_of({entry.pattern.prefix.family, entry.pattern.prefix.bits}, entry.pattern.low), route);
            return;
          }
      },
      [&](const FamilyIs& is) {
        if (route.prefix.family != is.family) to_prefix({is.family, 0, 0}, route);
      },
      [&](const ProtocolIn& in) {
        if (!in.protocols.empty() && !in.protocols.contains(route.protocol)) to_protocol(*in.protocols.begin(), route);
      },
      [&](const RouteTypeIs& is) {
        to_protocol(is.type == RouteType::none ? Protocol::static_ : Protocol::bgp, route);
        route.route_type = is.type;
      },
      [&](const LearnedFromIn& in) {
        if (!in.roles.empty()) route.learned_from = *in.roles.begin();
      },
      [&](const CarriesCommunity& carries) {
        if (!carries.set.patterns.empty()) carry(carries.set.patterns.front(), route.communities);
      },
      [](const CommunityCount&) {}, [](const CommunityText&) {},
      [&](const NumberIn& in) {
        if (!in.ranges.empty()) route[in.number] = in.ranges.front().low;
      },
      [&](const OriginIs& is) { route.origin = is.origin; }, [](const NextHopIn&) {},
      [&](const NeighborIn& in) {
        for (const PrefixEntry& entry : in.list->entries)
          if (entry.slot != PrefixEntry::kNoMatch && !entry.pattern.mask) {
            if (route.protocol == Protocol::bgp)
              route.neighbor = Address{entry.pattern.prefix.family, entry.pattern.prefix.bits};
            return;
          }
      },
      [&](const InterfaceIn& in) {
        if (!in.names.empty()) route.interface = *in.names.begin();
      },
      [&](const RibIn& in) {
        std::string tells = route.prefix.family == Family::ipv6 ? "inet6" : "inet.";
        for (const std::string& name : in.names)
          if (name == *in.names.begin() || name.find(tells) != std::string::npos) route.rib = name;
      },
      [&](const RpkiIs& is) { route.rpki = is.state; },
      [&](const AsPathMatches& matches) {
        std::vector<Asn> word;
        first_word(matches.regex, word);
        route.as_path = path_of(word);
      },
      [&](const AsPathText& text) { route.as_path = path_of(numbers_in(text.expression)); },
      [&](const AsPathLength& length) {
        route.as_path = path_of(std::vector<Asn>(std::min(length.range.low, kLongestRepeat), kFiller));
      },
      [](const FlagIsSet&) {}, [](const AssumptionIs&) {}, [](const Unmodelled&) {});
}

}  // namespace

Route guess(const Condition& condition, Route start) {
  make_true(condition, start);
  return start;
}

Route with_protocol(Protocol protocol, Route route) {
  to_protocol(protocol, route);
  return route;
}

bool can_be_offered(const Task& task, const Route& route) {
  return is_legal(route) && task.families.contains(route.prefix.family) && task.roles.contains(route.learned_from) &&
         holds(task.offered, route);
}

std::optional<Route> guess_offered(const Task& task) {
  for (Family family : task.families)
    for (const std::string& role : task.roles)
      for (Protocol protocol : {Protocol::bgp, Protocol::static_}) {
        Route route;
        route.prefix = *parse_prefix(family == Family::ipv4 ? "192.0.2.0/24" : "2001:db8::/48");
        route.protocol = protocol == Protocol::bgp ? Protocol::static_ : Protocol::bgp;
        to_protocol(protocol, route);
        route.rib = family == Family::ipv4 ? "inet.0" : "inet6.0";
        route.learned_from = role;
        for (const Route& tried : {route, guess(task.offered, route)})
          if (can_be_offered(task, tried)) return tried;
      }
  return std::nullopt;
}

}  // namespace bgproof
