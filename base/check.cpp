#include "base/check.h"

namespace bgproof {

void fail_check(const char* expression, const char* file, int line, const std::string& why) {
  throw InternalError(std::string(file) + ":" + std::to_string(line) + ": " + expression + ": " + why);
}

}  // namespace bgproof
