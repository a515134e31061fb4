// Which definitions an edit touched, told from the text alone, so that it works for every dialect: a definition has its
// name as the second to fourth word of a changed line or of a line that it is indented under.
#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "report/hunks.h"

namespace bgproof {

std::vector<std::string_view> words_of(std::string_view text);

void add_changed_names(const SourceFile& before, const SourceFile& after, const Hunk& hunk,
                       std::set<std::string_view>& names);

bool names_any(std::string_view text, const std::set<std::string_view>& names);

// The lines `begin` to `end` (half-open; both the same: between two lines) lie in the range.
bool touches(const SourceRange& range, FileId file, uint32_t begin, uint32_t end, const SourceSet& sources);

}  // namespace bgproof
