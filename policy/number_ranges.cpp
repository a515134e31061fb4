#include "policy/number_ranges.h"

#include <algorithm>
#include <cstdint>

namespace bgproof {

std::vector<NumberRange> normalized(std::vector<NumberRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<NumberRange> result;
  for (const NumberRange& range : ranges) {
    if (!result.empty() && (result.back().high == UINT32_MAX || range.low <= result.back().high + 1)) {
      result.back().high = std::max(result.back().high, range.high);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

std::vector<NumberRange> complement(const std::vector<NumberRange>& ranges) {
  std::vector<NumberRange> result;
  uint64_t next = 0;
  for (const NumberRange& range : normalized(ranges)) {
    if (range.low > next) result.push_back({static_cast<uint32_t>(next), range.low - 1});
    next = uint64_t{range.high} + 1;
  }
  if (next <= UINT32_MAX) result.push_back({static_cast<uint32_t>(next), UINT32_MAX});
  return result;
}

}  // namespace bgproof
