// PathLanguages::exclusive_groups and inclusions: what is known of many languages before any combination is asked for.
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

std::vector<std::pair<PathLanguageId, PathLanguageId>> PathLanguages::inclusions() {
  constexpr size_t kMostGroups = 64;
  using Group = std::map<AsnRanges, PathLanguageId>;  // by the numbers singled out
  std::map<std::vector<uint32_t>, Group> groups;
  for (PathLanguageId id = 0; id < size(); ++id) {
    // Two classes: the numbers singled out, and the rest, to which 0 belongs; of members of sets the same, or all
    // alike.
    const PathAlphabet& alphabet = automata_[id].alphabet();
    if (alphabet.asns.size() != 2 || alphabet.asns.diagram() || alphabet.members.size() > 2) continue;
    AsnRanges numbers = alphabet.asns.ranges_of(1);
    if (alphabet.members.size() == 2 && (alphabet.members.diagram() || alphabet.members.ranges_of(1) != numbers))
      continue;
    std::vector<uint32_t> shape = automata_[id].shape();
    shape.push_back(alphabet.members.size());
    shape.push_back(alphabet.tells_confed);
    groups[shape].emplace(std::move(numbers), id);
  }
  std::vector<std::pair<PathLanguageId, PathLanguageId>> pairs;
  if (groups.size() > kMostGroups) return pairs;
  for (const auto& [small_shape, small] : groups)
    for (const auto& [large_shape, large] : groups) {
      if (&small == &large) continue;
      std::vector<std::pair<PathLanguageId, PathLanguageId>> common;
      for (const auto& [numbers, id] : small)
        if (auto same = large.find(numbers); same != large.end()) common.emplace_back(id, same->second);
      if (common.size() < 2) continue;
      auto included = [&](const auto& pair) { return conflict({pair.first, true}, {pair.second, false}); };
      if (!included(common[0])) continue;
      // Members of sets are read in the order of the numbers, which an exchange of numbers changes: each pair is
      // proved.
      auto tells_members = [&](PathLanguageId id) { return automata_[id].alphabet().members.size() > 1; };
      if (tells_members(common[0].first) || tells_members(common[0].second))
        std::erase_if(common, [&](const auto& pair) { return !included(pair); });
      pairs.insert(pairs.end(), common.begin(), common.end());
    }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace bgproof
