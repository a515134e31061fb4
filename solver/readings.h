// The readings of named assumptions (policy/assumption.h) under which a task is asked: what is settled is fixed, and
// what is open is gone through in all combinations.
#pragma once

#include <string>
#include <vector>

#include "solver/query.h"

namespace bgproof {

// With more combinations than this, what one of them says is called possible without asking each.
inline constexpr size_t kMostReadings = 64;

struct Reading {
  z3::expr term;
  std::string text;  // "junos.community-regex=whole", "" if nothing is open
  Readings values;   // of all assumptions, settled ones too
};

struct ReadingsOf {
  z3::expr fixed;  // what is settled
  std::vector<Reading> all;
  bool too_many() const { return all.size() > kMostReadings; }
};

ReadingsOf readings_of(Query& query, const CheckOptions& options);

}  // namespace bgproof
