// `path matches <...>`: a regular expression over AS numbers, as RPSL writes it. It is searched in the path; `^` and
// `$` tie it to the ends.
//
//   AS64500  64500  1.10  AS64500..AS64510   one AS number, or one in a range (`-` serves too)
//   NAME  $neighbor.asn                       one AS number of a set, or of a variable
//   .  [ AS1 AS2..AS5 NAME ]  [^ ... ]        any one AS number, one of these, none of these
//   a b   a | b   a* a+ a? a{2} a{2,} a{2,5}  ( ... )
//
// The text is free of names' values; they come through a callback, so that variables can differ from neighbor to
// neighbor.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/as_path_regex.h"
#include "policy/number_ranges.h"

namespace bgproof {

struct PathRegexReading {
  AsPathRegex regex;
  std::vector<std::pair<std::string, uint32_t>> names;  // with their offsets; a variable with its `$`
  std::string error;                                    // empty: fine
  uint32_t at = 0;                                      // offset of the error
};

using AsnsOfName = std::function<std::vector<NumberRange>(const std::string& name)>;

// Without `asns`, names stand for nothing; the result then serves to check the text alone.
PathRegexReading read_path_regex(std::string_view text, const AsnsOfName& asns = {});

// The languages of the other path conditions.
AsPathRegex path_contains(const std::vector<NumberRange>& asns);  // some ASN of the path, in a set or not
AsPathRegex path_ends_with(const std::vector<NumberRange>& asns);
AsPathRegex path_starts_with(const std::vector<NumberRange>& asns);

}  // namespace bgproof
