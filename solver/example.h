// Quick guesses at routes, so that thousands of rows need no solver to be seen alive. A guess follows a condition's
// first way to be true and proves nothing by itself: the reference evaluator has the word.
#pragma once

#include <optional>

#include "intents/task.h"

namespace bgproof {

// `start` with as little changed as the condition seems to need.
Route guess(const Condition& condition, Route start);

// The route with all that goes with a protocol: neighbor, route type and path of a BGP route, none of any other.
Route with_protocol(Protocol protocol, Route route);

// True if the route is legal and can be offered to the task.
bool can_be_offered(const Task& task, const Route& route);

// A route that can be offered, if a guess hits one; nullopt says nothing.
std::optional<Route> guess_offered(const Task& task);

}  // namespace bgproof
