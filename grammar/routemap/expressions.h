// The regular expressions of these dialects, as POSIX extended ones over the characters of a text.
//
// `_` stands for a delimiter: the begin, the end, a blank, a comma, a brace or a parenthesis.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/routemap/context.h"

namespace bgproof::routemap {

// In POSIX syntax; nullopt, and told (BP114), if it cannot be read.
std::optional<std::string> posix_expression(Context& context, std::string_view text, SourceRange range);

// The AS path, as text, holds the expression somewhere.
Condition path_holds(Context& context, std::string_view text, SourceRange range);

// The communities of the kind, as one text, hold the expression (POSIX syntax).
Condition communities_hold(Context& context, CommunityKind kind, const std::string& expression, SourceRange range);

// The route has a standard community that has a name.
Condition carries_well_known(SourceRange range);

// The communities whose own text holds the expression. `in_words`: those that have a name are held against it by name.
CommunitySet communities_like(Context& context, CommunityKind kind, const std::string& expression, SourceRange range,
                              bool in_words = false);

}  // namespace bgproof::routemap
