// What the solver says of a task, in the terms of docs/cli.md. Positions are ranges; the report turns them into lines.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "intents/task.h"
#include "policy/evaluate.h"

namespace bgproof {

enum class Verdict : uint8_t { proved, violated, possible, unknown, not_checked };
std::string_view to_string(Verdict verdict);

// A line that a possible verdict depends on, or an assumption with its reading.
struct Dependency {
  SourceRange range;
  std::string text;
};

// How many bits of precision a region has: conditions in the intent language whose union is exactly the projection on
// family, prefix and length of the routes of the cause.
struct Region {
  std::vector<std::string> conditions;
  bool complete = true;  // false: a limit was reached; the conditions are then only a part
};

struct Finding {
  std::string code;                     // "BP301"
  Verdict verdict = Verdict::violated;  // violated, possible or unknown
  std::optional<size_t> row;            // index into Task::rows
  std::string message;                  // "a route can leave to providers that no intent row allows"
  std::string clause;                   // "POLICY/TERM" of the clause that decided
  SourceRange location;                 // the deciding statement; unknown where the cause is an absence
  SourceRange clause_range;             // the deciding clause
  std::vector<SourceRange> conditions;  // of the deciding clause
  std::vector<SourceRange> entries;     // of prefix lists that these name: those by which `input` meets them
  Route input;
  Choices choices;              // what unmodelled lines and open assumptions do on the way of `input`
  std::optional<Route> output;  // if accepted
  std::vector<Step> trace;
  Region region;
  std::vector<size_t> crosses;  // indices of never rows
  std::string nearest;          // "[byoip] needs tag CUSTOMER (64500:1:2); the route carries 64500:1:3"; may be empty
  std::vector<Dependency> depends_on;
  std::string cause;  // the same for the same code, broken row and resolved text of the deciding clause
  std::string id;     // a hash of device, policies, sessions, code, row and clause text; no line numbers
};

// A row that no offered route can meet in any session is dead.
struct RowStatus {
  SourceRange range;
  bool alive = false;
};

struct CheckResult {
  Verdict verdict = Verdict::proved;
  std::vector<Finding> findings;
  std::vector<bool> row_alive;           // by Task::rows; never and always rows: true
  std::vector<std::string> assumptions;  // names that the program or a row tests
  std::string reason;                    // unknown, not_checked: why
};

}  // namespace bgproof
