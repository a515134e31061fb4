// Large files: what is asserted is that they are read right; how fast is the benchmarks' affair.
#include <gtest/gtest.h>

#include "intents/bind.h"
#include "policy/evaluate.h"
#include "world.h"

namespace bgproof {
namespace {

TEST(Large, ManyPrefixes) {
  std::string text = "set big = {\n";
  for (int i = 0; i < 100000; ++i) {
    if (i % 2 == 0) {
      text += "  10." + std::to_string(i / 2 / 256 % 256) + "." + std::to_string(i / 2 % 256) + ".0/24 le 28,\n";
    } else {
      char group[16];
      std::snprintf(group, sizeof group, "%x", i);
      text += "  2001:db8:" + std::string(group).substr(0, 4) + ":" + std::to_string(i % 10) + "::/64,\n";
    }
  }
  text += "}\nexport to any-neighbor { may prefix in big }";
  World world;
  world.load(text);
  std::vector<Task> tasks = world.bind({edge()});
  ASSERT_EQ(world.said(Severity::error), std::vector<std::string>{});
  ASSERT_FALSE(tasks.empty());
  const auto* in = std::get_if<PrefixIn>(&tasks[0].rows[0].condition.is);
  ASSERT_TRUE(in);
  EXPECT_EQ(in->list->entries.size(), 100000u);
  EXPECT_EQ(in->list->mode, PrefixList::Mode::any);
}

TEST(Large, ManyRows) {
  std::string text = "export to any-neighbor {\n";
  for (int i = 0; i < 10000; ++i)
    text += "  may [r" + std::to_string(i) + "] prefix in { 10." + std::to_string(i / 256) + "." +
            std::to_string(i % 256) + ".0/24 } and has 64500:" + std::to_string(i) +
            " then local-pref 100..200, add no-export \"row\"\n";
  World world;
  world.load(text + "}");
  std::vector<Task> tasks = world.bind({edge()});
  ASSERT_EQ(world.said(Severity::error), std::vector<std::string>{});
  ASSERT_EQ(tasks.size(), 1u) << "all sessions run the same";
  EXPECT_EQ(tasks[0].rows.size(), 10000u);
  EXPECT_EQ(tasks[0].rows[9999].text,
            "may [r9999] prefix in { 10.39.15.0/24 } and has 64500:9999 then local-pref 100..200, add no-export");
}

// Declarations that double each other are refused, not followed to the end of memory.
TEST(Large, DoublingDeclarations) {
  std::string text = "set s0 = { 192.0.2.0/24 }\nclass c0 = any\ncomms m0 = { 64500:1 }\n";
  for (int i = 1; i < 60; ++i) {
    std::string now = std::to_string(i), last = std::to_string(i - 1);
    text += "set s" + now + " = s" + last + " + s" + last + "\nclass c" + now + " = c" + last + " and c" + last +
            "\ncomms m" + now + " = { m" + last + ", m" + last + " }\n";
  }
  for (const char* row : {"may prefix in s59", "may c59", "may has m59"}) {
    World world;
    world.load(text + "export to any-neighbor { " + row + " }");
    ASSERT_EQ(world.said(Severity::error), std::vector<std::string>{});
    world.bind({edge()});
    EXPECT_EQ(world.codes(), std::vector<std::string>{"BP209"}) << row;
  }
}

}  // namespace
}  // namespace bgproof
