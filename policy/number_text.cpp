#include "policy/number_text.h"

#include <charconv>

namespace bgproof {

std::optional<uint32_t> number_of(std::string_view text) {
  uint32_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Asn> asn_of(std::string_view text) {
  size_t dot = text.find('.');
  if (dot == std::string_view::npos) return number_of(text);
  auto high = number_of(text.substr(0, dot));
  auto low = number_of(text.substr(dot + 1));
  if (!high || !low || *high > 0xffff || *low > 0xffff) return std::nullopt;
  return *high << 16 | *low;
}

std::optional<Asn> asn_behind_letters(std::string_view text) {
  bool letters = text.size() > 2 && (text[0] == 'A' || text[0] == 'a') && (text[1] == 'S' || text[1] == 's');
  return number_of(letters ? text.substr(2) : text);
}

}  // namespace bgproof
