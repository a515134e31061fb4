// When a changed path is the offered one with one ASN some number of times in front of it, as a formula over questions
// to the offered path.
//
// Write the changed path of w as P R(w), P what was put in front. As long as R removes no number that P could supply
// again (checked below; otherwise the limit is named), P R(w) = x^k w only if R changes nothing in w: at the first
// number removed, the letter it is compared with would have to be a removable one that was not removed. So the formula
// is: no change touches w, and P is k times one ASN. P depends on w through its first letter alone, so it is computed
// once for every kind of first letter.
#include <algorithm>
#include <set>

#include "encoder/encoding_limit.h"
#include "encoder/logic.h"
#include "encoder/paths.h"
#include "policy/visit.h"

namespace bgproof {

namespace {

using Kind = AsPathRegex::Kind;

AsPathRegex asn_in(AsnRanges ranges) {
  AsPathRegex regex;
  regex.kind = Kind::asns;
  regex.ranges = std::move(ranges);
  return regex;
}

AsPathRegex set_with(AsnRanges ranges) {
  AsPathRegex regex = asn_in(std::move(ranges));
  regex.kind = Kind::set_letter;
  return regex;
}

AsPathRegex compound(Kind kind, std::vector<AsPathRegex> of) {
  AsPathRegex regex;
  regex.kind = kind;
  regex.of = std::move(of);
  return regex;
}

AsPathRegex anything() {
  AsPathRegex letter;
  letter.kind = Kind::any_letter;
  AsPathRegex regex = compound(Kind::repeat, {letter});
  return regex;
}

AsPathRegex anywhere(AsPathRegex letter) {
  return compound(Kind::sequence, {anything(), std::move(letter), anything()});
}
AsPathRegex at_front(AsPathRegex letter) { return compound(Kind::sequence, {std::move(letter), anything()}); }
// A letter that has one of these numbers, in a set or alone. (An empty range list of a set letter means any set.)
AsPathRegex letter_with(const AsnRanges& ranges) {
  if (ranges.empty()) return compound(Kind::nothing, {});
  return compound(Kind::alternative, {asn_in(ranges), set_with(ranges)});
}

AsnRanges without(const AsnRanges& ranges, const std::optional<Asn>& asn) {
  if (!asn) return ranges;
  AsnRanges kept = complement(ranges);
  kept.push_back({*asn, *asn});
  return complement(normalized(kept));
}

bool has_any(const PathLetter& letter, const AsnRanges& ranges) {
  return std::any_of(letter.asns.begin(), letter.asns.end(), [&](Asn asn) { return contains(ranges, asn); });
}

// Every ASN that a change writes by itself.
std::set<Asn> written_by(const std::vector<PathTransform>& transforms) {
  std::set<Asn> written;
  for (const PathTransform& transform : transforms) {
    visit_with(
        transform, [&](const PrependAsns& t) { written.insert(t.asns.begin(), t.asns.end()); },
        [](const PrependFirst&) {},
        [&](const RemovePrivate& t) {
          if (t.replacement) written.insert(*t.replacement);
        },
        [&](const ReplaceAsn& t) { written.insert(t.with); }, [](const RemoveAsns&) {}, [](const ReplacePath&) {});
  }
  return written;
}

// Refuses the combinations for which the argument above does not hold.
void check_scope(const std::vector<PathTransform>& transforms) {
  std::set<Asn> written = written_by(transforms);
  int changing = 0, removing = 0;
  bool prepends_first = false;
  if (std::any_of(transforms.begin(), transforms.end(), [](const auto& t) { return std::holds_alternative<RemoveAsns>(t); }))
    throw EncodingLimit("a comparison of AS paths after AS numbers were taken out");
  for (const PathTransform& transform : transforms) {
    prepends_first |= std::holds_alternative<PrependFirst>(transform);
    changing += std::holds_alternative<ReplaceAsn>(transform);
    if (const auto* removal = std::get_if<RemovePrivate>(&transform)) {
      ++changing;
      ++removing;
      for (Asn asn : written)
        if (contains(removable(*removal), asn))
          throw EncodingLimit(
              "a comparison of AS paths after removing a private AS number that the policy itself puts there");
    }
    if (const auto* replacing = std::get_if<ReplaceAsn>(&transform))
      for (Asn asn : written)
        if (asn != replacing->with && contains(normalized(replacing->which), asn))
          throw EncodingLimit(
              "a comparison of AS paths after replacing an AS number that the policy itself puts there");
  }
  if (changing > 1 && (prepends_first || changing != removing))
    throw EncodingLimit("a comparison of AS paths after several replacements of AS numbers");
}

}  // namespace

bool is_prepended(const PathWord& before, const PathWord& after, const NumberRange& times) {
  if (after.size() < before.size() || !times.contains(static_cast<uint32_t>(after.size() - before.size())))
    return false;
  size_t count = after.size() - before.size();
  if (!std::equal(before.begin(), before.end(), after.begin() + static_cast<ptrdiff_t>(count))) return false;
  return std::all_of(after.begin(), after.begin() + static_cast<ptrdiff_t>(count), [&](const PathLetter& letter) {
    return letter == after[0] && letter.kind == AsSegment::Kind::sequence;
  });
}

// The offered path is what stands in `asns` behind one ASN, so many times.
z3::expr PathTable::is_suffix(PathFormId offered, const std::vector<Asn>& asns, const NumberRange& times) {
  std::vector<z3::expr> ways;
  for (size_t count = 0; count <= asns.size() && (count == 0 || asns[count - 1] == asns[0]); ++count) {
    if (!times.contains(static_cast<uint32_t>(count))) continue;
    AsPathRegex rest = compound(Kind::sequence, {});
    for (size_t i = count; i < asns.size(); ++i) rest.of.push_back(asn_in({{asns[i], asns[i]}}));
    ways.push_back(matches(offered, rest));
  }
  return or_of(context_, ways);
}

z3::expr PathTable::formula(const PathForm& form, const NumberRange& times) {
  const std::vector<PathTransform>& transforms = form.transforms;
  PathFormId offered = form_of(0);
  const auto* constant = transforms.empty() ? nullptr : std::get_if<ReplacePath>(&transforms[0]);
  if (constant) return is_suffix(offered, constant->asns, times);
  check_scope(transforms);
  std::set<Asn> special = written_by(transforms);
  AsnRanges apart;  // what some change looks for
  for (const PathTransform& transform : transforms)
    for (const AsnRanges& tested : tested_by(transform)) apart.insert(apart.end(), tested.begin(), tested.end());
  for (Asn asn : special) apart.push_back({asn, asn});
  apart.push_back({0, 0});
  AsnRanges others = complement(normalized(apart));

  // The kinds of first letters: each with a letter of it and the expression of the paths that begin so.
  struct Beginning {
    std::vector<PathLetter> word;
    AsPathRegex regex;
  };
  auto asn = [](Asn number) { return PathLetter{AsSegment::Kind::sequence, {number}}; };
  Asn other = others.empty() ? 1 : others.front().low;
  AsPathRegex empty;
  std::vector<Beginning> beginnings = {{{}, empty},
                                       {{PathLetter{AsSegment::Kind::set, {other}}}, at_front(set_with({}))}};
  AsnRanges ordinary = {{0, UINT32_MAX}}, to_remove;
  for (const PathTransform& transform : transforms)
    if (const auto* removal = std::get_if<RemovePrivate>(&transform)) to_remove = removable(*removal);
  for (Asn number : special) {
    beginnings.push_back({{asn(number)}, at_front(asn_in({{number, number}}))});
    ordinary = without(ordinary, number);
    to_remove = without(to_remove, number);
  }
  // Two kinds of removable numbers never meet a copy of the first letter: check_scope.
  if (!to_remove.empty()) {
    beginnings.push_back({{asn(to_remove.front().low)}, at_front(asn_in(to_remove))});
    AsnRanges kept = complement(ordinary);
    kept.insert(kept.end(), to_remove.begin(), to_remove.end());
    ordinary = complement(normalized(kept));
  }
  beginnings.push_back({{asn(other)}, at_front(asn_in(ordinary))});

  std::vector<z3::expr> ways;
  for (const Beginning& beginning : beginnings) {
    std::vector<z3::expr> needs = {matches(offered, beginning.regex)};
    // A first letter that a change touches can't be left alone, so what would be in front of it is irrelevant.
    PathWord word = beginning.word;
    if (!word.empty()) word.push_back(asn(other));  // a public one: `if_all` leaves such a path alone
    PathWord now = word;
    for (const PathTransform& transform : transforms) {
      if (const auto* removal = std::get_if<RemovePrivate>(&transform)) {
        AsnRanges removed = removable(*removal);
        AsnRanges touched = without(removed, removal->nearest ? std::nullopt : removal->replacement);
        size_t in_front = now.size() - std::min(word.size(), now.size());
        bool stands_in_front = std::any_of(now.begin(), now.begin() + static_cast<ptrdiff_t>(in_front),
                                           [&](const PathLetter& letter) { return !has_any(letter, removed); });
        AsPathRegex kept_letter =
            compound(Kind::alternative, {asn_in(complement(removed)), set_with(complement(removed))});
        switch (removal->which) {
          case RemovePrivate::Which::all:
            needs.push_back(not_of(matches(offered, anywhere(letter_with(touched)))));
            break;
          case RemovePrivate::Which::leading:
            if (!stands_in_front && !word.empty()) needs.push_back(matches(offered, at_front(kept_letter)));
            break;
          case RemovePrivate::Which::if_all:
            if (!stands_in_front && !word.empty()) needs.push_back(matches(offered, anywhere(kept_letter)));
            break;
        }
      }
      if (const auto* replacing = std::get_if<ReplaceAsn>(&transform))
        needs.push_back(
            not_of(matches(offered, anywhere(letter_with(without(normalized(replacing->which), replacing->with))))));
      now = apply({transform}, now);
    }
    if (bgproof::is_prepended(word, now, times)) ways.push_back(and_of(context_, needs));
  }
  return or_of(context_, ways);
}

}  // namespace bgproof
