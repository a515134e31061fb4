#include "grammar/intent/literals.h"

#include <fmt/format.h>

#include <charconv>

#include "base/check.h"

namespace bgproof::intent {
namespace {

// Saturates.
uint64_t to_number(std::string_view digits) {
  uint64_t value = 0;
  auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return result.ec == std::errc() ? value : UINT64_MAX;
}

SourceRange part_of(const Piece& piece, std::string_view part) {
  auto begin = piece.range.begin + static_cast<uint32_t>(part.data() - piece.text.data());
  return {piece.range.file, begin, begin + static_cast<uint32_t>(part.size())};
}

uint32_t small(uint64_t value, std::string_view what, const SourceRange& range, Diagnostics& diagnostics) {
  if (value <= UINT32_MAX) return static_cast<uint32_t>(value);
  diagnostics.error("BP209", range, fmt::format("{} is at most {}", what, UINT32_MAX));
  return UINT32_MAX;
}

}  // namespace

uint64_t read_large_number(const Piece& piece, Diagnostics& diagnostics) {
  uint64_t value = to_number(piece.text);
  if (value == UINT64_MAX) diagnostics.error("BP209", piece.range, "this number is too large");
  return value;
}

uint32_t read_number(const Piece& piece, Diagnostics& diagnostics) {
  return small(to_number(piece.text), "a number", piece.range, diagnostics);
}

Asn read_asn(const Piece& piece, Diagnostics& diagnostics) {
  std::string_view text = piece.text;
  if (!text.empty() && (text[0] == 'A' || text[0] == 'a')) text.remove_prefix(2);
  size_t dot = text.find('.');
  if (dot == std::string_view::npos) return small(to_number(text), "an AS number", piece.range, diagnostics);
  uint64_t high = to_number(text.substr(0, dot));
  uint64_t low = to_number(text.substr(dot + 1));
  if (high <= 0xffff && low <= 0xffff) return static_cast<Asn>(high << 16 | low);
  diagnostics.error("BP209", piece.range, "each half of an AS number with a dot is at most 65535");
  return UINT32_MAX;
}

Prefix read_prefix(const Piece& piece, Diagnostics& diagnostics) {
  if (auto address = parse_address(piece.text)) return prefix_of(*address, width(address->family));
  bool host_bits = false;
  auto prefix = parse_prefix(piece.text, &host_bits);
  BGPROOF_CHECK(prefix, "the lexer knows a prefix");
  if (host_bits)
    diagnostics
        .error("BP209", piece.range, fmt::format("`{}` has bits set beyond its length", piece.text),
               "not a prefix of this length")
        .notes.emplace_back("help", fmt::format("the prefix is {}", to_string(*prefix)));
  return *prefix;
}

namespace {

CommunityPart read_part(const Piece& community, std::string_view text, Diagnostics& diagnostics) {
  CommunityPart part;
  part.range = part_of(community, text);
  if (text == "*") {
    part.is = NumberRange{};
    part.wildcard = true;
  } else if (text[0] == '$') {
    part.is = Variable{std::string(text.substr(1)), part.range};
  } else if (text[0] == '[') {
    size_t dash = text.find('-');
    NumberRange range{small(to_number(text.substr(1, dash - 1)), "a part of a community", part.range, diagnostics),
                      small(to_number(text.substr(dash + 1, text.size() - dash - 2)), "a part of a community",
                            part.range, diagnostics)};
    if (range.low > range.high) {
      diagnostics.error("BP213", part.range, "this range is empty: its first number is the larger one");
      std::swap(range.low, range.high);
    }
    part.is = range;
  } else if (text.substr(0, 2) == "0x") {
    uint32_t value = 0;
    auto result = std::from_chars(text.data() + 2, text.data() + text.size(), value, 16);
    if (result.ec != std::errc()) diagnostics.error("BP213", part.range, "this number is too large");
    part.is = NumberRange{value, value};
  } else {
    uint32_t value = small(to_number(text), "a part of a community", part.range, diagnostics);
    part.is = NumberRange{value, value};
  }
  return part;
}

struct WellKnown {
  std::string_view word;
  Community community;
};

constexpr WellKnown kWellKnown[] = {{"no-export", well_known::kNoExport},
                                    {"no-advertise", well_known::kNoAdvertise},
                                    {"graceful-shutdown", well_known::kGracefulShutdown},
                                    {"blackhole", well_known::kBlackhole}};

// Each part within what its field can hold, as far as it is known without variables.
void check_parts(const CommunityLiteral& literal, Diagnostics& diagnostics) {
  using Kind = CommunityLiteral::Kind;
  if ((literal.kind == Kind::route_target || literal.kind == Kind::site_of_origin) && literal.parts.size() != 2)
    diagnostics.error("BP213", literal.range, "a route target or site of origin has two parts behind its word");
  if (literal.kind == Kind::extended && literal.parts.size() != 3)
    diagnostics.error("BP213", literal.range,
                      "an extended community has three parts behind `ext`: type, administrator and number");
  uint32_t limit = literal.kind == Kind::plain && literal.parts.size() == 2 ? 0xffff : UINT32_MAX;
  for (const CommunityPart& part : literal.parts) {
    const auto* range = std::get_if<NumberRange>(&part.is);
    if (!range || part.wildcard || range->high <= limit) continue;
    diagnostics
        .error("BP213", part.range, fmt::format("a part of a standard community is at most {}", limit), "too large")
        .notes.emplace_back("help", "a four-octet AS number stands in a large community: 4200000000:1:2");
  }
}

}  // namespace

CommunityLiteral read_community(const Piece& piece, Diagnostics& diagnostics) {
  CommunityLiteral literal;
  literal.text = piece.text;
  literal.range = piece.range;
  for (const WellKnown& known : kWellKnown) {
    if (piece.text != known.word) continue;
    for (int i = 0; i < 2; ++i) {
      uint32_t field = known.community.fields[static_cast<size_t>(i)];
      literal.parts.push_back({NumberRange{field, field}, false, piece.range});
    }
    return literal;
  }
  std::string_view text = piece.text;
  using Kind = CommunityLiteral::Kind;
  for (auto [word, kind] : {std::pair<std::string_view, Kind>{"rt:", Kind::route_target},
                            {"soo:", Kind::site_of_origin},
                            {"ext:", Kind::extended}}) {
    if (text.substr(0, word.size()) != word) continue;
    literal.kind = kind;
    text.remove_prefix(word.size());
    break;
  }
  while (true) {
    size_t colon = text.find(':');
    literal.parts.push_back(read_part(piece, text.substr(0, colon), diagnostics));
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
  }
  check_parts(literal, diagnostics);
  return literal;
}

Date read_date(const Piece& piece, Diagnostics& diagnostics) {
  auto year = static_cast<uint32_t>(to_number(piece.text.substr(0, 4)));
  auto month = static_cast<uint32_t>(to_number(piece.text.substr(5, 2)));
  auto day = static_cast<uint32_t>(to_number(piece.text.substr(8, 2)));
  constexpr uint32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  bool real = month >= 1 && month <= 12 && day >= 1 && day <= kDays[month - 1] + (leap && month == 2 ? 1 : 0);
  if (!real) diagnostics.error("BP209", piece.range, fmt::format("{} is not a day of the calendar", piece.text));
  return {year * 10000 + month * 100 + day, piece.range};
}

uint64_t read_duration(const Piece& piece, Diagnostics& diagnostics) {
  uint64_t value = to_number(piece.text.substr(0, piece.text.size() - 1));
  uint64_t unit = 1;
  switch (piece.text.back()) {
    case 'm':
      unit = 60;
      break;
    case 'h':
      unit = 3600;
      break;
    case 'd':
      unit = 86400;
      break;
    case 'w':
      unit = 7 * 86400;
      break;
    default:
      break;
  }
  if (value > UINT64_MAX / unit) {
    diagnostics.error("BP209", piece.range, "this duration is too long");
    return UINT64_MAX;
  }
  return value * unit;
}

std::string read_quoted(const Piece& piece) {
  std::string text;
  for (size_t i = 1; i + 1 < piece.text.size(); ++i) {
    if (piece.text[i] == '\\' && i + 2 < piece.text.size()) ++i;
    text += piece.text[i];
  }
  return text;
}

std::vector<SetMember> read_prefix_list(std::string_view file_text, const SourceRange& range,
                                        Diagnostics& diagnostics) {
  Tokens tokens = lex(file_text, range.begin + 1, range.end - 1, false);
  std::vector<SetMember> members;
  Modifier* bounds = nullptr;
  bool low = false;
  for (const Token& token : tokens.all) {
    SourceRange at{range.file, token.begin, token.end};
    std::string_view text = file_text.substr(token.begin, token.end - token.begin);
    if (token.kind == TokenKind::prefix) {
      members.push_back({read_prefix({text, at}, diagnostics), std::nullopt, at});
    } else if (token.kind == TokenKind::integer) {
      BGPROOF_CHECK(bounds, "a number stands behind `le` or `ge`");
      (low ? bounds->ge : bounds->le) = read_number({text, at}, diagnostics);
      bounds->range = cover(bounds->range, at);
      members.back().range = cover(members.back().range, at);
    } else if (token.kind == TokenKind::word) {
      auto& modifier = members.back().modifier;
      low = text == "ge";
      bool more = modifier && modifier->kind == Modifier::Kind::bounds && modifier->ge && !modifier->le && text == "le";
      if (modifier && !more) diagnostics.error("BP201", at, fmt::format("expected `,` or `}}`, found `{}`", text));
      if (!modifier) modifier = Modifier{Modifier::Kind::bounds, {}, {}, at};
      if (text == "exact") modifier->kind = Modifier::Kind::exact;
      if (text == "orlonger") modifier->kind = Modifier::Kind::orlonger;
      if (text == "longer") modifier->kind = Modifier::Kind::longer;
      bounds = &*modifier;
      members.back().range = cover(members.back().range, at);
    }
  }
  return members;
}

std::optional<NumberRange> numbers_where(std::string_view comparison, uint32_t value) {
  if (comparison == "=") return NumberRange{value, value};
  if (comparison == "<=") return NumberRange{0, value};
  if (comparison == ">=") return NumberRange{value, UINT32_MAX};
  if (comparison == "<") return value == 0 ? std::nullopt : std::optional(NumberRange{0, value - 1});
  return value == UINT32_MAX ? std::nullopt : std::optional(NumberRange{value + 1, UINT32_MAX});
}

}  // namespace bgproof::intent
