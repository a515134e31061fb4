// PathLanguages::exclusive_groups: what is known of many languages before any combination is asked for.
#include <algorithm>
#include <set>

#include "encoder/automaton/path_languages.h"

namespace bgproof {

std::vector<std::vector<PathLanguageId>> PathLanguages::exclusive_groups() {
  std::map<std::vector<uint32_t>, std::vector<PathLanguageId>> by_shape;
  for (PathLanguageId id = 0; id < size(); ++id) {
    // Two classes: the numbers singled out, and the rest, to which 0 belongs. Sets are all alike.
    const PathAlphabet& alphabet = automata_[id].alphabet();
    const bool is_plain = alphabet.asns.size() == 2 && alphabet.asns.diagram() == nullptr;
    if (is_plain && alphabet.members.size() == 1) by_shape[automata_[id].shape()].push_back(id);
  }
  std::vector<std::vector<PathLanguageId>> groups;
  for (const auto& [shape, languages] : by_shape) {
    std::vector<PathLanguageId> group;
    std::set<NumberRange> taken;  // disjoint
    for (PathLanguageId id : languages) {
      const AsnRanges ranges = automata_[id].alphabet().asns.ranges_of(1);
      const bool overlaps = std::any_of(ranges.begin(), ranges.end(), [&](const NumberRange& range) {
        const auto behind = taken.upper_bound({range.high, UINT32_MAX});
        return behind != taken.begin() && std::prev(behind)->high >= range.low;
      });
      if (overlaps) continue;
      taken.insert(ranges.begin(), ranges.end());
      group.push_back(id);
    }
    // 0 is in nobody's numbers, so any two leave a rest: all pairs have the same product.
    if (group.size() >= 2 && conflict({group[0], true}, {group[1], true})) groups.push_back(std::move(group));
  }
  std::sort(groups.begin(), groups.end());
  return groups;
}

}  // namespace bgproof
