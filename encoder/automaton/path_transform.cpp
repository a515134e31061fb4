#include "encoder/automaton/path_transform.h"

#include <algorithm>

#include "base/check.h"

namespace bgproof {
namespace {

template <typename... Cases>
struct Overload : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overload(Cases...) -> Overload<Cases...>;

void tidy(std::vector<Asn>& asns) {
  std::sort(asns.begin(), asns.end());
  asns.erase(std::unique(asns.begin(), asns.end()), asns.end());
}

bool is_any(const AsnRanges& ranges, Asn asn) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const NumberRange& range) { return range.contains(asn); });
}

bool is_removable(const RemovePrivate& removal, Asn asn) { return is_private(asn) && asn != removal.spare; }

bool is_all_removable(const RemovePrivate& removal, const PathLetter& letter) {
  return std::all_of(letter.asns.begin(), letter.asns.end(), [&](Asn asn) { return is_removable(removal, asn); });
}

void remove(const RemovePrivate& removal, TransformState& state, const PathLetter& letter, PathWord& out) {
  if (state.has_begun) {
    out.push_back(letter);
    return;
  }
  if (removal.which == RemovePrivate::Which::leading && !is_all_removable(removal, letter)) {
    state.has_begun = true;
    out.push_back(letter);
    return;
  }
  PathLetter kept{letter.kind, {}};
  const std::optional<Asn> instead = removal.nearest && state.last_public ? state.last_public : removal.replacement;
  for (Asn asn : letter.asns) {
    if (!is_removable(removal, asn)) {
      kept.asns.push_back(asn);
      if (!letter.is_set() && removal.nearest) state.last_public = asn;
    } else if (instead) {
      kept.asns.push_back(*instead);
    }
  }
  tidy(kept.asns);
  if (!kept.asns.empty()) out.push_back(std::move(kept));
}

}  // namespace

AsnRanges removable(const RemovePrivate& removal) {
  AsnRanges ranges = private_asns();
  if (!removal.spare) return ranges;
  AsnRanges others = complement(ranges);
  others.push_back({*removal.spare, *removal.spare});
  return complement(normalized(std::move(others)));
}

std::vector<AsnRanges> tested_by(const PathTransform& transform) {
  return std::visit(Overload{
                        [](const PrependAsns&) { return std::vector<AsnRanges>(); },
                        [](const PrependFirst&) { return std::vector<AsnRanges>(); },
                        [](const RemovePrivate& removal) { return std::vector<AsnRanges>{removable(removal)}; },
                        [](const ReplaceAsn& replace) { return std::vector<AsnRanges>{normalized(replace.which)}; },
                        [](const RemoveAsns& remove) { return std::vector<AsnRanges>{normalized(remove.which)}; },
                        [](const ReplacePath&) { return std::vector<AsnRanges>(); },
                    },
                    transform);
}

void begin(const PathTransform& transform, TransformState& state, PathWord& out) {
  state = {};
  const auto write = [&](const std::vector<Asn>& asns) {
    for (Asn asn : asns) out.push_back({AsSegment::Kind::sequence, {asn}});
  };
  if (const auto* prepend = std::get_if<PrependAsns>(&transform)) write(prepend->asns);
  if (const auto* replace = std::get_if<ReplacePath>(&transform)) write(replace->asns);
}

void read(const PathTransform& transform, TransformState& state, const PathLetter& letter, PathWord& out) {
  std::visit(Overload{
                 [&](const PrependAsns&) { out.push_back(letter); },
                 [&](const PrependFirst& first) {
                   if (!state.has_begun && !letter.is_set()) {
                     out.insert(out.end(), first.times, {AsSegment::Kind::sequence, letter.asns});
                   }
                   state.has_begun = true;
                   out.push_back(letter);
                 },
                 [&](const RemovePrivate& removal) {
                   BGPROOF_CHECK(removal.which != RemovePrivate::Which::if_all, "if_all reads the whole path first");
                   remove(removal, state, letter, out);
                 },
                 [&](const ReplaceAsn& replace) {
                   PathLetter changed = letter;
                   for (Asn& asn : changed.asns) {
                     if (is_any(replace.which, asn)) asn = replace.with;
                   }
                   tidy(changed.asns);
                   out.push_back(std::move(changed));
                 },
                 [&](const RemoveAsns& remove) {
                   PathLetter kept = letter;
                   std::erase_if(kept.asns, [&](Asn asn) { return is_any(remove.which, asn); });
                   if (!kept.asns.empty()) out.push_back(std::move(kept));
                 },
                 [](const ReplacePath&) {},
             },
             transform);
}

namespace {

// What comes to the changes from `from` on.
PathWord feed(const std::vector<PathTransform>& transforms, std::vector<TransformState>& states, size_t from,
              PathWord word) {
  for (size_t i = from; i < transforms.size(); ++i) {
    PathWord out;
    for (const PathLetter& letter : word) read(transforms[i], states[i], letter, out);
    word = std::move(out);
  }
  return word;
}

}  // namespace

PathWord begin(const std::vector<PathTransform>& transforms, std::vector<TransformState>& states) {
  states.resize(transforms.size());
  // What the last change writes stands in front of what those before it write.
  PathWord word;
  for (size_t i = transforms.size(); i-- > 0;) {
    PathWord out;
    begin(transforms[i], states[i], out);
    out = feed(transforms, states, i + 1, std::move(out));
    word.insert(word.end(), out.begin(), out.end());
  }
  return word;
}

PathWord read(const std::vector<PathTransform>& transforms, std::vector<TransformState>& states,
              const PathLetter& letter) {
  return feed(transforms, states, 0, {letter});
}

PathWord apply(const std::vector<PathTransform>& transforms, PathWord word) {
  for (PathTransform transform : transforms) {
    if (auto* removal = std::get_if<RemovePrivate>(&transform);
        removal != nullptr && removal->which == RemovePrivate::Which::if_all) {
      const bool has_another = std::any_of(
          word.begin(), word.end(), [&](const PathLetter& letter) { return !is_all_removable(*removal, letter); });
      if (has_another) continue;
      removal->which = RemovePrivate::Which::all;
    }
    TransformState state;
    PathWord out;
    begin(transform, state, out);
    for (const PathLetter& letter : word) read(transform, state, letter, out);
    word = std::move(out);
  }
  return word;
}

}  // namespace bgproof
