// When two changed paths are the same word, as a formula over questions to the path that both were made of.
//
// What both changes begin with is done first, and the rest is compared on its result; what both put in front last is
// left out on both sides. Then the cases that a formula decides: both only prepend constants; one prepends the first
// ASN; one is the offered path with one ASN some times in front, which path_relation.cpp compares with anything.
// All else is left undecided rather than guessed.
#include <algorithm>

#include "encoder/encoding_limit.h"
#include "encoder/logic.h"
#include "encoder/paths.h"

namespace bgproof {

namespace {

using Transforms = std::vector<PathTransform>;
using Kind = AsPathRegex::Kind;

// The first ASN once more, behind something that was put there, is a constant too.
Transforms settled(const Transforms& transforms) {
  Transforms result;
  for (const PathTransform& transform : transforms) {
    if (const auto* first = std::get_if<PrependFirst>(&transform); first && first->times == 0) continue;
    if (std::holds_alternative<ReplacePath>(transform)) result.clear();  // nothing of it is left
    PrependAsns* last = result.empty() ? nullptr : std::get_if<PrependAsns>(&result.back());
    if (const auto* first = std::get_if<PrependFirst>(&transform); first && last)
      last->asns.insert(last->asns.begin(), first->times, Asn(last->asns.front()));
    else if (const auto* prepend = std::get_if<PrependAsns>(&transform); prepend && last)
      last->asns.insert(last->asns.begin(), prepend->asns.begin(), prepend->asns.end());
    else
      result.push_back(transform);
  }
  return result;
}

// These, if constants in front are all that changes.
std::optional<std::vector<Asn>> constants(const Transforms& transforms) {
  if (transforms.empty()) return std::vector<Asn>{};
  if (transforms.size() == 1)
    if (const auto* prepend = std::get_if<PrependAsns>(&transforms.front())) return prepend->asns;
  return std::nullopt;
}

// What was put in front last; nullptr if it was not so.
std::vector<Asn>* in_front(Transforms& transforms) {
  auto* prepend = transforms.empty() ? nullptr : std::get_if<PrependAsns>(&transforms.back());
  return prepend ? &prepend->asns : nullptr;
}

void drop_common_front(Transforms& a, Transforms& b) {
  std::vector<Asn>*x = in_front(a), *y = in_front(b);
  if (!x || !y) return;
  auto [end, other_end] = std::mismatch(x->begin(), x->end(), y->begin(), y->end());
  x->erase(x->begin(), end);
  y->erase(y->begin(), other_end);
  if (x->empty()) a.pop_back();
  if (y->empty()) b.pop_back();
}

bool is_one_asn(const std::vector<Asn>& asns) {
  return std::all_of(asns.begin(), asns.end(), [&](Asn asn) { return asn == asns.front(); });
}

AsPathRegex begins_with(AsnRanges asns) {
  AsPathRegex first, letter, anything, regex;
  first.kind = Kind::asns;
  first.ranges = std::move(asns);
  letter.kind = Kind::any_letter;
  anything.kind = Kind::repeat;
  anything.of = {letter};
  regex.kind = Kind::sequence;
  regex.of = {first, anything};
  return regex;
}

}  // namespace

std::optional<z3::expr> PathTable::differ(PathFormId one, PathFormId other) {
  z3::expr yes = context_.bool_val(true), no = context_.bool_val(false);
  if (one == other) return no;
  if (forms_[one].source != forms_[other].source) return std::nullopt;
  PathForm common{forms_[one].source, {}, 0};
  Transforms a = settled(forms_[one].transforms), b = settled(forms_[other].transforms);
  size_t begin = 0;
  while (begin < a.size() && begin < b.size() && same_change(a[begin], b[begin])) ++begin;
  auto cut = static_cast<std::ptrdiff_t>(begin);
  common.transforms.assign(a.begin(), a.begin() + cut);
  a.erase(a.begin(), a.begin() + cut);
  b.erase(b.begin(), b.begin() + cut);
  drop_common_front(a, b);
  if (a.empty() && b.empty()) return no;
  if (!constants(a)) std::swap(a, b);
  std::optional<std::vector<Asn>> asns = constants(a);
  try {
    const auto* a_first = a.size() == 1 ? std::get_if<PrependFirst>(&a.front()) : nullptr;
    const auto* b_first = b.size() == 1 ? std::get_if<PrependFirst>(&b.front()) : nullptr;
    if (asns && constants(b)) return asns == constants(b) ? no : yes;
    if (a_first && b_first) return matches(intern(common), begins_with({{0, UINT32_MAX}}));
    if (asns && b_first) {
      // The same if both do nothing, or if the ASN in front is the one that is put there.
      bool as_often = asns->size() == b_first->times && is_one_asn(*asns);
      if (asns->empty()) return matches(intern(common), begins_with({{0, UINT32_MAX}}));
      if (!as_often) return yes;
      return not_of(matches(intern(common), begins_with({{asns->front(), asns->front()}})));
    }
    if (!asns || !is_one_asn(*asns) || !common.transforms.empty() || common.source != 0) return std::nullopt;
    auto times = static_cast<uint32_t>(asns->size());
    PathFormId changed = intern({0, b, 0});
    z3::expr same = is_prepended(changed, NumberRange{times, times});
    if (times > 0) same = and_of(same, matches(changed, begins_with({{asns->front(), asns->front()}})));
    return not_of(same);
  } catch (const EncodingLimit&) {
    return std::nullopt;
  }
}

}  // namespace bgproof
