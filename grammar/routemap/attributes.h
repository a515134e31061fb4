// Which attributes conditions read and actions write: to tell whether a later entry of a route map could see what an
// earlier one has set.
#pragma once

#include "policy/program.h"

namespace bgproof::routemap {

AttributeSet read_by(const Condition& condition);
AttributeSet written_by(const Body& body);
bool overlap(const AttributeSet& a, const AttributeSet& b);
void add(AttributeSet& to, const AttributeSet& more);

}  // namespace bgproof::routemap
