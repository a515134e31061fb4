// Actions as guarded assignments: where the way is live, the attribute gets its new term; elsewhere it stays. Terms of
// routes that have left the program are so kept in the same fields, and nothing has to be merged at the end.
//
// The AS path is apart: its forms would multiply if those of routes that are gone took part, so each way has its own.
#pragma once

#include "encoder/terms.h"

namespace bgproof {

void encode_action(Terms& terms, const SetNumber& action, const z3::expr& live, SymbolicRoute& route);
void encode_action(Terms& terms, const SetOrigin& action, const z3::expr& live, SymbolicRoute& route);
void encode_action(Terms& terms, const SetNextHop& action, const z3::expr& live, SymbolicRoute& route);
void encode_action(Terms& terms, const SetRpki& action, const z3::expr& live, SymbolicRoute& route);
void encode_action(Terms& terms, const AddCommunities& action, const z3::expr& live, SymbolicRoute& route);
void encode_action(Terms& terms, const DeleteCommunities& action, const z3::expr& live, SymbolicRoute& route);
void encode_action(Terms& terms, const KeepCommunities& action, const z3::expr& live, SymbolicRoute& route);
void encode_action(Terms& terms, const ReplaceCommunities& action, const z3::expr& live, SymbolicRoute& route);

// The touched attributes but the path become those of `from`; its communities are those of the `whose`-th line.
void encode_touched(Terms& terms, const AttributeSet& touches, const FreshAttributes& from, const z3::expr& whose,
                    const z3::expr& live, SymbolicRoute& route);

}  // namespace bgproof
