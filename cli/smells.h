// Smells: what is no error and no broken intent, and yet not what its author meant. They need no intents and never
// change a verdict. `lint` shows all of them; `check` the warnings among them, those that take a proof only with
// --strict, since every clause of every policy is looked at for them.
//
//   BP801  a clause that has lost its conditions (said by the readers of configs)
//   BP802  a clause that no route can meet, proved
//   BP803  a clause that decides every route in front of others
//   BP804  a clause whose removal changes nothing, proved
//   BP805  policies for IPv4 and IPv6 that differ
//   BP806  a policy whose last clause accepts all that is left
//   BP807  a policy that nothing uses
//   BP808  a list that nothing uses
#pragma once

#include "base/diagnostic.h"
#include "cli/inputs.h"

namespace bgproof {

// Equal policies of several devices are looked at once and told once. Sorted as diagnostics are.
Diagnostics find_smells(const Options& options, const Inputs& inputs, bool with_proofs);

bool is_smell(const Diagnostic& diagnostic);  // BP8xx, and the references to nothing of BP11x

}  // namespace bgproof
