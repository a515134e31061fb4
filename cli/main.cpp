// The program. All it knows itself is how a run that breaks ends, with a message that says what to report and status 70,
// and that memory once had is kept: each Z3 context takes 16 MB, which the next one can use.
#include <malloc.h>

#include <cstdio>
#include <exception>
#include <new>

#include "base/check.h"
#include "cli/run.h"

namespace {

int broken(const char* what) {
  std::fprintf(
      stderr,
      "error[BP901]: internal error: %s\n"
      "    = help        this is a fault of bgproof, not of your files: please report this line, the command and, if\n"
      "                  you can share them, the files; no verdict of this run counts\n",
      what);
  return 70;
}

}  // namespace

int main(int argc, char** argv) {
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  try {
    return bgproof::run(argc, argv);
  } catch (const bgproof::InternalError& error) {
    return broken(error.what());
  } catch (const std::bad_alloc&) {
    return broken("out of memory");
  } catch (const std::exception& error) {
    return broken(error.what());
  } catch (...) {
    return broken("an exception of unknown kind");
  }
}
