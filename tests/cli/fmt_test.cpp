// `fmt` changes white space alone, and only once.
#include "tests/cli/program.h"

namespace bgproof {
namespace {

class FmtTest : public ProgramTest {};

constexpr const char* kUgly = R"(# head
intent 1
network    AS64500   # ours
set own={192.0.2.0/24,2001:db8::/32 orlonger}
comms   internal = { 64500:*,
  64500:*:* }
tag T = 64500:1:2 means opaque


asns few = { 1..5 , AS7 }
export   to role provider ,role peer at site "mia"{ # why
may [a] prefix in own   "the product"
   never [leaky] learned-from provider , peer
# own line

  always strip internal,no-private-as
  except [mig] ( tagged T or not any ) then local-pref 200 .. 250 until 2027-03-01 owner "noc@example.net" "moving"
} # end
policy "X*"{}
)";

constexpr const char* kNeat = R"(# head
intent 1
network AS64500  # ours
set   own      = { 192.0.2.0/24, 2001:db8::/32 orlonger }
comms internal = { 64500:*, 64500:*:* }
tag   T        = 64500:1:2 means opaque

asns few = { 1..5, AS7 }
export to role provider, role peer at site "mia" {  # why
  may   [a]     prefix in own  "the product"
  never [leaky] learned-from provider, peer
  # own line

  always        strip internal, no-private-as
  except [mig]  (tagged T or not any) then local-pref 200..250 until 2027-03-01 owner "noc@example.net"  "moving"
}  # end
policy "X*" {
}
)";

TEST_F(FmtTest, WritesTheUsualForm) {
  write("a.intent", kUgly);
  EXPECT_EQ(run({"fmt", "--check", "a.intent"}).status, 1);
  EXPECT_EQ(read("a.intent"), kUgly);
  Ran ran = run({"fmt", "a.intent"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(ran.out, "formatted a.intent\n");
  EXPECT_EQ(read("a.intent"), kNeat);
  Ran again = run({"fmt", "--check", "."});
  EXPECT_EQ(again.status, 0) << again.out;
}

TEST_F(FmtTest, LongListsAreFilled) {
  std::string text = "set own = { 192.0.2.0/24";
  for (int i = 0; i < 300; ++i) text += ",10." + std::to_string(i / 100) + "." + std::to_string(i % 100) + ".0/24";
  write("a.intent", text + " }\nexport to role peer { may prefix in own }\n");
  EXPECT_EQ(run({"fmt", "a.intent"}).status, 0);
  std::string neat = read("a.intent");
  size_t longest = 0, start = 0;
  for (size_t end = neat.find('\n'); end != std::string::npos; start = end + 1, end = neat.find('\n', start))
    longest = std::max(longest, end - start);
  EXPECT_LE(longest, 120u);
  EXPECT_EQ(run({"fmt", "--check", "a.intent"}).status, 0);
}

TEST_F(FmtTest, ABrokenFileIsLeftAlone) {
  write("a.intent", "export to {\n");
  Ran ran = run({"fmt", "a.intent"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("BP201"), std::string::npos);
  EXPECT_EQ(read("a.intent"), "export to {\n");
  EXPECT_EQ(run({"fmt", "nowhere"}).status, 2);
}

}  // namespace
}  // namespace bgproof
