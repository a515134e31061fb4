// What the reader makes of the intent language: every production, and every kind of mistake with its exact words.
#include "grammar/intent/reader.h"

#include <gmock/gmock.h>

#include "intents/words.h"
#include "world.h"

namespace bgproof {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
  World world;
  intent::File file;
  explicit Read(std::string text) {
    FileId id = world.sources.add("x.intent", std::move(text));
    file = intent::read(world.sources, id, world.diagnostics);
  }
};

// A condition, read and printed again.
std::string condition(const std::string& text) {
  Read read("class c = " + text);
  if (read.file.broken) return "broken: " + read.world.said().at(0);
  return to_words(std::get<intent::ClassItem>(read.file.items.at(0)).condition);
}

std::string row(const std::string& text) {
  Read read("export to any-neighbor { " + text + " }");
  if (read.file.broken) return "broken: " + read.world.said().at(0);
  return to_words(std::get<intent::Block>(read.file.items.at(0)).rows.at(0));
}

// Mistakes in the text without the place's file name.
std::vector<std::string> mistakes(std::string text) {
  std::vector<std::string> result;
  Read read(std::move(text));
  for (std::string line : read.world.said()) result.push_back(line.substr(line.find("x.intent:") + 9));
  return result;
}

TEST(Reader, ConditionsComeBackInCanonicalWords) {
  for (const char* text :
       {"any",
        "own",
        "prefix in own",
        "prefix in own exact",
        "prefix in own orlonger",
        "prefix in own longer",
        "prefix in own le 24",
        "prefix in own ge 24",
        "prefix in own ge 20 le 24",
        "prefix in { 192.0.2.0/24, 2001:db8::/32 le 48, 198.51.100.1, $neighbor.address, other exact }",
        "prefix in {}",
        "prefix in $neighbor.as_set",
        "len v4 8..24 v6 19..48",
        "len = 24",
        "len <= 24",
        "len >= 8",
        "tagged CUSTOMER",
        "learned-from provider, peer",
        "originated",
        "source static",
        "origin-as in cone",
        "origin-as in AS64500",
        "first-as in $neighbor.asn",
        "origin-as in { AS64500, AS64510..AS64520, cone, $neighbor.asn }",
        "path within cone",
        "path contains AS64500",
        "path matches <^AS64500 .* AS64501$>",
        "path-len <= 4",
        "has 64500:1",
        "lacks 64500:1:2",
        "has { 64500:*, 64500:[1-9]:*, rt:64500:1, no-export, internal }",
        "has ext:1:2:3",
        "has $neighbor.asn:1",
        "rpki valid",
        "aspa invalid",
        "next-hop in ixp",
        "local-pref >= 200",
        "med = 0",
        "route-type internal",
        "origin igp",
        "not any",
        "a and b or c and d",
        "not (a or b)",
        "(a or b) and c"}) {
    EXPECT_EQ(condition(text), text);
  }
}

TEST(Reader, EqualConditionsHaveOneForm) {
  EXPECT_EQ(condition("not not a"), "a");
  EXPECT_EQ(condition("((a))"), "a");
  EXPECT_EQ(condition("len < 25"), "len <= 24");
  EXPECT_EQ(condition("len > 24"), "len >= 25");
  EXPECT_EQ(condition("len 24..24"), "len = 24");
  EXPECT_EQ(condition("origin-as in { 64500, as64501, 1.0, }"), "origin-as in { AS64500, AS64501, AS65536 }");
  EXPECT_EQ(condition("prefix in { 2001:DB8:0::/32, 192.0.2.1/32 }"), "prefix in { 2001:db8::/32, 192.0.2.1 }");
}

TEST(Reader, Rows) {
  for (const char* text :
       {"may any", "must [x] any then tag T",
        "may any then untag T, strip internal, keep 64500:1, add no-export, only { 64500:* }",
        "may any then local-pref 200..250, med = 0, prepend <= 3, next-hop self, otc set, no-private-as",
        "may any then unchanged path + next-hop + med + local-pref + communities + origin",
        "never [bogon] prefix in bogons orlonger", "always strip internal", "except any until 2027-03-01 owner \"noc\"",
        "except [mig] any then tag T until 2027-03-01 owner \"noc\" ticket \"NET-1\""}) {
    EXPECT_EQ(row(text), text);
  }
}

