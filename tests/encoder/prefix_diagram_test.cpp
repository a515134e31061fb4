// Diagrams against the reference lookup: every prefix of a small world, random lists of every mode, and canonical
// equality.
#include "encoder/prefix_diagram.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace bgproof {
namespace {

using Node = PrefixDiagram::Node;

// All prefixes of a world: IPv4 under 10.160.0.0/12 with the lengths 12 to 17, all shorter ones around it, and the same
// of IPv6.
std::vector<Prefix> world() {
  std::vector<Prefix> prefixes;
  for (Family family : {Family::ipv4, Family::ipv6}) {
    Bits base = Bits{0x0aa0} << 112;
    for (int length = 0; length <= 18; ++length) {
      int fixed = std::min(length, 12);  // the bits of the base
      for (uint32_t low = 0; low < uint32_t{1} << (length - fixed); ++low) {
        Bits bits = (base & mask_of(fixed)) | (length > 12 ? Bits{low} << (128 - length) : Bits{0});
        prefixes.push_back({family, bits, static_cast<uint8_t>(length)});
      }
      if (length > 0)
        prefixes.push_back(
            {family, (base & mask_of(fixed)) ^ (Bits{1} << (128 - fixed)), static_cast<uint8_t>(length)});
    }
    for (int length : {31, 32, 100, 128})
      if (length <= width(family))
        prefixes.push_back({family, base | Bits{1} << (128 - length), static_cast<uint8_t>(length)});
  }
  return prefixes;
}

class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}
  int upto(int high) { return std::uniform_int_distribution<int>(0, high)(engine_); }
  bool chance(int percent) { return upto(99) < percent; }

  PrefixPattern pattern(bool masks) {
    Family family = chance(70) ? Family::ipv4 : Family::ipv6;
    int length = chance(80) ? 11 + upto(6) : upto(width(family) > 32 ? 40 : 32);
    Bits bits = Bits{0x0aa0} << 112 | Bits{static_cast<uint32_t>(upto(63))} << 110;
    PrefixPattern pattern;
    pattern.prefix = {family, bits & mask_of(length), static_cast<uint8_t>(length)};
    int low = length + (chance(50) ? 0 : upto(std::min(4, width(family) - length)));
    int high = chance(30) ? width(family) : std::min(width(family), low + upto(3));
    if (masks && chance(30)) {
      pattern.mask = mask_of(length);
      for (int i = 0; i < 3; ++i) *pattern.mask &= ~(Bits{1} << (127 - upto(20)));
      if (chance(20)) *pattern.mask |= Bits{1} << (127 - 19);
      low = upto(high);
      if (chance(50)) pattern.prefix.bits &= *pattern.mask;
    }
    pattern.low = static_cast<uint8_t>(low);
    pattern.high = static_cast<uint8_t>(high);
    return pattern;
  }

  PrefixList list(bool masks) {
    PrefixList list;
    list.mode = static_cast<PrefixList::Mode>(upto(2));
    int slots = chance(50) ? 0 : 2;
    for (int i = upto(8); i >= 0; --i) {
      PrefixEntry entry;
      entry.pattern = pattern(masks);
      entry.slot = static_cast<uint32_t>(upto(slots));
      if (list.mode == PrefixList::Mode::first && chance(30)) entry.slot = PrefixEntry::kNoMatch;
      list.entries.push_back(entry);
    }
    return list;
  }

 private:
  std::mt19937_64 engine_;
};

PrefixEntry entry(std::string_view prefix, int low, int high) {
  PrefixEntry entry;
  entry.pattern.prefix = *parse_prefix(prefix);
  entry.pattern.low = static_cast<uint8_t>(low);
  entry.pattern.high = static_cast<uint8_t>(high);
  return entry;
}

Node set_of(PrefixDiagram& diagrams, std::vector<PrefixEntry> entries) {
  PrefixList list;
  list.entries = std::move(entries);
  return *diagrams.of(list, {0});
}

