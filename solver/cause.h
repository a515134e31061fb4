// Findings are grouped by cause: the same code, the same broken row, and the same resolved text of the deciding clause
// (its name within the policy, its conditions and actions with every list spelled out; not the policy's name, no line
// numbers).
#pragma once

#include <string>

#include "intents/task.h"
#include "policy/evaluate.h"

namespace bgproof {

const Clause& clause_of(const Program& program, const ClauseRef& ref);

// "POLICY/TERM"; clauses of the program itself take the name of the last policy of the chain: "POLICY/(default)", or
// "(default)"; one with conditions is what a session says by lists alone: "prefix-list A, filter-list 1".
std::string clause_name(const Task& task, const ClauseRef& ref);

// The clause with every list spelled out; policies called stand by name.
std::string resolved_text(const Program& program, const ClauseRef& ref);

// 16 hexadecimal digits, the same for the same text on every machine.
std::string fingerprint(const std::string& text);

}  // namespace bgproof
