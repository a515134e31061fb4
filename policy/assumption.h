// Named assumptions: questions about devices that documents and labs leave open, each with its possible answers.
//
// A model never guesses in silence: it tests AssumptionIs, and the question is asked once for each reading. Equal verdicts
// stand; where they differ the verdict is possible. `--assume NAME=VALUE` settles one. Every assumption that a
// verdict met is in the report.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bgproof {

struct Assumption {
  std::string_view name;                 // "junos.community-regex"
  std::vector<std::string_view> values;  // the first is the likelier one
  bool open = true;                      // false: settled for the first value by evidence; the others only by --assume
  std::string_view question;             // one sentence
  std::string_view source;               // evidence for the readings
};

// Sorted by name.
const std::vector<Assumption>& assumptions();
const Assumption* find_assumption(std::string_view name);

using Readings = std::map<std::string, std::string>;  // name -> value

// What is settled: by evidence, or as the user says.
Readings all_settled(const Readings& by_user);

}  // namespace bgproof
