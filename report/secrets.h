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

std::vector<Secret> find_secrets(std::string_view line);

// Of a line of a file (1-based), with what stands in front of it in view: an `snmp` block, a keyword that ends the line
// before.
std::vector<Secret> find_secrets(const SourceFile& file, uint32_t line);
std::string redacted_line(const SourceFile& file, uint32_t line);

// Each line of the text with its secrets replaced.
std::string redact(std::string_view text);

}  // namespace bgproof
