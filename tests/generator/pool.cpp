#include "tests/generator/pool.h"

#include <algorithm>
#include <utility>

#include "policy/text_regex.h"
#include "policy/visit.h"

namespace bgproof {
namespace {

template <class Value>
void add(std::vector<Value>& to, const Value& value) {
  if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(value);
}

Prefix prefix(std::string_view text) { return parse_prefix(text).value(); }

Address random_address(Random& random, Family family) {
  Bits bits = Bits{random.bits()} << 64 | random.bits();
  return {family, bits & mask_of(width(family))};
}

// A longer prefix under `outer`.
Prefix random_below(Random& random, const Prefix& outer, int most_bits) {
  int length = std::min<int>(outer.length + static_cast<int>(random.below(static_cast<uint32_t>(most_bits) + 1)),
                             width(outer.family));
  Bits host = random_address(random, outer.family).bits & ~mask_of(outer.length);
  return prefix_of({outer.family, outer.bits | host}, length);
}

// A text of the expression, anchors left out, of characters that are likely. Not every expression gives one that is a
// community or a path; the caller looks.
std::string sample(const TextRegex& regex, Random& random, std::string_view likely) {
  switch (regex.kind) {
    case TextRegex::Kind::empty:
    case TextRegex::Kind::begin:
    case TextRegex::Kind::end:
      return {};
    case TextRegex::Kind::characters: {
      std::string candidates;
      for (char c : likely)
        if (regex.characters[static_cast<unsigned char>(c)]) candidates += c;
      if (regex.characters.all()) candidates = "0123456789";
      return candidates.empty() ? std::string() : std::string(1, candidates[random.below(candidates.size())]);
    }
    case TextRegex::Kind::sequence: {
      std::string text;
      for (const TextRegex& part : regex.of) text += sample(part, random, likely);
      return text;
    }
    case TextRegex::Kind::alternative:
      return sample(random.pick(regex.of), random, likely);
    case TextRegex::Kind::repeat: {
      uint32_t most = regex.high == TextRegex::kUnbounded ? regex.low + 2 : std::min(regex.high, regex.low + 2);
      std::string text;
      for (uint32_t i = random.between(regex.low, most); i > 0; --i) text += sample(regex.of[0], random, likely);
      return text;
    }
  }
  return {};
}

void collect(const CommunityPattern& pattern, Random& random, Pool& pool) {
  visit_with(
      pattern.is, [&](const Community& community) { add(pool.communities, community); },
      [&](const CommunityFields& fields) {
        for (bool high : {false, true}) {
          Community community{fields.kind, {}};
          for (size_t i = 0; i < 3; ++i) {
            uint32_t limit = field_limit(fields.kind, static_cast<int>(i), community.fields[0]);
            community.fields[i] = std::min(high ? fields.fields[i].high : fields.fields[i].low, limit);
          }
          add(pool.communities, community);
        }
      },
      [&](const CommunityRegex& regex) {
        std::variant<TextRegex, TextRegexError> parsed = parse_text_regex(regex.expression);
        const auto* tree = std::get_if<TextRegex>(&parsed);
        if (!tree) return;
        for (int tries = 0; tries < 8; ++tries) {
          std::string text = sample(*tree, random, "0123456789:");
          for (const std::string& whole : {text, "64500:" + text, text + ":1", text + "1"})
            if (std::optional<Community> community = parse_community(whole)) {
              add(pool.communities, *community);
              break;
            }
        }
      });
}

void collect(const CommunitySet& set, Random& random, Pool& pool) {
  for (const CommunityPattern& pattern : set.patterns) collect(pattern, random, pool);
  for (const CommunityPattern& pattern : set.except) collect(pattern, random, pool);
}

void collect(const Communities& communities, Pool& pool) {
  for (const Community& community : communities) add(pool.communities, community);
}

void collect(const std::vector<NumberRange>& ranges, std::vector<uint32_t>& into) {
  for (const NumberRange& range : ranges) {
    add(into, range.low);
    add(into, range.high);
  }
}

void sample(const AsPathRegex& regex, Random& random, const Pool& pool, AsPath& path) {
  auto number = [&] {
    if (regex.ranges.empty()) return pool.asns.empty() ? Asn{64496} : random.pick(pool.asns);
    const NumberRange& range = random.pick(regex.ranges);
    return random.chance(50) ? range.low : range.high;
  };
  switch (regex.kind) {
    case AsPathRegex::Kind::nothing:
    case AsPathRegex::Kind::empty:
      break;
    case AsPathRegex::Kind::asns:
    case AsPathRegex::Kind::any_letter:
      path.segments.push_back({AsSegment::Kind::sequence, {number()}});
      break;
    case AsPathRegex::Kind::set_letter:
      path.segments.push_back({AsSegment::Kind::set, {number()}});
      break;
    case AsPathRegex::Kind::sequence:
      for (const AsPathRegex& part : regex.of) sample(part, random, pool, path);
      break;
    case AsPathRegex::Kind::alternative:
      if (!regex.of.empty()) sample(random.pick(regex.of), random, pool, path);
      break;
    case AsPathRegex::Kind::repeat: {
      uint32_t most = regex.high == AsPathRegex::kUnbounded ? regex.low + 2 : std::min(regex.high, regex.low + 2);
      for (uint32_t i = random.between(std::min(regex.low, most), most); i > 0; --i)
        sample(regex.of[0], random, pool, path);
      break;
    }
  }
}

void collect_asns(const AsPathRegex& regex, Pool& pool) {
  collect(regex.ranges, pool.asns);
  for (const AsPathRegex& part : regex.of) collect_asns(part, pool);
}

void collect(const AsPathRegex& regex, Random& random, Pool& pool) {
  collect_asns(regex, pool);
  for (int i = 0; i < 4; ++i) {
    AsPath path;
    sample(regex, random, pool, path);
    normalize(path);
    add(pool.paths, path);
  }
}

// What a text comes nearest to: every character that does not fit is left out.
AsPath path_like(std::string_view text) {
  AsPath path;
  AsSegment segment;
  uint64_t number = 0;
  bool in_number = false;
  auto end_segment = [&](AsSegment::Kind next) { path.segments.push_back(std::exchange(segment, {next, {}})); };
  for (char c : std::string(text) + ' ') {
    if ('0' <= c && c <= '9') {
      number = std::min<uint64_t>(number * 10 + static_cast<uint64_t>(c - '0'), UINT32_MAX);
      in_number = true;
      continue;
    }
    if (in_number) segment.asns.push_back(static_cast<Asn>(number));
    number = 0;
    in_number = false;
    if (c == '{') end_segment(AsSegment::Kind::set);
    if (c == '(') end_segment(AsSegment::Kind::confed_sequence);
    if (c == '[') end_segment(AsSegment::Kind::confed_set);
    if (c == '}' || c == ')' || c == ']') end_segment(AsSegment::Kind::sequence);
  }
  end_segment(AsSegment::Kind::sequence);
  normalize(path);
  return path;
}

void collect_path_text(const std::string& expression, Random& random, Pool& pool) {
  for (const AsSegment& segment : path_like(expression).segments)
    for (Asn asn : segment.asns) add(pool.asns, asn);
  std::variant<TextRegex, TextRegexError> parsed = parse_text_regex(expression);
  const auto* tree = std::get_if<TextRegex>(&parsed);
  if (!tree) return;
  for (int i = 0; i < 4; ++i) {
    std::string text = sample(*tree, random, random.chance(50) ? "0123456789 " : "0123456789 ,{}()[]");
    // What stands beside a match is often what decides.
    if (random.chance(30)) text = random.pick(std::vector<std::string>{"1", "64496 ", "{", "(", "["}) + text;
    if (random.chance(30)) text += random.pick(std::vector<std::string>{"1", " 64496", "}", ") 1", ",4200000000}"});
    add(pool.paths, path_like(text));
  }
}

void collect_prefixes(const PrefixList& list, Random& random, Pool& pool) {
  // Of a long list a part will do: every constant of it is like the others.
  constexpr size_t kMost = 200;
  size_t stride = list.entries.size() / kMost + 1;
  for (size_t i = random.below(stride); i < list.entries.size(); i += stride)
    add(pool.prefixes, list.entries[i].pattern.prefix);
}

void collect_addresses(const PrefixList& list, Pool& pool) {
  for (const PrefixEntry& entry : list.entries)
    add(pool.addresses, Address{entry.pattern.prefix.family, entry.pattern.prefix.bits});
}

void collect_leaf(const Condition& condition, Random& random, Pool& pool) {
  visit_with(
      condition.is, [](const Constant&) {}, [](const All&) {}, [](const Any&) {}, [](const Not&) {},
      [&](const PrefixIn& in) { collect_prefixes(*in.list, random, pool); }, [](const FamilyIs&) {},
      [](const ProtocolIn&) {}, [](const RouteTypeIs&) {},
      [&](const LearnedFromIn& in) {
        for (const std::string& role : in.roles)
          if (role != "originated") add(pool.roles, role);
      },
      [&](const CarriesCommunity& carries) { collect(carries.set, random, pool); }, [](const CommunityCount&) {},
      [&](const CommunityText& is) {
        collect(CommunityPattern{CommunityRegex{is.expression, true, {is.kind}, is.names}, {}}, random, pool);
      },
      [&](const NumberIn& in) { collect(in.ranges, pool.numbers); }, [](const OriginIs&) {},
      [&](const NextHopIn& in) { collect_addresses(*in.list, pool); },
      [&](const NeighborIn& in) { collect_addresses(*in.list, pool); },
      [&](const InterfaceIn& in) {
        for (const std::string& name : in.names) add(pool.interfaces, name);
      },
      [&](const RibIn& in) {
        for (const std::string& name : in.names) add(pool.ribs, name);
      },
      [](const RpkiIs&) {}, [&](const AsPathMatches& is) { collect(is.regex, random, pool); },
      [&](const AsPathText& is) { collect_path_text(is.expression, random, pool); }, [](const AsPathLength&) {},
      [](const FlagIsSet&) {}, [](const AssumptionIs&) {}, [](const Unmodelled&) {});
}

void collect(const Statement& statement, Random& random, Pool& pool) {
  for (const Condition* condition : conditions_of(statement)) collect(*condition, random, pool);
  visit_with(
      statement.is, [](const If&) {}, [](const Disposition&) {}, [](const DecideByDefault&) {},
      [](const SetDefault&) {}, [](const Call&) {}, [](const SetFlag&) {},
      [&](const SetNumber& set) { add(pool.numbers, set.value); }, [](const SetOrigin&) {},
      [&](const SetNextHop& set) {
        if (set.next_hop.kind == NextHop::Kind::address) add(pool.addresses, set.next_hop.address);
      },
      [](const SetRpki&) {}, [&](const AddCommunities& action) { collect(action.communities, pool); },
      [&](const DeleteCommunities& action) { collect(action.set, random, pool); },
      [&](const KeepCommunities& action) { collect(action.set, random, pool); },
      [&](const ReplaceCommunities& action) { collect(action.communities, pool); },
      [&](const PrependAsns& action) {
        for (Asn asn : action.asns) add(pool.asns, asn);
      },
      [](const PrependFirst&) {},
      [&](const RemovePrivate& action) {
        if (action.replacement) add(pool.asns, *action.replacement);
        if (action.spare) add(pool.asns, *action.spare);
      },
      [&](const ReplaceAsn& action) {
        collect(action.which, pool.asns);
        add(pool.asns, action.with);
      },
      [&](const RemoveAsns& action) { collect(action.which, pool.asns); },
      [&](const ReplacePath& action) {
        for (Asn asn : action.asns) add(pool.asns, asn);
      },
      [](const Havoc&) {}, [](const NoEffect&) {});
}

}  // namespace

Pool random_pool(Random& random) {
  Pool pool;
  for (std::string_view text : {"0.0.0.0/0", "10.0.0.0/8", "192.0.2.0/24", "::/0", "2001:db8::/32"})
    if (random.chance(70)) add(pool.prefixes, prefix(text));
  if (pool.prefixes.empty()) pool.prefixes.push_back(prefix("10.0.0.0/8"));
  for (uint32_t i = random.between(2, 5); i > 0; --i)
    add(pool.prefixes, random_below(random, random.pick(pool.prefixes), 8));
  for (uint32_t i = random.between(1, 2); i > 0; --i) {
    add(pool.addresses, random_address(random, Family::ipv4));
    add(pool.addresses, random_address(random, Family::ipv6));
  }
  const std::vector<Asn> asns = {1, 174, 64496, 64500, 64512, 65534, 65535, 65551, 4200000000, 4294967294, UINT32_MAX};
  for (uint32_t i = random.between(2, 4); i > 0; --i) add(pool.asns, random.pick(asns));
  const std::vector<std::string_view> communities = {"64500:1",        "64500:2",
                                                     "64500:11",       "64501:1",
                                                     "65535:65281",    "0:0",
                                                     "65535:0",        "64500:1:1",
                                                     "64500:1:2",      "4200000000:0:7",
                                                     "rt:64500:1",     "rt:64500L:1",
                                                     "soo:1:2",        "soo:192.0.2.1:1",
                                                     "ext:0x4300:0:2", "4294967295:4294967295:4294967295"};
  for (uint32_t i = random.between(3, 6); i > 0; --i)
    add(pool.communities, parse_community(random.pick(communities)).value());
  const std::vector<uint32_t> numbers = {0, 1, 5, 99, 100, 101, 200, 0x7fffffff, UINT32_MAX - 1, UINT32_MAX};
  for (uint32_t i = random.between(2, 4); i > 0; --i) add(pool.numbers, random.pick(numbers));
  pool.roles = {"customer", "peer", "provider"};
  pool.interfaces = {"ge-0/0/0.0", "lo0.0"};
  pool.ribs = {"inet.0", "inet6.0"};
  return pool;
}

void collect(const Condition& condition, Random& random, Pool& pool) {
  walk(condition, [&](const Condition& part) { collect_leaf(part, random, pool); });
}

void collect(const Program& program, Random& random, Pool& pool) {
  auto of_statement = [&](const Statement& statement) { collect(statement, random, pool); };
  walk(program.entry, of_statement);
  walk(program.rewrite, of_statement);
  if (!program.library) return;
  for (const Policy& policy : program.library->policies) walk(policy.clauses, of_statement);
}

void complete(Pool& pool) {
  if (pool.prefixes.empty()) pool.prefixes = {prefix("192.0.2.0/24"), prefix("2001:db8::/32")};
  if (pool.addresses.empty())
    pool.addresses = {parse_address("192.0.2.1").value(), parse_address("2001:db8::1").value()};
  if (pool.asns.empty()) pool.asns = {64496, 64512};
  if (pool.communities.empty()) pool.communities = {parse_community("64496:1").value()};
  if (pool.numbers.empty()) pool.numbers = {0, 100};
  if (pool.roles.empty()) pool.roles = {"customer", "peer", "provider"};
  if (pool.interfaces.empty()) pool.interfaces = {"ge-0/0/0.0"};
  if (pool.ribs.empty()) pool.ribs = {"inet.0", "inet6.0"};
}

}  // namespace bgproof
