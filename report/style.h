// Colours of the text report. Off, every function returns its text as it is; what is said never depends on colour
// alone.
#pragma once

#include <string>
#include <string_view>

namespace bgproof {

struct Style {
  bool colour = false;

  std::string error(std::string_view text) const { return paint("1;31", text); }
  std::string warning(std::string_view text) const { return paint("1;33", text); }
  std::string note(std::string_view text) const { return paint("1;36", text); }
  std::string good(std::string_view text) const { return paint("1;32", text); }
  std::string strong(std::string_view text) const { return paint("1", text); }
  std::string gutter(std::string_view text) const { return paint("1;34", text); }

 private:
  std::string paint(std::string_view code, std::string_view text) const {
    if (!colour || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
};

}  // namespace bgproof
