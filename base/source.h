// The text that everything points back to. A SourceSet owns the files of a run; a SourceRange is a half-open range of
// byte offsets in one of them and is carried by every statement of every model, so that each verdict can name its
// lines. Offsets are 32-bit: a file of 4 GiB or more is refused by whoever reads it.
//
// Lines and columns are 1-based; a column counts bytes. A range may have no file (SourceRange{}): a fact that stands
// nowhere, such as a protocol's default.
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace bgproof {

struct FileId {
  static constexpr uint32_t kNone = UINT32_MAX;
  uint32_t value = kNone;
  auto operator<=>(const FileId&) const = default;
};

struct SourceRange {
  FileId file;
  uint32_t begin = 0;
  uint32_t end = 0;

  bool known() const { return file.value != FileId::kNone; }
  auto operator<=>(const SourceRange&) const = default;
};

// The smallest range that covers both; if one is unknown or they stand in different files, the first.
SourceRange cover(const SourceRange& a, const SourceRange& b);

struct LineColumn {
  uint32_t line = 1;
  uint32_t column = 1;
  auto operator<=>(const LineColumn&) const = default;
};

class SourceFile {
 public:
  SourceFile(std::string path, std::string text);

  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  LineColumn position(uint32_t offset) const;
  // The text of a 1-based line without its line end; empty beyond the end.
  std::string_view line(uint32_t number) const;
  uint32_t line_count() const { return static_cast<uint32_t>(line_starts_.size()); }

 private:
  std::string path_;
  std::string text_;
  std::vector<uint32_t> line_starts_;
};

class SourceSet {
 public:
  FileId add(std::string path, std::string text);
  const SourceFile& file(FileId id) const;
  std::string_view text(const SourceRange& range) const;
  LineColumn begin(const SourceRange& range) const { return file(range.file).position(range.begin); }
  LineColumn end(const SourceRange& range) const { return file(range.file).position(range.end); }
  size_t size() const { return files_.size(); }

 private:
  std::deque<SourceFile> files_;  // a deque: references to files stay valid
};

}  // namespace bgproof
