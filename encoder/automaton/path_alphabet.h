// The finitely many letters that one automaton can tell apart.
//
// ASN letters fall into the classes of one partition. A set letter is known by which blocks of a second partition it
// has members in: its mask. Masks that no label and no change to the path can tell apart share a letter. Where
// confederation segments are told apart (path length alone does), the letters exist twice.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "encoder/automaton/asn_partition.h"
#include "encoder/automaton/path_letter.h"

namespace bgproof {

class PathAlphabet {
 public:
  static constexpr uint32_t kMaxBlocks = 10;

  PathAlphabet();  // one ASN class, one set letter

  // `asn_sets`: what ASN letters are tested for; `set_sets`: what sets are tested for having a member in. With
  // `exact_sets` every mask is a letter, else those are one letter that have members in the same `set_sets`. nullopt:
  // more than kMaxBlocks blocks.
  static std::optional<PathAlphabet> make(const std::vector<AsnRanges>& asn_sets,
                                          const std::vector<AsnRanges>& set_sets, bool exact_sets, bool tells_confed);
  // Tells apart whatever one of the two does.
  static std::optional<PathAlphabet> join(const std::vector<const PathAlphabet*>& of);

  uint32_t size() const { return plain_size() * (tells_confed_ ? 2 : 1); }
  uint32_t plain_size() const { return asns_.size() + static_cast<uint32_t>(set_masks_.size()); }
  uint32_t index_of(const PathLetter& letter) const;
  PathLetter representative(uint32_t index) const;

  const AsnPartition& asns() const { return asns_; }
  const AsnPartition& blocks() const { return blocks_; }
  bool tells_confed() const { return tells_confed_; }
  // Letter of an ASN of a sequence, by class.
  uint32_t asn_letter(uint32_t class_index, bool is_confed) const {
    return class_index + (tells_confed_ && is_confed ? plain_size() : 0);
  }
  uint32_t set_letter(uint32_t mask, bool is_confed) const {
    return asns_.size() + letter_of_mask_[mask] + (tells_confed_ && is_confed ? plain_size() : 0);
  }
  uint32_t mask_of(const PathLetter& set) const;

  // Letters that lead to the same states from everywhere become one. `columns`: an id for each letter, equal for equal
  // behaviour. Gives the new alphabet and writes, for each new letter, one old letter that it stands for.
  // Equal languages come to equal alphabets.
  PathAlphabet reduced(const std::vector<uint32_t>& columns, std::vector<uint32_t>& kept) const;

  bool operator==(const PathAlphabet&) const = default;

 private:
  void merge_blocks();

  AsnPartition asns_;
  AsnPartition blocks_;
  std::vector<uint32_t> letter_of_mask_;  // by mask; [0] is unused
  std::vector<uint32_t> set_masks_;       // by set letter: one mask of it
  bool tells_confed_ = false;
};

}  // namespace bgproof
