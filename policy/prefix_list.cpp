#include "policy/prefix_list.h"

#include <fmt/format.h>

namespace bgproof {
namespace {

// All but the lengths, as the `longest` lookup asks first.
bool covers(const PrefixPattern& pattern, const Prefix& prefix) {
  if (!pattern.mask) return covers(pattern.prefix, prefix);
  return pattern.prefix.family == prefix.family && ((pattern.prefix.bits ^ prefix.bits) & *pattern.mask) == 0;
}

bool length_fits(const PrefixPattern& pattern, const Prefix& prefix) {
  return pattern.low <= prefix.length && prefix.length <= pattern.high;
}

const PrefixEntry* first_match(const PrefixList& list, const Prefix& prefix) {
  for (const PrefixEntry& entry : list.entries)
    if (matches(entry.pattern, prefix)) return &entry;
  return nullptr;
}

const PrefixEntry* longest_match(const PrefixList& list, const Prefix& prefix) {
  int longest = -1;
  for (const PrefixEntry& entry : list.entries) {
    const PrefixPattern& pattern = entry.pattern;
    if (covers(pattern, prefix) && pattern.prefix.length > longest) longest = pattern.prefix.length;
  }
  for (const PrefixEntry& entry : list.entries)
    if (entry.pattern.prefix.length == longest && matches(entry.pattern, prefix)) return &entry;
  return nullptr;
}

}  // namespace

bool matches(const PrefixPattern& pattern, const Prefix& prefix) {
  return covers(pattern, prefix) && length_fits(pattern, prefix);
}

const PrefixEntry* deciding_entry(const PrefixList& list, const Prefix& prefix) {
  switch (list.mode) {
    case PrefixList::Mode::any:
    case PrefixList::Mode::first:
      return first_match(list, prefix);
    case PrefixList::Mode::longest:
      return longest_match(list, prefix);
  }
  return nullptr;
}

std::optional<uint32_t> lookup(const PrefixList& list, const Prefix& prefix) {
  const PrefixEntry* entry = deciding_entry(list, prefix);
  if (entry == nullptr || entry->slot == PrefixEntry::kNoMatch) return std::nullopt;
  return entry->slot;
}

std::vector<PrefixPattern> access_patterns(const Address& address, Bits wildcard, const Address& netmask,
                                           Bits netmask_wildcard) {
  const int widest = width(address.family);
  const Bits whole = mask_of(widest), compared = whole & ~wildcard;
  std::vector<PrefixPattern> patterns;
  for (int length = 0; length <= widest; ++length) {
    if (((mask_of(length) ^ netmask.bits) & whole & ~netmask_wildcard) != 0) continue;
    auto here = static_cast<uint8_t>(length);
    if (!patterns.empty() && patterns.back().high + 1 == length)
      patterns.back().high = here;
    else
      patterns.push_back({prefix_of({address.family, address.bits & compared}, widest), here, here, compared});
  }
  return patterns;
}

std::string to_string(const PrefixPattern& pattern) {
  int widest = width(pattern.prefix.family);
  if (pattern.mask) {
    std::string lengths =
        pattern.low == 0 && pattern.high == widest ? "" : fmt::format(" ge {} le {}", pattern.low, pattern.high);
    return fmt::format("{} mask {}{}", to_string(pattern.prefix),
                       to_string(Address{pattern.prefix.family, *pattern.mask}), lengths);
  }
  std::string text = to_string(pattern.prefix);
  bool from_own_length = pattern.low == pattern.prefix.length;
  if (from_own_length && pattern.high == pattern.low) return text;
  if (from_own_length && pattern.high == widest) return text + " orlonger";
  if (from_own_length) return fmt::format("{} le {}", text, pattern.high);
  if (pattern.high == widest) return fmt::format("{} ge {}", text, pattern.low);
  return fmt::format("{} ge {} le {}", text, pattern.low, pattern.high);
}

}  // namespace bgproof
