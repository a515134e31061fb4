// CHECK states an invariant of the program and stays on in release builds. A verifier that goes on after a broken
// invariant could print a wrong verdict; it must stop instead. Users' mistakes are diagnostics (base/diagnostic.h),
// never CHECKs. `main` turns InternalError into exit status 70.
#pragma once

#include <stdexcept>
#include <string>

namespace bgproof {

class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void fail_check(const char* expression, const char* file, int line, const std::string& why);

}  // namespace bgproof

#define BGPROOF_CHECK(condition, why)                                      \
  do {                                                                     \
    if (!(condition)) ::bgproof::fail_check(#condition, __FILE__, __LINE__, why); \
  } while (false)
