#include "report/wrap.h"

#include <gtest/gtest.h>

namespace bgproof {
namespace {

TEST(Wrap, ValuesOfNotesGoOnUnderThemselves) {
  std::string note = "    = region      len v6 0..128 and not prefix in { 2001:db8:100::/47, 2001:db8:a01::/48 }\n";
  EXPECT_EQ(wrapped(note, 70),
            "    = region      len v6 0..128 and not prefix in { 2001:db8:100::/47,\n"
            "                  2001:db8:a01::/48 }\n");
  EXPECT_EQ(wrapped(note, 200), note);
}

TEST(Wrap, SourceTextStaysAsItIs) {
  std::string text =
      " 12 |         route-filter 192.0.2.0/24 prefix-length-range /25-/32; # and a remark that is long\n"
      "    |         ------------------------------------------------------ this route meets it, and more\n";
  EXPECT_EQ(wrapped(text, 60), text);
}

TEST(Wrap, ColoursTakeNoColumn) {
  std::string text = "\x1b[1;31merror\x1b[0m: one two three four five six seven eight nine ten eleven\n";
  EXPECT_EQ(wrapped(text, 64), text);
  EXPECT_EQ(wrapped(text, 60), "\x1b[1;31merror\x1b[0m: one two three four five six seven eight nine ten\n  eleven\n");
}

TEST(Wrap, WordsAreNeverBrokenAndNothingIsLost) {
  std::string word(90, 'x');
  EXPECT_EQ(wrapped("a " + word + " b", 50), "a " + word + "\n  b");
  EXPECT_EQ(wrapped("\n\n", 50), "\n\n");
  EXPECT_EQ(wrapped(word, 50), word);
}

}  // namespace
}  // namespace bgproof
