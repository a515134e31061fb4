// Makes the diagram of a list in one pass over its sorted entries, from the bottom up: never by repeated union.
#include <algorithm>
#include <variant>

#include "base/check.h"
#include "encoder/prefix_diagram.h"
#include "encoder/prefix_parts.h"

namespace bgproof {

namespace {

using Node = PrefixDiagram::Node;

constexpr int kMaskBits = 16;  // a mask with more free bits in front of its last one is not split

// One entry, or one piece of an entry with a mask, as it speaks for the routes under a prefix.
struct Piece {
  Bits bits = 0;
  uint8_t length = 0;
  uint8_t low = 0, high = 0;             // route lengths that it fits; none if low > high
  uint8_t low_count = 0, counts_to = 0;  // longest lookup: route lengths for which it counts as covering
  uint8_t level = 0;                     // longest lookup: the length of the entry's own prefix
  uint32_t index = 0;                    // in the text
};

bool operator<(const Piece& a, const Piece& b) {
  if (a.bits != b.bits) return a.bits < b.bits;
  return a.length < b.length;
}

// The pieces of a pattern with a mask; false if there are too many. They speak for the route lengths from `low` to
// `high`: in a longest lookup for all, because the mask alone says what the entry covers.
bool split_mask(const PrefixPattern& pattern, int low, int high, uint32_t index, std::vector<Piece>& pieces) {
  // A route has zeros beyond its length, so the mask says nothing beyond `high` but that the pattern has zeros there
  // too.
  if ((pattern.prefix.bits & *pattern.mask & ~mask_of(high)) != 0) return true;
  Bits mask = *pattern.mask & mask_of(high);
  Bits wanted = pattern.prefix.bits & mask;
  int last = 0;
  std::vector<Bits> free;
  for (int bit = 0; bit < high; ++bit)
    if (mask & bit_at(bit)) last = bit + 1;
  for (int bit = 0; bit < last; ++bit)
    if (!(mask & bit_at(bit))) free.push_back(bit_at(bit));
  if (free.size() > kMaskBits) return false;
  auto add = [&](Bits bits, int length, int first, int end) {
    Piece piece;
    piece.bits = bits;
    piece.length = static_cast<uint8_t>(length);
    piece.low_count = static_cast<uint8_t>(first);
    piece.counts_to = static_cast<uint8_t>(end);
    piece.low = std::max(pattern.low, piece.low_count);
    piece.high = std::min(pattern.high, piece.counts_to);
    piece.level = pattern.prefix.length;
    piece.index = index;
    pieces.push_back(piece);
  };
  for (uint32_t choice = 0; choice < uint32_t{1} << free.size(); ++choice) {
    Bits bits = wanted;
    for (size_t i = 0; i < free.size(); ++i)
      if (choice >> i & 1) bits |= free[i];
    if (std::max(low, last) <= high) add(bits, last, std::max(low, last), high);
    // Shorter routes that happen to have zeros where the mask looks beyond their length.
    for (int length = last - 1; length >= low && (bits & ~mask_of(length)) == 0; --length)
      add(bits, length, length, length);
  }
  return true;
}

// What is known of a route on the way down, by its length: the entry that decides.
struct Deciding {
  int16_t level = -1;
  bool fits = false;
  uint32_t index = 0;
};

class Builder {
 public:
  Builder(PrefixDiagram::Parts& parts, const PrefixList& list, const std::set<uint32_t>& slots, Family family)
      : parts_(parts), list_(list), width_(width(family)) {
    accepted_.resize(list.entries.size());
    for (size_t i = 0; i < list.entries.size(); ++i) {
      uint32_t slot = list.entries[i].slot;
      accepted_[i] = slot != PrefixEntry::kNoMatch && slots.contains(slot);
      all_alike_ = all_alike_ && accepted_[i];
    }
  }

  Node build(std::vector<Piece>& pieces) {
    std::sort(pieces.begin(), pieces.end());
    // Where every entry counts and the order is irrelevant, a set of lengths is all there is to carry down.
    if (all_alike_ && list_.mode != PrefixList::Mode::longest) return united(0, pieces, 0, pieces.size(), LengthSet{});
    return decided(0, pieces, 0, pieces.size(), std::vector<Deciding>(width_ + 1));
  }

 private:
  using Pieces = std::vector<Piece>;

  // The depth at which the pieces of the range part, or at which the shortest of them stands. It is the first: it has
  // the smallest bits, and of those the smallest length.
  static int parting(const Pieces& pieces, size_t begin, size_t end) {
    int length = pieces[begin].length;
    Bits differ = pieces[begin].bits ^ pieces[end - 1].bits;
    auto high = static_cast<uint64_t>(differ >> 64);
    int agreed = high ? std::countl_zero(high) : 64 + std::countl_zero(static_cast<uint64_t>(differ));
    return std::min(agreed, length);
  }

