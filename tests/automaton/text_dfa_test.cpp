// The automata of numbers against printed numbers, and expressions against the reference matcher.
#include "encoder/automaton/text_dfa.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "encoder/automaton/text_regex_nfa.h"
#include "policy/text_regex.h"

namespace bgproof {
namespace {

template <typename Add>
TextDfa automaton(const Add& add) {
  TextNfa nfa;
  const TextNfa::State from = nfa.add_state();
  nfa.set_start(from);
  nfa.set_accept(add(nfa, from));
  return *determinize(nfa, nullptr, 100000);
}

std::string hexadecimal(uint32_t value) {
  char text[16];
  snprintf(text, sizeof text, "%04x", value);
  return text;
}

std::string dotted(uint32_t value) {
  return std::to_string(value >> 24) + "." + std::to_string(value >> 16 & 255) + "." +
         std::to_string(value >> 8 & 255) + "." + std::to_string(value & 255);
}

// Numbers of every length, and those where carries happen.
uint32_t some_number(std::mt19937& random) {
  const uint32_t bits = random() % 33;
  const uint32_t mask = bits == 0 ? 0 : UINT32_MAX >> (32 - bits);
  switch (random() % 3) {
    case 0:
      return random() & mask;
    case 1:
      return mask;
    default: {
      uint32_t power = 1;
      for (uint32_t i = random() % 10; i > 0; --i) power *= 10;
      return power - random() % 2;
    }
  }
}

TEST(TextDfa, NumbersOfARange) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    uint32_t low = some_number(random), high = some_number(random);
    if (low > high) std::swap(low, high);
    const TextDfa decimal = automaton([&](TextNfa& nfa, auto from) { return nfa.add_decimal(from, low, high); });
    const TextDfa address = automaton([&](TextNfa& nfa, auto from) { return nfa.add_dotted(from, low, high); });
    for (int i = 0; i < 60; ++i) {
      const uint32_t base = i % 3 == 0 ? low : i % 3 == 1 ? high : some_number(random);
      const uint32_t value = base + static_cast<uint32_t>(i / 20) - 1;
      const bool expected = low <= value && value <= high;
      EXPECT_EQ(decimal.accepts(std::to_string(value)), expected) << low << ".." << high << " " << value;
      EXPECT_FALSE(decimal.accepts("0" + std::to_string(value)));
      EXPECT_EQ(address.accepts(dotted(value)), expected) << low << ".." << high << " " << dotted(value);
    }
    EXPECT_FALSE(decimal.accepts(""));
  }
}

TEST(TextDfa, HexadecimalOfARange) {
  std::mt19937 random(2);
  for (int round = 0; round < 50; ++round) {
    uint32_t low = random() & 0xffff, high = random() & 0xffff;
    if (low > high) std::swap(low, high);
    const TextDfa dfa = automaton([&](TextNfa& nfa, auto from) { return nfa.add_hexadecimal(from, low, high, 4); });
    for (uint32_t value = 0; value < 0x10000; value += 1 + random() % 97) {
      EXPECT_EQ(dfa.accepts(hexadecimal(value)), low <= value && value <= high);
    }
    EXPECT_EQ(dfa.accepts(hexadecimal(low)) && dfa.accepts(hexadecimal(high)), true);
  }
}

TEST(TextDfa, EqualLanguagesAreEqualValues) {
  const TextDfa one = automaton([](TextNfa& nfa, auto from) { return nfa.add_decimal(from, 0, 99); });
  const TextDfa two = automaton([](TextNfa& nfa, auto from) {
    const TextNfa::State to = nfa.add_state();
    for (uint32_t low = 0; low < 100; low += 7) {
      nfa.add_jump(nfa.add_decimal(from, low, std::min(low + 9, 99u)), to);
    }
    return to;
  });
  EXPECT_EQ(one, two);
}

std::string random_expression(std::mt19937& random, int depth) {
  switch (random() % (depth == 0 ? 4 : 9)) {
    case 0:
      return std::string(1, "12:"[random() % 3]);
    case 1:
      return "1";
    case 2:
      return ".";
    case 3:
      return random() % 2 == 0 ? "[12]" : "[^1]";
    case 4:
      return "(" + random_expression(random, depth - 1) + "|" + random_expression(random, depth - 1) + ")";
    case 5:
      return "(" + random_expression(random, depth - 1) + ")" + "*+?"[random() % 3];
    case 6:
      return "(" + random_expression(random, depth - 1) + "){1,2}";
    case 7:
      return random() % 2 == 0 ? "(^" + random_expression(random, depth - 1) + ")"
                               : "(" + random_expression(random, depth - 1) + "$)";
    default:
      return random_expression(random, depth - 1) + random_expression(random, depth - 1);
  }
}

// Every text over three characters up to a length.
std::vector<std::string> texts(size_t longest) {
  std::vector<std::string> result = {""};
  for (size_t i = 0; i < result.size(); ++i) {
    if (result[i].size() == longest) break;
    for (char character : {'1', '2', ':'}) result.push_back(result[i] + character);
  }
  return result;
}

TEST(TextDfa, ExpressionsAgreeWithTheReferenceMatcher) {
  std::mt19937 random(3);
  const std::vector<std::string> all = texts(5);
  int matched = 0;
  for (int round = 0; round < 400; ++round) {
    const std::string expression = random_expression(random, 3);
    const auto parsed = parse_text_regex(expression);
    ASSERT_TRUE(std::holds_alternative<TextRegex>(parsed)) << expression;
    for (const bool searched : {false, true}) {
      const TextDfa dfa = automaton([&](TextNfa& nfa, auto from) {
        const TextNfa::State to = nfa.add_state();
        add_text_regex(nfa, from, to, expression, searched);
        return to;
      });
      for (const std::string& text : all) {
        const bool expected = searched ? matches_somewhere(std::get<TextRegex>(parsed), text)
                                       : matches_whole(std::get<TextRegex>(parsed), text);
        matched += expected ? 1 : 0;
        ASSERT_EQ(dfa.accepts(text), expected) << expression << " searched " << searched << " on '" << text << "'";
      }
    }
  }
  EXPECT_GT(matched, 1000);
}

TEST(TextDfa, CountsThatMultiplyReachTheLimit) {
  TextNfa nfa;
  const TextNfa::State from = nfa.add_state();
  const TextNfa::State to = nfa.add_state();
  nfa.set_start(from);
  nfa.set_accept(to);
  add_text_regex(nfa, from, to, "(((1{255}){255}){255}){255}", true);
  EXPECT_TRUE(nfa.overflowed());
  EXPECT_FALSE(determinize(nfa, nullptr, 1000).has_value());
}

}  // namespace
}  // namespace bgproof
