// Chains of policies and policy expressions: `import [ A B ( C && !D ) ]` and `from policy` (J7, J8 of the design).
//
// An expression becomes a policy of the library whose result is the expression's: TRUE is accept or next policy, FALSE
// is reject; `&&` and `||` stop as soon as they know, and keep the action of the policy that decided; `!` turns TRUE
// into reject and FALSE into accept. What the policies did to the route stays. `!` binds tighter than `&&`, `&&`
// tighter than `||`.
#pragma once

#include <string>
#include <vector>

#include "grammar/junos/context.h"
#include "grammar/junos/lines.h"

namespace bgproof::junos {

struct ChainElement {
  std::string text;     // "A", "( A && !B )"
  uint32_t policy = 0;  // index into the library
  SourceRange range;
};

// The elements of a list in order. An expression that can't be read is one element that may do anything (BP116).
std::vector<ChainElement> lower_chain(Context& context, const std::vector<const Word*>& words);

// The statements that run `from policy` and leave in `flag` whether it holds. What stays undecided follows the
// protocol's default.
Body call_subroutines(Context& context, const std::vector<const Word*>& words, SourceRange range, FlagId& flag);

}  // namespace bgproof::junos
