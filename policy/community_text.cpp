// The text forms of communities and of sets of them.
#include <fmt/format.h>

#include <charconv>

#include "policy/address.h"
#include "policy/community.h"
#include "policy/visit.h"

namespace bgproof {
namespace {

enum class Layout { two_octet_as, address, four_octet_as };

// The types that have a name: route target and site of origin in the three transitive layouts.
struct NamedType {
  uint32_t type;
  std::string_view name;
  Layout layout;
};
constexpr std::array<NamedType, 6> kNamedTypes = {{
    {0x0002, "rt", Layout::two_octet_as},
    {0x0102, "rt", Layout::address},
    {0x0202, "rt", Layout::four_octet_as},
    {0x0003, "soo", Layout::two_octet_as},
    {0x0103, "soo", Layout::address},
    {0x0203, "soo", Layout::four_octet_as},
}};

const NamedType* find_type(uint32_t type) {
  for (const NamedType& named : kNamedTypes)
    if (named.type == type) return &named;
  return nullptr;
}

std::string address_text(uint32_t value) { return to_string(Address{Family::ipv4, Bits{value} << 96}); }

std::optional<uint32_t> parse_number(std::string_view text, int base = 10) {
  uint32_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':')) {
    parts.push_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  parts.push_back(text);
  return parts;
}

std::optional<Community> checked(const Community& community) {
  if (!is_well_formed(community)) return std::nullopt;
  return community;
}

std::optional<Community> parse_named(std::string_view name, std::string_view global, std::string_view local) {
  std::optional<uint32_t> low = parse_number(local);
  if (!low) return std::nullopt;
  Layout layout = Layout::two_octet_as;
  std::optional<uint32_t> high;
  if (global.find('.') != std::string_view::npos) {
    std::optional<Address> address = parse_address(global);
    if (!address || address->family != Family::ipv4) return std::nullopt;
    layout = Layout::address;
    high = static_cast<uint32_t>(address->bits >> 96);
  } else {
    bool four_octet = global.ends_with('L');
    if (four_octet) global.remove_suffix(1);
    high = parse_number(global);
    if (!high) return std::nullopt;
    if (four_octet || *high > 0xffff) layout = Layout::four_octet_as;
  }
  for (const NamedType& named : kNamedTypes)
    if (named.name == name && named.layout == layout)
      return checked({CommunityKind::extended, {named.type, *high, *low}});
  return std::nullopt;
}

std::optional<Community> parse_unnamed(std::string_view type, std::string_view global, std::string_view local) {
  if (!type.starts_with("0x")) return std::nullopt;
  std::optional<uint32_t> number = parse_number(type.substr(2), 16);
  std::optional<uint32_t> high = parse_number(global);
  std::optional<uint32_t> low = parse_number(local);
  if (!number || !high || !low) return std::nullopt;
  return checked({CommunityKind::extended, {*number, *high, *low}});
}

// "*" for all that the field can hold, else "5" or "[5-7]".
std::string range_text(const NumberRange& range, uint32_t limit) {
  if (range.low == 0 && range.high >= limit) return "*";
  if (range.low == range.high) return fmt::format("{}", range.low);
  return fmt::format("[{}-{}]", range.low, range.high);
}

std::string fields_text(const CommunityFields& pattern) {
  const auto& [first, second, third] = pattern.fields;
  auto part = [&](int field) {
    return range_text(pattern.fields[static_cast<size_t>(field)], field_limit(pattern.kind, field, first.low));
  };
  switch (pattern.kind) {
    case CommunityKind::standard:
      return fmt::format("{}:{}", part(0), part(1));
    case CommunityKind::large:
      return fmt::format("{}:{}:{}", part(0), part(1), part(2));
    case CommunityKind::extended:
      break;
  }
  if (first.low != first.high) {
    // The limits differ between the types of the range: only what is full for all of them is a star.
    std::string type =
        first.low == 0 && first.high >= 0xffff ? "*" : fmt::format("[0x{:04x}-0x{:04x}]", first.low, first.high);
    return fmt::format("ext:{}:{}:{}", type, range_text(second, UINT32_MAX), range_text(third, UINT32_MAX));
  }
  const NamedType* named = find_type(first.low);
  if (!named) return fmt::format("ext:0x{:04x}:{}:{}", first.low, part(1), part(2));
  bool one_number = second.low == second.high;
  std::string global = part(1);
  if (named->layout == Layout::address)
    global = one_number      ? address_text(second.low)
             : global == "*" ? "*.*.*.*"
                             : fmt::format("[{}-{}]", address_text(second.low), address_text(second.high));
  if (named->layout == Layout::four_octet_as && !(one_number && second.low > 0xffff)) global += 'L';
  return fmt::format("{}:{}:{}", named->name, global, part(2));
}

std::string braced(const std::vector<CommunityPattern>& patterns) {
  std::string text;
  for (const CommunityPattern& pattern : patterns) text += (text.empty() ? "" : ", ") + to_string(pattern);
  return text.empty() ? "{}" : "{" + text + "}";
}

}  // namespace

