// The reference evaluator: it takes a concrete route through a program, step by step. It is the specification of what
// bgproof means by a policy; the encoder is checked against it, and every finding is replayed in it before it is printed.
// Written to be obviously right, not fast; it shares no code with the encoder.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "policy/assumption.h"
#include "policy/program.h"

namespace bgproof {

// One dynamic meeting of an unmodelled line: the calls on the way (each the place of the Call statement as counted by
// the evaluator: see CallPath) and the line. Programs have no loops, so one key is met at most once.
//
// A CallPath is the list of the indices of Call statements on the stack, outermost first. The index of a Call statement is its number within its
// list of clauses (entry, rewrite, or a policy) in preorder over the text: If::then before If::otherwise.
// A second Unmodelled or Havoc with the same choice within the same list of clauses is told apart by `occurrence`, likewise its preorder number
// among the conditions and statements with that choice there. policy/numbering.h counts both.
using CallPath = std::vector<uint32_t>;
struct ChoiceKey {
  CallPath calls;
  bool in_rewrite = false;
  ChoiceId choice;
  uint32_t occurrence = 0;
  auto operator<=>(const ChoiceKey&) const = default;
};

// What one unmodelled line does this time.
struct Choice {
  bool matches = false;               // Unmodelled
  std::optional<Decision> decides;    // Havoc with may_decide: accept, reject, next_clause or next_policy; nullopt goes on
  Route attributes;                   // Havoc: the touched attributes are taken from here
};
struct Choices {
  std::map<ChoiceKey, Choice> lines;  // a key that is missing: Choice{} with the route's own attributes
  Readings readings;                  // a name that is missing: the first value of its assumption
};

struct ClauseRef {
  CallPath calls;
  bool in_rewrite = false;
  std::optional<uint32_t> policy;  // index into the library; nullopt: the program's own clauses
  uint32_t clause = 0;
  auto operator<=>(const ClauseRef&) const = default;
};

struct Step {
  enum class Kind : uint8_t {
    matched, not_matched,  // an If; `range` is its condition's
    changed,               // an attribute; `text` says which: "local-pref 100 -> 200"
    unchanged,             // an action without effect on this route
    called, returned,      // a policy; `text` is its name, and for returned its result
    decided,               // a disposition; `text` is "accept", "reject", "next term", ...
    chosen,                // an unmodelled line; `choice` names it
  } kind;
  SourceRange range;
  std::string text;
  ClauseRef clause;
  std::optional<ChoiceKey> choice;
};

struct Outcome {
  bool accepted = false;
  Route route;              // after; meaningful also if rejected
  ClauseRef decided_by;     // the clause that accepted or rejected; of the entry unless the rewrite rejects
  SourceRange decided_at;   // the statement that did
  std::vector<Step> trace;
  // Unmodelled lines that the way of this route depended on, in order. One in a condition whose value is the same whatever the line does
  // (it stands beside a false conjunct or a true alternative) is not met.
  std::vector<ChoiceKey> met;
  std::set<std::string> assumptions;  // named assumptions that a condition on the way asked for
};

bool holds(const Condition& condition, const Route& route);  // CHECKs that there is no Unmodelled, AssumptionIs or FlagIsSet in it
Outcome evaluate(const Program& program, const Route& route, const Choices& choices = {});

}  // namespace bgproof