TEST(Reader, EveryDeclaration) {
  Read read(R"(
    intent 1
    include "other.intent"
    include builtin "pack"
    network AS64500
    neighbors from "n.csv" max-age 48h min 3 max-shrink 30%
    role rr = group "RR*", as 64500, neighbor "10.*" minus role internal, any-neighbor
    set a = { 192.0.2.0/24 exact, 2001:db8::/32 } + b - c & file "x.yaml" key "site.mia" max-age 7d min 5
    set b = bgpq4 "irr/${neighbor.as_set}.json"
    set c = vrps "vrps.json" origin { AS64500, cone }
    set d = builtin "bogons"
    asns cone = { 64500, AS64510..AS64520, $neighbor.asn, } + aspa "a.json" providers-of 64500
    comms internal = { 64500:*, 64500:*:*, no-export, other }
    tag T = 64500:1:2 means learned-from customer, peer
    tag U = 64500:1:3 means opaque
    fact F = prefix in a means originated
    class k = T and not U
    assume "P/C" never-matches until 2027-01-31 owner "noc" ticket "X-1"
    export to role provider, role peer minus as { 64501 } at site "mia", device "edge*" afi v6 { may any "comment" }
    import from any-neighbor { }
    policy "6-*" { never any }
  )");
  ASSERT_THAT(read.world.said(), IsEmpty());
  ASSERT_EQ(read.file.items.size(), 20u);
  const auto& a = std::get<intent::SetDeclaration>(read.file.items[6]);
  ASSERT_EQ(a.terms.size(), 4u);
  EXPECT_EQ(a.terms[1].how, intent::SetOperator::plus);
  EXPECT_EQ(a.terms[2].how, intent::SetOperator::minus);
  EXPECT_EQ(a.terms[3].how, intent::SetOperator::both);
  const auto& file = std::get<intent::DataSource>(a.terms[3].is);
  EXPECT_EQ(file.key->text, "site.mia");
  ASSERT_EQ(file.guards.size(), 2u);
  EXPECT_EQ(file.guards[0].value, 7u * 86400);
  const auto& block = std::get<intent::Block>(read.file.items[17]);
  EXPECT_EQ(to_words(block),
            "export to role provider, role peer minus as { AS64501 } at site \"mia\", device \"edge*\" afi v6");
  EXPECT_EQ(block.rows[0].comment->text, "comment");
  EXPECT_EQ(read.world.sources.text(block.rows[0].head), "may any");
  EXPECT_EQ(read.world.sources.text(block.rows[0].range), "may any \"comment\"");
  EXPECT_EQ(std::get<intent::AssumeItem>(read.file.items[16]).meta.until.value, 20270131u);
}

TEST(Reader, KeywordsAreNamesWhereNoKeywordIsExpected) {
  EXPECT_THAT(mistakes("set set = { 192.0.2.0/24 }\nclass any = prefix in set\nrole role = role any\n"
                       "export to role must { may [never] prefix in prefix then tag tag }"),
              IsEmpty());
  EXPECT_THAT(mistakes("set at = { device }\nclass x = prefix in at and has strip and exact"), IsEmpty());
}

TEST(Reader, FoldedListsReadLikeOthers) {
  std::string text = "set a = {";
  for (int i = 0; i < 200; ++i)
    text += " 10.0." + std::to_string(i) + ".0/24" +
            (i % 3 == 0   ? " ge 25 le 28"
             : i % 3 == 1 ? " orlonger"
                          : "") +
            ", # x\n";
  text += "}";
  Read read(text);
  ASSERT_THAT(read.world.said(), IsEmpty());
  const auto& members =
      std::get<intent::SetRef>(std::get<intent::SetDeclaration>(read.file.items[0]).terms[0].is).members;
  ASSERT_EQ(members.size(), 200u);
  EXPECT_EQ(to_string(std::get<Prefix>(members[199].is)), "10.0.199.0/24");
  EXPECT_EQ(members[3].modifier->ge, 25u);
  EXPECT_EQ(members[3].modifier->le, 28u);
  EXPECT_EQ(members[4].modifier->kind, intent::Modifier::Kind::orlonger);
  EXPECT_FALSE(members[5].modifier);
  EXPECT_EQ(read.world.sources.text(members[3].range), "10.0.3.0/24 ge 25 le 28");
}

