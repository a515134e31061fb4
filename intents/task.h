// A task is what the solver gets: one program, the rows that a block has for it with every name and variable resolved, and the
// routes that can be offered. Blocks are independent of each other (docs: "Blocks are independent"), so a session
// that two blocks select makes two tasks. Sessions whose tasks are equal in all that matters share one.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "intents/obligation.h"
#include "network/device.h"
#include "policy/condition.h"
#include "policy/program.h"

namespace bgproof {

enum class Direction : uint8_t { import_from, export_to, none };  // none: a `policy` block
std::string_view to_string(Direction direction);                  // "import", "export", ""

struct TaskRow {
  enum class Kind : uint8_t { may, must, never, always, except } kind;
  std::string id;  // "" if it has none
  Condition condition;  // `always`: always()
  std::vector<Obligation> obligations;  // may, must, except: `then`; always: its own
  SourceRange range;       // the whole row
  SourceRange head;        // word and condition, to underline
  std::string text;        // the row in canonical words, variables replaced
  std::string comment;     // the user's string, ""
};

struct Task {
  std::string device;
  Direction direction = Direction::none;
  std::vector<std::string> policies;  // the chain
  std::vector<std::string> sessions;  // neighbor texts ("192.0.2.1", with an instance "192.0.2.1 vrf X")
  std::set<Family> families;
  Program program;
  SourceRange attachment;             // where the chain is attached; unknown if nowhere
  SourceRange block;                  // the head of the block
  std::vector<TaskRow> rows;          // dead `except` rows left out
  Condition offered;                  // Real: beyond legality and families, which routes can be offered
  std::vector<Fact> facts;            // what `offered` is made of, for the report
  std::set<std::string> roles;        // every value that learned-from can have
  std::string not_checked;            // not empty: the reason; nothing else is asked then
  std::string not_checked_code;       // "BP701", ...
};

// The reference judgement of one route on one task: what the upper and the lower bound of docs say. Written to be
// obviously right; the solver's findings are replayed against it.
struct Judgement {
  bool fine = true;
  std::string code;             // "BP301", "BP302", "BP401", "BP501"...
  std::optional<size_t> row;    // the broken row
  std::optional<size_t> obligation;  // within the row
  std::vector<size_t> crosses;  // never rows that the route meets too (BP301)
};
Judgement judge(const Task& task, const Route& before, bool accepted, const Route& after);

}  // namespace bgproof
