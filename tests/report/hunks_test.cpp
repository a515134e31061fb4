#include "report/hunks.h"

#include <gtest/gtest.h>

#include "tests/generator/random.h"

namespace bgproof {
namespace {

std::vector<Hunk> hunks(const std::string& before, const std::string& after) {
  return hunks_of(SourceFile("a", before), SourceFile("b", after));
}

TEST(Hunks, EqualTextsHaveNone) {
  EXPECT_TRUE(hunks("a\nb\n", "a\nb\n").empty());
  EXPECT_TRUE(hunks("", "").empty());
}

TEST(Hunks, BlanksAtTheEndOfALineAreNoChange) {
  EXPECT_TRUE(hunks("a\n b\n\n", "a \t\n b\r\n  \n").empty());
  EXPECT_EQ(hunks("a\n b\n", "a\n  b\n"), (std::vector<Hunk>{{2, 3, 2, 3}}));
  EXPECT_TRUE(hunks_of(SourceFile("a", "a {\n b;\n}"), SourceFile("b", "a {\n\tb; \n }"), false).empty());
}

TEST(Hunks, LinesPutInTakenOutAndChanged) {
  EXPECT_EQ(hunks("a\nb\nc\n", "a\nc\n"), (std::vector<Hunk>{{2, 3, 2, 2}}));
  EXPECT_EQ(hunks("a\nc\n", "a\nb\nc\n"), (std::vector<Hunk>{{2, 2, 2, 3}}));
  EXPECT_EQ(hunks("a\nb\nc\nd\ne\n", "a\nx\nc\ne\n"), (std::vector<Hunk>{{2, 3, 2, 3}, {4, 5, 4, 4}}));
}

// Replacing the hunks' lines makes the one text of the other, and what lies between is equal.
TEST(Hunks, MakeOneTextOfTheOther) {
  for (int seed = 0; seed < 300; ++seed) {
    Random random(static_cast<uint64_t>(seed));
    auto text = [&] {
      std::string made;
      for (uint32_t i = random.below(30); i > 0; --i) made += std::string(1, static_cast<char>('a' + random.below(4))) + "\n";
      return made;
    };
    SourceFile a("a", text()), b("b", text());
    uint32_t i = 1, j = 1;
    for (const Hunk& hunk : hunks_of(a, b)) {
      ASSERT_EQ(hunk.old_begin - i, hunk.new_begin - j) << "seed " << seed;
      for (; i < hunk.old_begin; ++i, ++j) ASSERT_EQ(a.line(i), b.line(j)) << "seed " << seed;
      i = hunk.old_end;
      j = hunk.new_end;
    }
    ASSERT_EQ(a.line_count() - i, b.line_count() - j) << "seed " << seed;
    for (; i <= a.line_count(); ++i, ++j) ASSERT_EQ(a.line(i), b.line(j)) << "seed " << seed;
  }
}

}  // namespace
}  // namespace bgproof