TEST(Reader, MistakesInWords) {
  EXPECT_THAT(
      mistakes("export to role provider {\n  may prefix in own orlonge then tag X\n}"),
      ElementsAre("2:21: expected a modifier (`exact`, `orlonger`, `longer`, `le` or `ge`), a text in double quotes, "
                  "`and`, `or`, "
                  "`then`, `}` or a row (`may`, `must`, `never`, `always` or `except`), found `orlonge` [found here] "
                  "(help: did you mean `orlonger`?)"));
  EXPECT_THAT(mistakes("foo"),
              ElementsAre("1:1: expected the end of the file or a declaration or a block, found `foo` [found here]"));
  EXPECT_THAT(mistakes("st own = {}"), ElementsAre("1:1: expected the end of the file or a declaration or a block, "
                                                   "found `st` [found here] (help: did you mean `set`?)"));
  EXPECT_THAT(mistakes("set own { 192.0.2.0/24 }"), ElementsAre("1:9: expected `=`, found `{` [found here]"));
  EXPECT_THAT(mistakes("set own = "), ElementsAre("1:11: expected data (`file`, `bgpq4`, `vrps` or `builtin`), a name "
                                                  "or `{`, found the end of the file [found here]"));
  EXPECT_THAT(mistakes("export to role peer { may }"),
              ElementsAre("1:27: expected a condition or `[`, found `}` [found here]"));
  EXPECT_THAT(mistakes("export to role peer { may any then }"),
              ElementsAre("1:36: expected an obligation, found `}` [found here]"));
  EXPECT_THAT(
      mistakes("export to role peer { may any"),
      ElementsAre("1:30: expected a text in double quotes, `and`, `or`, `then`, `}` or a row (`may`, `must`, `never`, "
                  "`always` or `except`), found the end of the file [found here] (help: a `{` is not closed)"));
  EXPECT_THAT(mistakes("class c = path matches ^64500"),
              ElementsAre("1:24: `^` is not a character of the intent language (help: outside of quoted texts and "
                          "comments only ASCII letters, digits and signs are allowed)"));
  EXPECT_THAT(mistakes("class c = path matches 64500"),
              ElementsAre("1:24: expected a path expression in `<` and `>`, found `64500` [found here] (help: write "
                          "the path expression in `<` and `>`: path matches <^AS64500 .*$>)"));
  EXPECT_THAT(mistakes("class c = len v4 24"),
              ElementsAre("1:20: expected `..`, found the end of the file [found here]"));
  EXPECT_THAT(
      mistakes("class c = med x"),
      ElementsAre("1:15: expected a comparison (`= 24`, `<= 24`) or a range (`8..24`), found `x` [found here]"));
  EXPECT_THAT(mistakes("class c = has 64500"),
              ElementsAre("1:15: expected a community, a name or `{`, found `64500` [found here]"));
  EXPECT_THAT(mistakes("class c = any; class d = any"),
              ElementsAre("1:14: `;` is not a character of the intent language (help: outside of quoted texts and "
                          "comments only ASCII letters, digits and signs are allowed)"));
  EXPECT_THAT(mistakes("neighbors from n.csv"),
              ElementsAre("1:16: `n.csv` is not a name (help: a name has letters, digits, `-` and `_`)"));
  EXPECT_THAT(mistakes("set a = {}\n}"),
              ElementsAre(HasSubstr("found `}` [found here] (help: this `}` closes nothing)")));
  EXPECT_THAT(mistakes("set a = { 192.0.2.0/24,, 192.0.2.1 }"),
              ElementsAre("1:24: expected a prefix, a name or a variable, found `,` [one comma too many]"));
  EXPECT_THAT(mistakes("set a = { 192.0.2.1/24 }"),
              ElementsAre("1:11: `192.0.2.1/24` has bits set beyond its length [not a prefix of this length] (help: "
                          "the prefix is 192.0.2.0/24)"));
  EXPECT_THAT(mistakes("class c = has 70000:1"),
              ElementsAre(HasSubstr("1:15: a part of a standard community is at most 65535")));
  EXPECT_THAT(mistakes("class c = med < 0"), ElementsAre("1:15: no number satisfies this"));
  EXPECT_THAT(mistakes("class c = len 24..8"),
              ElementsAre("1:15: this range is empty: its first number is the larger one"));
  EXPECT_THAT(mistakes("export to role peer { except any until 2027-02-30 owner \"x\" }"),
              ElementsAre("1:40: 2027-02-30 is not a day of the calendar"));
}

TEST(Reader, SeveralMistakesInOneFile) {
  EXPECT_THAT(mistakes("set a = \nset b = { 192.0.2.0/33 }\nexport to role {\n  may\n  must prefix own\n  never "
                       "any\n}\nfoo\nclass c = any"),
              ElementsAre(HasSubstr("2:1: expected data"), HasSubstr("2:11: `192.0.2.0/33` is not a prefix"),
                          HasSubstr("3:16: expected a name, found `{`"),
                          HasSubstr("5:3: expected a condition or `[`, found `must`"),
                          HasSubstr("5:15: expected `in`, found `own`"), HasSubstr("8:1: expected")));
}

TEST(Reader, BadInputEndsInDiagnostics) {
  EXPECT_THAT(mistakes(""), IsEmpty());
  EXPECT_THAT(mistakes("# only a comment"), IsEmpty());
  EXPECT_THAT(mistakes(std::string("intent 1\0x", 10)),
              ElementsAre("1:9: this is not a text file [a byte of value 0]"));
  EXPECT_THAT(mistakes("class c = " + std::string(100000, '(')).at(0),
              HasSubstr("parentheses are nested deeper than 200"));
  std::string nots = "class c = ";
  for (int i = 0; i < 100000; ++i) nots += "not ";
  EXPECT_THAT(mistakes(nots + "any"), IsEmpty());
  EXPECT_THAT(mistakes("neighbors from \"n.csv\nrole x = any-neighbor"),
              ElementsAre("1:16: this quoted text has no end (help: close it with `\"` on the same line)"));
  EXPECT_EQ(mistakes(std::string(100000, '{')).size(), 1u);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "set = 1\n";
  EXPECT_EQ(mistakes(many).size(), 51u);
}

}  // namespace
}  // namespace bgproof
