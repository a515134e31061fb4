// fmt: comments stay, formatting is idempotent and changes no word. The layout itself is tested with the command
// (tests/cli).
#include "grammar/intent/format.h"

#include <gmock/gmock.h>

#include "grammar/intent/lexer.h"
#include "grammar/intent/reader.h"
#include "world.h"

namespace bgproof {
namespace {

std::string formatted(const std::string& text) {
  World world;
  FileId id = world.sources.add("x.intent", text);
  intent::File file = intent::read(world.sources, id, world.diagnostics);
  return file.broken ? "broken: " + world.said().at(0) : intent::format(world.sources, file);
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> result;
  for (const intent::Token& token : intent::lex(text, 0, static_cast<uint32_t>(text.size()), false).all) {
    result.push_back(text.substr(token.begin, token.end - token.begin));
    while (!result.back().empty() && result.back().back() == ' ') result.back().pop_back();
  }
  return result;
}

void check(const std::string& text) {
  std::string once = formatted(text);
  EXPECT_EQ(formatted(once), once) << "not idempotent";
  EXPECT_EQ(words(once), words(text)) << "changes words";
}

TEST(Format, CommentsInOddPlacesSurvive) {
  check(
      "set # a\n a # b\n = # c\n { # d\n 192.0.2.0/24 # e\n } # f\n + # g\n b # h\nset b = {} # i\nexport # j\n to "
      "role # k\n peer # l\n { # m\n may # n\n [ # o\n x ] # p\n"
      " any # q\n then # r\n strip no-export, # s\n # t\n add 64500:1 # u\n \"text\" # v\n } # w\n# x\n");
  check("# only\n");
  check("");
}

TEST(Format, ListsAndLongRows) {
  check("set a = { # two\n192.0.2.0/24, # one\n\n# other\n198.51.100.0/24 exact # two\n}\nset bcd = { 192.0.2.0/24, }");
  check(
      "import from role customer { must [normal] prefix in cust-irr orlonger and not rpki invalid and len v4 8..24 v6 "
      "19..48 and lacks graceful-shutdown "
      "then tag CUSTOMER, local-pref 200..250 except [mig] prefix in { 203.0.113.0/24 exact } then tag CUSTOMER until "
      "2027-03-01 owner \"noc@example.net\" "
      "ticket \"NET-4711\" \"ROA move in progress\" }");
  check("class c = path matches <^AS64500 .*  7$> and (a or not(b))\nasns x={1 .. 5,AS7}");
}

}  // namespace
}  // namespace bgproof
