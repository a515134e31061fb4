// A question as it was put to Z3, in SMT-LIB 2 for other eyes and other solvers: definitions, legality, what can be
// offered, the lemmas that AS paths have needed so far, and what was asked. The text depends on the task alone: two
// runs give the same bytes.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace bgproof {

struct Question {
  enum class Answer : uint8_t { sat, unsat, unknown };
  std::string name;     // of its task alone: "broken", "cause-2-surely"
  std::string meaning;  // a sentence that is true iff the text is satisfiable
  std::string text;
  Answer answer = Answer::unknown;
};
std::string_view to_string(Question::Answer answer);

// Gets every question that a verdict rests on, in the order in which they were asked.
using QuestionSink = std::function<void(Question)>;

}  // namespace bgproof
