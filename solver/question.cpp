#include "solver/question.h"

namespace bgproof {

std::string_view to_string(Question::Answer answer) {
  switch (answer) {
    case Question::Answer::sat:
      return "sat";
    case Question::Answer::unsat:
      return "unsat";
    case Question::Answer::unknown:
      return "unknown";
  }
  return {};
}

}  // namespace bgproof
