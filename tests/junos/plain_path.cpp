#include "tests/junos/plain_path.h"

#include <algorithm>

namespace bgproof::junos::plain {

std::vector<Letter> letters_of(const AsPath& path) {
  std::vector<Letter> letters;
  for (const AsSegment& segment : path.segments) {
    bool set = segment.kind == AsSegment::Kind::set || segment.kind == AsSegment::Kind::confed_set;
    if (set) letters.push_back({segment.asns, true});
    for (Asn asn : segment.asns)
      if (!set) letters.push_back({{asn}, false});
  }
  return letters;
}

bool any_in(const std::vector<Asn>& asns, const std::vector<NumberRange>& ranges) {
  return std::any_of(asns.begin(), asns.end(), [&](Asn asn) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const NumberRange& range) { return range.contains(asn); });
  });
}

std::set<size_t> ends(const Path& path, const std::vector<Letter>& letters, size_t at, bool members) {
  std::set<size_t> result;
  switch (path.is) {
    case Path::Is::numbers:
      if (at < letters.size() && (!letters[at].set || members) && any_in(letters[at].asns, path.numbers))
        result.insert(at + 1);
      break;
    case Path::Is::any:
      if (at < letters.size()) result.insert(at + 1);
      break;
    case Path::Is::sequence:
      result.insert(at);
      for (const Path& each : path.of) {
        std::set<size_t> next;
        for (size_t from : result) next.merge(ends(each, letters, from, members));
        result = std::move(next);
      }
      break;
    case Path::Is::either:
      for (const Path& each : path.of) result.merge(ends(each, letters, at, members));
      break;
    case Path::Is::repeat: {
      std::set<size_t> now = {at};
      for (uint32_t round = 0; round <= path.high.value_or(path.low + static_cast<uint32_t>(letters.size())); ++round) {
        if (round >= path.low) result.insert(now.begin(), now.end());
        std::set<size_t> next;
        for (size_t from : now) next.merge(ends(path.of[0], letters, from, members));
        now = std::move(next);
      }
      break;
    }
  }
  return result;
}

void remove_private(AsPath& path, bool all) {
  for (AsSegment& segment : path.segments) {
    bool set = segment.kind == AsSegment::Kind::set || segment.kind == AsSegment::Kind::confed_set;
    auto goes = [](Asn asn) { return asn == 65010; };
    bool whole = std::all_of(segment.asns.begin(), segment.asns.end(), goes);
    auto first = std::find_if_not(segment.asns.begin(), segment.asns.end(), goes);
    if (all || whole)
      std::erase_if(segment.asns, goes);
    else if (!set)
      segment.asns.erase(segment.asns.begin(), first);
    if (!all && !whole) break;
  }
  normalize(path);
}

}  // namespace bgproof::junos::plain
