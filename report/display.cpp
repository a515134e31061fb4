#include "report/display.h"

#include <algorithm>
#include <cstddef>

namespace bgproof {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD
constexpr std::string_view kCut = "...";
constexpr uint32_t kTabStop = 4;

struct Character {
  uint32_t bytes = 1;
  uint32_t code = 0xfffd;
  bool broken = false;
};

Character decode(std::string_view text, size_t at) {
  auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  uint8_t first = byte(at);
  if (first < 0x80) return {1, first, false};
  uint32_t length = first >= 0xf0 && first < 0xf5   ? 4
                    : first >= 0xe0 && first < 0xf0 ? 3
                    : first >= 0xc2 && first < 0xe0 ? 2
                                                    : 0;
  if (length == 0 || at + length > text.size()) return {1, 0xfffd, true};
  uint32_t code = first & (0xffu >> (length + 1));
  for (size_t i = at + 1; i < at + length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {1, 0xfffd, true};
    code = code << 6 | (byte(i) & 0x3fu);
  }
  bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  if (overlong || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {1, 0xfffd, true};
  return {length, code, false};
}

bool is_control(uint32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069);
}

struct Interval {
  uint32_t low, high;
};

// Combining marks and zero-width characters, and the wide blocks of East Asian scripts and emoji (Unicode UAX 11,
// coarsely).
constexpr Interval kNoWidth[] = {{0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x610, 0x61a},
                                 {0x64b, 0x65f},   {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200f},
                                 {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};
constexpr Interval kWide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},  {0x3041, 0x33ff}, {0x3400, 0x4dbf},
                              {0x4e00, 0x9fff},   {0xa000, 0xa4cf},  {0xac00, 0xd7a3}, {0xf900, 0xfaff},
                              {0xfe30, 0xfe4f},   {0xff00, 0xff60},  {0xffe0, 0xffe6}, {0x1f300, 0x1f64f},
                              {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

template <size_t N>
bool lies_in(uint32_t code, const Interval (&intervals)[N]) {
  return std::any_of(std::begin(intervals), std::end(intervals),
                     [&](const Interval& i) { return i.low <= code && code <= i.high; });
}

uint32_t width_of(uint32_t code) { return lies_in(code, kNoWidth) ? 0 : lies_in(code, kWide) ? 2 : 1; }

// What is shown for some bytes, in one piece.
struct Cell {
  uint32_t byte = 0, bytes = 1;
  uint32_t column = 0, width = 1;
  std::string text;
};

std::vector<Cell> cells_of(std::string_view line, const std::vector<Secret>& secrets) {
  std::vector<Cell> cells;
  uint32_t column = 0;
  size_t next_secret = 0;
  for (uint32_t at = 0; at < line.size();) {
    Cell cell{at, 1, column, 1, {}};
    if (next_secret < secrets.size() && secrets[next_secret].begin == at) {
      cell.bytes = secrets[next_secret++].end - at;
      cell.text = kRedacted;
      cell.width = static_cast<uint32_t>(kRedacted.size());
    } else if (line[at] == '\t') {
      cell.width = kTabStop - column % kTabStop;
      cell.text.assign(cell.width, ' ');
    } else {
      Character character = decode(line, at);
      bool shown = !character.broken && !is_control(character.code);
      cell.bytes = character.bytes;
      cell.text = shown ? line.substr(at, character.bytes) : kReplacement;
      cell.width = shown ? width_of(character.code) : 1;
    }
    at += cell.bytes;
    column += cell.width;
    cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace

DisplayLine display(std::string_view line, const std::vector<Secret>& secrets, uint32_t focus, uint32_t focus_end,
                    uint32_t limit) {
  // A line of megabytes is cut by bytes first; no character takes more than a few bytes a column.
  size_t from = focus > 4 * limit ? focus - 4 * limit : 0;
  size_t to = std::min<size_t>(line.size(), size_t{focus} + 8 * limit);
  std::vector<Secret> near;
  for (Secret secret : secrets) {
    if (secret.end <= from || secret.begin >= to) continue;
    from = std::min<size_t>(from, secret.begin);
    to = std::max<size_t>(to, secret.end);
  }
  for (Secret secret : secrets)
    if (secret.begin >= from && secret.end <= to)
      near.push_back({secret.begin - static_cast<uint32_t>(from), secret.end - static_cast<uint32_t>(from)});
  std::vector<Cell> cells = cells_of(line.substr(from, to - from), near);
  for (Cell& cell : cells) cell.byte += static_cast<uint32_t>(from);

  uint32_t total = cells.empty() ? 0 : cells.back().column + cells.back().width;
  uint32_t first = 0, last = total;  // the window, in columns
  if (total > limit || from > 0 || to < line.size()) {
    auto at_focus = std::find_if(cells.begin(), cells.end(), [&](const Cell& c) { return c.byte + c.bytes > focus; });
    uint32_t column = at_focus == cells.end() ? 0 : at_focus->column;
    uint32_t wanted = focus_end > focus ? std::min(focus_end - focus, limit / 2) : 1;
    uint32_t before = std::min(limit - wanted, limit / 4);
    if (column + wanted > limit) first = column - std::min(column, before);
    last = std::min(total, first + limit);
  }
  DisplayLine shown;
  shown.column.assign(line.size() + 1, 0);
  bool cut_left = first > 0 || from > 0;
  if (cut_left) shown.text = kCut;
  uint32_t shift = cut_left ? static_cast<uint32_t>(kCut.size()) : 0;
  uint32_t column = shift;
  size_t filled = 0;
  for (const Cell& cell : cells) {
    bool visible = cell.column >= first && cell.column + cell.width <= last;
    for (; filled < cell.byte + cell.bytes; ++filled) shown.column[filled] = column;
    if (!visible) continue;
    shown.text += cell.text;
    column += cell.width;
  }
  std::fill(shown.column.begin() + static_cast<std::ptrdiff_t>(filled), shown.column.end(), column);
  if (last < total || to < line.size()) shown.text += kCut;
  return shown;
}

uint32_t display_width(std::string_view text) {
  uint32_t width = 0;
  for (size_t at = 0; at < text.size();) {
    Character character = decode(text, at);
    width += character.broken || is_control(character.code) ? 1 : width_of(character.code);
    at += character.bytes;
  }
  return width;
}

std::string harmless(std::string_view text) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    Character character = decode(text, at);
    bool shown = !character.broken && !is_control(character.code);
    result += shown                                  ? text.substr(at, character.bytes)
              : text[at] == '\n' || text[at] == '\t' ? std::string_view(" ")
                                                     : kReplacement;
    at += character.bytes;
  }
  return result;
}

}  // namespace bgproof
