#include "encoder/automaton/community_order.h"

#include <array>
#include <bit>
#include <map>
#include <span>
#include <string>

namespace bgproof {
namespace {

constexpr size_t kMaxSteps = 1'000'000;
constexpr uint32_t k16 = 0xffff;
constexpr uint32_t k32 = 0xffffffff;

// A number of the text form: which field it is, what it counts there, and how high it goes.
struct Part {
  size_t field;
  uint32_t counts;
  uint32_t limit;
};

constexpr std::array<Part, 2> kStandard = {{{0, 1, k16}, {1, 1, k16}}};
constexpr std::array<Part, 3> kLarge = {{{0, 1, k32}, {1, 1, k32}, {2, 1, k32}}};
// Of an extended community, behind its type.
constexpr std::array<Part, 2> kShortFirst = {{{1, 1, k16}, {2, 1, k32}}};
constexpr std::array<Part, 2> kLongFirst = {{{1, 1, k32}, {2, 1, k16}}};
constexpr std::array<Part, 5> kDotted = {
    {{1, 1u << 24, 255}, {1, 1u << 16, 255}, {1, 1u << 8, 255}, {1, 1, 255}, {2, 1, k16}}};

class OrderWalk {
 public:
  using Node = PrintedCommunities::Node;
  using Kinds = uint64_t;  // a bit for each

  OrderWalk(const PrintedCommunities& communities, CommunityKind kind, const std::vector<uint32_t>& kind_of,
            const std::vector<uint64_t>& excluded, size_t most)
      : communities_(communities), kind_of_(kind_of), excluded_(excluded), most_(most) {
    at_.kind = kind;
  }

  std::optional<std::vector<Community>> run() {
    if (at_.kind == CommunityKind::extended) {
      for (uint32_t type = 0; type <= k16 && !overflowed_; ++type) of_type(type);
    } else {
      parts_ = at_.kind == CommunityKind::standard ? std::span<const Part>(kStandard) : kLarge;
      part(0, 0);
    }
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

  Node next(Node node, char character) const {
    return node == PrintedCommunities::kNone ? node : communities_.next(node, *text_symbol(character));
  }

  // What its text begins with says more about a type than any number behind it.
  void of_type(uint32_t type) {
    const Community lowest{CommunityKind::extended, {type, 0, 0}};
    const std::string text = to_string(lowest);
    dotted_ = text.find('.') != std::string::npos;
    marked_ = text.find('L') != std::string::npos;
    parts_ = dotted_                                    ? std::span<const Part>(kDotted)
             : field_limit(lowest.kind, 1, type) == k16 ? kShortFirst
                                                        : kLongFirst;
    Node node = 0;
    const size_t begin = text.find(':', text.starts_with("ext:") ? 4 : 0) + 1;
    for (size_t i = 0; i < begin; ++i) node = next(node, text[i]);
    at_.fields = lowest.fields;
    part(node, 0);
  }

  // Behind a number: a mark where a number could be one of another type, and what stands in front of the next.
  Node behind(Node node, size_t index, uint64_t value) const {
    if (dotted_ && index < 3) return next(node, '.');
    return next(marked_ && index == 0 && value <= k16 ? next(node, 'L') : node, ':');
  }

  // Of all texts that go on from here, after exactly so many digits of this number; kAnyDigits: however they go on.
  // Types whose texts begin alike are taken together, which can only cut the order once more than need be.
  static constexpr int kAnyDigits = -1;
  Kinds kinds_below(Node node, int digits) {
    if (node == PrintedCommunities::kNone) return 0;
    if (const auto it = below_.find({node, digits}); it != below_.end()) return it->second;
    Kinds kinds = 0;
    if (digits == kAnyDigits || digits == 0) {
      kinds |= kinds_here(node);
      for (char mark : {':', '.', 'L'}) kinds |= kinds_below(next(node, mark), kAnyDigits);
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

  void part(Node node, size_t index) {
    if (take(kinds_below(node, kAnyDigits))) return;
    const Part& its = parts_[index];
    const uint32_t base = at_.fields[its.field];
    uint64_t lowest = 1;
    for (int digits = 0; lowest <= its.limit; ++digits, lowest *= 10)
      for (uint64_t digit = digits == 0 ? 0 : 1; digit <= 9; ++digit) {
        number(next(node, static_cast<char>('0' + digit)), index, base, digit, digits);
        at_.fields[its.field] = base;
      }
  }

  // Numbers that begin with the digits of `value`, and `digits` more.
  void number(Node node, size_t index, uint32_t base, uint64_t value, int digits) {
    const Part& its = parts_[index];
    uint64_t lowest = value;
    for (int i = 0; i < digits; ++i) lowest *= 10;
    if (lowest > its.limit) return;
    const Kinds kinds = kinds_below(node, digits);
    at_.fields[its.field] = base + static_cast<uint32_t>(lowest) * its.counts;
    if (kinds == 0 || take(kinds)) return;
    if (digits == 0 && index + 1 < parts_.size()) return part(behind(node, index, value), index + 1);
    for (uint64_t digit = 0; digits > 0 && digit <= 9; ++digit)
      number(next(node, static_cast<char>('0' + digit)), index, base, value * 10 + digit, digits - 1);
  }

  const PrintedCommunities& communities_;
  const std::vector<uint32_t>& kind_of_;
  const std::vector<uint64_t>& excluded_;
  size_t most_;
  std::span<const Part> parts_;
  bool dotted_ = false, marked_ = false;
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
