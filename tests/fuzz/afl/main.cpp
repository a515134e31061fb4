// The afl++ side of a fuzz target: `fuzz_NAME` reads its input from stdin, or from the file that is its argument (to
// look into a crash). With afl's compiler it stays alive for many inputs.
#include <cstdio>
#include <string>

#include "tests/fuzz/targets.h"

#ifndef __AFL_LOOP
#define __AFL_LOOP(count) (runs++ == 0)
static int runs = 0;
#endif

namespace {

std::string slurp(FILE* file) {
  std::string bytes;
  char buffer[65536];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, file)) > 0;) bytes.append(buffer, n);
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  while (__AFL_LOOP(1000)) {
    FILE* file = argc > 1 ? fopen(argv[1], "rb") : stdin;
    if (!file) return 2;
    std::string bytes = slurp(file);
    if (argc > 1)
      fclose(file);
    else
      clearerr(stdin);
    bgproof::fuzz::BGPROOF_FUZZ_TARGET(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  }
  return 0;
}
