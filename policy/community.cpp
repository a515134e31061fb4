#include "policy/community.h"

#include <algorithm>

#include "base/check.h"
#include "policy/text_regex.h"
#include "policy/visit.h"

namespace bgproof {

uint32_t field_limit(CommunityKind kind, int field, uint32_t extended_type) {
  switch (kind) {
    case CommunityKind::standard:
      return field < 2 ? 0xffff : 0;
    case CommunityKind::large:
      return UINT32_MAX;
    case CommunityKind::extended:
      break;
  }
  if (field == 0) return 0xffff;
  switch (extended_type >> 8 & ~0x40u) {
    case 0x01:
    case 0x02:
      return field == 1 ? UINT32_MAX : 0xffff;
    default:
      return field == 1 ? 0xffff : UINT32_MAX;
  }
}

namespace {

bool contains(const CommunityFields& pattern, const Community& community) {
  if (pattern.kind != community.kind) return false;
  size_t count = pattern.kind == CommunityKind::standard ? 2 : 3;
  for (size_t field = 0; field < count; ++field)
    if (!pattern.fields[field].contains(community.fields[field])) return false;
  return true;
}

bool contains(const CommunityRegex& pattern, const Community& community) {
  if (!pattern.kinds.contains(community.kind)) return false;
  std::variant<TextRegex, TextRegexError> parsed = parse_text_regex(pattern.expression);
  const auto* regex = std::get_if<TextRegex>(&parsed);
  BGPROOF_CHECK(regex, "a community expression is checked when it is read: " + pattern.expression);
  std::string text = text_of(community, pattern.names);
  return pattern.searched ? matches_somewhere(*regex, text) : matches_whole(*regex, text);
}

}  // namespace

bool contains(const CommunityPattern& pattern, const Community& community) {
  return visit_with(
      pattern.is, [&](const Community& literal) { return literal == community; },
      [&](const CommunityFields& fields) { return contains(fields, community); },
      [&](const CommunityRegex& regex) { return contains(regex, community); });
}

bool contains(const CommunitySet& set, const Community& community) {
  auto matches = [&](const CommunityPattern& pattern) { return contains(pattern, community); };
  return std::any_of(set.patterns.begin(), set.patterns.end(), matches) &&
         std::none_of(set.except.begin(), set.except.end(), matches);
}

bool is_well_formed(const Community& community) {
  for (int field = 0; field < 3; ++field)
    if (community.fields[static_cast<size_t>(field)] > field_limit(community.kind, field, community.fields[0]))
      return false;
  return true;
}

}  // namespace bgproof
