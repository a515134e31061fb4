// Policy statements of Junos: terms become clauses, in order of the text; `from` and `then` without a term become a
// last clause (J2, J7-J10 of the design). Falling off a term is `next term`, falling off the policy leaves it
// undecided.
#pragma once

#include <string>
#include <vector>

#include "grammar/junos/context.h"

namespace bgproof::junos {

// `texts`: all pieces of the definition. Called by Context::policy only, which keeps recursion out.
Policy lower_policy(Context& context, const std::string& name, const std::vector<const Statement*>& texts);

}  // namespace bgproof::junos
