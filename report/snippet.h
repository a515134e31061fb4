// The source lines of a message, with what matters underlined:
//
//        --> configs/edge.conf:12:5
//         |
//      12 |     from route-type internal;
//         |          ------------------- the only condition
//     ...
//      19 |     accept;
//         |     ^^^^^^ accepted here
//
// Several labels may stand in one line and in several files; far lines between are left out.
#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "report/style.h"

namespace bgproof {

struct SnippetLabel {
  enum class Mark : uint8_t {
    at,      // ^^^^, the place of the message
    beside,  // ----, explains it
    shown,   // the line alone, for orientation
    holds,   // ----, a condition that holds
    fails,   // ----, one that does not
  } mark = Mark::at;
  SourceRange range;
  std::string text;
};

struct Snippet {
  std::string text;     // lines with ends; "" if no label has a place
  uint32_t gutter = 0;  // columns in front of the bar, for notes below
};

// Labels without a place are left out.
Snippet render_snippet(const SourceSet& sources, const std::vector<SnippetLabel>& labels, const Style& style,
                       bool is_error = true);

// The lines alone, without the arrow that names the file and without empty bars; "" if no label has a place.
std::string render_lines(const SourceSet& sources, const std::vector<SnippetLabel>& labels, const Style& style,
                         uint32_t gutter);

}  // namespace bgproof
