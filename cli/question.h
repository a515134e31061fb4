// What `query` and `trace` ask about: policies by themselves or sessions in one direction, with a condition that is
// written in the intent language and may use every name that the intents declare.
//
// The question is a block of the intent language like any other (one `may` row), so that names, roles, assumptions and
// what can be offered mean what they mean in `check`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/inputs.h"
#include "intents/task.h"

namespace bgproof {

// Which policies or sessions: globs, "TO-*@edge??"; without "@DEVICE" every device.
struct Subject {
  std::string name;
  std::string device = "*";
  Direction direction = Direction::none;  // none: a policy
};
Subject read_subject(const std::string& text, Direction direction);

struct PolicyQuestion {
  Subject subject;
  std::string condition = "any";
  std::string obligation;  // "" for none
};

// Reads the intents too. One task for each policy, or each group of sessions that are equal in all that matters; each
// has the question as its only row. False, with errors in the diagnostics, if there is no such policy or session or the
// condition cannot be read; then exit status 2.
bool bind_question(const Options& options, const PolicyQuestion& question, Inputs& inputs, std::vector<Task>& tasks);

}  // namespace bgproof
