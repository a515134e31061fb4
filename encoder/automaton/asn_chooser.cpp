#include "encoder/automaton/asn_chooser.h"

#include <algorithm>

#include "base/check.h"

namespace bgproof {
namespace {

constexpr NumberRange kDocumentation[] = {{64496, 64511}, {65536, 65551}};

}  // namespace

AsnChooser::AsnChooser(const std::vector<Asn>& familiar, AsnRanges mentioned)
    : mentioned_(normalized(std::move(mentioned))) {
  std::vector<Asn> all = familiar;
  for (const NumberRange& range : kDocumentation) {
    for (Asn asn = range.low; asn <= range.high; ++asn) all.push_back(asn);
  }
  for (const bool is_mentioned : {false, true}) {
    for (Asn asn : all) {
      if (contains(mentioned_, asn) == is_mentioned) candidates_.push_back(asn);
    }
  }
}

Asn AsnChooser::choose(const AsnPartition& partition, AsnSuccessors& successors, uint32_t class_index,
                       const std::vector<Asn>& used, NumberRange within) const {
  const auto is_new = [&](Asn asn) { return std::find(used.begin(), used.end(), asn) == used.end(); };
  const auto fits = [&](Asn asn) { return within.contains(asn) && partition.class_of(asn) == class_index; };
  for (const bool may_be_used : {false, true}) {
    for (Asn asn : candidates_) {
      if ((may_be_used || is_new(asn)) && fits(asn)) return asn;
    }
  }
  // The lowest but 0, which RFC 7607 keeps out of paths.
  constexpr int kTries = 8;
  std::optional<Asn> asn = successors.next(class_index, std::max<Asn>(within.low, 1));
  for (int i = 0; i < kTries && asn && *asn <= within.high; ++i) {
    if (is_new(*asn)) return *asn;
    if (*asn == UINT32_MAX) break;
    asn = successors.next(class_index, *asn + 1);
  }
  const std::optional<Asn> last = successors.previous(class_index, within.high);
  BGPROOF_CHECK(last && *last >= within.low, "a class without a number where there has to be one");
  return *last;
}

AsnRanges singled_out(const AsnPartition& partition) {
  constexpr uint64_t kNarrow = 4096;
  AsnRanges result;
  if (partition.diagram() != nullptr) {
    const std::vector<uint64_t> counts = partition.counts();
    const auto usual = static_cast<uint32_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
    for (const NumberRange& range : kDocumentation) {
      for (Asn asn = range.low; asn <= range.high; ++asn) {
        if (partition.class_of(asn) != usual) result.push_back({asn, asn});
      }
    }
    return result;
  }
  const auto& pieces = partition.pieces();
  const auto width = [&](size_t i) {
    return (i + 1 < pieces.size() ? uint64_t{pieces[i + 1].low} : uint64_t{1} << 32) - pieces[i].low;
  };
  uint64_t widest = 0;
  uint32_t usual = 0;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (width(i) > widest) widest = width(i), usual = pieces[i].class_index;
  }
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].class_index == usual || width(i) > kNarrow) continue;
    result.push_back({pieces[i].low, static_cast<Asn>(pieces[i].low + width(i) - 1)});
  }
  return result;
}

}  // namespace bgproof
