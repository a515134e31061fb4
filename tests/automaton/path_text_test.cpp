// Expressions over the characters of AS paths: the automaton over letters against the expression run on the text.
#include <gtest/gtest.h>

#include <set>

#include "encoder/automaton/path_languages.h"
#include "policy/text_regex.h"
#include "tests/automaton/path_samples.h"

namespace bgproof {
namespace {

using Kind = AsSegment::Kind;

// What Cisco's `_` stands for; the second is FRR's.
const std::string kGap = "(^|$|[] ,{}()[])";
const std::string kNarrowGap = "(^|[,{}() ]|$)";

constexpr Asn kNasty[] = {1, 11, 111, 64496, 64497, 64512, 164496, 644961, 4294967295, 2, 0};

PathDfa made(const PathDfa::Made& result) {
  const auto* limit = std::get_if<AutomatonLimit>(&result);
  EXPECT_EQ(limit, nullptr) << (limit != nullptr ? limit->what : "");
  return std::get<PathDfa>(result);
}

TextRegex parsed(const std::string& expression) {
  const auto result = parse_text_regex(expression);
  EXPECT_TRUE(std::holds_alternative<TextRegex>(result)) << expression;
  return std::get<TextRegex>(result);
}

bool text_matches(const TextRegex& regex, const AsPath& path) { return matches_somewhere(regex, text_form(path)); }

PathLetter nasty_letter(Random& random) {
  PathLetter letter{static_cast<Kind>(random() % 3 == 0 ? random() % 4 : 0), {}};
  for (size_t i = letter.is_set() ? 1 + random() % 4 : 1; i > 0; --i)
    letter.asns.push_back(random() % 8 == 0 ? static_cast<Asn>(random() >> random() % 32)
                                            : kNasty[random() % std::size(kNasty)]);
  std::sort(letter.asns.begin(), letter.asns.end());
  letter.asns.erase(std::unique(letter.asns.begin(), letter.asns.end()), letter.asns.end());
  return letter;
}

AsPath nasty_path(Random& random, uint32_t longest = 5) {
  PathWord word;
  for (uint32_t i = random() % (longest + 1); i > 0; --i) word.push_back(nasty_letter(random));
  return path_of(word);
}

std::vector<std::string> usual_expressions() {
  std::vector<std::string> result = {"",
                                     "^$",
                                     ".*",
                                     "64496",
                                     "1$",
                                     "[1-3]$",
                                     "^[0-9]+$",
                                     "^[0-9]+ [0-9]+$",
                                     "^6",
                                     "11",
                                     "1 1",
                                     "1,1",
                                     "[{]1",
                                     "1[}]",
                                     ",1",
                                     "[(]1",
                                     "[[]1",
                                     "[{]1,11[}]",
                                     "[(]1 11[)]",
                                     ",64496,",
                                     "[{]64496,",
                                     "..$",
                                     "^.{0,9}$",
                                     "^.{6}$",
                                     "9{2}",
                                     "0",
                                     "^0",
                                     "4294967295",
                                     "429496729[0-5]$",
                                     "^1( 11)*$",
                                     "[^0-9 ]",
                                     "^[^{(]*$",
                                     ") ",
                                     "64496 ([0-9]+ )*64497",
                                     "(1|11)+$",
                                     "1.1",
                                     "^64496( 64497)*$",
                                     "1,[0-9]*1[,}]",
                                     "[{(][0-9]+,[0-9]+,",
                                     "[0-9]{7,}",
                                     "x",
                                     "^(1|2).*7",
                                     "[{].*[}] [{]",
                                     "[]] ",
                                     "([0-9])1 1"};
  for (const std::string& gap : {kGap, kNarrowGap}) {
    for (const std::string& each :
         {std::string("_64496_"), std::string("^64496_"), std::string("_64496$"), std::string("^64496$"),
          std::string("_(1|11)_"), std::string("_1_11_"), std::string("_1_.*_11_"), std::string("_(1|2).*7_"),
          std::string("^65[0-9]+_"), std::string("_[0-9]+_[0-9]+$"), std::string("^(_64496)+$"),
          std::string("_64[0-9]*1_"), std::string("_1{1,3}_"), std::string("__"), std::string("^_1")}) {
      std::string expression;
      for (char c : each) expression += c == '_' ? gap : std::string(1, c);
      result.push_back(expression);
    }
  }
  for (std::string& each : result) {
    if (each == ") ") each = "[)] ";
  }
  return result;
}

std::string some_expression(Random& random, int depth) {
  if (depth > 0 && random() % 2 == 0) {
    const std::string a = some_expression(random, depth - 1), b = some_expression(random, depth - 1);
    switch (random() % 6) {
      case 0:
        return "(" + a + "|" + b + ")";
      case 1:
        return "(" + a + ")*" + b;
      case 2:
        return "(" + a + "){1,2}" + b;
      case 3:
        return "(" + a + ")?" + b;
      default:
        return a + b;
    }
  }
  static const std::vector<std::string> kAtoms = {
      "1", "1", "11",      "6",    "4",   "64496",    "[0-9]",  "[1-3]",  "[^1]",     ".",
      " ", ",", "[{]",     "[}]",  "[(]", "[)]",      "[[]",    "[]]",    "[0-9]+",   ".*",
      "^", "$", "[0-9]*1", "[ ,]", kGap,  kNarrowGap, "[5-9]$", "^[1-4]", "[0-9]{3}", "9"};
  return kAtoms[random() % kAtoms.size()];
}

// Every path of up to two letters out of a small, nasty universe.
std::vector<AsPath> short_paths() {
  std::vector<PathLetter> letters;
  for (Asn asn : kNasty) letters.push_back({Kind::sequence, {asn}});
  for (Asn asn : {1u, 64496u}) letters.push_back({Kind::confed_sequence, {asn}});
  for (Kind kind : {Kind::set, Kind::confed_set}) {
    for (const std::vector<Asn>& members : std::vector<std::vector<Asn>>{
             {1}, {11}, {64496}, {1, 11}, {1, 64496}, {11, 64496, 64497}, {2, 64496, 164496}, {1, 11, 111, 4294967295}})
      letters.push_back({kind, members});
  }
  std::vector<AsPath> paths = {{}};
  for (const PathLetter& first : letters) {
    paths.push_back(path_of({first}));
    for (const PathLetter& second : letters) paths.push_back(path_of({first, second}));
  }
  return paths;
}

TEST(PathText, AllShortPathsAgreeWithTheText) {
  const std::vector<AsPath> paths = short_paths();
  int matched = 0;
  for (const std::string& expression : usual_expressions()) {
    const TextRegex regex = parsed(expression);
    const PathDfa dfa = made(PathDfa::compile_text(expression));
    for (const AsPath& path : paths) {
      const bool expected = text_matches(regex, path);
      matched += expected ? 1 : 0;
      ASSERT_EQ(dfa.accepts(path), expected) << expression << " on " << text_form(path);
    }
  }
  EXPECT_GT(matched, 5000);
}

TEST(PathText, RandomExpressionsAgreeWithTheText) {
  Random random(31);
  int matched = 0, missed = 0, limits = 0;
  for (int round = 0; round < 250; ++round) {
    const std::string expression = some_expression(random, 4);
    if (std::holds_alternative<TextRegexError>(parse_text_regex(expression))) continue;  // a repeated anchor
    const TextRegex regex = parsed(expression);
    const PathDfa::Made compiled = PathDfa::compile_text(expression);
    if (std::holds_alternative<AutomatonLimit>(compiled)) {
      ++limits;
      continue;
    }
    for (int i = 0; i < 60; ++i) {
      const AsPath path = nasty_path(random);
      const bool expected = text_matches(regex, path);
      ++(expected ? matched : missed);
      ASSERT_EQ(made(compiled).accepts(path), expected) << expression << " on " << text_form(path);
    }
  }
  EXPECT_GT(matched, 1000);
  EXPECT_GT(missed, 1000);
  EXPECT_LT(limits, 3);
}

TEST(PathText, AMatchAfterChangesIsTheInverseImage) {
  Random random(32);
  const std::vector<std::string> expressions = usual_expressions();
  int matched = 0, limits = 0;
  const auto nasty = [&] { return kNasty[random() % std::size(kNasty)]; };
  for (int round = 0; round < 400; ++round) {
    std::vector<PathTransform> transforms;
    for (uint32_t i = 1 + random() % 2; i > 0; --i) {
      PathTransform transform = some_transform(random);
      if (auto* replace = std::get_if<ReplaceAsn>(&transform)) {
        replace->which.push_back({nasty(), static_cast<Asn>(UINT32_MAX - random() % 2)});
        replace->which.back().low = std::min(replace->which.back().low, replace->which.back().high);
        if (random() % 2 == 0) replace->which = {{64496, 64496}, {1, 11}};
        replace->with = nasty();
      }
      if (auto* removal = std::get_if<RemovePrivate>(&transform); removal != nullptr && removal->replacement)
        removal->replacement = nasty();
      transforms.push_back(transform);
    }
    const std::string& expression = expressions[random() % expressions.size()];
    const TextRegex regex = parsed(expression);
    const PathDfa::Made compiled = PathDfa::compile_text(expression, transforms);
    if (std::holds_alternative<AutomatonLimit>(compiled)) {
      ++limits;
      continue;
    }
    const PathDfa& dfa = std::get<PathDfa>(compiled);
    for (int i = 0; i < 40; ++i) {
      AsPath path = nasty_path(random);
      const AsPath after = changed(transforms, path);
      const bool expected = text_matches(regex, after);
      matched += expected ? 1 : 0;
      ASSERT_EQ(dfa.accepts(path), expected)
          << expression << " on " << text_form(path) << " changed to " << text_form(after);
    }
  }
  EXPECT_GT(matched, 1000);
  EXPECT_LT(limits, 40) << "a neighbor in the place of a private number, where the order in sets counts";
}

// The language of letters that is meant, without confederations, which a text shows.
PathDfa without_confederations(const PathDfa& dfa) {
  const PathDfa shown = made(PathDfa::compile_text("[[(]"));
  return made(PathDfa::intersect(dfa, shown.complement()));
}

TEST(PathText, WhatCanBeSaidInNumbersIsTheSameAutomaton) {
  const auto text = [](const std::string& expression) { return made(PathDfa::compile_text(expression)); };
  const auto tokens = [](const AsPathRegex& regex) { return made(PathDfa::compile(regex)); };
  EXPECT_EQ(text(kGap + "64496" + kGap), tokens(with(64496)));
  EXPECT_EQ(text(kGap + "(64496|1)" + kGap),
            tokens(in_order({anything(), either({one(1), one(64496), set_with(1), set_with(64496)}), anything()})));
  EXPECT_EQ(text("^$"), tokens(regex_of(AsPathRegex::Kind::empty)));
  EXPECT_TRUE(text(".*").is_universal());
  EXPECT_TRUE(text("").is_universal());
  EXPECT_TRUE(text("x").is_empty());
  EXPECT_TRUE(text("[0-9]{11}").is_empty()) << "no number is as long";
  EXPECT_TRUE(text("(^|[^0-9])4294967296").is_empty()) << "nor as large";
  EXPECT_TRUE(text("(^|[^0-9])0[0-9]").is_empty()) << "nor written with a leading zero";
  EXPECT_TRUE(text("  ").is_empty());
  const auto plain = [&](const PathDfa& dfa) { return without_confederations(dfa); };
  EXPECT_EQ(plain(text("^64496" + kGap)), plain(tokens(begins_with(64496))));
  EXPECT_EQ(plain(text(kGap + "64496$")), plain(tokens(ends_in(64496))));
  EXPECT_EQ(plain(text("^64496$")), plain(tokens(one(64496))));
  EXPECT_EQ(plain(text("^64496( 64497)*$")), plain(tokens(in_order({one(64496), times(one(64497), 0)}))));
  EXPECT_EQ(plain(text(kNarrowGap + "64496" + kNarrowGap)), plain(tokens(with(64496))));
  EXPECT_NE(text(kNarrowGap + "64496" + kNarrowGap), tokens(with(64496))) << "[64496] has no gap at its ends";
  EXPECT_NE(text("64496"), tokens(with(64496)));
}

TEST(PathText, EqualLanguagesAreEqualValues) {
  const std::vector<std::vector<std::string>> alike = {
      {"[1-3]$", "(1|2|3)$", ".[1-3]$|^[123]$"},
      {"64496", "6(44)96", "[0-9]*64496", "64496.*"},
      {kGap + "1" + kGap, kGap + "1" + kGap + "|" + kGap + "1" + kGap + "1" + kGap},
      {"^[0-9]+$", "^[^] ,{}()[]+$", "^.[0-9]{0,9}$"},
      {"[{]1,11[}]", "[{]1,11", "[{]1,11[}]|[{]1,11,"},
  };
  for (size_t i = 0; i + 1 < alike.size(); ++i) {
    for (const std::string& each : alike[i])
      EXPECT_EQ(made(PathDfa::compile_text(each)), made(PathDfa::compile_text(alike[i][0]))) << each;
    EXPECT_NE(made(PathDfa::compile_text(alike[i][0])), made(PathDfa::compile_text(alike[i + 1][0])));
  }
}

TEST(PathText, AutomataAreSmall) {
  const PathDfa ends_in_1 = made(PathDfa::compile_text("1$"));
  EXPECT_EQ(ends_in_1.size(), 2u);
  EXPECT_EQ(ends_in_1.alphabet().asns.size(), 2u);
  ASSERT_NE(ends_in_1.alphabet().asns.diagram(), nullptr);
  EXPECT_LT(ends_in_1.alphabet().asns.diagram()->nodes().size(), 25u);
  EXPECT_EQ(ends_in_1.set_states(), 1u) << "what is in a set does not matter";
  const PathDfa within = made(PathDfa::compile_text("64496"));
  EXPECT_EQ(within.size(), 2u);
  EXPECT_NE(within.alphabet().asns.diagram(), nullptr);
  EXPECT_EQ(made(PathDfa::compile_text("^65[0-9]+" + kGap)).alphabet().asns.diagram(), nullptr) << "nine intervals";
  std::string group = kGap + "(";
  for (Asn asn = 1000; asn < 1300; ++asn) group += std::to_string(asn * 7) + "|";
  EXPECT_LE(made(PathDfa::compile_text(group + "1)" + kGap)).size(), 2u);
}

TEST(PathText, LimitsAreSaid) {
  EXPECT_TRUE(std::holds_alternative<AutomatonLimit>(PathDfa::compile_text("1.{30}$")));
  EXPECT_TRUE(std::holds_alternative<AutomatonLimit>(PathDfa::compile_text("((1{200}){200}){200}")));
}

PathLanguageId id_of(const PathLanguages::Added& added) {
  const auto* limit = std::get_if<AutomatonLimit>(&added);
  EXPECT_EQ(limit, nullptr) << (limit != nullptr ? limit->what : "");
  return std::get<PathLanguageId>(added);
}

std::string shown(const PathAnswer& answer) {
  if (const auto* path = std::get_if<AsPath>(&answer)) return "path " + text_form(*path);
  if (const auto* limit = std::get_if<AutomatonLimit>(&answer)) return "limit " + limit->what;
  std::string text = "conflict";
  for (size_t i : std::get<PathConflict>(answer).core) text += " " + std::to_string(i);
  return text;
}

TEST(PathText, CombinationsAgreeWithEnumeration) {
  Random random(33);
  const std::vector<std::string> expressions = usual_expressions();
  const std::vector<AsPath> world = short_paths();
  int found = 0, conflicts = 0;
  for (int round = 0; round < 60; ++round) {
    PathLanguages languages;
    std::vector<TextRegex> regexes;
    std::vector<PathLanguageId> ids;
    for (int i = 0; i < 3; ++i) {
      const std::string& expression = expressions[random() % expressions.size()];
      regexes.push_back(parsed(expression));
      ids.push_back(id_of(languages.add_text(expression)));
    }
    for (uint32_t polarity = 0; polarity < 8; ++polarity) {
      std::vector<PathConstraint> constraints;
      for (size_t i = 0; i < ids.size(); ++i) constraints.push_back({ids[i], (polarity >> i & 1) != 0});
      const PathAnswer answer = languages.find_path(constraints);
      if (const auto* path = std::get_if<AsPath>(&answer)) {
        ++found;
        ASSERT_TRUE(is_well_formed(*path));
        for (size_t i = 0; i < ids.size(); ++i) ASSERT_EQ(text_matches(regexes[i], *path), constraints[i].in);
        continue;
      }
      ASSERT_TRUE(std::holds_alternative<PathConflict>(answer)) << shown(answer);
      ++conflicts;
      const std::vector<size_t>& core = std::get<PathConflict>(answer).core;
      for (const AsPath& path : world) {
        const bool all = std::all_of(core.begin(), core.end(), [&](size_t i) {
          return languages.contains(constraints[i].language, path) == constraints[i].in;
        });
        ASSERT_FALSE(all) << text_form(path) << " refutes " << shown(answer);
      }
    }
  }
  EXPECT_GT(found, 100);
  EXPECT_GT(conflicts, 100);
}

TEST(PathText, WitnessesAreBelievable) {
  PathLanguages languages;
  PathSearchOptions options;
  options.familiar = {64496, 64497, 64498, 64499, 64500};
  const auto path = [&](std::vector<std::pair<std::string, bool>> wanted) {
    std::vector<PathConstraint> constraints;
    for (const auto& [expression, in] : wanted) constraints.push_back({id_of(languages.add_text(expression)), in});
    return shown(languages.find_path(constraints, options));
  };
  EXPECT_EQ(path({{"[1-3]$", true}}), "path 64501");
  EXPECT_EQ(path({{"^65[0-9]+" + kGap, true}}), "path 65536");
  EXPECT_EQ(path({{"64496", true}, {kGap + "64496" + kGap, false}}), "path 164496");
  EXPECT_EQ(path({{"[{].*64496", true}}), "path {64496}");
  EXPECT_EQ(path({{"[{].*,64496,", true}}), "path {1,64496,64497}");
  EXPECT_EQ(path({{"[{]64496,", true}, {"64497", false}}), "path {64496,64498}");
  EXPECT_EQ(path({{"1 2", true}, {"[(]", true}}), "path (64501 2)");
  EXPECT_EQ(path({{"[{]", true}, {"[{].*1", false}, {",.*,", true}, {"2", false}}), "path {64496,64497,64498}");
}

TEST(PathText, ThreeHundredPatternsByDigitsAreOnePathAway) {
  PathLanguages languages;
  std::vector<PathConstraint> constraints;
  for (uint32_t i = 0; i < 300; ++i)
    constraints.push_back({id_of(languages.add_text(kNarrowGap + std::to_string(64000 + i) + kNarrowGap)), i % 10 < 3});
  for (uint32_t i = 0; i < 40; ++i)  // of which some are millions of intervals
    constraints.push_back({id_of(languages.add_text(std::to_string(7000 + i))), i % 4 == 0});
  PathSearchOptions options;
  options.steps = 10'000'000;
  const PathAnswer answer = languages.find_path(constraints, options);
  ASSERT_TRUE(std::holds_alternative<AsPath>(answer)) << shown(answer);
  EXPECT_LE(length(std::get<AsPath>(answer)), 100u);
}

TEST(PathText, OneIsEnoughAgainstAll) {
  PathLanguages languages;
  std::string group = kGap + "(0";
  std::vector<PathConstraint> constraints;
  for (uint32_t i = 0; i < 300; ++i) {
    constraints.push_back({id_of(languages.add_text(kGap + std::to_string(64000 + i) + kGap)), false});
    group += "|" + std::to_string(64000 + i);
  }
  constraints.push_back({id_of(languages.add_text(group + ")" + kGap)), true});
  EXPECT_EQ(shown(languages.find_path(constraints)), "path 0");
  constraints.push_back({id_of(languages.add_text(kGap + "0" + kGap)), false});
  EXPECT_TRUE(std::holds_alternative<PathConflict>(languages.find_path(constraints)));
}

}  // namespace
}  // namespace bgproof
