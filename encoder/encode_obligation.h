// What an intent row asks of a route that passes, as a term over the route before and after; checked against holds() of
// intents/obligation.h.
#pragma once

#include <z3++.h>

#include "encoder/contents.h"
#include "encoder/encode_program.h"
#include "encoder/terms.h"

namespace bgproof {

z3::expr encode_obligation(Terms& terms, const Obligation& obligation, const SymbolicRoute& after, Contents& contents);

}  // namespace bgproof
