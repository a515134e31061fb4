#include "grammar/routemap/expressions.h"

#include <fmt/format.h>

#include <algorithm>

#include "policy/text_regex.h"

namespace bgproof::routemap {

namespace {

constexpr std::string_view kDelimiter = "(^|[,{}() ]|$)";

// FRR replaces every `_` of the text before it compiles it (docs/semantics/frr.md); in IOS a brace is a character.
std::string expanded(std::string_view text, Dialect dialect) {
  std::string out;
  bool frr = dialect == Dialect::frr;
  bool in_brackets = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\\' && i + 1 < text.size() && !(frr && text[i + 1] == '_')) {
      out += c;
      out += text[++i];
      continue;
    }
    if (c == '[' && !in_brackets)
      in_brackets = true;
    else if (c == ']' && in_brackets && i > 0 && text[i - 1] != '[')
      in_brackets = false;
    if (c == '_' && (frr || !in_brackets))
      out += kDelimiter;
    else if ((c == '{' || c == '}') && dialect == Dialect::ios && !in_brackets)
      (out += '\\') += c;
    else
      out += c;
  }
  return out;
}

bool has_anchor(const TextRegex& regex) {
  bool anchor = regex.kind == TextRegex::Kind::begin || regex.kind == TextRegex::Kind::end;
  return anchor || std::ranges::any_of(regex.of, has_anchor);
}

// `(_){2}`: the library that FRR hands its expressions to finds more than that says (docs/semantics/frr.md).
bool counts_anchors(const TextRegex& regex) {
  bool counts = regex.kind == TextRegex::Kind::repeat &&
                (regex.low > 1 || (regex.high > 1 && regex.high != TextRegex::kUnbounded));
  return (counts && has_anchor(regex)) || std::ranges::any_of(regex.of, counts_anchors);
}

}  // namespace

std::optional<std::string> posix_expression(Context& context, std::string_view text, SourceRange range) {
  std::string expression = expanded(text, context.dialect());
  auto parsed = parse_text_regex(expression);
  if (const auto* error = std::get_if<TextRegexError>(&parsed)) {
    context.diagnostics().warning("BP114", range, fmt::format("the expression cannot be read: {}", error->message));
    return std::nullopt;
  }
  if (context.dialect() == Dialect::frr && counts_anchors(std::get<TextRegex>(parsed))) {
    context.diagnostics().warning("BP114", range,
                                  "what FRR finds with a count of something with `^`, `$` or `_` is not known");
    return std::nullopt;
  }
  return expression;
}

namespace {

// Each number of the expression has a delimiter, `^` or `$` on both sides, so that it finds whole AS numbers and it
// makes no difference whether the expression works on characters or on numbers.
bool is_delimited(std::string_view text) {
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    bool anything = c == '.' && i + 1 < text.size() && text[i + 1] == '*';
    if (anything) {
      ++i;
      continue;
    }
    if (!is_digit(c) && c != '_' && c != '^' && c != '$') return false;
    if (!is_digit(c)) continue;
    bool open = i == 0 || (text[i - 1] != '_' && text[i - 1] != '^');
    while (i + 1 < text.size() && is_digit(text[i + 1])) ++i;
    bool close = i + 1 == text.size() || (text[i + 1] != '_' && text[i + 1] != '$');
    if (open || close) return false;
  }
  return true;
}

// Found in every text with a number above 65535, and in no other.
constexpr std::string_view kAboveTwoOctets =
    "[0-9][0-9][0-9][0-9][0-9][0-9]|[7-9][0-9][0-9][0-9][0-9]|6[6-9][0-9][0-9][0-9]|65[6-9][0-9][0-9]|655[4-9][0-9]|"
    "6553[6-9]";

}  // namespace

Condition path_holds(Context& context, std::string_view text, SourceRange range) {
  std::optional<std::string> expression = posix_expression(context, text, range);
  auto free = [&] { return context.unmodelled(range, fmt::format("the AS path expression {}", text)); };
  if (!expression) return free();
  Condition characters{AsPathText{*expression}, range};
  if (context.writes_asdot()) {
    // Paths in which no number takes more than two octets are written alike.
    Condition differs{AsPathText{std::string(kAboveTwoOctets)}, range};
    Condition alike = all_of({not_(differs, range), std::move(characters)}, range);
    return any_of({std::move(alike), all_of({std::move(differs), free()}, range)}, range);
  }
  if (context.dialect() != Dialect::eos || is_delimited(text)) return characters;
  Condition as_text = all_of({context.reading("as-path-regex", "string", range), std::move(characters)}, range);
  Condition as_numbers = all_of({context.reading("as-path-regex", "asn", range), free()}, range);
  return any_of({std::move(as_text), std::move(as_numbers)}, range);
}

