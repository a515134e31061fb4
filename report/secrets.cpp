#include "report/secrets.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace bgproof {

namespace {

struct Token {
  std::string_view text;  // without quotes
  uint32_t begin = 0, end = 0;
  bool quoted = false;
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// A semicolon within a word belongs to it: an IOS password may hold one.
bool ends_statement(std::string_view line, size_t at) {
  return line[at] == ';' && (at + 1 == line.size() || is_space(line[at + 1]) || line[at + 1] == '}');
}

std::vector<Token> split(std::string_view line) {
  std::vector<Token> tokens;
  size_t at = 0;
  while (at < line.size()) {
    // Messages put what they quote in backticks.
    if (is_space(line[at]) || line[at] == ';' || line[at] == '[' || line[at] == ']' || line[at] == '`') {
      ++at;
    } else if (line[at] == '"') {
      size_t close = at + 1;
      while (close < line.size() && line[close] != '"') close += line[close] == '\\' ? 2 : 1;
      close = std::min(close, line.size());
      tokens.push_back(
          {line.substr(at + 1, close - at - 1), static_cast<uint32_t>(at + 1), static_cast<uint32_t>(close), true});
      at = close + 1;
    } else {
      size_t end = at;
      while (end < line.size() && !is_space(line[end]) && !ends_statement(line, end)) ++end;
      size_t next = end;
      while (end > at + 1 && line[end - 1] == '`') --end;
      tokens.push_back({line.substr(at, end - at), static_cast<uint32_t>(at), static_cast<uint32_t>(end), false});
      at = next;
    }
  }
  return tokens;
}

template <size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Words that a secret follows.
constexpr std::array<std::string_view, 25> kKeywords = {"password",
                                                        "encrypted-password",
                                                        "plain-text-password",
                                                        "plain-text-password-value",
                                                        "authentication-key",
                                                        "auth-password",
                                                        "md5",
                                                        "secret",
                                                        "shared-secret",
                                                        "pre-shared-key",
                                                        "preshared-key",
                                                        "ascii-text",
                                                        "hexadecimal",
                                                        "authentication-password",
                                                        "privacy-password",
                                                        "passphrase",
                                                        "simple-password",
                                                        "key-string",
                                                        "message-digest-key",
                                                        "privacy-key",
                                                        "trap-community",
                                                        "ao-key",
                                                        "hash-key",
                                                        "local-key",
                                                        "psk"};
// Words between the keyword and its secret that say how it is written.
constexpr std::array<std::string_view, 14> kForms = {"encrypted", "clear", "clear-text", "sha512", "sha256",
                                                     "hashed",    "hash",  "hash2",      "ascii",  "hex",
                                                     "cipher",    "md5",   "key",        "hmac"};

// People cut keywords short and write them in capitals, and IOS takes both.
bool is_keyword(std::string_view word) {
  std::string lower(word);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (is_one_of(lower, kKeywords)) return true;
  constexpr std::array<std::string_view, 3> kCutShort = {"password", "passphrase", "secret"};
  return lower.size() >= 4 && std::any_of(kCutShort.begin(), kCutShort.end(),
                                          [&](std::string_view keyword) { return keyword.starts_with(lower); });
}

bool is_type_number(std::string_view word) {
  return !word.empty() && word.size() <= 3 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "$9$...", "$1$...", "$2y$...": crypt and Junos forms.
bool looks_hashed(std::string_view word) {
  if (word.size() < 4 || word[0] != '$') return false;
  size_t second = word.find('$', 1);
  if (second == std::string_view::npos || second > 5 || second == 1) return false;
  return std::all_of(word.begin() + 1, word.begin() + static_cast<std::ptrdiff_t>(second),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

bool starts_secret(const std::vector<Token>& tokens, size_t at, bool in_snmp) {
  const Token& token = tokens[at];
  if (token.quoted) return false;
  if (is_keyword(token.text)) return true;
  std::string_view first = tokens[0].text;
  if (token.text == "key") {
    if (first == "radius-server" || first == "tacacs-server") return true;
    if (at + 1 == tokens.size()) return false;
    bool names_data = std::any_of(tokens.begin(), tokens.end(), [](const Token& t) { return t.text == "file"; });
    return (tokens[at + 1].quoted && !names_data) || (is_type_number(tokens[at + 1].text) && at + 2 < tokens.size());
  }
  if (token.text == "community") {
    if (in_snmp || first == "snmp-server") return true;
    return at > 0 && tokens[at - 1].text == "snmp";
  }
  return false;
}

// `expected`: the first word is a secret; afterwards, whether the first of the next line is.
std::vector<Secret> find_secrets(std::string_view line, bool in_snmp, bool& expected) {
  std::vector<Token> tokens = split(line);
  std::vector<Secret> secrets;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    bool last = i + 1 == tokens.size() || tokens[i + 1].text == "{";
    bool is_secret = looks_hashed(token.text);
    if (expected && !is_secret) {
      bool form = is_type_number(token.text) || is_one_of(token.text, kForms) || is_one_of(token.text, kKeywords);
      bool prelude = !token.quoted && !last && form;
      if (prelude) continue;
      is_secret = token.text != "{" && token.text != "}";
    }
    if (is_secret) {
      if (token.end > token.begin) secrets.push_back({token.begin, token.end});
      expected = false;
    } else {
      expected = starts_secret(tokens, i, in_snmp);
    }
  }
  if (tokens.size() >= 4 && tokens[0].text == "snmp-server" && tokens[1].text == "host" &&
      (secrets.empty() || secrets.back().end != tokens.back().end))
    secrets.push_back({tokens.back().begin, tokens.back().end});
  size_t end = line.find_last_not_of(" \t\r\n");
  if (end != std::string_view::npos && line[end] == ';') expected = false;
  return secrets;
}

// Within a top-level `snmp` block of a curly config `community NAME` is a secret, too.
bool is_in_snmp(const SourceFile& file, uint32_t line) {
  std::string_view text = file.line(line);
  if (text.empty() || !is_space(text[0])) return false;
  while (--line > 0) {
    text = file.line(line);
    if (!text.empty() && !is_space(text[0])) return text.starts_with("snmp");
  }
  return false;
}

std::string without(std::string_view line, const std::vector<Secret>& secrets) {
  std::string result;
  size_t copied = 0;
  for (const Secret& secret : secrets) {
    result.append(line.substr(copied, secret.begin - copied)).append(kRedacted);
    copied = secret.end;
  }
  return result.append(line.substr(copied));
}

}  // namespace

std::vector<Secret> find_secrets(std::string_view line) {
  bool expected = false;
  return find_secrets(line, false, expected);
}

std::vector<Secret> find_secrets(const SourceFile& file, uint32_t line) {
  bool in_snmp = is_in_snmp(file, line), expected = false;
  uint32_t above = line - 1;
  auto is_blank = [](std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); };
  while (above > 1 && is_blank(file.line(above))) --above;
  if (above > 0) find_secrets(file.line(above), in_snmp, expected);
  return find_secrets(file.line(line), in_snmp, expected);
}

std::string redacted_line(const SourceFile& file, uint32_t line) {
  return without(file.line(line), find_secrets(file, line));
}

std::string redact(std::string_view text) {
  std::string result;
  size_t start = 0;
  bool expected = false;
  while (start <= text.size()) {
    size_t end = std::min(text.find('\n', start), text.size());
    std::string_view line = text.substr(start, end - start);
    result += without(line, find_secrets(line, false, expected));
    if (end < text.size()) result.push_back('\n');
    start = end + 1;
  }
  return result;
}

}  // namespace bgproof
