// AS-path regular expressions of Junos (J11 of the design): over AS numbers, anchored at both ends.
//
//   term      a number (65536 or 1.0), `.` (any one letter), [ 1 2-5 ], 64512-65535, ( ... )
//   operator  {m} {m,n} {m,} * + ?   on the term in front; `|` between alternatives (of what, is an assumption:
//             junos.as-path-pipe); blanks separate
//   ^ $       allowed at the ends, where they say what holds anyway; `()` is the empty path
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "grammar/junos/context.h"
#include "grammar/junos/lines.h"
#include "policy/as_path_regex.h"

namespace bgproof::junos {

struct AsPathError {
  size_t position = 0;  // byte offset into the text
  std::string message;
};
enum class AsPathPipe { sequences, terms };
std::variant<AsPathRegex, AsPathError> parse_as_path(const std::string& text, AsPathPipe pipe = AsPathPipe::sequences);

// `from as-path NAME` and `from as-path-group NAME`.
Condition as_path_matches(Context& context, const std::string& name, SourceRange use);
Condition as_path_group_matches(Context& context, const std::string& name, SourceRange use);

// `from as-path-neighbors as-list NAME`, `as-path-origins`, `as-path-transits`, with `as-list-group` too: the first, the
// last, any AS of the path is in the list; of a set that stands there, some member.
enum class AsPathPlace { neighbor, origin, transit };
Condition as_list_matches(Context& context, AsPathPlace place, const Line& line);

// `from as-path-unique-count`: how many different AS numbers outside of confederations there are. No automaton counts
// those, so what the length of the path leaves open is free.
Condition unique_count_is(Context& context, const NumberRange& count, SourceRange use);

}  // namespace bgproof::junos
