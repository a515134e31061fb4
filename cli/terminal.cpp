#include "cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "cli/file_text.h"
#include "report/diagnostic_text.h"
#include "report/wrap.h"

namespace bgproof {

namespace {

bool complain(const std::string& file, const std::string& why) {
  fmt::print(stderr, "error[BP138]: {} cannot be written: {}\n", file.empty() ? "stdout" : file, why);
  return false;
}

// 0 if the stream is no terminal.
size_t columns_of(int fd) {
  winsize size{};
  return ::isatty(fd) == 1 && ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

Style style_for(Colour colour, int fd) {
  switch (colour) {
    case Colour::always:
      return {true};
    case Colour::never:
      return {false};
    case Colour::automatic:
      break;
  }
  const char* no_color = std::getenv("NO_COLOR");
  bool wanted = no_color == nullptr || *no_color == '\0';
  const char* terminal = std::getenv("TERM");
  bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return {wanted && !dumb && ::isatty(fd) == 1};
}

Style style_of(const Output& output, Colour colour) {
  if (!output.file.empty()) return {colour == Colour::always};
  return style_for(colour, 1);
}

Progress::Progress(std::string what, size_t all)
    : what_(std::move(what)), all_(all), shown_(all > 1 && ::isatty(2) == 1) {}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::one_more() {
  if (!shown_) return;
  std::lock_guard lock(mutex_);
  fmt::print(stderr, "\r\x1b[K{} {} of {}", what_, ++done_, all_);
}

void print_to_stderr(const Diagnostics& diagnostics, const SourceSet& sources, Colour colour) {
  Style style = style_for(colour, 2);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) text += to_text(diagnostic, sources, style);
  if (size_t width = columns_of(2)) text = wrapped(text, width);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool can_write(const std::vector<Output>& outputs) {
  for (const Output& output : outputs) {
    if (output.file.empty()) continue;
    std::error_code error;
    std::filesystem::path file(output.file), directory = file.has_parent_path() ? file.parent_path() : ".";
    if (std::filesystem::is_directory(file, error)) return complain(output.file, "it is a directory");
    if (!std::filesystem::is_directory(directory, error))
      return complain(output.file, "there is no directory " + directory.string());
    if (::access(directory.c_str(), W_OK) != 0 && ::access(output.file.c_str(), W_OK) != 0)
      return complain(output.file, "permission denied");
  }
  return true;
}

bool write_output(const Output& output, const std::string& text) {
  if (!output.file.empty()) {
    std::string why = write_file(output.file, text);
    return why.empty() || complain(output.file, why);
  }
  size_t width = output.format == Format::text ? columns_of(1) : 0;
  std::string shown = width ? wrapped(text, width) : text;
  bool fine = std::fwrite(shown.data(), 1, shown.size(), stdout) == shown.size() && std::fflush(stdout) == 0;
  return fine || complain("", "the write failed");
}

}  // namespace bgproof
