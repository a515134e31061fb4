// PathDfa::before: the paths that a change takes into a language.
//
// The machine of the change (path_transform.h) reads the path before, and the automaton what it writes. A set is
// changed member by member: some members are dropped, and one number may come in their place. As the automaton wants
// members in ascending order, it is run twice in parallel, with that number at its place and without, and the end of
// the set says which run counts: whether something was dropped.
#include <algorithm>
#include <optional>

#include "base/check.h"
#include "encoder/automaton/path_dfa.h"

namespace bgproof {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

AsPathRegex letter(AsPathRegex::Kind kind, AsnRanges ranges) {
  AsPathRegex regex;
  regex.kind = kind;
  regex.ranges = std::move(ranges);
  return regex;
}

// Some ASN of the path is in the ranges.
AsPathRegex somewhere(const AsnRanges& ranges) {
  AsPathRegex any;
  any.kind = AsPathRegex::Kind::repeat;
  any.of = {letter(AsPathRegex::Kind::any_letter, {})};
  AsPathRegex middle;
  middle.kind = AsPathRegex::Kind::alternative;
  middle.of = {letter(AsPathRegex::Kind::asns, ranges), letter(AsPathRegex::Kind::set_letter, ranges)};
  AsPathRegex regex;
  regex.kind = AsPathRegex::Kind::sequence;
  regex.of = {any, middle, any};
  return regex;
}

AsSegment::Kind sequence_kind(bool is_confed) {
  return is_confed ? AsSegment::Kind::confed_sequence : AsSegment::Kind::sequence;
}

// What a change does to a set.
struct SetChange {
  AsnRanges dropped;               // normalized; empty: nothing
  bool only_whole = false;         // only if all members are to be dropped
  std::optional<Asn> replacement;  // of what is dropped, else it is gone
};

SetChange set_change(const PathTransform& transform, const TransformState& memory) {
  if (const auto* replace = std::get_if<ReplaceAsn>(&transform))
    return {normalized(replace->which), false, replace->with};
  if (const auto* remove = std::get_if<RemoveAsns>(&transform)) return {normalized(remove->which), false, {}};
  const auto* removal = std::get_if<RemovePrivate>(&transform);
  if (removal == nullptr || memory.has_begun) return {};
  SetChange change{removable(*removal), removal->which == RemovePrivate::Which::leading, removal->replacement};
  if (removal->nearest && memory.last_public) change.replacement = memory.last_public;
  return change;
}

// A key between letters: the memory of the change and the state of the automaton.
struct Between {
  TransformState memory;
  PathDfa::State state;

  static Between of(const std::vector<uint32_t>& key) {
    Between result{{key[0] != 0, {}}, key[3]};
    if (key[1] != 0) result.memory.last_public = key[2];
    return result;
  }
  std::vector<uint32_t> key() const {
    return {memory.has_begun ? 1u : 0u, memory.last_public ? 1u : 0u, memory.last_public.value_or(0), state};
  }
};

// A key within a set: what was before it, and the two runs (kNone: no member yet).
struct Within {
  Between before;
  bool is_confed = false;
  PathDfa::SetState without = kNone, with = kNone;
  bool passed = false;   // the replacement is in `with`
  bool dropped = false;  // some member was
  bool kept = false;     // some member was not

  static Within of(const std::vector<uint32_t>& key) {
    return {Between::of(key), key[4] != 0, key[5], key[6], key[7] != 0, key[8] != 0, key[9] != 0};
  }
  std::vector<uint32_t> key() const {
    std::vector<uint32_t> result = before.key();
    result.insert(result.end(),
                  {is_confed ? 1u : 0u, without, with, passed ? 1u : 0u, dropped ? 1u : 0u, kept ? 1u : 0u});
    return result;
  }
};

}  // namespace

PathDfa::Made PathDfa::with_transforms(Made made, const std::vector<PathTransform>& transforms) {
  for (auto transform = transforms.rbegin(); transform != transforms.rend(); ++transform) {
    if (std::holds_alternative<AutomatonLimit>(made)) return made;
    made = std::get<PathDfa>(made).before(*transform);
  }
  return made;
}

// If the path has another ASN, nothing is removed, else everything that can be.
PathDfa::Made PathDfa::if_all(const RemovePrivate& removal, const std::vector<PathTransform>& before,
                              const Made& unchanged, const Made& changed) {
  const Made has_another = compile(somewhere(bgproof::complement(removable(removal))), before);
  for (const Made* made : {&has_another, &unchanged, &changed}) {
    if (std::holds_alternative<AutomatonLimit>(*made)) return *made;
  }
  return combine({&std::get<PathDfa>(has_another), &std::get<PathDfa>(unchanged), &std::get<PathDfa>(changed)},
                 [](const std::vector<bool>& answers) { return answers[0] ? answers[1] : answers[2]; });
}

