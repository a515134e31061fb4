// The vocabulary of diagnostic codes: every code that any part of bgproof can print, with one line on what it means.
// `bgproof explain`, SARIF's rules and the completeness test read it.
//
//   BP1xx reading configs          BP2xx intents            BP3xx upper bound      BP4xx lower bound (`must`)
//   BP5xx obligations              BP6xx tag and fact contracts   BP7xx coverage, data, exceptions
//   BP8xx smells in configs        BP9xx internal
//
// A code never changes its meaning and is never used again for another one.
#pragma once

#include <string_view>
#include <vector>

namespace bgproof {

struct CodeInfo {
  std::string_view code;
  std::string_view title;  // a sentence without full stop
};

// Sorted by code, each once.
const std::vector<CodeInfo>& codes();
const CodeInfo* find_code(std::string_view code);

}  // namespace bgproof
