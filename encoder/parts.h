// The inside of an Encoding: what the constructor makes, and what decoding and abstraction read. For encode.cpp,
// decode.cpp and abstract.cpp.
#pragma once

#include <z3++.h>

#include <optional>
#include <vector>

#include "encoder/contents.h"
#include "encoder/encode.h"
#include "encoder/encode_program.h"
#include "encoder/terms.h"

namespace bgproof {

struct Encoding::Parts {
  Parts(z3::context& context, const Task& task, const Program* twin, const Readings& settled);

  Terms terms;
  std::vector<EncodedProgram> programs;  // the task's, then its twin
  EncodedProgram& program;               // the task's
  Contents contents;
  z3::expr legal_attributes, legal, offered;
  std::vector<z3::expr> conditions;                // by row
  std::vector<std::vector<z3::expr>> obligations;  // by row
  std::vector<std::vector<ChoicePoint>> choice_points;  // by program
  std::optional<Difference> difference;
};

}  // namespace bgproof