namespace {

// Extended communities that are neither route targets nor sites of origin: their text is not known.
CommunitySet others_than_targets(SourceRange range) {
  CommunitySet set;
  set.patterns.push_back({CommunityFields{CommunityKind::extended, {NumberRange{0, 0xffff}, {}, {}}}, range});
  for (uint32_t type : {0x0002u, 0x0102u, 0x0202u, 0x0003u, 0x0103u, 0x0203u})
    set.except.push_back({CommunityFields{CommunityKind::extended, {NumberRange{type, type}, {}, {}}}, range});
  return set;
}

CommunityNames names_in(const Context& context, CommunityKind kind) {
  bool words = context.dialect() == Dialect::frr || kind == CommunityKind::extended;
  return words ? CommunityNames::words : CommunityNames::numeric;
}

}  // namespace

namespace {

Condition in_numbers(Context& context, CommunityKind kind, const std::string& expression, SourceRange range);

}  // namespace

Condition carries_well_known(SourceRange range) {
  CommunityFields fields{CommunityKind::standard, {NumberRange{0xffff, 0xffff}, NumberRange{0, 0xffff}, {0, 0}}};
  CommunitySet set;
  set.patterns.push_back({fields, range});
  set.patterns.push_back({Community{CommunityKind::standard, {0, 0, 0}}, range});
  return {CarriesCommunity{std::move(set)}, range};
}

// Outside of FRR nobody says whether a community that has a name is held against an expression as number or as name,
// nor which have one: where the two forms give different answers either may be right.
Condition communities_hold(Context& context, CommunityKind kind, const std::string& expression, SourceRange range) {
  Condition numbers = in_numbers(context, kind, expression, range);
  if (kind != CommunityKind::standard || context.dialect() == Dialect::frr) return numbers;
  Condition named = carries_well_known(range);
  Condition text{CommunityText{kind, expression, CommunityNames::words}, range};
  Condition free =
      context.given_by_network(range, fmt::format("whether {} is found in the names of communities", expression));
  Condition words =
      any_of({all_of({numbers, text}, range), all_of({any_of({numbers, text}, range), std::move(free)}, range)}, range);
  Condition either = any_of({all_of({context.reading("community-words", "numbers", range), numbers}, range),
                             all_of({context.reading("community-words", "words", range), std::move(words)}, range)},
                            range);
  return any_of({all_of({named, std::move(either)}, range), all_of({not_(named, range), std::move(numbers)}, range)},
                range);
}

namespace {

Condition in_numbers(Context& context, CommunityKind kind, const std::string& expression, SourceRange range) {
  Condition text{CommunityText{kind, expression, names_in(context, kind)}, range};
  auto free = [&] { return context.unmodelled(range, fmt::format("the community expression {}", expression)); };
  if (kind == CommunityKind::extended) {
    Condition others{CarriesCommunity{others_than_targets(range)}, range};
    Condition known = all_of({not_(others, range), std::move(text)}, range);
    return any_of({std::move(known), all_of({std::move(others), free()}, range)}, range);
  }
  if (kind == CommunityKind::standard && context.dialect() == Dialect::ios && !context.new_community_format()) {
    Condition as_new = all_of({context.reading("community-format", "new", range), std::move(text)}, range);
    Condition as_old = all_of({context.reading("community-format", "old", range), free()}, range);
    return any_of({std::move(as_new), std::move(as_old)}, range);
  }
  if (context.dialect() == Dialect::eos) {
    Condition whole = all_of({context.reading("community-regex", "whole", range), std::move(text)}, range);
    Condition one{CarriesCommunity{communities_like(context, kind, expression, range)}, range};
    Condition each = all_of({context.reading("community-regex", "each", range), std::move(one)}, range);
    return any_of({std::move(whole), std::move(each)}, range);
  }
  return text;
}

}  // namespace

CommunitySet communities_like(Context& context, CommunityKind kind, const std::string& expression, SourceRange range,
                              bool in_words) {
  CommunityNames names = in_words ? CommunityNames::words : names_in(context, kind);
  return {{{CommunityRegex{expression, true, {kind}, names}, range}}, {}};
}

}  // namespace bgproof::routemap
