#include "grammar/intent/syntax_error.h"

#include <fmt/format.h>

#include "grammar/intent/expected.h"
#include "grammar/intent/reader.h"

namespace bgproof::intent {

Diagnostic* SyntaxErrors::add(uint32_t begin, uint32_t end, std::string message, std::string label) {
  ++count_;
  if (count_ == kMostErrors + 1) {
    diagnostics_.note("BP201", {file_, begin, end}, "this file has more syntax errors; they are not shown");
  }
  if (count_ > kMostErrors) return nullptr;
  return &diagnostics_.error("BP201", {file_, begin, end}, std::move(message), std::move(label));
}

bool SyntaxErrors::is_binary() {
  size_t at = text_.find('\0');
  if (at == std::string_view::npos) return false;
  auto begin = static_cast<uint32_t>(at);
  add(begin, begin + 1, "this is not a text file", "a byte of value 0");
  return true;
}

bool SyntaxErrors::too_deep(const Tokens& tokens) {
  size_t depth = 0;
  for (const Token& token : tokens.all) {
    if (token.kind != TokenKind::symbol) continue;
    if (text_[token.begin] == '(' && ++depth > kMostNesting) {
      auto* error =
          add(token.begin, token.end, fmt::format("parentheses are nested deeper than {}", kMostNesting), "too deep");
      if (error) error->notes.emplace_back("help", "give parts of the condition names with `class NAME = ...`");
      return true;
    }
    if (text_[token.begin] == ')' && depth > 0) --depth;
  }
  return false;
}

void SyntaxErrors::report_lexical(const Tokens& tokens) {
  for (const LexicalError& error : tokens.errors) {
    const Token& token = tokens.all[error.token];
    bad_.insert(token.begin);
    auto* added = add(token.begin, token.end, error.message, "");
    if (added && !error.help.empty()) added->notes.emplace_back("help", error.help);
  }
}

void SyntaxErrors::unexpected(uint32_t begin, uint32_t end, const std::set<std::string>& expected) {
  if (bad_.contains(begin)) return;
  std::string_view word = text_.substr(begin, end - begin);
  std::string found = begin == end ? "the end of the file"
                      : word.size() > 60 || word.find('\n') != std::string_view::npos
                          ? fmt::format("`{}...`", word.substr(0, std::min<size_t>(word.find('\n'), 40)))
                          : fmt::format("`{}`", word);
  std::string wanted = expected_words(expected);
  Diagnostic* error = add(begin, end, fmt::format("expected {}, found {}", wanted, found), "found here");
  if (!error) return;
  std::string near = near_keyword(expected, word);
  if (!near.empty() && near != word) {
    error->notes.emplace_back("help", fmt::format("did you mean `{}`?", near));
  } else if (word == ";") {
    error->notes.emplace_back("help", "the intent language needs no `;`");
  } else if (expected.contains("<EOF>") && word == "}") {
    error->notes.emplace_back("help", "this `}` closes nothing");
  } else if (begin == end && expected.contains("}")) {
    error->notes.emplace_back("help", "a `{` is not closed");
  } else if (expected.contains("PATHRE")) {
    error->notes.emplace_back("help", "write the path expression in `<` and `>`: path matches <^AS64500 .*$>");
  } else if (expected.contains("STRING") && expected.size() == 1) {
    error->notes.emplace_back("help", "put it in double quotes");
  }
}

}  // namespace bgproof::intent
