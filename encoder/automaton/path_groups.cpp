// PathLanguages::exclusive_groups, inclusions and split: what is known of many languages before any combination is
// asked for.
#include <algorithm>
#include <set>

#include "encoder/automaton/path_languages.h"

namespace bgproof {

std::vector<std::vector<PathLanguageId>> PathLanguages::exclusive_groups() {
  std::map<std::vector<uint32_t>, std::vector<PathLanguageId>> by_shape;
  for (PathLanguageId id = 0; id < size(); ++id) {
    // Two classes: the numbers singled out, and the rest, to which 0 belongs. Sets are all alike.
    const PathAlphabet& alphabet = automata_[id].alphabet();
    if (alphabet.asns().size() == 2 && alphabet.blocks().size() == 1) by_shape[automata_[id].shape()].push_back(id);
  }
  std::vector<std::vector<PathLanguageId>> groups;
  for (const auto& [shape, languages] : by_shape) {
    std::vector<PathLanguageId> group;
    std::set<NumberRange> taken;  // disjoint
    for (PathLanguageId id : languages) {
      const AsnRanges ranges = automata_[id].alphabet().asns().ranges_of(1);
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
    if (alphabet.asns().size() != 2 || alphabet.blocks().size() > 2) continue;
    AsnRanges numbers = alphabet.asns().ranges_of(1);
    if (alphabet.blocks().size() == 2 && alphabet.blocks().ranges_of(1) != numbers) continue;
    std::vector<uint32_t> shape = automata_[id].shape();
    shape.push_back(alphabet.blocks().size());
    shape.push_back(alphabet.tells_confed());
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
      if (common.size() < 2 || !conflict({common[0].first, true}, {common[0].second, false})) continue;
      pairs.insert(pairs.end(), common.begin(), common.end());
    }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

std::variant<std::vector<PathCombination>, AutomatonLimit> PathLanguages::split(
    const std::vector<PathLanguageId>& languages, size_t max_combinations) const {
  constexpr size_t kSteps = 20'000'000;
  std::vector<const PathAlphabet*> alphabets;
  for (PathLanguageId id : languages) alphabets.push_back(&automata_[id].alphabet());
  const std::optional<PathAlphabet> alphabet = PathAlphabet::join(alphabets);
  if (!alphabet) return AutomatonLimit{"too many kinds of members of AS_SETs in the split of AS paths"};
  std::vector<std::vector<uint32_t>> local(languages.size());
  for (uint32_t letter = 0; letter < alphabet->size(); ++letter) {
    const PathLetter representative = alphabet->representative(letter);
    for (size_t i = 0; i < languages.size(); ++i) local[i].push_back(alphabets[i]->index_of(representative));
  }

  using States = std::vector<PathDfa::State>;
  std::map<States, std::pair<uint32_t, uint32_t>> parents;  // node and letter
  std::vector<const States*> nodes;
  std::vector<std::pair<uint32_t, uint32_t>> ways;
  std::map<std::vector<PathLanguageId>, uint32_t> combinations;  // and the first node with it
  size_t steps = 0;
  const auto offer = [&](States states, uint32_t parent, uint32_t letter) {
    const auto [it, is_new] = parents.try_emplace(std::move(states), parent, letter);
    if (!is_new) return;
    std::vector<PathLanguageId> in;
    for (size_t i = 0; i < languages.size(); ++i) {
      if (automata_[languages[i]].accepts_at(it->first[i])) in.push_back(languages[i]);
    }
    std::sort(in.begin(), in.end());
    combinations.try_emplace(std::move(in), static_cast<uint32_t>(nodes.size()));
    nodes.push_back(&it->first);
    ways.push_back(it->second);
  };
  offer(States(languages.size(), PathDfa::start()), 0, 0);
  for (uint32_t at = 0; at < nodes.size(); ++at) {
    steps += languages.size() * alphabet->size();
    if (combinations.size() > max_combinations) {
      return AutomatonLimit{"more than " + std::to_string(max_combinations) + " classes of AS paths"};
    }
    if (steps > kSteps) return AutomatonLimit{"the steps allowed for the split of AS paths"};
    for (uint32_t letter = 0; letter < alphabet->size(); ++letter) {
      States next(languages.size());
      for (size_t i = 0; i < languages.size(); ++i) {
        next[i] = automata_[languages[i]].next((*nodes[at])[i], local[i][letter]);
      }
      offer(std::move(next), at, letter);
    }
  }
  std::vector<PathCombination> result;
  for (const auto& [in, node] : combinations) {
    PathWord word;
    for (uint32_t at = node; at != 0; at = ways[at].first) word.push_back(alphabet->representative(ways[at].second));
    std::reverse(word.begin(), word.end());
    result.push_back({in, path_of(word)});
  }
  return result;
}

}  // namespace bgproof
