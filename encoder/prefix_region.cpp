// What a set of prefixes looks like to a reader: as patterns, and by one believable member.
#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "encoder/prefix_diagram.h"
#include "encoder/prefix_parts.h"

namespace bgproof {

namespace {

using Node = PrefixDiagram::Node;

// Works on one family's part of a set. `common` of a node: the lengths of which every prefix below its place is in the
// set.
class Describer {
 public:
  Describer(const PrefixDiagram::Parts& parts, Family family, size_t limit, std::vector<PrefixPattern>& patterns)
      : parts_(parts), family_(family), limit_(limit), patterns_(patterns) {}

  bool describe(Node node) { return below(node, 0, 0, LengthSet{}); }

 private:
  const LengthSet& common(Node node) {
    if (parts_.is_leaf(node)) return parts_.lengths(node);
    if (auto found = common_.find(node); found != common_.end()) return found->second;
    const PrefixDiagram::Parts::Inner& inner = parts_.nodes[node];
    LengthSet beside = common(inner.mismatch);
    LengthSet lengths = beside & (common(inner.match) | LengthSet::below(inner.to));
    if (inner.here) lengths = lengths | LengthSet::only(inner.from);
    return common_.emplace(node, lengths).first->second;
  }

  bool emit(Bits bits, int depth, const LengthSet& lengths) {
    if (lengths.empty()) return true;
    for (int low = lengths.first(); low <= width(family_); ++low) {
      if (!lengths.contains(low)) continue;
      int end = lengths.end_of_run(low);
      PrefixPattern pattern;
      pattern.prefix = {family_, bits, static_cast<uint8_t>(depth)};
      pattern.low = static_cast<uint8_t>(low);
      pattern.high = static_cast<uint8_t>(end - 1);
      patterns_.push_back(pattern);
      low = end;
    }
    return patterns_.size() <= limit_;
  }

  // `told`: the lengths that a pattern of a place above has told of already.
  bool below(Node node, Bits bits, int depth, LengthSet told) {
    LengthSet lengths = common(node);
    if (!emit(bits, depth, lengths - told)) return false;
    told = told | lengths;
    if (parts_.is_leaf(node)) return true;
    const PrefixDiagram::Parts::Inner inner = parts_.nodes[node];
    if (!parts_.is_leaf(inner.mismatch)) {  // a branch
      Bits one = bit_at(depth);
      bool match_is_one = (inner.value & one) != 0;
      Node left = match_is_one ? inner.mismatch : inner.match, right = match_is_one ? inner.match : inner.mismatch;
      return below(left, bits, depth + 1, told) && below(right, bits | one, depth + 1, told);
    }
    // A step down the run: the half beside it, then the place on it. Where there is nothing to tell, all of it at once.
    const LengthSet& beside = parts_.lengths(inner.mismatch);
    const LengthSet& after = common(inner.match);
    for (int at = depth; at < inner.to; ++at) {
      if ((beside & LengthSet::from(at + 1)) - told == LengthSet{}) break;
      bool bit = (inner.value & bit_at(at)) != 0;
      Bits path = bits | (inner.value & bits_between(depth, at));
      Bits other = path | (bit ? Bits{0} : bit_at(at));
      if (!emit(other, at + 1, (beside & LengthSet::from(at + 1)) - told)) return false;
      if (at + 1 == inner.to) break;
      LengthSet on_path = beside & LengthSet::from(at + 1) & (after | LengthSet::below(inner.to));
      if (!emit(path | (inner.value & bit_at(at)), at + 1, on_path - told)) return false;
      told = told | on_path;
    }
    return below(inner.match, bits | inner.value, inner.to, told);
  }

