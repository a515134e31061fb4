#include "tests/golden/golden.h"

#include <algorithm>
#include <array>

namespace bgproof {

namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::string_view take_word(std::string_view& text) {
  size_t end = std::min(text.find(' '), text.size());
  std::string_view word = text.substr(0, end);
  text = trim(text.substr(end));
  return word;
}

bool is_code(std::string_view word) {
  return word.size() == 5 && word.substr(0, 2) == "BP" &&
         std::all_of(word.begin() + 2, word.end(), [](char c) { return '0' <= c && c <= '9'; });
}

std::optional<Expected> parse_expected(std::string_view text) {
  Expected expected;
  expected.word = take_word(text);
  if (expected.word == "proved") return text.empty() ? std::optional(expected) : std::nullopt;
  expected.code = take_word(text);
  if (!is_code(expected.code)) return std::nullopt;
  if (expected.word == "not_checked" || expected.word == "error")
    return text.empty() ? std::optional(expected) : std::nullopt;
  if (expected.word != "violated" && expected.word != "possible") return std::nullopt;
  size_t bracket = text.rfind(" [");
  if (bracket != std::string_view::npos && text.back() == ']') {
    expected.row = text.substr(bracket + 2, text.size() - bracket - 3);
    text = trim(text.substr(0, bracket));
  }
  expected.clause = text;
  return expected.clause.empty() ? std::nullopt : std::optional(expected);
}

// What contradicts itself or is missing; "" if nothing.
std::string complaint(const Golden& golden) {
  if (golden.policy.empty() == golden.session.empty()) return "one of POLICY and SESSION is needed";
  if (golden.intent.empty()) return "no INTENT";
  if (golden.expected.empty()) return "no EXPECT";
  if (golden.why.empty()) return "no WHY";
  for (const Expected& expected : golden.expected) {
    bool finding = expected.word == "violated" || expected.word == "possible";
    if (!finding && golden.expected.size() != 1) return "EXPECT " + expected.word + " stands alone";
    if (!finding && !golden.region.empty()) return "REGION needs a finding";
  }
  return {};
}

}  // namespace

std::string Golden::intent_text() const {
  std::string text;
  auto lines = [&](const std::vector<std::string>& of) {
    for (const std::string& line : of) text += line + "\n";
  };
  if (intent.front().rfind("intent", 0) == 0) {
    lines(intent);
    return text;
  }
  text = "intent 1\n";
  lines(declarations);
  if (!policy.empty())
    text += "policy \"" + policy + "\" {\n";
  else
    text += (direction == "import" ? "import from" : "export to") + (" neighbor \"" + session) + "\" {\n";
  lines(intent);
  return text + "}\n";
}

std::optional<Golden> parse_golden(std::string_view text, std::string& problem) {
  Golden golden;
  while (!text.empty() && (text.front() == '#' || text.front() == '!')) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trim(text.substr(1, end - 1));
    text.remove_prefix(std::min(end + 1, text.size()));
    size_t colon = line.find(':');
    std::string_view directive = line.substr(0, std::min(colon, line.size()));
    std::string_view value = colon == std::string_view::npos ? std::string_view() : trim(line.substr(colon + 1));
    if (value.empty()) {
      problem = "a header line without a value: " + std::string(line);
      return std::nullopt;
    }
    if (directive == "POLICY" && golden.policy.empty()) {
      golden.policy = value;
    } else if (directive == "SESSION" && golden.session.empty()) {
      size_t blank = std::min(value.rfind(' '), value.size());
      golden.session = value.substr(0, blank);
      golden.direction = trim(value.substr(blank));
      if (golden.direction != "import" && golden.direction != "export")
        problem = "SESSION needs an address and import or export";
    } else if (directive == "DECLARE") {
      golden.declarations.emplace_back(value);
    } else if (directive == "INTENT") {
      golden.intent.emplace_back(value);
    } else if (directive == "EXPECT") {
      std::optional<Expected> expected = parse_expected(value);
      if (expected)
        golden.expected.push_back(*expected);
      else
        problem = "EXPECT does not parse: " + std::string(value);
    } else if (directive == "REGION") {
      golden.region.emplace_back(value);
    } else if (directive == "WHY" && golden.why.empty()) {
      golden.why = value;
    } else {
      problem = "a directive that is unknown or given twice: " + std::string(directive);
    }
    if (!problem.empty()) return std::nullopt;
  }
  problem = complaint(golden);
  if (!problem.empty()) return std::nullopt;
  return golden;
}

}  // namespace bgproof
