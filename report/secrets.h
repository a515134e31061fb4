// Secrets never leave in a report. Every config line that any format quotes passes through here: passwords, keys,
// hashes and SNMP communities are found by the words in front of them and by their look ($9$...), and replaced by one
// fixed word, so that not even their length shows. When in doubt a word too many is hidden: a report without a name is
// still useful.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace bgproof {

inline constexpr std::string_view kRedacted = "<redacted>";

struct Secret {
  uint32_t begin = 0;  // byte offsets in the line, half-open
  uint32_t end = 0;
};

// `in_snmp`: the line stands inside an `snmp { ... }` block, where `community NAME` is a secret too.
std::vector<Secret> find_secrets(std::string_view line, bool in_snmp = false);

// True if the line stands inside a top-level `snmp` block of a curly config.
bool is_in_snmp(const SourceFile& file, uint32_t line);

// Each line of the text with its secrets replaced.
std::string redact(std::string_view text);

}  // namespace bgproof