std::string to_string(const Community& community) {
  const auto& [first, second, third] = community.fields;
  switch (community.kind) {
    case CommunityKind::standard:
      return fmt::format("{}:{}", first, second);
    case CommunityKind::large:
      return fmt::format("{}:{}:{}", first, second, third);
    case CommunityKind::extended:
      break;
  }
  const NamedType* named = find_type(first);
  if (!named) return fmt::format("ext:0x{:04x}:{}:{}", first, second, third);
  switch (named->layout) {
    case Layout::two_octet_as:
      return fmt::format("{}:{}:{}", named->name, second, third);
    case Layout::address:
      return fmt::format("{}:{}:{}", named->name, address_text(second), third);
    case Layout::four_octet_as:
      return fmt::format("{}:{}{}:{}", named->name, second, second <= 0xffff ? "L" : "", third);
  }
  return {};
}

std::optional<Community> parse_community(std::string_view text) {
  std::vector<std::string_view> parts = split(text);
  if ((parts[0] == "rt" || parts[0] == "soo") && parts.size() == 3) return parse_named(parts[0], parts[1], parts[2]);
  if (parts[0] == "ext" && parts.size() == 4) return parse_unnamed(parts[1], parts[2], parts[3]);
  if (parts.size() != 2 && parts.size() != 3) return std::nullopt;
  Community community{parts.size() == 2 ? CommunityKind::standard : CommunityKind::large, {}};
  for (size_t field = 0; field < parts.size(); ++field) {
    std::optional<uint32_t> value = parse_number(parts[field]);
    if (!value) return std::nullopt;
    community.fields[field] = *value;
  }
  return checked(community);
}

std::string to_string(const CommunityPattern& pattern) {
  return visit_with(
      pattern.is, [](const Community& community) { return to_string(community); },
      [](const CommunityFields& fields) { return fields_text(fields); },
      [](const CommunityRegex& regex) {
        std::string_view in_words = regex.names == CommunityNames::words ? " in words" : "";
        return regex.searched ? fmt::format("/{}/{}", regex.expression, in_words)
                              : fmt::format("/^({})$/{}", regex.expression, in_words);
      });
}

std::string to_string(const CommunitySet& set) {
  if (!set.except.empty()) return braced(set.patterns) + " - " + braced(set.except);
  return set.patterns.size() == 1 ? to_string(set.patterns[0]) : braced(set.patterns);
}

std::string to_string(const Communities& communities) {
  std::string text;
  for (const Community& community : communities) text += (text.empty() ? "" : ", ") + to_string(community);
  return "{" + text + "}";
}

std::string_view to_string(CommunityNames names) {
  switch (names) {
    case CommunityNames::numeric:
      return "numeric";
    case CommunityNames::words:
      return "words";
  }
  return {};
}

const std::array<CommunityName, 15> kCommunityNames = {{
    {{CommunityKind::standard, {0, 0, 0}}, "internet"},
    {{CommunityKind::standard, {0xffff, 0x0000, 0}}, "graceful-shutdown"},
    {{CommunityKind::standard, {0xffff, 0x0001, 0}}, "accept-own"},
    {{CommunityKind::standard, {0xffff, 0x0002, 0}}, "route-filter-translated-v4"},
    {{CommunityKind::standard, {0xffff, 0x0003, 0}}, "route-filter-v4"},
    {{CommunityKind::standard, {0xffff, 0x0004, 0}}, "route-filter-translated-v6"},
    {{CommunityKind::standard, {0xffff, 0x0005, 0}}, "route-filter-v6"},
    {{CommunityKind::standard, {0xffff, 0x0006, 0}}, "llgr-stale"},
    {{CommunityKind::standard, {0xffff, 0x0007, 0}}, "no-llgr"},
    {{CommunityKind::standard, {0xffff, 0x0008, 0}}, "accept-own-nexthop"},
    {{CommunityKind::standard, {0xffff, 0x029a, 0}}, "blackhole"},
    {{CommunityKind::standard, {0xffff, 0xff01, 0}}, "no-export"},
    {{CommunityKind::standard, {0xffff, 0xff02, 0}}, "no-advertise"},
    {{CommunityKind::standard, {0xffff, 0xff03, 0}}, "local-AS"},
    {{CommunityKind::standard, {0xffff, 0xff04, 0}}, "no-peer"},
}};

std::string text_of(const Community& community, CommunityNames names) {
  if (names == CommunityNames::numeric) return to_string(community);
  for (const CommunityName& named : kCommunityNames)
    if (named.community == community) return std::string(named.name);
  if (community.kind != CommunityKind::extended) return to_string(community);
  const auto& [type, global, local] = community.fields;
  const NamedType* named = find_type(type);
  if (!named) return to_string(community);
  std::string_view name = named->name == "rt" ? "RT" : "SoO";
  if (named->layout == Layout::address) return fmt::format("{}:{}:{}", name, address_text(global), local);
  return fmt::format("{}:{}:{}", name, global, local);
}

std::string text_of(const Communities& communities, CommunityKind kind, CommunityNames names) {
  std::string text;
  for (const Community& community : communities) {
    if (community.kind != kind) continue;
    if (!text.empty()) text += ' ';
    text += text_of(community, names);
  }
  return text;
}

std::string_view to_string(CommunityKind kind) {
  switch (kind) {
    case CommunityKind::standard:
      return "standard";
    case CommunityKind::large:
      return "large";
    case CommunityKind::extended:
      return "extended";
  }
  return {};
}

}  // namespace bgproof
