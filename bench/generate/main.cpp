// bench_generate CASE COUNT FOLDER: writes the input of a case (cases.h).
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "bench/generate/cases.h"

int main(int argc, char** argv) {
  using namespace bgproof::bench;
  const std::map<std::string, std::function<void(size_t, const Folder&)>> cases = {
      {"prefixes", prefixes},
      {"rows", rows},
      {"patterns", patterns},
      {"communities", communities},
      {"ios-prefixes", ios_prefixes},
      {"ios-patterns", ios_patterns},
      {"ios-continue", ios_continue},
      {"ios-fleet", [](size_t count, const Folder& folder) { ios_fleet(count, false, folder); }},
      {"ios-wide-fleet", [](size_t count, const Folder& folder) { ios_fleet(count, true, folder); }},
      {"ios-reading", ios_reading},
  };
  auto wanted = argc == 4 ? cases.find(argv[1]) : cases.end();
  if (wanted == cases.end()) {
    std::cerr << "usage: bench_generate CASE COUNT FOLDER; cases:";
    for (const auto& [name, make] : cases) std::cerr << ' ' << name;
    std::cerr << '\n';
    return 2;
  }
  std::filesystem::create_directories(argv[3]);
  wanted->second(std::strtoul(argv[2], nullptr, 10), argv[3]);
  return 0;
}
