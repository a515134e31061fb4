#include "grammar/routemap/expressions.h"

#include <fmt/format.h>

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

}  // namespace

std::optional<std::string> posix_expression(Context& context, std::string_view text, SourceRange range) {
  std::string expression = expanded(text, context.dialect());
  auto parsed = parse_text_regex(expression);
  if (const auto* error = std::get_if<TextRegexError>(&parsed)) {
    context.diagnostics().warning("BP114", range, fmt::format("the expression cannot be read: {}", error->message));
    return std::nullopt;
  }
  return expression;
}

Condition path_holds(Context& context, std::string_view text, SourceRange range) {
  std::optional<std::string> expression = posix_expression(context, text, range);
  return context.unmodelled(range, fmt::format("the AS path expression {}", text));
}

Condition communities_hold(Context& context, CommunityKind, const std::string& expression, SourceRange range) {
  return context.unmodelled(range, fmt::format("the community expression {}", expression));
}

CommunitySet communities_like(Context&, CommunityKind kind, const std::string& expression, SourceRange range) {
  return {{{CommunityRegex{expression, true, {kind}}, range}}, {}};
}

}  // namespace bgproof::routemap
