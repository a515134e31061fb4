// A question as a file of its own: in front of the script, as comments, what was asked, of which rows, and of which
// lines of the config. Secrets are redacted as everywhere.
#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "intents/task.h"
#include "solver/question.h"

namespace bgproof {

// A name for each task, fit for files and the same in every run over the same devices and intents; no two are equal.
std::vector<std::string> question_names(const std::vector<const Task*>& tasks);

std::string to_text(const Question& question, const Task& task, const SourceSet& sources);

}  // namespace bgproof
