// From the text of one token to its value. Mistakes are diagnostics; a value comes back all the same, so that reading
// goes on.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "grammar/intent/lexer.h"
#include "intents/model.h"

namespace bgproof::intent {

struct Piece {
  std::string_view text;
  SourceRange range;
};

uint32_t read_number(const Piece& piece, Diagnostics& diagnostics);  // BP209 beyond 32 bits
uint64_t read_large_number(const Piece& piece, Diagnostics& diagnostics);
Asn read_asn(const Piece& piece, Diagnostics& diagnostics);                     // AS64500, 64500, AS1.10, 1.10
Prefix read_prefix(const Piece& piece, Diagnostics& diagnostics);               // BP209 for bits beyond the length
CommunityLiteral read_community(const Piece& piece, Diagnostics& diagnostics);  // BP213
Date read_date(const Piece& piece, Diagnostics& diagnostics);                   // BP209: not a day of the calendar
uint64_t read_duration(const Piece& piece, Diagnostics& diagnostics);           // seconds
std::string read_quoted(const Piece& piece);                                    // without quotes and escapes

// The members of a folded list (lexer.h).
std::vector<SetMember> read_prefix_list(std::string_view file_text, const SourceRange& range, Diagnostics& diagnostics);

// CMP n, or nullopt if no 32-bit number satisfies it.
std::optional<NumberRange> numbers_where(std::string_view comparison, uint32_t value);

}  // namespace bgproof::intent
