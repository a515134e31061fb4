// Random sentences, mostly wrong, some right: nothing crashes, what is right can be bound, and formatting keeps its
// promises.
#include <gtest/gtest.h>

#include <random>

#include "grammar/intent/format.h"
#include "grammar/intent/reader.h"
#include "world.h"

namespace bgproof {
namespace {

const std::vector<std::string> kWords = {"intent",
                                         "1",
                                         "include",
                                         "network",
                                         "AS64500",
                                         "neighbors",
                                         "from",
                                         "role",
                                         "=",
                                         "set",
                                         "asns",
                                         "comms",
                                         "tag",
                                         "fact",
                                         "class",
                                         "means",
                                         "opaque",
                                         "learned-from",
                                         "originated",
                                         "customer",
                                         "own",
                                         "x",
                                         "file",
                                         "\"a.yaml\"",
                                         "key",
                                         "\"k\"",
                                         "builtin",
                                         "\"bogons\"",
                                         "+",
                                         "-",
                                         "&",
                                         "{",
                                         "}",
                                         "{",
                                         "}",
                                         "(",
                                         ")",
                                         "[",
                                         "]",
                                         ",",
                                         "192.0.2.0/24",
                                         "2001:db8::/32",
                                         "198.51.100.1",
                                         "exact",
                                         "orlonger",
                                         "longer",
                                         "le",
                                         "ge",
                                         "24",
                                         "..",
                                         "64500:1",
                                         "64500:*",
                                         "rt:64500:1",
                                         "no-export",
                                         "$neighbor.asn",
                                         "$neighbor.address",
                                         "export",
                                         "to",
                                         "import",
                                         "policy",
                                         "\"*\"",
                                         "at",
                                         "site",
                                         "device",
                                         "afi",
                                         "v4",
                                         "v6",
                                         "minus",
                                         "group",
                                         "as",
                                         "neighbor",
                                         "any-neighbor",
                                         "may",
                                         "must",
                                         "never",
                                         "always",
                                         "except",
                                         "then",
                                         "until",
                                         "2027-03-01",
                                         "owner",
                                         "ticket",
                                         "and",
                                         "or",
                                         "not",
                                         "any",
                                         "prefix",
                                         "in",
                                         "len",
                                         "tagged",
                                         "source",
                                         "bgp",
                                         "path",
                                         "within",
                                         "matches",
                                         "<^1 .*$>",
                                         "path-len",
                                         "has",
                                         "lacks",
                                         "rpki",
                                         "valid",
                                         "next-hop",
                                         "local-pref",
                                         "med",
                                         "<=",
                                         "<",
                                         "route-type",
                                         "strip",
                                         "keep",
                                         "add",
                                         "only",
                                         "untag",
                                         "prepend",
                                         "self",
                                         "unchanged",
                                         "# c\n",
                                         "\n",
                                         "\"unterminated",
                                         "192.0.2.0/99",
                                         "1.2.3",
                                         "\x80"};

void try_text(const std::string& text) {
  World world;
  world.load(text);
  if (!world.diagnostics.has_errors()) world.bind({edge()});
  SourceSet sources;
  Diagnostics diagnostics;
  FileId id = sources.add("x", text);
  intent::File file = intent::read(sources, id, diagnostics);
  if (file.broken) return;
  std::string once = intent::format(sources, file);
  FileId again = sources.add("y", once);
  intent::File second = intent::read(sources, again, diagnostics);
  ASSERT_FALSE(second.broken) << text << "\n---\n" << once;
  EXPECT_EQ(intent::format(sources, second), once) << text;
}

TEST(Soup, RandomWords) {
  std::mt19937 random(20261124);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    int length = static_cast<int>(random() % 40);
    for (int w = 0; w < length; ++w) text += kWords[random() % kWords.size()] + " ";
    try_text(text);
  }
}

// A good file with a few words replaced, dropped or doubled.
TEST(Soup, MutatedFiles) {
  const std::vector<std::string> good = {"intent",
                                         "1",
                                         "\n",
                                         "set",
                                         "own",
                                         "=",
                                         "{",
                                         "192.0.2.0/24",
                                         "le",
                                         "24",
                                         ",",
                                         "2001:db8::/32",
                                         "}",
                                         "+",
                                         "{",
                                         "}",
                                         "\n",
                                         "comms",
                                         "x",
                                         "=",
                                         "{",
                                         "64500:*",
                                         ",",
                                         "no-export",
                                         "}",
                                         "\n",
                                         "tag",
                                         "t",
                                         "=",
                                         "64500:1",
                                         "means",
                                         "opaque",
                                         "\n",
                                         "class",
                                         "k",
                                         "=",
                                         "not",
                                         "(",
                                         "tagged",
                                         "t",
                                         "or",
                                         "any",
                                         ")",
                                         "\n",
                                         "export",
                                         "to",
                                         "any-neighbor",
                                         "minus",
                                         "role",
                                         "customer",
                                         "afi",
                                         "v6",
                                         "{",
                                         "may",
                                         "[",
                                         "x",
                                         "]",
                                         "prefix",
                                         "in",
                                         "own",
                                         "orlonger",
                                         "and",
                                         "len",
                                         "v4",
                                         "8",
                                         "..",
                                         "24",
                                         "then",
                                         "strip",
                                         "x",
                                         ",",
                                         "local-pref",
                                         "<=",
                                         "5",
                                         "\"text\"",
                                         "\n",
                                         "except",
                                         "k",
                                         "until",
                                         "2027-03-01",
                                         "owner",
                                         "\"o\"",
                                         "# c\n",
                                         "always",
                                         "unchanged",
                                         "path",
                                         "+",
                                         "med",
                                         "}",
                                         "\n"};
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::string> words = good;
    for (size_t changes = random() % 4; changes > 0; --changes) {
      size_t at = random() % words.size();
      switch (random() % 3) {
        case 0:
          words[at] = kWords[random() % kWords.size()];
          break;
        case 1:
          words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        default:
          words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), words[random() % words.size()]);
          break;
      }
    }
    std::string text;
    for (const std::string& word : words) text += word + " ";
    try_text(text);
  }
}

TEST(Soup, RandomBytes) {
  std::mt19937 random(3);
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (size_t length = random() % 200; length > 0; --length) text += static_cast<char>(random() % 256);
    try_text(text);
  }
}

}  // namespace
}  // namespace bgproof
