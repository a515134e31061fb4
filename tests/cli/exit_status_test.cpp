// What the program answers to good and bad input: the documented status, a message with a place and what to do, and no
// crash.
#include <algorithm>

#include "tests/cli/program.h"
#include "tests/cli/small_network.h"

namespace bgproof {
namespace {

class ExitStatus : public ProgramTest {
 protected:
  void expect(const Ran& ran, int status, const std::string& said) const {
    EXPECT_EQ(ran.status, status) << ran.out << ran.err;
    EXPECT_NE((ran.out + ran.err).find(said), std::string::npos) << "`" << said << "` is missing in\n"
                                                                 << ran.out << ran.err;
  }
};

TEST_F(ExitStatus, Proved) {
  write("c/edge.conf", small_config());
  write("intents/t.intent", small_intent());
  expect(run({"check", "c"}), 0,
         "checked 1 session on edge01: 1 proved, 0 violated, 0 possible, 0 unknown, 0 not checked");
}

TEST_F(ExitStatus, Violated) {
  write("c/edge.conf", small_config("edge01", "protocol bgp;"));
  write("intents/t.intent", small_intent());
  Ran ran = run({"check", "c"});
  expect(ran, 1, "error[BP301]");
  expect(ran, 1, "--> c/edge.conf:");
  expect(ran, 1, "1 violated (1 cause)");
}

TEST_F(ExitStatus, ViolatedWinsOverNotChecked) {
  write("c/edge.conf", small_config("edge01", "protocol bgp;"));
  write("c/other.conf", std::string("\0\1\2", 3));
  write("intents/t.intent", small_intent());
  expect(run({"check", "c"}), 1, "not checked");
}

TEST_F(ExitStatus, AnUnmodelledLineIsPossible) {
  write("c/edge.conf", small_config("edge01", "some-future-keyword 1;"));
  write("intents/t.intent", small_intent());
  Ran ran = run({"check", "c"});
  expect(ran, 3, "possible[BP301]");
  expect(ran, 3, "some-future-keyword");
}

// How far the solver goes is the user's to say; where it stops, nothing is claimed.
TEST_F(ExitStatus, ALimitOfTheSolverIsUnknown) {
  write("c/edge.conf", small_config("edge01", "protocol bgp;"));
  write("before/edge.conf", small_config());
  write("intents/t.intent", small_intent());
  for (const char* steps : {"1", "1000000000"}) {
    bool stops = std::string(steps) == "1";
    Ran ran = run({"check", "c", "--steps", steps, "--out", "text", "--out", "json=r.json"});
    expect(ran, stops ? 3 : 1, stops ? "1 unknown" : "1 violated");
    EXPECT_EQ(ran.out.find("--steps") != std::string::npos, stops) << ran.out;
    EXPECT_NE(read("r.json").find(stops ? "\"verdict\": \"unknown\"" : "\"verdict\": \"violated\""), std::string::npos);
    expect(run({"query", "TO-PEER@edge01", "len v4 = 32", "c", "--steps", steps}), stops ? 3 : 1,
           stops ? "unknown" : "route");
    expect(run({"diff", "before", "c", "--steps", steps}), stops ? 3 : 0,
           stops ? "effect: unknown" : "effect: incomparable");
  }
  expect(run({"check", "c", "--steps", "none"}), 2, "--steps");
}

TEST_F(ExitStatus, TruncatedInADirectory) {
  std::string whole = small_config();
  write("c/edge.conf", small_config());
  write("c/cut.conf", small_config("cut01").substr(0, whole.find("policy-statement") + 30));
  write("intents/t.intent", small_intent());
  expect(run({"check", "c"}), 3, "cut");
}

TEST_F(ExitStatus, BinaryInADirectory) {
  write("c/edge.conf", small_config());
  write("c/dump.bin", std::string("\x7f"
                                  "ELF\0\0\0",
                                  7));
  write("intents/t.intent", small_intent());
  expect(run({"check", "c"}), 3, "c/dump.bin is binary");
}

TEST_F(ExitStatus, BinaryNamed) {
  write("dump.conf", std::string("\0\0\0", 3));
  write("intents/t.intent", small_intent());
  expect(run({"check", "dump.conf"}), 2, "error[BP132]: dump.conf is binary");
}

TEST_F(ExitStatus, EmptyNamedAndInADirectory) {
  write("c/empty.conf", "");
  write("intents/t.intent", small_intent());
  expect(run({"check", "c/empty.conf", "--intents", "intents"}), 2, "c/empty.conf is empty");
  write("c/edge.conf", small_config());
  expect(run({"check", "c"}), 3, "c/empty.conf is empty");
}

TEST_F(ExitStatus, UnknownDialectInADirectory) {
  write("c/edge.conf", small_config());
  write("c/other.cfg", "hello\nthis is nothing that anybody knows\n");
  write("c/notes.text", "buy milk\n");
  write("intents/t.intent", small_intent());
  Ran ran = run({"check", "c"});
  expect(ran, 3, "c/other.cfg is of no known dialect");
  expect(ran, 3, "left out: c/notes.text");
}

TEST_F(ExitStatus, NoSuchPath) { expect(run({"check", "nowhere"}), 2, "error[BP130]: nowhere cannot be opened"); }

TEST_F(ExitStatus, DanglingLinkInADirectory) {
  write("c/edge.conf", small_config());
  write("intents/t.intent", small_intent());
  std::filesystem::create_symlink("nowhere", directory_ / "work/c/gone.conf");
  expect(run({"check", "c"}), 3, "c/gone.conf cannot be read");
}

TEST_F(ExitStatus, LinksInACircle) {
  write("c/edge.conf", small_config());
  write("intents/t.intent", small_intent());
  std::filesystem::create_symlink("..", directory_ / "work/c/up");
  std::filesystem::create_symlink("edge.conf", directory_ / "work/c/same.conf");
  expect(run({"check", "c"}), 0, "1 proved");
}

TEST_F(ExitStatus, NoFilesMatched) {
  write("c/readme.md", "nothing");
  write("intents/t.intent", small_intent());
  expect(run({"check", "c"}), 2, "error[BP131]");
}

TEST_F(ExitStatus, ConfigsNamedByHost) {
  write("c/edge.conf", small_config());
  write("c/edge1.waw.example.pl", small_config("edge1"));
  write("c/notes.md", "set protocols bgp group X export Y\n");
  write("c/more.md", "what people say about routers\n");
  write("intents/t.intent", small_intent());
  Ran ran = run({"check", "c"});
  expect(ran, 0, "checked 1 session on edge1: 1 proved");
  expect(ran, 0, "left out: c/notes.md\n");
}

TEST_F(ExitStatus, AGuessedDialectIsTold) {
  write("c/edge.cfg", "router bgp 65000\n neighbor 192.0.2.1 remote-as 65010\n neighbor 192.0.2.1 route-map OUT out\n");
  write("t.intent", "intent 1\nexport to as 65010 { may any }\n");
  expect(run({"check", "c", "--intents", "t.intent"}), 0, "read as ios, which nothing in it settles: c/edge.cfg");
}

TEST_F(ExitStatus, NoIntents) {
  write("c/edge.conf", small_config());
  expect(run({"check", "c"}), 2, "error[BP230]");
}

TEST_F(ExitStatus, IntentThatDoesNotParse) {
  write("c/edge.conf", small_config());
  write("intents/t.intent", "export to role peer {\n  may prefix 10.0.0.0/8\n}\n");
  Ran ran = run({"check", "c"});
  expect(ran, 2, "error[BP201]");
  expect(ran, 2, "--> intents/t.intent:2:");
}

TEST_F(ExitStatus, IntentWithAnUnknownName) {
  write("c/edge.conf", small_config());
  write("intents/t.intent",
        "role peer = as 64501\nset own = { 198.51.100.0/24 }\nexport to role peer {\n  may prefix in ownn\n}\n");
  Ran ran = run({"check", "c"});
  expect(ran, 2, "error[BP205]");
  expect(ran, 2, "--> intents/t.intent:4:17");
}

TEST_F(ExitStatus, IntentThatCannotBeOpened) {
  write("c/edge.conf", small_config());
  expect(run({"check", "c", "--intents", "nowhere.intent"}), 2, "nowhere.intent cannot be opened");
}

TEST_F(ExitStatus, SessionWithoutABlock) {
  write("c/edge.conf", small_config());
  write("intents/t.intent", "role transit = as 64999\nrole peer = as 64501\nexport to role transit {\n  may any\n}\n");
  expect(run({"check", "c"}), 3, "BP70");
}

TEST_F(ExitStatus, NoDeviceMatches) {
  write("c/edge.conf", small_config());
  write("intents/t.intent", small_intent());
  expect(run({"check", "c", "--device", "core*"}), 2, "no device matches core*");
}

TEST_F(ExitStatus, BadFlags) {
  write("c/edge.conf", small_config());
  write("intents/t.intent", small_intent());
  expect(run({"check", "c", "--nonsense"}), 2, "--nonsense");
  expect(run({"check", "c", "--date", "2026-02-30"}), 2, "--date 2026-02-30: not a date");
  expect(run({"check", "c", "--assume", "junos.nothing=1"}), 2, "there is no assumption `junos.nothing`");
  expect(run({"check", "c", "--assume", "junos.community-regex=perhaps"}), 2, "`perhaps` is not a reading");
  expect(run({"check", "c", "--out", "sarif"}), 2, "formats are text and json");
  expect(run({"check", "c", "--out", "text", "--out", "json"}), 2, "two formats would go to stdout");
  expect(run({"check", "c", "--out", "json=no/such/directory/r.json"}), 2,
         "no/such/directory/r.json cannot be written");
  expect(run({"check", "c", "--jobs", "x"}), 2, "jobs");
  expect(run({"check", "c", "--color", "blue"}), 2, "choices are auto, always and never");
  expect(run({"merge", "a", "b"}), 2, "there is no command `merge`");
  expect(run({"explain"}), 2, "explain needs a code");
  expect(run({"explain", "BP000"}), 2, "nothing to explain");
  expect(run({"explain", "bp30"}), 2, "names that begin so: BP301, BP302");
  expect(run({"explain", "junos/route-type-intrnal"}), 2, "did you mean `junos/route-type-internal`?");
  expect(run({}), 2, "bgproof check");
}

TEST_F(ExitStatus, HelpAndVersion) {
  expect(run({"--help"}), 0, "Examples:");
  expect(run({"check", "--help"}), 0, "--intents");
  expect(run({"--version"}), 0, "bgproof ");
  expect(run({"explain", "BP301"}), 0, "what to do");
  expect(run({"explain", "bp301"}), 0, "what to do");
  expect(run({"explain", "junos.community-regex"}), 0, "--assume junos.community-regex=searched");
}

TEST_F(ExitStatus, HundredThousandBraces) {
  write("c/deep.conf", "policy-options {\n" + std::string(100'000, '{') + "\n");
  write("c/deep2.conf", [] {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "policy-options {\n";
    return text + std::string(100'000, '}');
  }());
  write("intents/t.intent", small_intent());
  Ran ran = run({"check", "c"});
  EXPECT_EQ(ran.status, 3) << ran.out.substr(0, 2000) << ran.err.substr(0, 2000);
  EXPECT_EQ(run({"parse", "c"}).status, 3);
}

TEST_F(ExitStatus, HundredMegabytesOfJunk) {
  std::string junk;
  junk.reserve(100'000'000);
  while (junk.size() < 100'000'000) junk += "lorem ipsum dolor sit amet { consetetur; } 12345\n";
  write("c/big.conf", junk);
  write("intents/t.intent", small_intent());
  Ran ran = run({"check", "c/big.conf", "--intents", "intents"});
  EXPECT_TRUE(ran.status == 2 || ran.status == 3) << ran.status << ran.out.substr(0, 2000) << ran.err.substr(0, 2000);
}

TEST_F(ExitStatus, HundredMegabytesOfConfig) {
  std::string junk = small_config();
  junk.reserve(100'000'100);
  while (junk.size() < 100'000'000)
    junk += "interfaces { ge-0/0/0 { unit 0 { description \"nothing of interest\"; } } }\n";
  write("c/big.conf", junk);
  write("intents/t.intent", small_intent());
  expect(run({"check", "c"}), 0, "1 proved");
}

TEST_F(ExitStatus, TwoFilesOfOneHost) {
  write("c/a.conf", small_config());
  write("c/b.conf", small_config());
  write("intents/t.intent", small_intent());
  Ran ran = run({"check", "c"});
  expect(ran, 0, "warning[BP134]");
  expect(ran, 0, "checked 1 session on c/a.conf");
  expect(ran, 0, "checked 1 session on c/b.conf");
}

}  // namespace
}  // namespace bgproof
