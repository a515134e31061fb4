#include "encoder/automaton/path_alphabet.h"

#include <map>

namespace bgproof {
namespace {

// Letters by key, masks in ascending order.
void number_masks(const std::vector<uint64_t>& key_of_mask, std::vector<uint32_t>& letter_of_mask,
                  std::vector<uint32_t>& set_masks) {
  std::map<uint64_t, uint32_t> ids;
  letter_of_mask.assign(key_of_mask.size(), 0);
  set_masks.clear();
  for (uint32_t mask = 1; mask < key_of_mask.size(); ++mask) {
    const auto [it, is_new] = ids.try_emplace(key_of_mask[mask], static_cast<uint32_t>(set_masks.size()));
    if (is_new) set_masks.push_back(mask);
    letter_of_mask[mask] = it->second;
  }
}

}  // namespace

PathAlphabet::PathAlphabet() : letter_of_mask_{0, 0}, set_masks_{1} {}

std::optional<PathAlphabet> PathAlphabet::make(const std::vector<AsnRanges>& asn_sets,
                                               const std::vector<AsnRanges>& set_sets, bool exact_sets,
                                               bool tells_confed) {
  PathAlphabet result;
  result.asns_ = AsnPartition(asn_sets);
  result.blocks_ = AsnPartition(set_sets);
  result.tells_confed_ = tells_confed;
  const uint32_t blocks = result.blocks_.size();
  if (blocks > kMaxBlocks || (!exact_sets && set_sets.size() > 64)) return std::nullopt;
  std::vector<uint64_t> key_of_block(blocks, 0);
  for (uint32_t block = 0; block < blocks; ++block) {
    if (exact_sets) {
      key_of_block[block] = uint64_t{1} << block;
      continue;
    }
    for (size_t set = 0; set < set_sets.size(); ++set) {
      if (contains(normalized(set_sets[set]), result.blocks_.lowest(block))) key_of_block[block] |= uint64_t{1} << set;
    }
  }
  std::vector<uint64_t> keys(size_t{1} << blocks, 0);
  for (uint32_t mask = 1; mask < keys.size(); ++mask) {
    for (uint32_t block = 0; block < blocks; ++block) {
      if ((mask >> block & 1) != 0) keys[mask] |= key_of_block[block];
    }
  }
  number_masks(keys, result.letter_of_mask_, result.set_masks_);
  return result;
}

std::optional<PathAlphabet> PathAlphabet::join(const std::vector<const PathAlphabet*>& of) {
  PathAlphabet result;
  std::vector<const AsnPartition*> asns, blocks;
  for (const PathAlphabet* alphabet : of) {
    asns.push_back(&alphabet->asns_);
    blocks.push_back(&alphabet->blocks_);
    result.tells_confed_ = result.tells_confed_ || alphabet->tells_confed_;
  }
  std::vector<std::vector<uint32_t>> tuples;
  result.asns_ = AsnPartition::join(asns, nullptr);
  result.blocks_ = AsnPartition::join(blocks, &tuples);
  if (tuples.size() > kMaxBlocks) return std::nullopt;
  std::map<std::vector<uint32_t>, uint64_t> ids;
  std::vector<uint64_t> keys(size_t{1} << tuples.size(), 0);
  for (uint32_t mask = 1; mask < keys.size(); ++mask) {
    std::vector<uint32_t> key;
    for (size_t i = 0; i < of.size(); ++i) {
      uint32_t local = 0;
      for (size_t block = 0; block < tuples.size(); ++block) {
        if ((mask >> block & 1) != 0) local |= uint32_t{1} << tuples[block][i];
      }
      key.push_back(of[i]->letter_of_mask_[local]);
    }
    keys[mask] = ids.try_emplace(std::move(key), ids.size()).first->second;
  }
  number_masks(keys, result.letter_of_mask_, result.set_masks_);
  return result;
}

uint32_t PathAlphabet::mask_of(const PathLetter& set) const {
  uint32_t mask = 0;
  for (Asn asn : set.asns) mask |= uint32_t{1} << blocks_.class_of(asn);
  return mask;
}

uint32_t PathAlphabet::index_of(const PathLetter& letter) const {
  if (letter.is_set()) return set_letter(mask_of(letter), letter.is_confed());
  return asn_letter(asns_.class_of(letter.asns.front()), letter.is_confed());
}

PathLetter PathAlphabet::representative(uint32_t index) const {
  const bool is_confed = index >= plain_size();
  if (is_confed) index -= plain_size();
  if (index < asns_.size()) {
    return {is_confed ? AsSegment::Kind::confed_sequence : AsSegment::Kind::sequence, {asns_.lowest(index)}};
  }
  PathLetter set{is_confed ? AsSegment::Kind::confed_set : AsSegment::Kind::set, {}};
  const uint32_t mask = set_masks_[index - asns_.size()];
  for (uint32_t block = 0; block < blocks_.size(); ++block) {
    if ((mask >> block & 1) != 0) set.asns.push_back(blocks_.lowest(block));
  }
  return set;
}

// Two blocks are one if it never matters which of them a set has members in, nor whether in both.
void PathAlphabet::merge_blocks() {
  const uint32_t count = blocks_.size();
  const auto are_one = [&](uint32_t left, uint32_t right) {
    const uint32_t one = uint32_t{1} << left, other = uint32_t{1} << right;
    for (uint32_t mask = 0; mask < letter_of_mask_.size(); ++mask) {
      if ((mask & (one | other)) != 0) continue;
      if (letter_of_mask_[mask | one] != letter_of_mask_[mask | other] ||
          letter_of_mask_[mask | one] != letter_of_mask_[mask | one | other]) {
        return false;
      }
    }
    return true;
  };
  std::vector<uint32_t> to(count);
  for (uint32_t block = 0; block < count; ++block) {
    to[block] = block;
    for (uint32_t earlier = 0; earlier < block && to[block] == block; ++earlier) {
      if (to[earlier] == earlier && are_one(earlier, block)) to[block] = earlier;
    }
  }
  const AsnPartition merged = blocks_.merged(to);
  if (merged.size() == count) return;
  std::vector<uint64_t> keys(size_t{1} << merged.size(), 0);
  for (uint32_t mask = 1; mask < keys.size(); ++mask) {
    uint32_t old_mask = 0;
    for (uint32_t block = 0; block < count; ++block) {
      if ((mask >> to[block] & 1) != 0) old_mask |= uint32_t{1} << block;
    }
    keys[mask] = letter_of_mask_[old_mask];
  }
  blocks_ = merged;
  number_masks(keys, letter_of_mask_, set_masks_);
}

PathAlphabet PathAlphabet::reduced(const std::vector<uint32_t>& columns, std::vector<uint32_t>& kept) const {
  PathAlphabet result;
  const uint32_t asn_count = asns_.size();
  const auto set_count = static_cast<uint32_t>(set_masks_.size());
  bool same_kinds = true;
  for (uint32_t i = 0; tells_confed_ && i < plain_size(); ++i) {
    same_kinds = same_kinds && columns[i] == columns[i + plain_size()];
  }
  result.tells_confed_ = tells_confed_ && !same_kinds;
  const auto column_pair = [&](uint32_t index) {
    return uint64_t{columns[index]} << 32 | (result.tells_confed_ ? columns[index + plain_size()] : 0);
  };

  std::map<uint64_t, uint32_t> ids;
  std::vector<uint32_t> to(asn_count);
  for (uint32_t i = 0; i < asn_count; ++i) {
    to[i] = ids.try_emplace(column_pair(i), static_cast<uint32_t>(ids.size())).first->second;
  }
  result.asns_ = asns_.merged(to);

  bool same_sets = true;
  for (uint32_t i = 1; i < set_count; ++i) {
    same_sets = same_sets && column_pair(asn_count + i) == column_pair(asn_count);
  }
  if (!same_sets) {
    result.blocks_ = blocks_;
    std::vector<uint64_t> keys(letter_of_mask_.size(), 0);
    for (uint32_t mask = 1; mask < keys.size(); ++mask) keys[mask] = column_pair(asn_count + letter_of_mask_[mask]);
    number_masks(keys, result.letter_of_mask_, result.set_masks_);
    result.merge_blocks();
  }
  kept.clear();
  for (uint32_t i = 0; i < result.size(); ++i) kept.push_back(index_of(result.representative(i)));
  return result;
}

}  // namespace bgproof
