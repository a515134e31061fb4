// Data that other tools write: neighbor lists, lists in YAML and JSON, bgpq4, guards, built-in sets.
#include "intents/data.h"

#include <gmock/gmock.h>

#include "intents/data_value.h"
#include "intents/neighbors.h"
#include "world.h"

namespace bgproof {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
  World world;
  Neighbors neighbors;
  Read(const std::string& name, const std::string& text) {
    FileId id = world.sources.add(name, text);
    read_neighbors(world.sources, id, neighbors, world.diagnostics);
  }
};

TEST(Neighbors, Csv) {
  Read read("n.csv",
            "\xef\xbb\xbf"
            "device, neighbor ,asn,role,note\r\n# comment\r\n\r\nr1,192.0.2.1,AS64501,peer,\"a, "
            "\"\"b\"\"\"\r\nr1,2001:db8::1,64502\n");
  EXPECT_THAT(read.world.said(), IsEmpty());
  ASSERT_EQ(read.neighbors.rows.size(), 2u);
  EXPECT_EQ(read.neighbors.rows[0].value("note"), "a, \"b\"");
  EXPECT_EQ(read.neighbors.rows[0].asn, 64501u);
  EXPECT_EQ(read.neighbors.rows[1].value("role"), "");
  EXPECT_TRUE(read.neighbors.columns.contains("note"));
  EXPECT_EQ(read.world.sources.text(read.neighbors.rows[0].places.at("role")), "peer");
}

TEST(Neighbors, CsvMistakes) {
  EXPECT_THAT(Read("n.csv", "").world.said(),
              ElementsAre(HasSubstr("BP712 error n.csv:1:1: this neighbor list has no header row")));
  EXPECT_THAT(Read("n.csv", "device,neighbour,role\nr1,192.0.2.1,peer\n").world.said(),
              ElementsAre("BP712 error n.csv:1:1: this neighbor list has no column `neighbor` [the header row] (help: "
                          "is it called `neighbour` here?)"));
  EXPECT_THAT(Read("n.csv", "device,neighbor\nr1,192.0.2.1,peer\n,192.0.2.1\nr1,foo\nr1,\"192.0.2.1\n").world.said(),
              testing::SizeIs(5));
  EXPECT_THAT(Read("n.csv", "device,neighbor,asn\nr1,192.0.2.1,x\n").world.said(),
              ElementsAre(HasSubstr("`x` is not an AS number")));
}

TEST(Neighbors, YamlAndJson) {
  Read yaml("n.yaml", "- device: r1\n  neighbor: 192.0.2.1\n  asn: 64501\n  role: peer\n  tier: 2\n");
  EXPECT_THAT(yaml.world.said(), IsEmpty());
  ASSERT_EQ(yaml.neighbors.rows.size(), 1u);
  EXPECT_EQ(yaml.neighbors.rows[0].value("tier"), "2");
  EXPECT_EQ(yaml.world.sources.text(yaml.neighbors.rows[0].places.at("role")), "peer");
  Read json("n.json",
            "{\"neighbors\": [{\"device\": \"r1\", \"neighbor\": \"192.0.2.1\", \"asn\": 64501, \"role\": \"peer\"}]}");
  EXPECT_THAT(json.world.said(), IsEmpty());
  ASSERT_EQ(json.neighbors.rows.size(), 1u);
  EXPECT_EQ(json.neighbors.rows[0].asn, 64501u);
  EXPECT_THAT(Read("n.yaml", "a: [").world.said(), ElementsAre(HasSubstr("cannot be read")));
  EXPECT_THAT(Read("n.yaml", "just text").world.said(), ElementsAre(HasSubstr("is not a list")));
  const char* row = "- device: r1\n  neighbor: 192.0.2.1\n  asn: 64501\n  role: peer\n";
  EXPECT_THAT(Read("n.yaml", std::string(row) + "  role: customer\n").world.said(),
              ElementsAre(HasSubstr("`role` stands twice")));
  EXPECT_THAT(Read("n.yaml", std::string(row) + "---\n" + row).world.said(), ElementsAre(HasSubstr("second document")));
}

// The set `s` of a world, as "prefix low-high", or the failure.
std::vector<std::string> set_of(const std::string& source, std::map<std::string, std::string> files,
                                std::map<std::string, int64_t> modified = {}) {
  World world;
  world.files = std::move(files);
  world.modified = std::move(modified);
  world.loader.now = 1000000;
  world.load("set s = " + source + "\nexport to any-neighbor { may prefix in s }");
  if (world.diagnostics.has_errors()) return world.said();
  std::vector<Task> tasks = world.bind({edge()});
  if (!tasks.at(0).not_checked.empty()) return {tasks[0].not_checked_code + " " + tasks[0].not_checked};
  std::vector<std::string> result;
  for (const PrefixEntry& entry : std::get<PrefixIn>(tasks[0].rows[0].condition.is).list->entries)
    result.push_back(to_string(entry.pattern));
  return result;
}

TEST(Data, WhatReadersReadInTwoWaysIsNotRead) {
  auto read = [](const std::string& name, const std::string& text) {
    return set_of("file \"" + name + "\" key \"a\"", {{name, text}});
  };
  EXPECT_THAT(read("s.yaml", "a: [192.0.2.0/24]\na: [198.51.100.0/24]\n"),
              ElementsAre(AllOf(HasSubstr("BP714"), HasSubstr("`a` stands twice"))));
  EXPECT_THAT(read("s.json", R"({"b": [{"c": [], "c": []}], "a": ["192.0.2.0/24"]})"),
              ElementsAre(HasSubstr("`c` stands twice")));
  EXPECT_THAT(read("s.yaml", "a: [192.0.2.0/24]\n---\na: [198.51.100.0/24]\n"),
              ElementsAre(HasSubstr("second document")));
  EXPECT_THAT(read("s.yaml", "---\na: [192.0.2.0/24]\n...\n---\n"), ElementsAre("192.0.2.0/24"));
}

