// The paths that some changes only put one ASN in front of: { w | T(w) = x^k w }.
//
// What T writes and what it reads run side by side; what one of them has and the other does not yet is kept, and is
// bounded by what the changes put there. Letters of one class behave alike, but two of them need not be equal: a letter
// that was read before is therefore marked, and where it would have to be compared with a later one of its class, the
// way goes on as if they were equal. If such a way is ever accepted, the language is not regular: a limit.
#include <algorithm>
#include <map>
#include <utility>

#include "encoder/automaton/path_dfa.h"

namespace bgproof {
namespace {

using Key = std::vector<uint32_t>;

// Every ASN that a change writes by itself.
std::vector<Asn> written_by(const PathTransform& transform) {
  if (const auto* prepend = std::get_if<PrependAsns>(&transform)) return prepend->asns;
  if (const auto* replace = std::get_if<ReplacePath>(&transform)) return replace->asns;
  if (const auto* replace = std::get_if<ReplaceAsn>(&transform)) return {replace->with};
  const auto* removal = std::get_if<RemovePrivate>(&transform);
  if (removal != nullptr && removal->replacement) return {*removal->replacement};
  return {};
}

// By how much a path can become longer: at the begin, and at its first number.
uint32_t growth_at_begin(const PathTransform& transform) {
  if (const auto* prepend = std::get_if<PrependAsns>(&transform)) return static_cast<uint32_t>(prepend->asns.size());
  if (const auto* replace = std::get_if<ReplacePath>(&transform)) return static_cast<uint32_t>(replace->asns.size());
  return 0;
}

uint32_t growth_at_first(const PathTransform& transform) {
  const auto* prepend = std::get_if<PrependFirst>(&transform);
  return prepend != nullptr ? prepend->times : 0;
}

// Letters that stand for others too, and their marked twins: another number of the same class for each. ASNs alone and
// members of sets are told apart differently.
class Marks {
 public:
  explicit Marks(const PathAlphabet& alphabet)
      : alone_(twins_of(alphabet.asns)), in_sets_(twins_of(alphabet.members)) {}

  Asn marked(Asn asn) const { return alone_.marked(asn); }
  PathLetter marked(PathLetter letter) const {
    for (Asn& asn : letter.asns) asn = twins(letter).marked(asn);
    return tidy(std::move(letter));
  }

  enum class Comparison { equal, different, unsure };
  Comparison compare(const PathLetter& left, const PathLetter& right) const {
    if (left == right && !is_marked(left)) return Comparison::equal;
    return marked(left) == marked(right) ? Comparison::unsure : Comparison::different;
  }

 private:
  struct Twins {
    const AsnPartition* partition;
    std::vector<Asn> twin;  // by class; the lowest number if there is no other

    Asn marked(Asn asn) const { return twin[partition->class_of(asn)]; }
    bool is_marked(Asn asn) const { return asn != partition->lowest(partition->class_of(asn)); }
  };

  static Twins twins_of(const AsnPartition& partition) {
    Twins twins{&partition, {}};
    AsnSuccessors successors(partition);
    for (uint32_t i = 0; i < partition.size(); ++i) {
      const Asn lowest = partition.lowest(i);
      twins.twin.push_back(lowest == UINT32_MAX ? lowest : successors.next(i, lowest + 1).value_or(lowest));
    }
    return twins;
  }

  static PathLetter tidy(PathLetter letter) {
    std::sort(letter.asns.begin(), letter.asns.end());
    letter.asns.erase(std::unique(letter.asns.begin(), letter.asns.end()), letter.asns.end());
    return letter;
  }

  const Twins& twins(const PathLetter& letter) const { return letter.is_set() ? in_sets_ : alone_; }
  bool is_marked(const PathLetter& letter) const {
    return std::any_of(letter.asns.begin(), letter.asns.end(), [&](Asn asn) { return twins(letter).is_marked(asn); });
  }

  Twins alone_, in_sets_;
};

// How far reading and writing have come.
struct Progress {
  std::vector<TransformState> memory;
  uint32_t owed = 0;  // of the ASNs in front, not written yet
  std::optional<PathLetter> in_front;
  PathWord written, read_in;  // not compared yet; one of them is empty
  bool unsure = false;
  bool failed = false;

  bool is_done() const { return !failed && owed == 0 && written.empty() && read_in.empty(); }

  void write(const PathLetter& letter, const Marks& marks) {
    if (owed > 0) {
      --owed;
      if (in_front) return expect(*in_front, letter, marks);
      in_front = letter;
      failed = failed || letter.kind != AsSegment::Kind::sequence;
    } else if (read_in.empty()) {
      written.push_back(letter);
    } else {
      expect(read_in.front(), letter, marks);
      read_in.erase(read_in.begin());
    }
  }

  void read(const PathLetter& letter, const Marks& marks) {
    if (written.empty()) {
      read_in.push_back(letter);
      return;
    }
    expect(written.front(), letter, marks);
    written.erase(written.begin());
  }

  void mark(const Marks& marks) {
    for (TransformState& each : memory)
      if (each.last_public) each.last_public = marks.marked(*each.last_public);
    if (in_front) in_front = marks.marked(*in_front);
    for (PathWord* word : {&written, &read_in})
      for (PathLetter& letter : *word) letter = marks.marked(letter);
  }

  Key key() const {
    if (failed) return {};
    Key key = {owed, unsure ? 1u : 0u};
    for (const TransformState& each : memory)
      key.insert(key.end(), {each.has_begun ? 1u : 0u, each.last_public ? 1u : 0u, each.last_public.value_or(0)});
    const auto add = [&](const PathLetter& letter) {
      key.insert(key.end(), {static_cast<uint32_t>(letter.kind), static_cast<uint32_t>(letter.asns.size())});
      key.insert(key.end(), letter.asns.begin(), letter.asns.end());
    };
    key.push_back(in_front ? 1u : 0u);
    if (in_front) add(*in_front);
    for (const PathWord* word : {&written, &read_in}) {
      key.push_back(static_cast<uint32_t>(word->size()));
      for (const PathLetter& letter : *word) add(letter);
    }
    return key;
  }

