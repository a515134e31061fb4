#include "report/hunks.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace bgproof {

namespace {

constexpr int kMostEdits = 2'000;

using Lines = std::vector<uint32_t>;  // equal lines have equal numbers

Lines lines_of(const SourceFile& file, bool indented, std::map<std::string_view, uint32_t>& numbers) {
  Lines lines;
  for (uint32_t number = 1; number <= file.line_count(); ++number) {
    std::string_view line = file.line(number);
    line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    if (!indented) line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    lines.push_back(numbers.try_emplace(line, static_cast<uint32_t>(numbers.size())).first->second);
  }
  return lines;
}

// Which lines of `a` and `b` are kept. False: there are too many edits.
bool keep_common(const Lines& a, const Lines& b, std::vector<char>& kept_a, std::vector<char>& kept_b) {
  const int n = static_cast<int>(a.size()), m = static_cast<int>(b.size());
  const int most = std::min(n + m, kMostEdits);
  std::vector<std::vector<int>> reached;  // by number of edits: how far each diagonal goes, from -edits to edits
  auto at = [](const std::vector<int>& row, int edits, int diagonal) { return row[diagonal + edits + 1]; };
  for (int edits = 0; edits <= most; ++edits) {
    std::vector<int> row(2 * edits + 3, -1);
    for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
      int x = 0;
      if (edits > 0) {
        const std::vector<int>& last = reached.back();
        int from_above = diagonal < edits - 1 || edits == 0 ? at(last, edits - 1, diagonal + 1) : -1;
        int from_left = diagonal > -edits + 1 ? at(last, edits - 1, diagonal - 1) : -1;
        x = diagonal == -edits || (diagonal != edits && from_left < from_above) ? from_above : from_left + 1;
      }
      int y = x - diagonal;
      while (x >= 0 && y >= 0 && x < n && y < m && a[x] == b[y]) ++x, ++y;
      row[diagonal + edits + 1] = x;
      if (x < n || y < m) continue;
      reached.push_back(std::move(row));
      for (int d = edits, k = diagonal; d >= 0; --d) {
        int begin_x = 0, next = k;
        if (d > 0) {
          const std::vector<int>& last = reached[d - 1];
          int above = k < d - 1 ? at(last, d - 1, k + 1) : -1;
          int left = k > -d + 1 ? at(last, d - 1, k - 1) : -1;
          bool down = k == -d || (k != d && left < above);
          begin_x = down ? above : left + 1;
          next = down ? k + 1 : k - 1;
        }
        for (int i = at(reached[d], d, k) - 1; i >= begin_x; --i) kept_a[i] = kept_b[i - k] = 1;
        k = next;
      }
      return true;
    }
    reached.push_back(std::move(row));
  }
  return false;
}

}  // namespace

std::vector<Hunk> hunks_of(const SourceFile& before, const SourceFile& after, bool indented) {
  std::map<std::string_view, uint32_t> numbers;
  Lines a = lines_of(before, indented, numbers), b = lines_of(after, indented, numbers);
  size_t front = 0, back = 0;
  while (front < a.size() && front < b.size() && a[front] == b[front]) ++front;
  while (back + front < a.size() && back + front < b.size() && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  Lines inner_a(a.begin() + static_cast<std::ptrdiff_t>(front), a.end() - static_cast<std::ptrdiff_t>(back));
  Lines inner_b(b.begin() + static_cast<std::ptrdiff_t>(front), b.end() - static_cast<std::ptrdiff_t>(back));
  std::vector<char> kept_a(inner_a.size()), kept_b(inner_b.size());
  if (!keep_common(inner_a, inner_b, kept_a, kept_b)) {
    kept_a.assign(inner_a.size(), 0);
    kept_b.assign(inner_b.size(), 0);
  }
  std::vector<Hunk> hunks;
  const auto base = static_cast<uint32_t>(front + 1);
  for (uint32_t i = 0, j = 0; i < kept_a.size() || j < kept_b.size();) {
    if (i < kept_a.size() && j < kept_b.size() && kept_a[i] && kept_b[j]) {
      ++i, ++j;
      continue;
    }
    Hunk hunk{base + i, 0, base + j, 0};
    while (i < kept_a.size() && !kept_a[i]) ++i;
    while (j < kept_b.size() && !kept_b[j]) ++j;
    hunk.old_end = base + i;
    hunk.new_end = base + j;
    hunks.push_back(hunk);
  }
  return hunks;
}

bool touches(const SourceRange& range, FileId file, uint32_t begin, uint32_t end, const SourceSet& sources) {
  if (!range.known() || range.file != file) return false;
  uint32_t first = sources.begin(range).line, last = sources.end(range).line;
  // Lines put in or taken out between two lines of the range are in it.
  return begin == end ? first < begin && begin <= last : first < end && begin <= last;
}

}  // namespace bgproof
