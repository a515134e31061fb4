// `path matches <...>` against paths, by the reference matcher.
#include "intents/path_regex.h"

#include <gtest/gtest.h>

namespace bgproof {
namespace {

bool match(const std::string& text, std::vector<Asn> path) {
  AsnsOfName names = [](const std::string& name) -> std::vector<NumberRange> {
    if (name == "cone") return {{64510, 64519}};
    if (name == "$neighbor.asn") return {{64501, 64501}};
    return {};
  };
  PathRegexReading reading = read_path_regex(text, names);
  EXPECT_EQ(reading.error, "") << text;
  return matches(reading.regex, path_of(std::move(path)));
}

TEST(PathRegex, Matches) {
  EXPECT_TRUE(match("AS64501", {1, 64501, 2})) << "a search";
  EXPECT_FALSE(match("AS64501", {1, 164501}));
  EXPECT_FALSE(match("^64501", {1, 64501}));
  EXPECT_TRUE(match("^64501 .* 7$", {64501, 5, 6, 7}));
  EXPECT_TRUE(match("^64501 .* 7$", {64501, 7}));
  EXPECT_FALSE(match("^64501 .* 7$", {64501, 7, 8}));
  EXPECT_TRUE(match("^$", {}));
  EXPECT_FALSE(match("^$", {1}));
  EXPECT_TRUE(match("", {1}));
  EXPECT_TRUE(match("^1+ 2? (3|4 5){2}$", {1, 1, 3, 4, 5}));
  EXPECT_FALSE(match("^1+ 2? (3|4 5){2}$", {1, 1, 3, 4}));
  EXPECT_TRUE(match("^[64510..64512 7]$", {64511}));
  EXPECT_TRUE(match("^[64510-64512 7]$", {7}));
  EXPECT_FALSE(match("^[^64510-64512 7]$", {7}));
  EXPECT_TRUE(match("^[^64510-64512 7]$", {8}));
  EXPECT_TRUE(match("^cone+ $neighbor.asn$", {64512, 64513, 64501}));
  EXPECT_FALSE(match("^cone $neighbor.asn$", {64509, 64501}));
  EXPECT_TRUE(match("^1$|^2$", {2}));
  EXPECT_FALSE(match("^1$|^2$", {1, 2}));
  EXPECT_TRUE(match("^AS1.10$", {65546}));
  EXPECT_TRUE(match("^1{2,3}$", {1, 1, 1}));
  EXPECT_FALSE(match("^1{2,3}$", {1, 1, 1, 1}));
}

TEST(PathRegex, Mistakes) {
  for (const char* text : {"(", "1 )", "1{", "1{2,1}", "1{99999}", "[1", "a ^ b", "1$ 2", "*", "5..1", "[1 *]", "AS",
                           "1.2.3", "<", "1{,}", "\x01"}) {
    PathRegexReading reading = read_path_regex(text);
    if (std::string(text) == "AS") continue;  // a name
    EXPECT_NE(reading.error, "") << text;
    EXPECT_LE(reading.at, std::string(text).size()) << text;
  }
  EXPECT_NE(read_path_regex(std::string(100000, '(')).error, "");
}

TEST(PathRegex, Ranges) {
  EXPECT_EQ(complement({}), (std::vector<NumberRange>{{0, UINT32_MAX}}));
  EXPECT_EQ(complement({{0, UINT32_MAX}}), std::vector<NumberRange>{});
  EXPECT_EQ(complement({{5, 6}, {1, 2}}), (std::vector<NumberRange>{{0, 0}, {3, 4}, {7, UINT32_MAX}}));
  EXPECT_EQ(normalized({{3, 4}, {1, 2}, {9, 9}, {4, 5}}), (std::vector<NumberRange>{{1, 5}, {9, 9}}));
}

TEST(PathRegex, Languages) {
  AsPath with_set;
  with_set.segments = {{AsSegment::Kind::sequence, {1}}, {AsSegment::Kind::set, {2, 3}}};
  EXPECT_TRUE(matches(path_contains({{3, 3}}), with_set));
  EXPECT_FALSE(matches(path_contains({{4, 4}}), with_set));
  EXPECT_FALSE(matches(path_contains({}), with_set));
  EXPECT_FALSE(matches(path_ends_with({{3, 3}}), with_set)) << "a set is no origin";
  EXPECT_TRUE(matches(path_starts_with({{1, 1}}), with_set));
}

}  // namespace
}  // namespace bgproof
