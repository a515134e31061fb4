// Sets of 32-bit numbers (AS numbers, communities' fields) as ranges. A *normalized* list is sorted, and its ranges
// neither overlap nor touch, so that equal sets are equal lists.
#pragma once

#include <vector>

#include "policy/community.h"

namespace bgproof {

std::vector<NumberRange> normalized(std::vector<NumberRange> ranges);

// All numbers that are in no range; normalized whatever `ranges` is.
std::vector<NumberRange> complement(const std::vector<NumberRange>& ranges);

}  // namespace bgproof