TEST(Data, Files) {
  std::map<std::string, std::string> files = {
      {"a.yaml", "site:\n  mia:\n    - 192.0.2.0/24\n    - 2001:db8::/32 le 48\n    - 198.51.100.1\n"},
      {"b.json", "[\"192.0.2.0/24\"]"},
      {"q.json",
       R"({"NN": [{"prefix": "192.0.2.0/24", "exact": true}, {"prefix": "10.0.0.0/8", "exact": false, "greater-equal": 16, "less-equal": 24}]})"},
      {"bad.yaml", "- 192.0.2.0/33\n"},
      {"host.yaml", "- 192.0.2.1/24\n"},
      {"map.yaml", "a: [192.0.2.0/24]\n"}};
  EXPECT_THAT(set_of("file \"a.yaml\" key \"site.mia\"", files),
              ElementsAre("192.0.2.0/24", "2001:db8::/32 le 48", "198.51.100.1/32"));
  EXPECT_THAT(set_of("file \"b.json\"", files), ElementsAre("192.0.2.0/24"));
  EXPECT_THAT(set_of("file \"b.json\" + { 10.0.0.0/8 }", files), ElementsAre("192.0.2.0/24", "10.0.0.0/8"));
  EXPECT_THAT(set_of("bgpq4 \"q.json\"", files), ElementsAre("192.0.2.0/24", "10.0.0.0/8 ge 16 le 24"));
  EXPECT_THAT(set_of("file \"none.yaml\"", files),
              ElementsAre("BP714 `none.yaml` cannot be read: it cannot be opened"));
  EXPECT_THAT(set_of("file \"a.yaml\" key \"site.fra\"", files), ElementsAre("BP714 `a.yaml` has no key `site.fra`"));
  EXPECT_THAT(set_of("file \"map.yaml\"", files),
              ElementsAre("BP714 `map.yaml` is not a list; name one in it with `key`"));
  EXPECT_THAT(set_of("file \"bad.yaml\"", files),
              ElementsAre("BP714 `bad.yaml` has an entry that is not a prefix: `192.0.2.0/33`"));
  EXPECT_THAT(set_of("file \"host.yaml\"", files), ElementsAre(HasSubstr("BP714")));
}

TEST(Data, Guards) {
  std::map<std::string, std::string> files = {{"b.json", "[\"192.0.2.0/24\"]"}};
  EXPECT_THAT(set_of("file \"b.json\" min 1", files), ElementsAre("192.0.2.0/24"));
  EXPECT_THAT(set_of("file \"b.json\" min 2", files), ElementsAre("BP705 `b.json` has 1 entry, fewer than min 2"));
  const std::map<std::string, std::string> empty = {{"e.json", "[]"}, {"q.json", "{\"NN\": []}"}};
  EXPECT_THAT(set_of("file \"e.json\"", empty),
              ElementsAre("BP705 `e.json` is empty, and no `min 0` says that it may be"));
  EXPECT_THAT(set_of("bgpq4 \"q.json\" max-age 48h", empty, {{"q.json", 999000}}),
              ElementsAre("BP705 `q.json` is empty, and no `min 0` says that it may be"));
  EXPECT_THAT(set_of("file \"e.json\" min 0", empty), IsEmpty());
  EXPECT_THAT(set_of("file \"b.json\" max-age 1h", files, {{"b.json", 1000000 - 3600}}), ElementsAre("192.0.2.0/24"));
  EXPECT_THAT(set_of("file \"b.json\" max-age 1h", files, {{"b.json", 1000000 - 7300}}),
              ElementsAre("BP705 `b.json` is 2 hours old, more than max-age 1 hours"));
  EXPECT_THAT(set_of("file \"b.json\" max-age 1h", files), ElementsAre(HasSubstr("has no known age")));
}

TEST(Data, Bogons) {
  std::vector<std::string> bogons = set_of("builtin \"bogons\"", {});
  EXPECT_THAT(bogons, testing::IsSupersetOf({"10.0.0.0/8", "fc00::/7", "192.0.2.0/24", "224.0.0.0/4"}));
  EXPECT_THAT(set_of("builtin \"nothing\"", {}), ElementsAre(HasSubstr("BP205")));
}

TEST(Data, BadFilesEndInFailures) {
  World world;
  std::vector<std::string> texts = {"",
                                    "\0",
                                    "[",
                                    "{",
                                    "&a [*a]",
                                    "- &a [1]\n- *a",
                                    "{\"a\": }",
                                    std::string(100000, '['),
                                    std::string(100000, '{'),
                                    "a: b: c",
                                    "\t- x",
                                    "\"",
                                    "[1, 2",
                                    "%YAML 9",
                                    "? x\n"};
  std::string laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'k'; ++c) {
    laughs += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 9; ++i) laughs += std::string(i == 0 ? "" : ", ") + "*" + static_cast<char>(c - 1);
    laughs += "]\n";
  }
  for (const std::string& text : texts) {
    FileId id = world.sources.add("x.yaml", text);
    read_data(world.sources, id);
  }
  EXPECT_NE(read_data(world.sources, world.sources.add("l.yaml", laughs)).error, "");
}

}  // namespace
}  // namespace bgproof
