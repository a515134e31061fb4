// Which `match`, `set` and `call` lines of a route map FRR's bgpd takes. It refuses a line that has none of its forms
// ("No such command") and keeps the entry as if the line did not stand there, while other dialects take several lists
// or values in one line: what is carried over from them widens the entry without a word.
//
// The forms are those that a live bgpd 8.4.4 lists, and count for 8.0 to 8.4. What another version, or one that the
// text does not tell, makes of a line without such a form is not known.
#pragma once

#include <optional>
#include <utility>

#include "grammar/routemap/syntax.h"

namespace bgproof::routemap {

using FrrVersion = std::pair<uint32_t, uint32_t>;  // 8.4

struct SaidVersion {
  FrrVersion version;
  SourceRange at;
};
// `frr version 8.4.4`; the last such line counts.
std::optional<SaidVersion> frr_version(const Config& config);

enum class FrrLine : uint8_t { taken, refused, unknown };
FrrLine frr_line(const Line& line, std::optional<FrrVersion> version);

}  // namespace bgproof::routemap
