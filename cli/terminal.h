// What goes to the terminal apart from reports: whether to use colours, progress, and messages of runs that end early.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include "base/diagnostic.h"
#include "cli/options.h"
#include "report/style.h"

namespace bgproof {

// `fd`: 1 or 2, the stream that is written to.
Style style_for(Colour colour, int fd);
Style style_of(const Output& output, Colour colour);  // of a report that goes there

// One line on stderr that is rewritten, "checking 3 of 14"; nothing unless stderr is a terminal. Threads may count
// together.
class Progress {
 public:
  Progress(std::string what, size_t all);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void one_more();

 private:
  std::mutex mutex_;
  std::string what_;
  size_t all_;
  size_t done_ = 0;
  bool shown_;
};

void print_to_stderr(const Diagnostics& diagnostics, const SourceSet& sources, Colour colour);

// All outputs are tried before the work starts, so that an hour of work is not lost to a typing error in a path.
// False, with a message on stderr, if one cannot be written.
bool can_write(const std::vector<Output>& outputs);
bool write_output(const Output& output, const std::string& text);

}  // namespace bgproof
