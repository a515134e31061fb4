// A route as a user types it: "prefix=192.0.2.0/24 as-path=64501 64502 community=64500:1,no-export". The words are
// those of reports; every key at most once, in any order, and `prefix` always.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "policy/route.h"

namespace bgproof {

struct TypedRoute {
  Route route;
  std::set<std::string> given;  // keys
};

// nullopt and `error` ("`prefix` is missing", "did you mean ...?") if it cannot be read.
std::optional<TypedRoute> read_route(const std::string& text, std::string& error);

// Puts what was typed over a route that was made otherwise.
void put_given(const TypedRoute& typed, Route& route);

}  // namespace bgproof
