// What a task promises, as terms: the ways in which a route can break it. Which of them a finding names follows
// docs/intents.md ("Which finding a passing route that is not allowed gives"); the ways exclude each other but for
// several never rows, obligations or must rows that one route breaks.
#pragma once

#include <z3++.h>

#include <string>
#include <vector>

#include "encoder/encode.h"

namespace bgproof {

// One way to break the property. Unsatisfiable, with legality and `offered`, iff no offered route breaks it in this way
// whatever the unmodelled lines do.
struct Breach {
  enum class Kind : uint8_t {
    closed,           // passes, and no allow row's condition holds: BP301
    forbidden,        // passes, some allow row's condition holds, and a never row: BP302
    unfulfilled,      // passes, conditions hold, no never row, but no allow row with all its obligations: BP5xx
    always_broken,    // allowed, but an `always` obligation fails: BP5xx
    required,         // a must row's condition holds, no never row, and it is rejected: BP401
    required_change,  // a must row's route passes by another row, without the must row's own obligations: BP5xx
  } kind;
  z3::expr term;
};

class Property {
 public:
  Property(const Task& task, const Encoding& encoding, z3::context& context);

  const std::vector<Breach>& breaches() const { return breaches_; }
  // Unsatisfiable, with legality and `offered`, iff the property holds for every value of the free choices.
  z3::expr broken() const;
  // Satisfiable, with legality and `offered`, iff the row is alive.
  z3::expr alive(size_t row) const;

  z3::expr condition(size_t row) const { return conditions_[static_cast<int>(row)]; }
  z3::expr obligation(size_t row, size_t obligation) const { return encoding_.obligation(row, obligation); }

 private:
  const Encoding& encoding_;
  z3::expr_vector conditions_;
  z3::expr any_never_;
  std::vector<Breach> breaches_;
};

bool allows(const TaskRow& row);  // may, must, except

}  // namespace bgproof