TEST(PrefixDiagram, EqualSetsAreOneNode) {
  PrefixDiagram d;
  EXPECT_EQ(set_of(d, {entry("10.0.0.0/24", 25, 25)}),
            set_of(d, {entry("10.0.0.128/25", 25, 25), entry("10.0.0.0/25", 25, 25)}));
  EXPECT_EQ(set_of(d, {entry("10.0.0.0/8", 8, 32)}),
            set_of(d, {entry("10.0.0.0/9", 9, 32), entry("10.128.0.0/9", 9, 32), entry("10.0.0.0/8", 8, 8)}));
  EXPECT_EQ(set_of(d, {entry("0.0.0.0/0", 0, 32), entry("::/0", 0, 128)}), d.all());
  EXPECT_EQ(set_of(d, {entry("::/0", 0, 128)}), d.family(Family::ipv6));
  EXPECT_EQ(set_of(d, {}), d.none());
  EXPECT_EQ(set_of(d, {entry("2001:db8::/48", 48, 48)}), d.exactly(*parse_prefix("2001:db8::/48")));
  EXPECT_EQ(set_of(d, {entry("192.0.2.1/32", 32, 32)}), d.exactly(*parse_prefix("192.0.2.1/32")));
  EXPECT_NE(set_of(d, {entry("10.0.0.0/8", 8, 24)}), set_of(d, {entry("10.0.0.0/8", 8, 25)}));
}

std::string text(const PrefixList& list) {
  std::string text = "mode " + std::to_string(static_cast<int>(list.mode));
  for (const PrefixEntry& entry : list.entries)
    text += "; " + to_string(entry.pattern) + " slot " + std::to_string(entry.slot);
  return text;
}

TEST(PrefixDiagram, AgreesWithTheLookup) {
  const std::vector<Prefix> prefixes = world();
  Random random(1);
  for (int round = 0; round < 1500; ++round) {
    PrefixDiagram d;
    PrefixList list = random.list(round % 3 == 0);
    for (const std::set<uint32_t>& slots : {std::set<uint32_t>{0}, std::set<uint32_t>{1, 2}}) {
      std::optional<Node> set = d.of(list, slots);
      ASSERT_TRUE(set);
      for (const Prefix& prefix : prefixes) {
        std::optional<uint32_t> slot = lookup(list, prefix);
        ASSERT_EQ(d.contains(*set, prefix), slot && slots.contains(*slot)) << to_string(prefix) << " in " << text(list);
      }
    }
  }
}

// What a set is in this world, to compare nodes by.
std::vector<bool> signature(const PrefixDiagram& d, Node set, const std::vector<Prefix>& prefixes) {
  std::vector<bool> members;
  for (const Prefix& prefix : prefixes) members.push_back(d.contains(set, prefix));
  return members;
}

TEST(PrefixDiagram, OperationsAreSetOperations) {
  const std::vector<Prefix> prefixes = world();
  Random random(2);
  PrefixDiagram d;
  for (int round = 0; round < 1000; ++round) {
    Node a = *d.of(random.list(false), {0}), b = *d.of(random.list(false), {0});
    Node both = d.both(a, b), either = d.either(a, b), without = d.without(a, b);
    for (const Prefix& prefix : prefixes) {
      bool x = d.contains(a, prefix), y = d.contains(b, prefix);
      ASSERT_EQ(d.contains(both, prefix), x && y);
      ASSERT_EQ(d.contains(either, prefix), x || y);
      ASSERT_EQ(d.contains(without, prefix), x && !y);
    }
    // The same sets by other ways are the same nodes.
    ASSERT_EQ(d.both(b, a), both);
    ASSERT_EQ(d.either(without, both), a);
    ASSERT_EQ(d.either(d.either(without, both), d.without(b, a)), either);
    ASSERT_EQ(d.complement(d.either(d.complement(a), d.complement(b))), both);
    ASSERT_EQ(d.without(either, b), without);
    ASSERT_EQ(d.empty(without), d.both(a, b) == a);
  }
}

