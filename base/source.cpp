#include "base/source.h"

#include <algorithm>

#include "base/check.h"

namespace bgproof {

SourceRange cover(const SourceRange& a, const SourceRange& b) {
  if (!a.known() || !b.known() || a.file != b.file) return a.known() ? a : b;
  return {a.file, std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

SourceFile::SourceFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
  BGPROOF_CHECK(text_.size() < UINT32_MAX, "source files are smaller than 4 GiB");
  line_starts_.push_back(0);
  for (size_t at = text_.find('\n'); at != std::string::npos && at + 1 < text_.size(); at = text_.find('\n', at + 1))
    line_starts_.push_back(static_cast<uint32_t>(at + 1));
}

LineColumn SourceFile::position(uint32_t offset) const {
  auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  auto line = static_cast<uint32_t>(after - line_starts_.begin());
  return {line, offset - line_starts_[line - 1] + 1};
}

std::string_view SourceFile::line(uint32_t number) const {
  if (number == 0 || number > line_starts_.size()) return {};
  std::string_view rest = std::string_view(text_).substr(line_starts_[number - 1]);
  rest = rest.substr(0, rest.find('\n'));
  if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
  return rest;
}

FileId SourceSet::add(std::string path, std::string text) {
  files_.emplace_back(std::move(path), std::move(text));
  return {static_cast<uint32_t>(files_.size() - 1)};
}

const SourceFile& SourceSet::file(FileId id) const {
  BGPROOF_CHECK(id.value < files_.size(), "a range must name a file of this set");
  return files_[id.value];
}

std::string_view SourceSet::text(const SourceRange& range) const {
  if (!range.known()) return {};
  return file(range.file).text().substr(range.begin, range.end - range.begin);
}

}  // namespace bgproof
