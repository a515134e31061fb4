#include "encoder/prefix_term.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "encoder/logic.h"

namespace bgproof {

z3::expr bit_vector(z3::context& context, Bits value, unsigned width) {
  if (width <= 64) {
    auto low = static_cast<uint64_t>(value);
    return context.bv_val(width == 64 ? low : low & ((uint64_t{1} << width) - 1), width);
  }
  std::array<bool, 128> bits{};
  for (unsigned i = 0; i < width; ++i) bits[i] = (value >> i & 1) != 0;
  return context.bv_val(width, bits.data());
}

PrefixTerms::PrefixTerms(const PrefixDiagram& diagrams, const z3::expr& is_ipv6, const z3::expr& address,
                         const std::optional<z3::expr>& length)
    : context_(is_ipv6.ctx()), diagrams_(diagrams), is_ipv6_(is_ipv6), address_(address), length_(length) {}

z3::expr PrefixTerms::in(PrefixDiagram::Node set) {
  PrefixDiagram::View root = diagrams_.view(set);
  BGPROOF_CHECK(root.kind == PrefixDiagram::View::Kind::root, "a set of prefixes is a root");
  return choice_of(is_ipv6_, below(root.mismatch, Family::ipv6), below(root.match, Family::ipv4));
}

z3::expr PrefixTerms::agrees(int from, int to, Bits value) const {
  z3::expr bits = address_.extract(static_cast<unsigned>(127 - from), static_cast<unsigned>(128 - to));
  return bits == bit_vector(context_, value >> (128 - to), static_cast<unsigned>(to - from));
}

z3::expr PrefixTerms::below(PrefixDiagram::Node node, Family family) {
  uint64_t key = uint64_t{node} << 1 | (!length_ && family == Family::ipv6);
  if (auto found = below_.find(key); found != below_.end()) return found->second;
  PrefixDiagram::View view = diagrams_.view(node);
  if (view.kind == PrefixDiagram::View::Kind::leaf) return has_length(view.lengths, family);
  z3::expr match = below(view.match, family);
  PrefixDiagram::View beside = diagrams_.view(view.mismatch);
  bool beside_is_leaf = beside.kind == PrefixDiagram::View::Kind::leaf;
  z3::expr mismatch =
      beside_is_leaf ? has_length(beside.lengths & LengthSet::from(view.to), family) : below(view.mismatch, family);
  z3::expr term = choice_of(agrees(view.from, view.to, view.value), match, mismatch);
  // The lengths that end within the run do not ask where it leads.
  LengthSet early = beside_is_leaf ? beside.lengths & LengthSet::below(view.to) : LengthSet{};
  if (view.here) early = early | LengthSet::only(view.from);
  put(term, or_of(has_length(early, family), term));
  below_.emplace(key, term);
  return term;
}

z3::expr PrefixTerms::has_length(const LengthSet& lengths, Family family) {
  if (lengths.empty()) return context_.bool_val(false);
  if (!length_) return context_.bool_val(lengths.contains(width(family)));
  if (auto found = lengths_.find(lengths); found != lengths_.end()) return found->second;
  std::vector<z3::expr> runs;
  for (int low = lengths.first(); low <= 128; ++low) {
    if (!lengths.contains(low)) continue;
    int end = lengths.end_of_run(low);
    z3::expr first = context_.bv_val(low, 8), last = context_.bv_val(end - 1, 8);
    if (end == low + 1)
      runs.push_back(*length_ == first);
    else
      runs.push_back(and_of(low == 0 ? context_.bool_val(true) : z3::uge(*length_, first),
                            end == 129 ? context_.bool_val(true) : z3::ule(*length_, last)));
    low = end;
  }
  z3::expr term = or_of(context_, runs);
  lengths_.emplace(lengths, term);
  return term;
}

z3::expr PrefixTerms::in(const PrefixList& list, const std::set<uint32_t>& slots) const {
  auto number = [&](int value) { return context_.bv_val(value, 8); };
  auto of_family = [&](Family family) { return family == Family::ipv6 ? is_ipv6_ : not_of(is_ipv6_); };
  z3::expr length = length_ ? *length_ : choice_of(is_ipv6_, number(128), number(32));
  auto covers = [&](const PrefixPattern& pattern) {
    Bits mask = pattern.mask ? *pattern.mask : mask_of(pattern.prefix.length);
    z3::expr bits =
        (address_ & bit_vector(context_, mask, 128)) == bit_vector(context_, pattern.prefix.bits & mask, 128);
    z3::expr long_enough = z3::uge(length, number(pattern.mask ? 0 : pattern.prefix.length));
    return of_family(pattern.prefix.family) && bits && long_enough;
  };
  auto matches = [&](const PrefixPattern& pattern) {
    return covers(pattern) && z3::uge(length, number(pattern.low)) && z3::ule(length, number(pattern.high));
  };
  // From the entry that is asked last to the one asked first.
  std::vector<const PrefixEntry*> order;
  for (const PrefixEntry& entry : list.entries) order.push_back(&entry);
  bool longest = list.mode == PrefixList::Mode::longest;
  if (longest)
    std::stable_sort(order.begin(), order.end(), [](const PrefixEntry* a, const PrefixEntry* b) {
      return a->pattern.prefix.length > b->pattern.prefix.length;
    });
  z3::expr result = context_.bool_val(false);
  for (size_t end = order.size(); end > 0;) {
    size_t begin = end - 1;
    if (longest)
      while (begin > 0 && order[begin - 1]->pattern.prefix.length == order[begin]->pattern.prefix.length) --begin;
    z3::expr covered = context_.bool_val(false);
    z3::expr decided = context_.bool_val(false);
    for (size_t i = end; i-- > begin;) {
      bool wanted = order[i]->slot != PrefixEntry::kNoMatch && slots.contains(order[i]->slot);
      put(decided, choice_of(matches(order[i]->pattern), context_.bool_val(wanted), longest ? decided : result));
      put(covered, or_of(covered, covers(order[i]->pattern)));
      if (!longest) break;
    }
    put(result, longest ? choice_of(covered, decided, result) : decided);
    end = begin;
  }
  return result;
}

}  // namespace bgproof
