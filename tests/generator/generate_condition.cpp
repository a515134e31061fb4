#include <algorithm>

#include "tests/generator/generate.h"

namespace bgproof {
namespace {

NumberRange random_range(Random& random, uint32_t around) {
  switch (random.below(4)) {
    case 0:
      return {around, around};
    case 1:
      return {0, around};
    case 2:
      return {around, UINT32_MAX};
    default: {
      uint32_t below = std::min(around, random.below(20));
      uint32_t above = std::min(UINT32_MAX - around, random.below(20));
      return {around - below, around + above};
    }
  }
}

PrefixPattern random_pattern(Random& random, const Pool& pool, const Features& features) {
  PrefixPattern pattern;
  pattern.prefix = random_prefix(random, pool);
  auto widest = static_cast<uint8_t>(width(pattern.prefix.family));
  auto between = [&](uint32_t low, uint32_t high) { return static_cast<uint8_t>(random.between(low, high)); };
  if (features.masks && random.chance(15)) {
    // Single bits anywhere, few of them, so that something matches.
    Bits mask = 0;
    for (uint32_t i = random.below(5); i > 0; --i) mask |= Bits{1} << (127 - random.below(widest));
    pattern.mask = mask;
    pattern.low = random.chance(50) ? pattern.prefix.length : between(0, widest);
    pattern.high = between(pattern.low, widest);
    return pattern;
  }
  uint8_t length = pattern.prefix.length;
  pattern.low = random.chance(60) ? length : between(length, std::min<uint32_t>(widest, length + 4u));
  pattern.high = random.chance(30)   ? pattern.low
                 : random.chance(50) ? widest
                                     : between(pattern.low, std::min<uint32_t>(widest, pattern.low + 6u));
  return pattern;
}

CommunityPattern random_fields(Random& random, const Community& around) {
  CommunityFields fields;
  fields.kind = around.kind;
  for (size_t i = 0; i < 3; ++i) {
    uint32_t limit = field_limit(around.kind, static_cast<int>(i), around.fields[0]);
    if (random.chance(30)) {
      fields.fields[i] = {0, limit};
    } else {
      fields.fields[i] = random_range(random, around.fields[i]);
      fields.fields[i].high = std::min(fields.fields[i].high, limit);
    }
  }
  // The layout of an extended community hangs on its type.
  if (around.kind == CommunityKind::extended && random.chance(80))
    fields.fields[0] = {around.fields[0], around.fields[0]};
  return {fields, {}};
}

CommunityPattern random_regex(Random& random, const Community& around) {
  std::string text = to_string(around);
  std::string first = text.substr(0, text.find(':'));
  std::string last = text.substr(text.rfind(':') + 1);
  const std::vector<std::string> expressions = {
      text,
      "^" + text + "$",
      "^" + first + ":",
      "^" + first + ":.*$",
      ":" + last + "$",
      first + ":[1-3]+",
      "^(" + first + "|64501):[0-9]{1,2}$",
      ".*:.*",
      "^rt:",
      "[^0-9:]",
      "(^|:)1(:|$)",
      "5",
      "^6450[01]:1?[12]*$",
      "a",
      "",
  };
  CommunityRegex regex;
  regex.expression = random.pick(expressions);
  regex.searched = random.chance(70);
  if (random.chance(25)) regex.names = CommunityNames::words;
  for (CommunityKind kind : {CommunityKind::standard, CommunityKind::large, CommunityKind::extended})
    if (random.chance(70)) regex.kinds.insert(kind);
  return {regex, {}};
}

// As devices have them: `_` is written out as in FRR.
CommunityText random_text(Random& random, const Pool& pool) {
  const Community& around = random.pick(pool.communities);
  CommunityText is{around.kind, {}, random.chance(50) ? CommunityNames::numeric : CommunityNames::words};
  const Community& other = random.pick(pool.communities);
  const std::string text = text_of(around, is.names), behind = text_of(other, is.names);
  const std::string first = text.substr(0, text.find(':'));
  const std::string edge = "(^|[,{}() ]|$)";
  const std::vector<std::string> expressions = {
      edge + text + edge,
      text,
      "^" + text + "$",
      "^" + text,
      text + "$",
      "^" + first + ":",
      "^" + first + ":[0-9]+$",
      edge + first + ":[0-9]*" + edge,
      first + ":.* .*" + behind,
      text + " " + behind,
      edge + text + edge + ".*" + edge + behind + edge,
      "^(" + text + "|" + behind + ")$",
      "^(" + text + " )?" + behind + "$",
      ":1( |$)",
      " .* ",
      "no-export",
      "^[^ ]*$",
      ".*",
      "^$",
      "",
  };
  is.expression = random.pick(expressions);
  return is;
}

CommunityPattern random_community_pattern(Random& random, const Pool& pool, const Features& features) {
  const Community& around = random.pick(pool.communities);
  if (features.community_regexes && random.chance(25)) return random_regex(random, around);
  if (features.community_fields && random.chance(30)) return random_fields(random, around);
  return {around, {}};
}

std::shared_ptr<const PrefixList> shared_list(Random& random, const Pool& pool, const Features& features) {
  return std::make_shared<const PrefixList>(random_prefix_list(random, pool, features));
}

// Lists of addresses: the pool's own and what covers them.
std::shared_ptr<const PrefixList> address_list(Random& random, const Pool& pool) {
  auto list = std::make_shared<PrefixList>();
  for (uint32_t i = random.below(3); i > 0; --i) {
    const Address& address = random.pick(pool.addresses);
    auto widest = static_cast<uint8_t>(width(address.family));
    uint8_t length = random.chance(50) ? widest : static_cast<uint8_t>(random.below(widest + 1u));
    bool every = random.chance(80);
    list->entries.push_back({{prefix_of(address, length), length, every ? widest : length, {}}, 0, {}});
  }
  return list;
}

template <class Value>
std::set<Value> some_of(Random& random, const std::vector<Value>& from) {
  std::set<Value> some;
  for (const Value& value : from)
    if (random.chance(40)) some.insert(value);
  return some;
}

Condition::Is random_leaf(Random& random, const Pool& pool, const Features& features) {
  while (true) switch (random.below(25)) {
      case 0:
        return Constant{random.chance(50)};
      case 1:
      case 2:
      case 3:
      case 4: {
        std::set<uint32_t> slots = {0};
        if (features.longest_match && random.chance(30))
          slots = random.chance(50) ? std::set<uint32_t>{1} : std::set<uint32_t>{0, 2};
        return PrefixIn{shared_list(random, pool, features), slots};
      }
      case 5:
        return FamilyIs{random.chance(50) ? Family::ipv4 : Family::ipv6};
      case 6: {
        std::set<Protocol> protocols;
        for (uint32_t i = random.between(1, 3); i > 0; --i)
          protocols.insert(random.chance(50) ? Protocol::bgp : static_cast<Protocol>(random.below(kProtocols)));
        return ProtocolIn{protocols};
      }
      case 7:
        return RouteTypeIs{static_cast<RouteType>(random.below(3))};
      case 8: {
        std::set<std::string> roles = some_of(random, pool.roles);
        if (random.chance(30)) roles.insert("originated");
        return LearnedFromIn{roles};
      }
      case 9:
      case 10:
      case 11:
        return CarriesCommunity{random_community_set(random, pool, features)};
      case 12:
        if (!features.community_count) break;
        return CommunityCount{
            some_of(random, std::vector{CommunityKind::standard, CommunityKind::large, CommunityKind::extended}),
            random_range(random, random.below(4))};
      case 13:
      case 14: {
        std::vector<NumberRange> ranges;
        for (uint32_t i = random.below(3); i > 0; --i)
          ranges.push_back(random_range(random, random.pick(pool.numbers)));
        return NumberIn{static_cast<Number>(random.below(kNumberCount)), ranges};
      }
      case 15:
        return OriginIs{static_cast<Origin>(random.below(3))};
      case 16:
        return NextHopIn{address_list(random, pool)};
      case 17:
        return NeighborIn{address_list(random, pool)};
      case 18:
        if (random.chance(50)) return InterfaceIn{some_of(random, pool.interfaces)};
        return RibIn{some_of(random, pool.ribs)};
      case 19:
        return RpkiIs{static_cast<Rpki>(random.below(3))};
      case 20:
        if (features.as_path_text && random.chance(50)) return AsPathText{random_path_text(random, pool)};
        if (!features.as_path_matches) break;
        return AsPathMatches{random_path_regex(random, pool, features, 3)};
      case 21:
        if (!features.as_path_length) break;
        return AsPathLength{random_range(random, random.below(5))};
      case 22:
        if (features.flags && random.chance(50)) return FlagIsSet{random.below(3)};
        if (!features.assumptions) break;
        {
          const Assumption& assumption = random.pick(assumptions());
          return AssumptionIs{std::string(assumption.name), std::string(random.pick(assumption.values))};
        }
      case 23:
        if (!features.unmodelled) break;
        return Unmodelled{{random.below(4)}};
      case 24:
        if (!features.community_text) break;
        return random_text(random, pool);
    }
}

}  // namespace

PrefixList random_prefix_list(Random& random, const Pool& pool, const Features& features) {
  PrefixList list;
  list.mode = !features.longest_match ? PrefixList::Mode::any : static_cast<PrefixList::Mode>(random.below(3));
  for (uint32_t i = random.below(6); i > 0; --i) {
    PrefixEntry entry;
    entry.pattern = random_pattern(random, pool, features);
    // The same prefix again, with other lengths, is what the order of the text decides.
    if (!list.entries.empty() && !entry.pattern.mask && random.chance(25)) {
      const PrefixPattern& earlier = random.pick(list.entries).pattern;
      if (!earlier.mask) {
        auto widest = static_cast<uint8_t>(width(earlier.prefix.family));
        auto low = static_cast<uint8_t>(random.between(earlier.prefix.length, widest));
        entry.pattern = {earlier.prefix, low, static_cast<uint8_t>(random.between(low, widest)), {}};
      }
    }
    switch (list.mode) {
      case PrefixList::Mode::any:
        break;
      case PrefixList::Mode::first:
        entry.slot = random.chance(30) ? PrefixEntry::kNoMatch : random.below(3);
        break;
      case PrefixList::Mode::longest:
        entry.slot = random.below(3);
        break;
    }
    list.entries.push_back(entry);
  }
  return list;
}

CommunitySet random_community_set(Random& random, const Pool& pool, const Features& features) {
  CommunitySet set;
  for (uint32_t i = random.below(4); i > 0; --i)
    set.patterns.push_back(random_community_pattern(random, pool, features));
  if (random.chance(20)) set.except.push_back(random_community_pattern(random, pool, features));
  return set;
}

AsPathRegex random_path_regex(Random& random, const Pool& pool, const Features& features, uint32_t depth) {
  AsPathRegex regex;
  auto child = [&] { return random_path_regex(random, pool, features, depth - 1); };
  uint32_t kind = depth == 0 ? random.below(5) : random.below(11);
  switch (kind) {
    case 0:
    case 1:
    case 2:
      regex.kind = AsPathRegex::Kind::asns;
      for (uint32_t i = random.between(1, 2); i > 0; --i)
        regex.ranges.push_back(random_range(random, random.pick(pool.asns)));
      break;
    case 3:
      regex.kind = AsPathRegex::Kind::any_letter;
      break;
    case 4:
      if (random.chance(10)) {
        regex.kind = AsPathRegex::Kind::nothing;
      } else if (features.sets_and_confederations && random.chance(40)) {
        regex.kind = AsPathRegex::Kind::set_letter;
        if (random.chance(60)) regex.ranges.push_back(random_range(random, random.pick(pool.asns)));
      }
      break;
    case 5:
    case 6:
      regex.kind = AsPathRegex::Kind::sequence;
      for (uint32_t i = random.below(4); i > 0; --i) regex.of.push_back(child());
      break;
    case 7:
      regex.kind = AsPathRegex::Kind::alternative;
      for (uint32_t i = random.below(4); i > 0; --i) regex.of.push_back(child());
      break;
    case 8: {  // searched
      AsPathRegex anything;
      anything.kind = AsPathRegex::Kind::repeat;
      anything.of.emplace_back().kind = AsPathRegex::Kind::any_letter;
      regex.kind = AsPathRegex::Kind::sequence;
      regex.of = {anything, child(), anything};
      break;
    }
    default:
      regex.kind = AsPathRegex::Kind::repeat;
      regex.of.push_back(child());
      regex.low = random.below(3);
      if (random.chance(50)) regex.high = regex.low + random.below(3);
      break;
  }
  return regex;
}

std::string random_path_text(Random& random, const Pool& pool) {
  const std::string gap = "(^|$|[] ,{}()[])";
  const std::string outer_gap = "(^|[,{}() ]|$)";
  auto number = [&] { return std::to_string(random.pick(pool.asns)); };
  std::string asn = number(), other = number();
  std::string head = asn.substr(0, 1 + random.below(asn.size())), tail = asn.substr(random.below(asn.size()));
  const std::vector<std::string> expressions = {
      gap + asn + gap,
      outer_gap + asn + outer_gap,
      "^" + asn + gap,
      gap + asn + "$",
      "^" + asn + "$",
      "^$",
      ".*",
      "",
      asn,
      head,
      tail + "$",
      "^" + head + "[0-9]+" + gap,
      gap + head + "[0-9]*$",
      "^" + asn + "( " + other + ")*$",
      "^(" + asn + "|" + other + ")" + gap,
      gap + asn + gap + ".*" + gap + other + gap,
      gap + asn + gap + other + gap,
      gap + "(" + asn + "|" + other + ")" + gap,
      gap + "(1|6)" + ".*" + tail + gap,
      "^[0-9]+$",
      "^[0-9]+ [0-9]+$",
      "^([0-9]+) ([0-9]+ )*" + asn + "$",
      "[1-3]$",
      "^6(4|5)",
      "([0-9])1 1",
      gap + "[0-9]{5,}" + gap,
      "[{]" + asn,
      asn + "[}]",
      "," + head,
      "[{(]",
      "[(]" + asn + "[ )]",
      "[[]" + head + ".*" + tail + "[]]",
      "[^0-9 ]",
      "1.1",
      "..$",
      "^.{0,9}$",
      asn + ",.*" + other,
  };
  return random.pick(expressions);
}

Condition random_condition(Random& random, const Pool& pool, const Features& features, uint32_t depth) {
  if (depth == 0 || random.chance(50)) return {random_leaf(random, pool, features), {}};
  if (random.chance(25)) return not_(random_condition(random, pool, features, depth - 1));
  std::vector<Condition> children;
  for (uint32_t i = random.below(4); i > 0; --i)
    children.push_back(random_condition(random, pool, features, depth - 1));
  if (random.chance(50)) return {All{std::move(children)}, {}};
  return {Any{std::move(children)}, {}};
}

}  // namespace bgproof
