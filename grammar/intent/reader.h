// From the text of an intent file to its model. The only file behind this header that sees ANTLR is reader.cpp.
//
// Syntax errors (BP201) say what was found and what was expected, and reading goes on at the next row or declaration,
// so that one run reports all of them (at most kMostErrors). A file with errors comes back `broken`: its items are left
// out. Nothing that a file can hold crashes the reader: parentheses deeper than kMostNesting, binary files and texts
// without end are diagnostics.
#pragma once

#include "base/diagnostic.h"
#include "intents/model.h"

namespace bgproof::intent {

inline constexpr size_t kMostErrors = 50;
inline constexpr size_t kMostNesting = 200;

File read(const SourceSet& sources, FileId file, Diagnostics& diagnostics);

}  // namespace bgproof::intent