  static size_t first_with_bit(const Pieces& pieces, size_t begin, size_t end, int depth) {
    auto at = std::partition_point(pieces.begin() + static_cast<ptrdiff_t>(begin),
                                   pieces.begin() + static_cast<ptrdiff_t>(end),
                                   [&](const Piece& piece) { return (piece.bits & bit_at(depth)) == 0; });
    return static_cast<size_t>(at - pieces.begin());
  }

  Node united(int depth, const Pieces& pieces, size_t begin, size_t end, LengthSet lengths) {
    while (begin < end && pieces[begin].length == depth) {
      lengths = lengths | LengthSet::between(pieces[begin].low, pieces[begin].high);
      ++begin;
    }
    if (begin == end) return parts_.leaf(lengths & LengthSet::from(depth));
    int to = parting(pieces, begin, end);
    if (to > depth) {
      Node child = united(to, pieces, begin, end, lengths);
      return parts_.chain(depth, to, pieces[begin].bits, child, lengths);
    }
    size_t middle = first_with_bit(pieces, begin, end, depth);
    Node left = united(depth + 1, pieces, begin, middle, lengths);
    Node right = united(depth + 1, pieces, middle, end, lengths);
    return parts_.place(depth, lengths.contains(depth), left, right);
  }

  Node decided(int depth, const Pieces& pieces, size_t begin, size_t end, const std::vector<Deciding>& above) {
    std::vector<Deciding> own;
    if (begin < end && pieces[begin].length == depth) {
      own = above;
      for (; begin < end && pieces[begin].length == depth; ++begin) meet(pieces[begin], own);
    }
    const std::vector<Deciding>& deciding = own.empty() ? above : own;
    LengthSet lengths = accepted_lengths(deciding);
    if (begin == end) return parts_.leaf(lengths & LengthSet::from(depth));
    int to = parting(pieces, begin, end);
    if (to > depth) {
      Node child = decided(to, pieces, begin, end, deciding);
      return parts_.chain(depth, to, pieces[begin].bits, child, lengths);
    }
    size_t middle = first_with_bit(pieces, begin, end, depth);
    Node left = decided(depth + 1, pieces, begin, middle, deciding);
    Node right = decided(depth + 1, pieces, middle, end, deciding);
    return parts_.place(depth, lengths.contains(depth), left, right);
  }

  void meet(const Piece& piece, std::vector<Deciding>& deciding) const {
    bool longest = list_.mode == PrefixList::Mode::longest;
    for (int length = longest ? piece.low_count : piece.low; length <= (longest ? piece.counts_to : piece.high);
         ++length) {
      Deciding& at = deciding[static_cast<size_t>(length)];
      int16_t level = longest ? piece.level : int16_t{0};
      if (level < at.level) continue;
      bool fits = piece.low <= length && length <= piece.high;
      if (level > at.level) at = {level, fits, piece.index};
      if (!fits) continue;
      if (!at.fits || piece.index < at.index) at.index = piece.index;
      at.fits = true;
    }
  }

  LengthSet accepted_lengths(const std::vector<Deciding>& deciding) const {
    LengthSet lengths;
    for (int length = 0; length <= width_; ++length) {
      const Deciding& at = deciding[static_cast<size_t>(length)];
      if (at.fits && accepted_[at.index]) lengths = lengths | LengthSet::only(length);
    }
    return lengths;
  }

  PrefixDiagram::Parts& parts_;
  const PrefixList& list_;
  int width_;
  std::vector<char> accepted_;  // by entry
  bool all_alike_ = true;
};

}  // namespace

std::optional<Node> PrefixDiagram::of(const PrefixList& list, const std::set<uint32_t>& slots) {
  std::array<std::vector<Piece>, 2> pieces;
  for (uint32_t index = 0; index < list.entries.size(); ++index) {
    const PrefixPattern& pattern = list.entries[index].pattern;
    std::vector<Piece>& own = pieces[static_cast<size_t>(pattern.prefix.family)];
    if (pattern.mask) {
      bool longest = list.mode == PrefixList::Mode::longest;
      int low = longest ? 0 : pattern.low, high = longest ? width(pattern.prefix.family) : pattern.high;
      if (!split_mask(pattern, low, high, index, own)) return std::nullopt;
      continue;
    }
    BGPROOF_CHECK((pattern.prefix.bits & ~mask_of(pattern.prefix.length)) == 0, "prefixes have no host bits");
    Piece piece;
    piece.bits = pattern.prefix.bits;
    piece.length = piece.level = piece.low_count = pattern.prefix.length;
    piece.low = std::max(pattern.low, pattern.prefix.length);
    piece.high = static_cast<uint8_t>(std::min<int>(pattern.high, width(pattern.prefix.family)));
    piece.counts_to = static_cast<uint8_t>(width(pattern.prefix.family));
    piece.index = index;
    own.push_back(piece);
  }
  Node ipv4 = Builder(*parts_, list, slots, Family::ipv4).build(pieces[0]);
  return parts_->root(ipv4, Builder(*parts_, list, slots, Family::ipv6).build(pieces[1]));
}

}  // namespace bgproof
