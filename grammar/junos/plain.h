// The tokens of statements that are as they should be: the way that nearly all text takes, many times as fast as the
// generated parser.
//
// Plain text has no tags, every statement has its `;` or its block, every bracket its partner, and each word is made of
// characters that can stand nowhere else. It has one reading, that of JunosParser.g4, which needs no prediction. Whatever
// else occurs makes the whole piece not plain, before anything of it was used, and the grammar has the word.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bgproof::junos {

struct PlainToken {
  enum class Is : uint8_t { word, string, open, close, open_list, close_list, end } is;
  uint32_t begin, end;  // in the text
};

// Of text[begin, end), which holds complete statements of one level; nullopt: it is not plain.
std::optional<std::vector<PlainToken>> plain_tokens(std::string_view text, uint32_t begin, uint32_t end);

}  // namespace bgproof::junos
