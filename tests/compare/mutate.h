// Programs that are nearly the same: one edit apart, or written otherwise without a change of meaning.
#pragma once

#include "policy/program.h"
#include "tests/generator/generate.h"

namespace bgproof {

// One random edit: a condition, a clause or an action is changed, dropped or put in. Now and then nothing is.
Program mutated(const Program& program, Random& random, const Pool& pool, const Features& features);

// The same meaning in other words: conditions negated twice, prefix lists cut in two, alternatives turned round, clauses
// and policies renamed.
Program rewritten(const Program& program, Random& random);

}  // namespace bgproof
