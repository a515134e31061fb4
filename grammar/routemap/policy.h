// A route map as a policy: a clause for each entry, named by its sequence number, in the order of the numbers.
//
// Where later entries see what earlier ones have set (FRR; a named assumption on NX-OS and EOS) or where it makes no
// difference, an entry tests and acts at once. Else (IOS) the map has two halves: clauses that test and note in a flag
// that they matched, and after them clauses of the same names that carry out the saved actions in order and accept.
//
// The end of the policy is reached if no entry matches; what that means, or an undefined map, is up to the caller
// (Context::policy).
#pragma once

#include <string>

#include "grammar/routemap/context.h"

namespace bgproof::routemap {

Policy lower_policy(Context& context, const std::string& name);

}  // namespace bgproof::routemap
