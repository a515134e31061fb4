// What a program can run through: the policies that its calls reach, and the conditions in all of that.
#pragma once

#include <functional>
#include <set>

#include "policy/program.h"

namespace bgproof {

// Indices into the program's library.
std::set<uint32_t> reached_policies(const Program& program);

// Calls `visit` for every condition of these clauses, those within others included.
void for_each_condition(const std::vector<Clause>& clauses, const std::function<void(const Condition&)>& visit);

// Whether anything that the program reaches looks at the neighbor that a route comes from.
bool tests_neighbor(const Program& program);

}  // namespace bgproof
