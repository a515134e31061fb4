// One source line as a terminal shows it: tabs expanded, secrets replaced, control characters and broken UTF-8 made
// harmless, a very long line cut to a window; and for each byte the column where it shows, so that carets stand under
// what they mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/secrets.h"

namespace bgproof {

struct DisplayLine {
  std::string text;              // UTF-8, no control characters
  std::vector<uint32_t> column;  // by byte offset, size + 1 entries: 0-based display column
};

// `focus` and `focus_end`: byte offsets that a cut line must show. At most `limit` columns are shown.
DisplayLine display(std::string_view line, const std::vector<Secret>& secrets, uint32_t focus, uint32_t focus_end,
                    uint32_t limit = 160);

// Columns that a UTF-8 text takes on a terminal: wide characters count two, combining ones none.
uint32_t display_width(std::string_view text);

// The text with control characters and broken UTF-8 replaced, for names and messages that come from files.
std::string harmless(std::string_view text);

}  // namespace bgproof
