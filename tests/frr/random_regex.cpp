#include "tests/frr/random_regex.h"

#include <fmt/format.h>

#include <array>

#include "tests/frr/constants.h"

namespace bgproof::frr {
namespace {

template <class Value, size_t kCount>
std::string pick(Random& random, const std::array<Value, kCount>& from) {
  return fmt::format("{}", from[random.below(kCount)]);
}

// Patterns in which % stands for a constant.
constexpr std::array<std::string_view, 30> kPathShapes = {
    "_%_",      "^%_",       "_%$",        "^%$",         "^$",       ".*",        "^% %$",
    "^%_%$",    "_(%|%)_",   "^%( %)*$",   "^%(_%)*$",    "^%_.*_%$", "^[0-9]+$",  "^[0-9]+_%",
    "\\{%",     "%,%",       "(_%)+$",     "_6500[1-3]_", "^(%_)+$",  "^[0-9 ]+$", "%",
    "[^0-9]%",  "^(%|% %)$", "% [0-9]+ %", "%(_|$)",      "^%?",      "(%|_)%$",   "^([0-9]+ ){2,3}",
    "\\{.*\\}", "^[^{}]*$"};
constexpr std::array<std::string_view, 22> kStandardShapes = {"^%$",
                                                              "%",
                                                              "_%_",
                                                              "% %",
                                                              "%_%",
                                                              "^% ",
                                                              " %$",
                                                              "%.*%",
                                                              ".*",
                                                              "^$",
                                                              "no-export",
                                                              "[0-9]+:1$",
                                                              "^(100:[0-9]+ ?)+$",
                                                              "(%|%)",
                                                              "graceful-shutdown|%",
                                                              "blackhole",
                                                              "^[^ ]+$",
                                                              "100:1[^0-9]",
                                                              "65000:.*",
                                                              ":1(_|$)",
                                                              "^[0-9: ]*$",
                                                              "100:1?2"};
constexpr std::array<std::string_view, 14> kLargeShapes = {"^%$",   "%",       "_%_",        "% %",      "%.*%",
                                                           ".*",    "^$",      "^1:2:",      ":[0-9]+$", "65000:1:[12]",
                                                           "(%|%)", "^[^ ]+$", "65000:.*:2", "1:2:3_"};
constexpr std::array<std::string_view, 11> kExtendedShapes = {
    "RT:65000:1", "SoO:[0-9]+:1", "RT:192\\.0\\.2\\.1:5", "RT:[0-9]+:7",    ".*", "65000:1", "oO",
    "rt:",        "RT:100:7?",    "4200000001:7",         "RT:(65000|100):"};

template <size_t kShapes, class Constant>
std::string fill(Random& random, const std::array<std::string_view, kShapes>& shapes, const Constant& constant) {
  std::string text;
  for (char character : shapes[random.below(kShapes)])
    if (character == '%')
      text += constant();
    else
      text += character;
  return text;
}

// Anything that is an expression, of the given atoms.
std::string tree(Random& random, const std::vector<std::string>& atoms, uint32_t depth) {
  if (depth == 0 || random.chance(30)) return random.pick(atoms);
  switch (random.below(6)) {
    case 0:
      return fmt::format("({}|{})", tree(random, atoms, depth - 1), tree(random, atoms, depth - 1));
    case 1: {
      std::string repeated = tree(random, atoms, depth - 1);
      // The C library finds too much where a count stands behind an anchor, which is not modelled.
      bool anchored = repeated.find_first_of("^$_") != std::string::npos;
      return fmt::format("({}){}", repeated,
                         random.pick(std::vector<std::string>{"*", "+", "?", anchored ? "+" : "{2}"}));
    }
    default:
      return tree(random, atoms, depth - 1) + tree(random, atoms, depth - 1);
  }
}

// Words of a line are joined by one blank, and none stands at its ends.
std::string tidy(const std::string& text) {
  std::string tidied;
  for (char character : text)
    if (character != ' ' || (!tidied.empty() && tidied.back() != ' ')) tidied += character;
  while (!tidied.empty() && tidied.back() == ' ') tidied.pop_back();
  return tidied.empty() ? "." : tidied;
}

}  // namespace

std::string random_path_regex(Random& random) {
  auto asn = [&] { return pick(random, kAsns); };
  if (random.chance(70)) return tidy(fill(random, kPathShapes, asn));
  std::vector<std::string> atoms = {asn(),   asn(), "_", "_", " ",   ".",   "[0-9]", "[1-6]",
                                    "[^5 ]", "^",   "$", "5", "\\{", "\\}", ",",     "0"};
  return tidy(tree(random, atoms, 3));
}

std::string random_standard_regex(Random& random) {
  auto community = [&] { return pick(random, kStandard); };
  if (random.chance(75)) return tidy(fill(random, kStandardShapes, community));
  std::vector<std::string> atoms = {community(), community(), "_", " ", ".", "[0-9]", "[^: ]", ":", "1", "^", "$", "e"};
  return tidy(tree(random, atoms, 3));
}

std::string random_large_regex(Random& random) {
  auto community = [&] { return pick(random, kLarge); };
  if (random.chance(75)) return tidy(fill(random, kLargeShapes, community));
  std::vector<std::string> atoms = {community(), community(), "_", " ", ".", "[0-9]", "[^: ]", ":", "1", "^", "$"};
  return tidy(tree(random, atoms, 3));
}

std::string random_extended_regex(Random& random) {
  return tidy(fill(random, kExtendedShapes, [] { return std::string(); }));
}

}  // namespace bgproof::frr
