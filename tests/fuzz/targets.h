// What foreign text goes through, as functions for a fuzzer: any bytes may come in, and nothing may crash, hang, or
// throw. Each target reads the bytes as one sort of file and goes on with what it got as far as is cheap.
//
// The same functions are driven by afl++ (afl/main.cpp, preset `fuzz`) and, with the corpora of corpus/<name>/ and
// their mutations, by the normal test run (replay_test.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bgproof::fuzz {

int junos(const uint8_t* data, size_t size);      // a Junos configuration: reader and lowering
int routemap(const uint8_t* data, size_t size);   // a configuration in each route-map dialect
int intent(const uint8_t* data, size_t size);     // an intent file: reader, names and types
int neighbors(const uint8_t* data, size_t size);  // a neighbor list in CSV, and as YAML and JSON
int check(const uint8_t* data,
          size_t size);  // a configuration, a line `----`, an intent file: up to verdicts and reports

struct Target {
  std::string_view name;  // also the folder of its corpus
  int (*run)(const uint8_t* data, size_t size);
};
const std::vector<Target>& targets();

}  // namespace bgproof::fuzz
