#include "policy/text_regex.h"

#include <gtest/gtest.h>
#include <regex.h>

#include <set>

#include "tests/generator/random.h"

namespace bgproof {
namespace {

TextRegex parsed(std::string_view expression) {
  std::variant<TextRegex, TextRegexError> result = parse_text_regex(expression);
  if (const auto* error = std::get_if<TextRegexError>(&result)) {
    ADD_FAILURE() << expression << " at " << error->position << ": " << error->message;
    return {};
  }
  return std::get<TextRegex>(result);
}

bool whole(std::string_view expression, std::string_view text) { return matches_whole(parsed(expression), text); }
bool somewhere(std::string_view expression, std::string_view text) {
  return matches_somewhere(parsed(expression), text);
}

std::string mistake(std::string_view expression) {
  std::variant<TextRegex, TextRegexError> result = parse_text_regex(expression);
  const auto* error = std::get_if<TextRegexError>(&result);
  return error ? std::to_string(error->position) + " " + error->message : "none";
}

TEST(TextRegex, MatchesTheWholeOrSomewhere) {
  EXPECT_TRUE(whole("64500:.*", "64500:1"));
  EXPECT_FALSE(whole("64500:", "64500:1"));
  EXPECT_TRUE(somewhere("64500:", "64500:1"));
  EXPECT_TRUE(somewhere("4500:", "64500:1"));
  EXPECT_FALSE(somewhere("^4500:", "64500:1"));
  EXPECT_TRUE(somewhere("00:1$", "64500:1"));
  EXPECT_FALSE(somewhere("00:1$", "64500:11"));
  EXPECT_TRUE(somewhere("", "anything"));
  EXPECT_TRUE(whole("", ""));
  EXPECT_FALSE(whole("", "a"));
}

TEST(TextRegex, CountsRepetitions) {
  EXPECT_TRUE(whole("a{2}", "aa"));
  EXPECT_FALSE(whole("a{2}", "aaa"));
  EXPECT_TRUE(whole("a{2,}", "aaaaa"));
  EXPECT_FALSE(whole("a{2,}", "a"));
  EXPECT_TRUE(whole("a{1,3}", "aaa"));
  EXPECT_FALSE(whole("a{1,3}", "aaaa"));
  EXPECT_TRUE(whole("(ab?){2}", "aba"));
  EXPECT_TRUE(whole("a{0}", ""));
  EXPECT_FALSE(whole("a{0}", "a"));
  EXPECT_TRUE(whole("(a|){3}", "aa"));
  EXPECT_TRUE(whole("a{255}", std::string(255, 'a')));
  EXPECT_FALSE(whole("a{255}", std::string(254, 'a')));
}

TEST(TextRegex, AnchorsStandAnywhere) {
  EXPECT_TRUE(somewhere("(^|:)1(:|$)", "1:2"));
  EXPECT_TRUE(somewhere("(^|:)1(:|$)", "2:1"));
  EXPECT_FALSE(somewhere("(^|:)1(:|$)", "11:21"));
  EXPECT_FALSE(somewhere("a^b", "ab"));
  EXPECT_FALSE(somewhere("a$b", "ab"));
  EXPECT_TRUE(somewhere("^$", ""));
  EXPECT_FALSE(somewhere("^$", "a"));
  EXPECT_TRUE(whole("(^|b){2}", "b")) << "the first round is the anchor, the second one the letter";
  EXPECT_FALSE(whole("b(^|b){2}", "bb"));
  EXPECT_TRUE(whole("(a|$){3}", "aa"));
  EXPECT_TRUE(whole("(^)*a", "a"));
}

TEST(TextRegex, BracketsFollowPosix) {
  EXPECT_TRUE(whole("[]a]+", "]a"));
  EXPECT_TRUE(whole("[^]a]", "b"));
  EXPECT_FALSE(whole("[^]a]", "]"));
  EXPECT_TRUE(whole("[a-c]+", "abc"));
  EXPECT_FALSE(whole("[a-c]", "d"));
  EXPECT_TRUE(whole("[-a]+", "a-"));
  EXPECT_TRUE(whole("[a-]+", "a-"));
  EXPECT_TRUE(whole("[\\.]+", "\\.")) << "a backslash in brackets is itself";
  EXPECT_TRUE(whole("[[:digit:]x]+", "1x9"));
  EXPECT_TRUE(whole("[^[:digit:]]", "a"));
  EXPECT_TRUE(whole("[.*^$]+", ".*^$"));
  EXPECT_FALSE(whole("\\.", "a"));
  EXPECT_TRUE(whole("\\.\\*\\(", ".*("));
}

TEST(TextRegex, RefusesWithAPosition) {
  EXPECT_EQ(mistake("a("), "1 unmatched (");
  EXPECT_EQ(mistake("a)"), "1 unmatched )");
  EXPECT_EQ(mistake("[a"), "0 unmatched [");
  EXPECT_EQ(mistake("x[]"), "1 unmatched [");
  EXPECT_EQ(mistake("*a"), "0 nothing to repeat");
  EXPECT_EQ(mistake("a|*"), "2 nothing to repeat");
  EXPECT_EQ(mistake("(+)"), "1 nothing to repeat");
  EXPECT_EQ(mistake("^*"), "1 an anchor can't be repeated");
  EXPECT_EQ(mistake("a{"), "2 expected a count");
  EXPECT_EQ(mistake("a{x}"), "2 expected a count");
  EXPECT_EQ(mistake("a{2"), "3 expected } after the count");
  EXPECT_EQ(mistake("a{3,2}"), "1 the first count is larger than the second");
  EXPECT_EQ(mistake("a{256}"), "2 a count above 255");
  EXPECT_EQ(mistake("a{99999999999999999999}"), "2 a count above 255");
  EXPECT_EQ(mistake("\\d"), "0 a backslash takes only punctuation");
  EXPECT_EQ(mistake("a\\"), "1 a backslash at the end");
  EXPECT_EQ(mistake("[c-a]"), "1 a range whose end is before its begin");
  EXPECT_EQ(mistake("[[:no:]]"), "1 unknown character class");
  EXPECT_EQ(mistake("[[.a.]]"), "1 collating elements are not known");
  EXPECT_EQ(mistake(std::string(100000, '(')), "201 groups are nested too deeply");
}

// Where a match that begins at `from` may end: the definition of the language, position by position.
std::set<size_t> ends(const TextRegex& regex, std::string_view text, size_t from) {
  switch (regex.kind) {
    case TextRegex::Kind::empty:
      return {from};
    case TextRegex::Kind::begin:
      return from == 0 ? std::set<size_t>{from} : std::set<size_t>{};
    case TextRegex::Kind::end:
      return from == text.size() ? std::set<size_t>{from} : std::set<size_t>{};
    case TextRegex::Kind::characters:
      if (from < text.size() && regex.characters[static_cast<unsigned char>(text[from])]) return {from + 1};
      return {};
    case TextRegex::Kind::sequence: {
      std::set<size_t> at = {from};
      for (const TextRegex& part : regex.of) {
        std::set<size_t> next;
        for (size_t position : at) next.merge(ends(part, text, position));
        at = next;
      }
      return at;
    }
    case TextRegex::Kind::alternative: {
      std::set<size_t> at;
      for (const TextRegex& part : regex.of) at.merge(ends(part, text, from));
      return at;
    }
    case TextRegex::Kind::repeat: {
      // More rounds than letters and required ones reach nothing new.
      uint32_t rounds = std::min<uint32_t>(regex.high, regex.low + static_cast<uint32_t>(text.size()) + 1);
      std::set<size_t> result;
      std::set<size_t> at = {from};
      for (uint32_t round = 0;; ++round) {
        if (round >= regex.low) result.insert(at.begin(), at.end());
        if (round == rounds) return result;
        std::set<size_t> next;
        for (size_t position : at) next.merge(ends(regex.of[0], text, position));
        at = next;
      }
    }
  }
  return {};
}

bool somewhere_by_positions(const TextRegex& regex, std::string_view text) {
  for (size_t from = 0; from <= text.size(); ++from)
    if (!ends(regex, text, from).empty()) return true;
  return false;
}

// Random expressions as text, so that the parser takes part.
std::string random_expression(Random& random, int depth) {
  switch (depth == 0 ? random.below(4) : random.below(9)) {
    case 0:
      return "a";
    case 1:
      return "b";
    case 2:
      return random.chance(50) ? "." : "[^a]";
    case 3:
      return random.chance(50) ? "^" : "$";
    case 4:
    case 5:
      return random_expression(random, depth - 1) + random_expression(random, depth - 1);
    case 6:
      return "(" + random_expression(random, depth - 1) + "|" + random_expression(random, depth - 1) + ")";
    case 7:
      return "(" + random_expression(random, depth - 1) + ")" + random.pick(std::vector<std::string>{"*", "+", "?"});
    default:
      return "(" + random_expression(random, depth - 1) + "){1,2}";
  }
}

std::vector<std::string> words(size_t longest) {
  std::vector<std::string> all = {""};
  for (size_t i = 0; i < all.size(); ++i)
    if (all[i].size() < longest)
      for (char letter : {'a', 'b', 'c'}) all.push_back(all[i] + letter);
  return all;
}

TEST(TextRegex, AgreesWithASearchOverAllPositions) {
  Random random(1);
  std::vector<std::string> all = words(4);
  int matched = 0;
  for (int i = 0; i < 400; ++i) {
    std::string expression = random_expression(random, 4);
    TextRegex regex = parsed(expression);
    for (const std::string& word : all) {
      ASSERT_EQ(matches_whole(regex, word), ends(regex, word, 0).contains(word.size())) << expression << " on " << word;
      bool found = matches_somewhere(regex, word);
      ASSERT_EQ(found, somewhere_by_positions(regex, word)) << expression << " on " << word;
      matched += found;
    }
  }
  EXPECT_GT(matched, 1000);
}

// The C library's matcher, which is not ours. Anchors are left to the test above: the library reads some of them
// differently.
TEST(TextRegex, AgreesWithTheCLibrary) {
  Random random(2);
  std::vector<std::string> all = words(4);
  for (int i = 0; i < 300; ++i) {
    std::string expression = random_expression(random, 4);
    if (expression.find('$') != std::string::npos || expression.find("^)") != std::string::npos) continue;
    if (expression.find('^', 1) != std::string::npos) continue;
    TextRegex regex = parsed(expression);
    regex_t compiled;
    ASSERT_EQ(regcomp(&compiled, expression.c_str(), REG_EXTENDED | REG_NOSUB), 0) << expression;
    for (const std::string& word : all)
      EXPECT_EQ(matches_somewhere(regex, word), regexec(&compiled, word.c_str(), 0, nullptr, 0) == 0)
          << expression << " on " << word;
    regfree(&compiled);
  }
}

}  // namespace
}  // namespace bgproof
