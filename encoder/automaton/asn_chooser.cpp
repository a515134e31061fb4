#include "encoder/automaton/asn_chooser.h"

#include <algorithm>

namespace bgproof {

AsnChooser::AsnChooser(const std::vector<Asn>& familiar, AsnRanges mentioned)
    : mentioned_(normalized(std::move(mentioned))) {
  std::vector<Asn> all = familiar;
  for (Asn asn = 64496; asn <= 64511; ++asn) all.push_back(asn);
  for (Asn asn = 65536; asn <= 65551; ++asn) all.push_back(asn);
  for (const bool is_mentioned : {false, true}) {
    for (Asn asn : all) {
      if (contains(mentioned_, asn) == is_mentioned) candidates_.push_back(asn);
    }
  }
}

Asn AsnChooser::choose(const AsnRanges& ranges, const std::vector<Asn>& used) const {
  const auto is_new = [&](Asn asn) { return std::find(used.begin(), used.end(), asn) == used.end(); };
  for (Asn asn : candidates_) {
    if (is_new(asn) && contains(ranges, asn)) return asn;
  }
  for (Asn asn : candidates_) {
    if (contains(ranges, asn)) return asn;
  }
  // The lowest but 0, which RFC 7607 keeps out of paths.
  for (const NumberRange& range : ranges) {
    for (uint64_t asn = std::max<Asn>(range.low, 1); asn <= range.high && asn < uint64_t{range.low} + 8; ++asn) {
      if (is_new(static_cast<Asn>(asn))) return static_cast<Asn>(asn);
    }
  }
  return ranges.back().high;
}

AsnRanges singled_out(const AsnPartition& partition) {
  constexpr uint64_t kNarrow = 4096;
  const auto& pieces = partition.pieces();
  const auto width = [&](size_t i) {
    return (i + 1 < pieces.size() ? uint64_t{pieces[i + 1].low} : uint64_t{1} << 32) - pieces[i].low;
  };
  uint64_t widest = 0;
  uint32_t usual = 0;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (width(i) > widest) widest = width(i), usual = pieces[i].class_index;
  }
  AsnRanges result;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].class_index == usual || width(i) > kNarrow) continue;
    result.push_back({pieces[i].low, static_cast<Asn>(pieces[i].low + width(i) - 1)});
  }
  return result;
}

}  // namespace bgproof
