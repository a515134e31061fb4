// Two programs or rows with the same fingerprint mean the same, wherever they stand in the text: what tells which
// sessions can share a task. Places are not part of it. Only good for comparing within one run.
#pragma once

#include <string>

#include "intents/task.h"

namespace bgproof {

std::string fingerprint(const Program& program);
std::string fingerprint(const Condition& condition);
std::string fingerprint(const std::vector<TaskRow>& rows);

}  // namespace bgproof