 private:
  void expect(const PathLetter& wanted, const PathLetter& letter, const Marks& marks) {
    const Marks::Comparison comparison = marks.compare(wanted, letter);
    failed = failed || comparison == Marks::Comparison::different;
    unsure = unsure || comparison == Marks::Comparison::unsure;
  }
};

}  // namespace

PathDfa::Made PathDfa::prepended(const NumberRange& times, const std::vector<PathTransform>& transforms) {
  const auto removal_at = std::find_if(transforms.begin(), transforms.end(), [](const PathTransform& transform) {
    const auto* removal = std::get_if<RemovePrivate>(&transform);
    return removal != nullptr && removal->which == RemovePrivate::Which::if_all;
  });
  if (removal_at != transforms.end()) {
    const RemovePrivate removal = std::get<RemovePrivate>(*removal_at);
    const auto at = removal_at - transforms.begin();
    std::vector<PathTransform> without = transforms, with = transforms;
    without.erase(without.begin() + at);
    std::get<RemovePrivate>(with[static_cast<size_t>(at)]).which = RemovePrivate::Which::all;
    return if_all(removal, {transforms.begin(), removal_at}, prepended(times, without), prepended(times, with));
  }
  uint32_t most = 0;
  for (const PathTransform& transform : transforms) most += growth_at_begin(transform) + growth_at_first(transform);
  AsPathRegex nothing;
  nothing.kind = AsPathRegex::Kind::nothing;
  Made result = compile(nothing);
  for (uint32_t count = times.low; count <= std::min(times.high, most); ++count) {
    const Made exactly = prepended_exactly(count, transforms);
    if (std::holds_alternative<AutomatonLimit>(exactly)) return exactly;
    result = unite(std::get<PathDfa>(result), std::get<PathDfa>(exactly));
    if (std::holds_alternative<AutomatonLimit>(result)) return result;
  }
  return result;
}

PathDfa::Made PathDfa::prepended_exactly(uint32_t times, const std::vector<PathTransform>& transforms) {
  std::vector<AsnRanges> asn_sets, set_sets;
  uint32_t still_to_come = 0;
  for (const PathTransform& transform : transforms) {
    still_to_come += growth_at_first(transform);
    for (const AsnRanges& tested : tested_by(transform)) {
      asn_sets.push_back(tested);
      set_sets.push_back(tested);
    }
    const bool in_sets = growth_at_begin(transform) == 0;
    for (Asn asn : written_by(transform)) {
      asn_sets.push_back({{asn, asn}});
      if (in_sets) set_sets.push_back({{asn, asn}});
    }
  }
  const PathAlphabet alphabet{AsnPartition(asn_sets), AsnPartition(set_sets), true};

  const Marks marks(alphabet);
  std::map<Key, Progress> known;  // by key; a key that is not there has failed
  const auto note = [&](Progress& progress) {
    progress.mark(marks);
    progress.failed = progress.failed || progress.read_in.size() > still_to_come;
    Key key = progress.key();
    if (!progress.failed) known.try_emplace(key, progress);
    return key;
  };
  Progress start;
  start.owed = times;
  for (const PathLetter& letter : begin(transforms, start.memory)) start.write(letter, marks);
  bool is_unsure = false;
  const auto take = [&](const Key& key, const PathLetter& letter) {
    if (key.empty()) return key;
    Progress next = known.at(key);
    next.read(letter, marks);
    for (const PathLetter& out : bgproof::read(transforms, next.memory, letter)) next.write(out, marks);
    return note(next);
  };
  // Within a set: which classes it has members of, its kind, and the key before it, behind its length.
  const auto add_member = [](const Key& before, bool confed, Key classes, uint32_t c) {
    classes.push_back(c);
    std::sort(classes.begin(), classes.end());
    classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
    Key key = {confed ? 1u : 0u, static_cast<uint32_t>(before.size())};
    key.insert(key.end(), before.begin(), before.end());
    key.insert(key.end(), classes.begin(), classes.end());
    return key;
  };
  const auto before = [](const Key& key) { return Key(key.begin() + 2, key.begin() + 2 + key[1]); };
  const auto classes = [](const Key& key) { return Key(key.begin() + 2 + key[1], key.end()); };
  Made made = explore(
      alphabet, {note(start),
                 [&](const Key& key, uint32_t c, bool confed) {
                   return take(key, {confed ? AsSegment::Kind::confed_sequence : AsSegment::Kind::sequence,
                                     {alphabet.asns.lowest(c)}});
                 },
                 [&](const Key& key, uint32_t c, bool confed) { return add_member(key, confed, {}, c); },
                 [&](const Key& key, uint32_t c) { return add_member(before(key), key[0] != 0, classes(key), c); },
                 [&](const Key& key) {
                   PathLetter letter{key[0] != 0 ? AsSegment::Kind::confed_set : AsSegment::Kind::set, {}};
                   for (uint32_t c : classes(key)) letter.asns.push_back(alphabet.members.lowest(c));
                   return take(before(key), letter);
                 },
                 [&](const Key& key) {
                   if (key.empty() || !known.at(key).is_done()) return false;
                   is_unsure = is_unsure || known.at(key).unsure;
                   return true;
                 }});
  if (is_unsure) return AutomatonLimit{"a comparison of AS paths in which two unknown AS numbers must be equal"};
  return made;
}

}  // namespace bgproof
