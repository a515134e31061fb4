#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "grammar/junos/community.h"
#include "grammar/junos/lines.h"

namespace bgproof::junos {

namespace {

constexpr std::string_view kRegexCharacters = ".*[]^$+?{}|()\\";
constexpr uint32_t kAny = UINT32_MAX;

struct WellKnown {
  std::string_view name;
  Community community;
};
const std::array<WellKnown, 8> kWellKnown = {{{"no-export", well_known::kNoExport},
                                              {"no-advertise", well_known::kNoAdvertise},
                                              {"no-export-subconfed", well_known::kNoExportSubconfed},
                                              {"graceful-shutdown", well_known::kGracefulShutdown},
                                              {"llgr-stale", well_known::kLlgrStale},
                                              {"no-llgr", well_known::kNoLlgr},
                                              {"blackhole", well_known::kBlackhole},
                                              {"accept-own", {CommunityKind::standard, {0xffff, 0x0001, 0}}}}};

// Extended communities by name: the types for an administrator that is a two-octet AS, an IPv4 address, a four-octet
// AS; kAny: none.
struct ExtendedType {
  std::string_view name;
  std::string_view text;  // in front of the text form of policy/community.h, "" if it has no name there
  uint32_t two_octet, ipv4, four_octet;
};
constexpr std::array<ExtendedType, 6> kExtendedTypes = {{{"target", "rt", 0x0002, 0x0102, 0x0202},
                                                         {"origin", "soo", 0x0003, 0x0103, 0x0203},
                                                         {"domain-id", "", 0x0005, 0x0105, 0x0205},
                                                         {"src-as", "", 0x0009, kAny, 0x0209},
                                                         {"rt-import", "", kAny, 0x010b, kAny},
                                                         {"redirect", "", 0x8008, 0x8108, 0x8208}}};

bool is_regex(std::string_view text) { return text.find_first_of(kRegexCharacters) != std::string_view::npos; }
bool is_any(std::string_view field) { return field == "*" || field == ".*"; }

// A leading zero would not be the text of any community, but Junos reads such a literal as the number.
std::optional<NumberRange> field_range(std::string_view field, uint32_t limit) {
  if (is_any(field)) return NumberRange{0, limit};
  auto value = number_of(field);
  if (!value || *value > limit) return std::nullopt;
  return NumberRange{*value, *value};
}

// Fields split at colons that stand outside of brackets, braces and parentheses.
std::vector<std::string> fields_of(std::string_view text) {
  std::vector<std::string> result(1);
  int depth = 0;
  for (char c : text) {
    if (c == '[' || c == '(' || c == '{') ++depth;
    if (c == ']' || c == ')' || c == '}') --depth;
    if (c == ':' && depth <= 0)
      result.emplace_back();
    else
      result.back() += c;
  }
  return result;
}

// Whether a search for the expression and a match of the whole text can't differ on this side: an anchor, `.*`, or a
// number so long that no further digit fits in front of it or behind it.
bool bound_in_front(const std::string& field, size_t digits) {
  if (field.rfind("^", 0) == 0 || field.rfind(".*", 0) == 0 || field == "[0-9]+") return true;
  size_t plain = field.find_first_not_of("0123456789");
  return (plain == std::string::npos ? field.size() : plain) >= digits;
}
bool bound_behind(const std::string& field, size_t digits) {
  auto ends_with = [&](std::string_view tail) {
    return field.size() >= tail.size() && field.compare(field.size() - tail.size(), tail.size(), tail) == 0;
  };
  if (ends_with("\\$") || ends_with("\\.*")) return false;
  if (ends_with("$") || ends_with(".*") || field == "[0-9]+") return true;
  size_t last = field.find_last_not_of("0123456789");
  return last == std::string::npos && field.size() >= digits;
}

// An alternative outside of parentheses has ends of its own.
bool has_open_alternative(std::string_view text) {
  int depth = 0;
  for (char c : text) {
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (c == '|' && depth <= 0) return true;
  }
  return false;
}

void set_regex(CommunityMember& member, CommunityKind kind, const std::string& expression, bool differ) {
  member.known = true;
  member.readings_differ = differ;
  member.searched = {{CommunityRegex{expression, true, {kind}}, member.range}};
  member.whole = {{CommunityRegex{expression, false, {kind}}, member.range}};
}

void set_patterns(CommunityMember& member, std::vector<CommunityPattern> patterns) {
  member.known = true;
  member.searched = member.whole = std::move(patterns);
}

// A pattern of fields, or the literal if each is one number.
CommunityPattern pattern_of(CommunityKind kind, const std::array<NumberRange, 3>& fields, int count,
                            SourceRange range) {
  for (int i = 0; i < count; ++i)
    if (fields[i].low != fields[i].high) return {CommunityFields{kind, fields}, range};
  return {Community{kind, {fields[0].low, fields[1].low, fields[2].low}}, range};
}

// Standard and large communities: `first` fields in front of which nothing stands.
void read_numeric(CommunityMember& member, CommunityKind kind, const std::vector<std::string>& fields,
                  Diagnostics& diagnostics) {
  bool large = kind == CommunityKind::large;
  uint32_t limit = large ? UINT32_MAX : 0xffff;
  size_t digits = large ? 10 : 5;
  std::array<NumberRange, 3> ranges{};
  if (!large) ranges[2] = {0, 0};
  bool plain = true;
  for (size_t i = 0; i < fields.size(); ++i) {
    auto range = field_range(fields[i], limit);
    if (!range) plain = false;
    if (range) ranges[i] = *range;
    if (!range && !is_regex(fields[i])) {
      bool digits_first =
          !fields[i].empty() && number_of(fields[i].substr(0, fields[i].find_first_not_of("0123456789")));
      if (member.quoted && digits_first && !number_of(fields[i])) {
        // A quoted text such as "64500:1;" is taken and compared as text; no community reads so.
        diagnostics.warning("BP116", member.range,
                            fmt::format("`{}` is the text of no community, so it never matches", member.text));
        return set_patterns(member, {});
      }
      diagnostics.warning("BP116", member.range, fmt::format("`{}` is not a community", member.text));
      return;
    }
  }
  // `.*` at an end of a regular expression and a number at the other: bounded on both sides unless the number can grow.
  if (plain) {
    bool front = is_any(fields.front()) || fields.front().size() >= digits || !is_regex(member.text);
    bool back = is_any(fields.back()) || fields.back().size() >= digits || !is_regex(member.text);
    bool dots = std::any_of(fields.begin(), fields.end(), [](const std::string& f) { return f == ".*"; });
    if (!dots || (front && back)) {
      set_patterns(member, {pattern_of(kind, ranges, static_cast<int>(fields.size()), member.range)});
      member.everything = !large && is_any(fields[0]) && is_any(fields[1]);
      return;
    }
  }
  std::string expression;
  std::vector<std::string> parts = fields;
  for (std::string& part : parts) {
    if (part == "*") part = "[0-9]+";
    expression += (expression.empty() ? "" : ":") + part;
  }
  bool alternatives = has_open_alternative(expression);
  bool differ = alternatives || !bound_in_front(parts.front(), digits) || !bound_behind(parts.back(), digits);
  set_regex(member, kind, expression, differ);
}

std::optional<uint32_t> ipv4_of(const std::string& text) {
  auto address = parse_address(text);
  if (!address || address->family != Family::ipv4) return std::nullopt;
  return static_cast<uint32_t>(address->bits >> 96);
}

struct Administrator {
  enum class Is { two_octet, ipv4, four_octet } is = Is::two_octet;
  NumberRange value;
};
std::optional<Administrator> administrator_of(std::string text) {
  if (auto ip = ipv4_of(text)) return Administrator{Administrator::Is::ipv4, {*ip, *ip}};
  bool long_form = !text.empty() && (text.back() == 'L' || text.back() == 'l');
  if (long_form) text.pop_back();
  auto value = asn_of(text);
  if (!value) return std::nullopt;
  bool four = long_form || *value > 0xffff;
  return Administrator{four ? Administrator::Is::four_octet : Administrator::Is::two_octet, {*value, *value}};
}

uint32_t hex_of(std::string_view text) {
  uint32_t value = 0;
  for (char c : text) {
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : -1;
    if (digit < 0 || value > 0xfff) return kAny;
    value = value << 4 | static_cast<uint32_t>(digit);
  }
  return text.empty() ? kAny : value;
}

// Type, administrator and number, for a type given as a number. Reads the administrator as the type's high octet says.
bool read_numbered_type(CommunityMember& member, uint32_t type, const std::vector<std::string>& fields) {
  uint32_t global_limit = field_limit(CommunityKind::extended, 1, type);
  uint32_t local_limit = field_limit(CommunityKind::extended, 2, type);
  auto local = field_range(fields[2], local_limit);
  auto global = field_range(fields[1], global_limit);
  if (!global && !is_regex(fields[1]))
    if (auto administrator = administrator_of(fields[1]); administrator && administrator->value.high <= global_limit)
      global = administrator->value;
  if (auto ip = ipv4_of(fields[1])) global = NumberRange{*ip, *ip};
  // A layout of its own that holds a long administrator in its first four octets and a short number in the last two.
  bool own_layout = global_limit == 0xffff && local_limit == UINT32_MAX && (type >> 8 & 0x3f) > 2;
  auto administrator = administrator_of(fields[1]);
  auto short_number = field_range(fields[2], 0xffff);
  if (own_layout && administrator && administrator->is != Administrator::Is::two_octet && short_number &&
      !is_any(fields[2])) {
    uint32_t value = administrator->value.low;
    uint32_t tail = (value & 0xffff) << 16 | short_number->low;
    set_patterns(member, {{Community{CommunityKind::extended, {type, value >> 16, tail}}, member.range}});
    return true;
  }
  if (!global || !local) return false;
  set_patterns(member,
               {pattern_of(CommunityKind::extended, {NumberRange{type, type}, *global, *local}, 3, member.range)});
  return true;
}

bool read_named_type(CommunityMember& member, const ExtendedType& type, const std::vector<std::string>& fields) {
  const auto kind = CommunityKind::extended;
  std::vector<CommunityPattern> patterns;
  auto add = [&](uint32_t code, NumberRange global) {
    if (code == kAny) return true;
    auto local = field_range(fields[2], field_limit(kind, 2, code));
    if (!local) return false;
    if (is_any(fields[1])) global = {0, field_limit(kind, 1, code)};
    patterns.push_back(pattern_of(kind, {NumberRange{code, code}, global, *local}, 3, member.range));
    return true;
  };
  bool good = true;
  if (is_any(fields[1])) {
    // A number that only some layouts can hold belongs to those alone.
    for (uint32_t code : {type.two_octet, type.ipv4, type.four_octet}) add(code, {});
    good = !patterns.empty();
  } else if (auto administrator = administrator_of(fields[1])) {
    uint32_t code = administrator->is == Administrator::Is::two_octet ? type.two_octet
                    : administrator->is == Administrator::Is::ipv4    ? type.ipv4
                                                                      : type.four_octet;
    good = code != kAny && add(code, administrator->value);
  } else {
    good = false;
  }
  if (good) {
    set_patterns(member, std::move(patterns));
    return true;
  }
  bool regex = is_regex(fields[1]) || is_regex(fields[2]);
  if (!regex || type.text.empty()) return false;
  std::string first = fields[1] == "*" ? "[0-9.]+L?" : fields[1];
  std::string second = fields[2] == "*" ? "[0-9]+" : fields[2];
  bool alternatives = has_open_alternative(first) || has_open_alternative(second);
  set_regex(member, kind, fmt::format("{}:{}:{}", type.text, first, second), alternatives || !bound_behind(second, 10));
  return true;
}

// color:CO:NUMBER, the two bits CO in binary (RFC 9012); color:NUMBER is color:00:NUMBER.
bool read_color(CommunityMember& member, const std::vector<std::string>& fields) {
  static constexpr std::array<std::string_view, 4> kBits = {"00", "01", "10", "11"};
  std::string bits = fields.size() == 3 ? fields[1] : "00";
  if (bits.size() == 1) bits = "0" + bits;
  auto found = std::find(kBits.begin(), kBits.end(), bits);
  auto number = field_range(fields.back(), UINT32_MAX);
  if (!number || (found == kBits.end() && fields[1] != "*")) return false;
  auto flags = static_cast<uint32_t>(found - kBits.begin()) << 14;
  NumberRange global = fields.size() == 3 && fields[1] == "*" ? NumberRange{0, 0xffff} : NumberRange{flags, flags};
  set_patterns(member,
               {pattern_of(CommunityKind::extended, {NumberRange{0x030b, 0x030b}, global, *number}, 3, member.range)});
  return true;
}

bool read_extended(CommunityMember& member, const std::vector<std::string>& fields) {
  if (fields[0] == "color" && (fields.size() == 2 || fields.size() == 3)) return read_color(member, fields);
  if (fields.size() != 3) return false;
  for (const ExtendedType& type : kExtendedTypes)
    if (fields[0] == type.name) return read_named_type(member, type, fields);
  uint32_t type = kAny;
  if (fields[0].rfind("0x", 0) == 0) type = hex_of(std::string_view(fields[0]).substr(2));
  if (auto number = number_of(fields[0])) type = *number;
  return type <= 0xffff && read_numbered_type(member, type, fields);
}

}  // namespace

CommunityMember community_member(const Word& word, Diagnostics& diagnostics) {
  const std::string& text = word.text;
  SourceRange range = word.range;
  CommunityMember member;
  member.text = text;
  member.range = range;
  member.quoted = word.quoted;
  for (const WellKnown& known : kWellKnown)
    if (text == known.name) {
      set_patterns(member, {{known.community, range}});
      return member;
    }
  std::vector<std::string> fields = fields_of(text);
  if (fields[0] == "large" && fields.size() == 4) {
    read_numeric(member, CommunityKind::large, {fields[1], fields[2], fields[3]}, diagnostics);
  } else if (fields.size() == 2 && fields[0] != "color") {
    read_numeric(member, CommunityKind::standard, fields, diagnostics);
  } else if (fields.size() == 1 && is_regex(text)) {
    // An expression over the whole text of a standard community, with the colon inside a group or left to a wildcard.
    if (text == "*" || text == ".*") {
      set_patterns(member,
                   {{CommunityFields{CommunityKind::standard, {NumberRange{0, 0xffff}, NumberRange{0, 0xffff}, {0, 0}}},
                     range}});
      member.everything = true;
    } else {
      bool anchored = !has_open_alternative(text) && bound_in_front(text, 6) && bound_behind(text, 6);
      set_regex(member, CommunityKind::standard, text, !anchored);
    }
  } else if (fields.size() > 1) {
    read_extended(member, fields);
  } else {
    diagnostics.warning("BP116", range, fmt::format("`{}` is not a community", text));
  }
  return member;
}

}  // namespace bgproof::junos
