// Lines of tokens and comments, the small type setter under the formatter. Private to format.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grammar/intent/lexer.h"

namespace bgproof::intent {

inline constexpr size_t kLineWidth = 100;

// A word or sign of the file, or a comment; `own_line`: a comment with nothing in front of it.
struct Mark {
  std::string_view text;
  bool comment = false;
  bool own_line = false;
};

// Whether a blank stands between two marks of one line.
bool blank_between(std::string_view left, std::string_view right);

// All marks on one line; they hold no comment.
std::string one_line(const std::vector<Mark>& marks);
bool has_comment(const std::vector<Mark>& marks);

// `first` opens the first line (what stands in front of the marks); further lines are indented. Lists in braces are
// broken, one entry on a line, each with a comma.
std::string with_broken_lists(std::string first, const std::vector<Mark>& marks);

// As many segments on a line as fit; a segment that `starts_line` opens a new one. Further lines are indented by
// `indent`.
struct Segment {
  std::vector<Mark> marks;
  bool starts_line = false;
};
std::string filled(std::string first, const std::vector<Segment>& segments, size_t indent);

}  // namespace bgproof::intent
