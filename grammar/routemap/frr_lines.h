// Which lines of lists and route maps FRR's bgpd takes, and what they say. It refuses a line that has none of its forms
// ("No such command") or a value that it does not know, and goes on as if the line did not stand there, while other
// dialects take several lists or values in one line: what is carried over from them widens an entry without a word. It
// takes keywords that are cut short. So each such line is written as bgpd shows it, or it is refused, or it is not
// known what it does: an entry is free then, and of a list or a head the device is lost.
//
// The forms are those that a live bgpd 8.4.4 lists, and count for 8.0 to 8.4. In another version, or one that the text
// does not tell, a line that is not of such a form word for word is not known.
#pragma once

#include <optional>
#include <string_view>
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

// Sets the standing of each line, and writes out those that are taken. What stands below a head that is refused is of
// the entry that was open before. `text`: of the file.
void judge_frr_lines(Config& config, std::string_view text);

}  // namespace bgproof::routemap
