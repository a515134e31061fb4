#include "intents/glob.h"

#include <cstddef>

namespace bgproof {
namespace {

// Whether `c` is in the bracket at the start of `pattern`; `length` becomes its length, 0 if it is not closed (then `[`
// is itself).
bool in_bracket(std::string_view pattern, char c, size_t& length) {
  size_t at = 1;
  bool inverted = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (inverted) ++at;
  bool found = false;
  for (size_t first = at; at < pattern.size() && (pattern[at] != ']' || at == first); ++at) {
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      found = found || (pattern[at] <= c && c <= pattern[at + 2]);
      at += 2;
    } else {
      found = found || pattern[at] == c;
    }
  }
  length = at < pattern.size() ? at + 1 : 0;
  return found != inverted;
}

}  // namespace

// On a mismatch the last `*` takes one character more; earlier ones never need to.
bool glob_matches(std::string_view pattern, std::string_view text) {
  size_t p = 0, t = 0, star = std::string_view::npos, star_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
      continue;
    }
    size_t step = 0;
    if (p < pattern.size()) {
      size_t length = 0;
      if (pattern[p] == '[') {
        bool found = in_bracket(pattern.substr(p), text[t], length);
        if (length > 0 && found) step = length;
      }
      if (length == 0 && (pattern[p] == '?' || pattern[p] == text[t])) step = 1;
    }
    if (step > 0) {
      p += step;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace bgproof
