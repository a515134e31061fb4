// The same questions, asked of a solver that shares no code with Z3: Debian's cvc5. It reads the text of a question
// alone, so that a fault in the terms as Z3 holds them or in Z3 itself shows as a disagreement.
//
// Limits are counts of cvc5's own steps, never time. What it does not answer is counted, with the reason, and settles
// nothing.
#pragma once

#include <string>
#include <vector>

#include "solver/question.h"

namespace bgproof {

struct CrossCheck {
  size_t agreed = 0;
  std::vector<std::string> undecided;  // "NAME: why", of questions that Z3 has answered and cvc5 has not
};

// What `cvc5 --version` says first; "" if there is none.
std::string second_solver();

// Asks all in one process. Throws InternalError where the answers differ; the message says what to report.
CrossCheck cross_check(const std::vector<Question>& questions, const std::string& of_what);

}  // namespace bgproof
