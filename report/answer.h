// What `bgproof query` has to say, before it takes a form. Text, JSON and the exit status are all made of this one
// value.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "report/report.h"
#include "report/style.h"
#include "solver/ask.h"

namespace bgproof {

struct Answered {
  Task task;
  Answer answer;
};

struct QueryReport {
  std::string target;  // as it was asked: "TO-PEER@edge01"
  std::string condition;
  std::string obligation;  // "" if none was asked for
  bool rejects = false;
  std::vector<Answered> answers;  // by device, as the device states its policies and sessions
  std::vector<Diagnostic> diagnostics;
  std::vector<UsedAssumption> assumptions;
};

// "exists", "possible", "none", "unknown", "not_checked"
std::string_view answer_word(Verdict verdict);

std::string to_text(const QueryReport& report, const SourceSet& sources, const Style& style);
std::string to_json(const QueryReport& report, const SourceSet& sources);  // schema bgproof.query/1

// 1 if such a route exists anywhere, else 3 if something stayed open, else 0.
int exit_status(const QueryReport& report);

}  // namespace bgproof
