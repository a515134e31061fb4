#include "encoder/automaton/community_order.h"

#include <bit>
#include <map>

namespace bgproof {
namespace {

constexpr int kMostDigits = 10;
constexpr size_t kMaxSteps = 1'000'000;

class OrderWalk {
 public:
  using Node = PrintedCommunities::Node;
  using Kinds = uint64_t;  // a bit for each

  OrderWalk(const PrintedCommunities& communities, CommunityKind kind, const std::vector<uint32_t>& kind_of,
            const std::vector<uint64_t>& excluded, size_t most)
      : communities_(communities),
        kind_of_(kind_of),
        excluded_(excluded),
        most_(most),
        fields_(kind == CommunityKind::standard ? 2 : 3) {
    at_.kind = kind;
  }

  std::optional<std::vector<Community>> run() {
    field(0, 0);
    if (overflowed_) return std::nullopt;
    return std::move(boundaries_);
  }

 private:
  bool may_mix(Kinds kinds) const {
    for (Kinds rest = kinds; rest != 0; rest &= rest - 1)
      if ((excluded_[static_cast<size_t>(std::countr_zero(rest))] & kinds) != 0) return false;
    return true;
  }

  Kinds kinds_here(Node node) const {
    const uint32_t index = communities_.class_at(node);
    return index == PrintedCommunities::kNone ? 0 : Kinds{1} << kind_of_[index];
  }

  Node next(Node node, char character) const { return communities_.next(node, *text_symbol(character)); }

  // Of all texts that go on from here, after exactly so many digits of this field; kAnyDigits: however they go on.
  static constexpr int kAnyDigits = -1;
  Kinds kinds_below(Node node, int digits) {
    if (node == PrintedCommunities::kNone) return 0;
    if (const auto it = below_.find({node, digits}); it != below_.end()) return it->second;
    Kinds kinds = 0;
    if (digits == kAnyDigits || digits == 0) {
      kinds |= kinds_here(node) | kinds_below(next(node, ':'), kAnyDigits);
    }
    if (digits != 0) {
      for (char digit = '0'; digit <= '9'; ++digit)
        kinds |= kinds_below(next(node, digit), digits == kAnyDigits ? kAnyDigits : digits - 1);
    }
    below_.emplace(std::pair(node, digits), kinds);
    return kinds;
  }

  // The block begins at `at_`. True if it need not be looked into.
  bool take(Kinds kinds) {
    if (++steps_ > kMaxSteps) overflowed_ = true;
    if (overflowed_ || kinds == 0) return true;
    if (may_mix(current_ | kinds)) {
      current_ |= kinds;
      return true;
    }
    if (!may_mix(kinds)) return false;
    if (boundaries_.size() == most_) overflowed_ = true;
    boundaries_.push_back(at_);
    current_ = kinds;
    return true;
  }

  void field(Node node, size_t index) {
    at_.fields[index] = 0;
    if (take(kinds_below(node, kAnyDigits))) return;
    for (int digits = 1; digits <= kMostDigits; ++digits)
      for (uint64_t digit = digits == 1 ? 0 : 1; digit <= 9; ++digit)
        number(next(node, static_cast<char>('0' + digit)), index, digit, digits - 1);
    at_.fields[index] = 0;
  }

  // Numbers that begin with the digits of `value`, and `digits` more.
  void number(Node node, size_t index, uint64_t value, int digits) {
    uint64_t lowest = value;
    for (int i = 0; i < digits; ++i) lowest *= 10;
    const Kinds kinds = kinds_below(node, digits);
    at_.fields[index] = static_cast<uint32_t>(lowest);
    if (kinds == 0 || take(kinds)) return;
    if (digits == 0 && index + 1 < fields_) return field(next(node, ':'), index + 1);
    for (uint64_t digit = 0; digits > 0 && digit <= 9; ++digit)
      number(next(node, static_cast<char>('0' + digit)), index, value * 10 + digit, digits - 1);
  }

  const PrintedCommunities& communities_;
  const std::vector<uint32_t>& kind_of_;
  const std::vector<uint64_t>& excluded_;
  size_t most_;
  size_t fields_;
  Community at_;
  Kinds current_ = 0;
  std::vector<Community> boundaries_;
  std::map<std::pair<Node, int>, Kinds> below_;
  size_t steps_ = 0;
  bool overflowed_ = false;
};

}  // namespace

std::optional<std::vector<Community>> boundaries(const PrintedCommunities& communities, CommunityKind kind,
                                                 const std::vector<uint32_t>& kind_of,
                                                 const std::vector<uint64_t>& excluded, size_t most) {
  return OrderWalk(communities, kind, kind_of, excluded, most).run();
}

}  // namespace bgproof