// The order of the members of sets does not matter, nor how often one is read.
bool PathDfa::is_order_free() const {
  const uint32_t classes = alphabet_.members.size();
  const auto commute = [&](const auto& first) {
    for (uint32_t a = 0; a < classes; ++a) {
      if (more(first(a), a) != first(a)) return false;
      for (uint32_t b = 0; b < a; ++b) {
        if (more(first(a), b) != more(first(b), a)) return false;
      }
    }
    return true;
  };
  for (State state = 0; state < size(); ++state) {
    for (bool confed : {false, true}) {
      if (!commute([&](uint32_t c) { return open(state, c, confed); })) return false;
    }
  }
  for (SetState state = 0; state < set_states(); ++state) {
    if (!commute([&](uint32_t c) { return more(state, c); })) return false;
  }
  return true;
}

PathDfa::Made PathDfa::before(const PathTransform& transform) const {
  if (const auto* prepend = std::get_if<PrependAsns>(&transform)) {
    PathWord word;
    TransformState memory;
    begin(*prepend, memory, word);
    return left_quotient(word);
  }
  if (const auto* replace = std::get_if<ReplacePath>(&transform)) {
    AsPathRegex nothing;
    nothing.kind = AsPathRegex::Kind::nothing;
    const PathDfa none = std::get<PathDfa>(compile_plain(nothing));
    return accepts(path_of(replace->asns)) ? none.complement() : none;
  }
  const auto* removal = std::get_if<RemovePrivate>(&transform);
  if (removal != nullptr && removal->which == RemovePrivate::Which::if_all) {
    RemovePrivate all = *removal;
    all.which = RemovePrivate::Which::all;
    return if_all(*removal, {}, *this, before(all));
  }
  // Which number comes in the place of others is then known by its class alone.
  if (removal != nullptr && removal->nearest && !is_order_free()) {
    return AutomatonLimit{
        "private AS numbers replaced by their neighbors in sets of which an expression asks for the order"};
  }

  // Letters before the change: what the automaton tells apart of the numbers that stay, and what the change asks for.
  std::vector<AsnRanges> asked = tested_by(transform), asked_of_members = asked;
  if (const std::optional<Asn> instead = set_change(transform, {}).replacement) {
    asked_of_members.push_back({{*instead, *instead}});
    if (*instead > 0) asked_of_members.push_back({{0, *instead - 1}});
  }
  const AsnPartition asns(asked), members(asked_of_members);
  PathAlphabet alphabet;
  alphabet.tells_confed = alphabet_.tells_confed;
  std::optional<AsnPartition> joined_asns = AsnPartition::join({&alphabet_.asns, &asns}, nullptr);
  std::optional<AsnPartition> joined_members = AsnPartition::join({&alphabet_.members, &members}, nullptr);
  if (!joined_asns || !joined_members)
    return AutomatonLimit{"too many kinds of AS numbers before a change of the path"};
  alphabet.asns = *std::move(joined_asns);
  alphabet.members = *std::move(joined_members);

  const auto next_key = [&](const Key& key, uint32_t c, bool confed) {
    Between at = Between::of(key);
    PathWord out;
    read(transform, at.memory, {sequence_kind(confed), {alphabet.asns.lowest(c)}}, out);
    for (const PathLetter& each : out) at.state = next(at.state, each);
    return at.key();
  };
  // One more member of a run, which may be the first of its set.
  const auto add = [&](const Within& at, SetState& run, Asn member) {
    const uint32_t member_class = alphabet_.members.class_of(member);
    run = run == kNone ? open(at.before.state, member_class, at.is_confed) : more(run, member_class);
  };
  const auto add_member = [&](Within at, Asn member) {
    const SetChange change = set_change(transform, at.before.memory);
    const bool is_dropped = contains(change.dropped, member);
    at.kept = at.kept || !is_dropped;
    if (change.only_whole) {
      add(at, at.without, member);
      return at.key();
    }
    bool is_in_place = false;
    if (change.replacement && !at.passed && member >= *change.replacement) {
      at.with = at.without;
      add(at, at.with, *change.replacement);
      at.passed = true;
      is_in_place = member == *change.replacement;
    }
    if (is_dropped) {
      at.dropped = true;
      return at.key();
    }
    add(at, at.without, member);
    if (at.passed && !is_in_place) add(at, at.with, member);
    return at.key();
  };
  const auto close_key = [&](const Key& key) {
    Within at = Within::of(key);
    Between after = at.before;
    const SetChange change = set_change(transform, at.before.memory);
    const bool is_replaced = change.replacement && (change.only_whole ? !at.kept : at.dropped);
    if (is_replaced && !at.passed) {
      at.with = change.only_whole ? kNone : at.without;
      add(at, at.with, *change.replacement);
    }
    if (is_replaced) {
      after.state = close(at.with);
    } else if (at.kept) {  // else nothing is left of the set
      after.state = close(at.without);
    }
    if (std::holds_alternative<PrependFirst>(transform) || (change.only_whole && at.kept))
      after.memory.has_begun = true;
    return after.key();
  };
  return explore(alphabet,
                 {Between{{}, start()}.key(), next_key,
                  [&](const Key& key, uint32_t c, bool confed) {
                    return add_member({Between::of(key), confed}, alphabet.members.lowest(c));
                  },
                  [&](const Key& key, uint32_t c) { return add_member(Within::of(key), alphabet.members.lowest(c)); },
                  close_key, [&](const Key& key) { return accepts_at(Between::of(key).state); }});
}

}  // namespace bgproof