  const PrefixDiagram::Parts& parts_;
  Family family_;
  size_t limit_;
  std::vector<PrefixPattern>& patterns_;
  std::unordered_map<Node, LengthSet> common_;
};

// The lengths that some prefix of the set has.
const LengthSet& present(const PrefixDiagram::Parts& parts, Node node, std::unordered_map<Node, LengthSet>& seen) {
  if (parts.is_leaf(node)) return parts.lengths(node);
  if (auto found = seen.find(node); found != seen.end()) return found->second;
  const PrefixDiagram::Parts::Inner& inner = parts.nodes[node];
  LengthSet lengths = present(parts, inner.match, seen) | present(parts, inner.mismatch, seen);
  if (inner.here) lengths = lengths | LengthSet::only(inner.from);
  return seen.emplace(node, lengths).first->second;
}

// The first prefix of this length, which is present.
Bits first_of(const PrefixDiagram::Parts& parts, Node node, int length, std::unordered_map<Node, LengthSet>& seen) {
  Bits bits = 0;
  while (!parts.is_leaf(node)) {
    const PrefixDiagram::Parts::Inner inner = parts.nodes[node];
    if (length == inner.from) return bits;
    // Candidates in the order of their addresses: the first bit that is 0 where the run has 1 goes beside, and so on.
    bool beside_has = present(parts, inner.mismatch, seen).contains(length);
    bool match_has = length < inner.to || present(parts, inner.match, seen).contains(length);
    if (beside_has) {
      int end = std::min<int>(length, inner.to);
      Bits ones = inner.value & bits_between(inner.from, end);
      if (ones != 0) {  // zeros all the way leave the path at its first 1
        if (parts.is_leaf(inner.mismatch)) return bits;
        node = inner.mismatch;
        continue;
      }
      if (length < inner.to) return bits;  // zeros on the path
      if (match_has) {
        node = inner.match;
        bits |= inner.value;
        continue;
      }
      if (!parts.is_leaf(inner.mismatch)) {
        bits |= bit_at(inner.from);
        node = inner.mismatch;
        continue;
      }
      return bits | bit_at(inner.to - 1);  // leaves the zeros of the path at its last bit
    }
    node = inner.match;
    bits |= inner.value;
  }
  return bits;
}

struct Space {
  std::vector<std::string_view> prefixes;
  Family family;
};

PrefixList list_of(const std::vector<std::string_view>& prefixes) {
  PrefixList list;
  for (std::string_view text : prefixes) {
    PrefixEntry entry;
    entry.pattern.prefix = *parse_prefix(text);
    entry.pattern.low = entry.pattern.prefix.length;
    entry.pattern.high = static_cast<uint8_t>(width(entry.pattern.prefix.family));
    list.entries.push_back(entry);
  }
  return list;
}

}  // namespace

std::optional<std::vector<PrefixPattern>> PrefixDiagram::patterns(Node set, size_t limit) const {
  std::vector<PrefixPattern> patterns;
  const Parts::Inner root = parts_->nodes[set];
  if (!Describer(*parts_, Family::ipv4, limit, patterns).describe(root.match)) return std::nullopt;
  if (!Describer(*parts_, Family::ipv6, limit, patterns).describe(root.mismatch)) return std::nullopt;
  if (patterns.size() > limit) return std::nullopt;
  std::sort(patterns.begin(), patterns.end(), [](const PrefixPattern& a, const PrefixPattern& b) {
    return std::tie(a.prefix, a.low) < std::tie(b.prefix, b.low);
  });
  return patterns;
}

std::optional<Prefix> PrefixDiagram::believable(Node set) {
  if (empty(set)) return std::nullopt;
  // RFC 5737 and RFC 3849 first, then what is or could be routed in the world (IANA's special-purpose blocks left out),
  // then anything.
  Node documentation = *of(list_of({"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"}), {0});
  Node special = *of(list_of({"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
                              "172.16.0.0/12", "192.0.0.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
                              "224.0.0.0/3", "2001::/23", "2002::/16", "3fff::/20"}),
                     {0});
  Node global = without(either(family(Family::ipv4), *of(list_of({"2000::/3"}), {0})), special);
  for (Node space : {documentation, global, all()}) {
    Node inside = both(set, space);
    for (Family family : {Family::ipv4, Family::ipv6}) {
      const Parts::Inner root = parts_->nodes[inside];
      Node node = family == Family::ipv4 ? root.match : root.mismatch;
      if (node == parts_->empty_leaf) continue;
      std::unordered_map<Node, LengthSet> seen;
      const LengthSet lengths = present(*parts_, node, seen);
      int usual = family == Family::ipv4 ? 24 : 48;
      for (int distance = 0; distance <= 128; ++distance)
        for (int length : {usual - distance, usual + distance}) {
          if (length < 0 || length > width(family) || !lengths.contains(length)) continue;
          return Prefix{family, first_of(*parts_, node, length, seen), static_cast<uint8_t>(length)};
        }
    }
  }
  return std::nullopt;
}

}  // namespace bgproof