// Built from the bottom up, built by unions of single prefixes, and built from its own patterns: always the same node.
TEST(PrefixDiagram, PatternsDescribeTheSet) {
  Random random(3);
  const std::vector<Prefix> prefixes = world();
  PrefixDiagram d;
  for (int round = 0; round < 1000; ++round) {
    Node set = d.both(*d.of(random.list(false), {0}), d.complement(*d.of(random.list(false), {0})));
    auto patterns = d.patterns(set, 100'000);
    ASSERT_TRUE(patterns);
    PrefixList whole;
    Node united = d.none();
    for (const PrefixPattern& pattern : *patterns) {
      PrefixEntry one;
      one.pattern = pattern;
      whole.entries.push_back(one);
      PrefixList alone;
      alone.entries = {one};
      Node piece = *d.of(alone, {0});
      ASSERT_TRUE(d.empty(d.both(united, piece))) << "disjoint";
      united = d.either(united, piece);
    }
    ASSERT_EQ(united, set);
    ASSERT_EQ(*d.of(whole, {0}), set);
    ASSERT_TRUE(patterns->empty() || !d.patterns(set, patterns->size() - 1));
    std::optional<Prefix> member = d.believable(set);
    ASSERT_EQ(member.has_value(), !d.empty(set));
    ASSERT_TRUE(!member || d.contains(set, *member));
  }
}

TEST(PrefixDiagram, SignaturesTellNodesApart) {
  // In a world that is small enough to see all of it (the prefixes of 0.0.0.0/28 with lengths 28 to 32): equal members,
  // equal nodes.
  std::vector<Prefix> prefixes;
  for (int length = 28; length <= 32; ++length)
    for (uint32_t low = 0; low < uint32_t{1} << (length - 28); ++low)
      prefixes.push_back({Family::ipv4, Bits{low} << (128 - length), static_cast<uint8_t>(length)});
  std::mt19937_64 engine(4);
  PrefixDiagram d;
  std::map<std::vector<bool>, Node> known;
  for (int round = 0; round < 3000; ++round) {
    Node set = d.none();
    for (int i = 0; i < 4; ++i) {
      Prefix prefix = prefixes[engine() % prefixes.size()];
      int low = prefix.length + static_cast<int>(engine() % static_cast<uint64_t>(33 - prefix.length));
      Node piece = set_of(
          d, {entry(to_string(prefix), low, low + static_cast<int>(engine() % static_cast<uint64_t>(33 - low)))});
      set = engine() % 3 ? d.either(set, piece) : d.without(set, piece);
    }
    auto [at, fresh] = known.emplace(signature(d, set, prefixes), set);
    ASSERT_EQ(at->second, set);
  }
  std::set<Node> nodes;
  for (const auto& [members, node] : known) ASSERT_TRUE(nodes.insert(node).second);
}

TEST(PrefixDiagram, Believable) {
  PrefixDiagram d;
  EXPECT_EQ(to_string(*d.believable(d.all())), "192.0.2.0/24");
  EXPECT_EQ(to_string(*d.believable(d.family(Family::ipv6))), "2001:db8::/48");
  EXPECT_EQ(to_string(*d.believable(set_of(d, {entry("10.0.0.0/8", 8, 32)}))), "10.0.0.0/24");
  EXPECT_EQ(to_string(*d.believable(set_of(d, {entry("10.1.2.3/32", 32, 32)}))), "10.1.2.3/32");
  EXPECT_EQ(to_string(*d.believable(set_of(d, {entry("0.0.0.0/0", 0, 23)}))), "1.0.0.0/23");
  EXPECT_EQ(d.believable(d.none()), std::nullopt);
}

TEST(PrefixDiagram, WideMasksAreRefused) {
  PrefixDiagram d;
  PrefixEntry wide = entry("10.0.0.1/32", 32, 32);
  wide.pattern.mask = mask_of(4) | Bits{1} << 96;
  PrefixList list;
  list.entries = {wide};
  EXPECT_EQ(d.of(list, {0}), std::nullopt);
}

// Size, not time: a list of disjoint prefixes needs a number of nodes in proportion to it.
TEST(PrefixDiagram, LongListsStaySmall) {
  PrefixList list;
  std::mt19937_64 engine(5);
  for (int i = 0; i < 100'000; ++i) {
    bool ipv4 = i % 2 == 0;
    int length = ipv4 ? 24 : 48;
    PrefixEntry one;
    one.pattern.prefix = {ipv4 ? Family::ipv4 : Family::ipv6, (Bits{engine()} << 64) & mask_of(length),
                          static_cast<uint8_t>(length)};
    one.pattern.low = one.pattern.high = static_cast<uint8_t>(length);
    list.entries.push_back(one);
  }
  PrefixDiagram d;
  Node set = *d.of(list, {0});
  EXPECT_LT(d.size(), 260'000u);
  EXPECT_TRUE(d.contains(set, list.entries[77].pattern.prefix));
  EXPECT_EQ(d.either(set, d.exactly(list.entries[78].pattern.prefix)), set);
}

}  // namespace
}  // namespace bgproof
