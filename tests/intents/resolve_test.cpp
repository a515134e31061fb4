// The name and type check: what is said, where, and that good files are left alone.
#include "intents/resolve.h"

#include <gmock/gmock.h>

#include "intents/spelling.h"
#include "world.h"

namespace bgproof {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> errors(const std::string& text) {
  World world;
  world.files["n.csv"] = edge_neighbors();
  world.load(text);
  return world.said(Severity::error);
}

std::vector<std::string> warnings(const std::string& text) {
  World world;
  world.files["n.csv"] = edge_neighbors();
  world.load(text);
  return world.said(Severity::warning);
}

TEST(Resolve, UnknownNames) {
  EXPECT_THAT(errors("set own = { 192.0.2.0/24 }\nclass c = prefix in owm"),
              ElementsAre("BP205 error main.intent:2:21: `owm` is not declared [no set of prefixes of this name] "
                          "(help: did you mean `own`?)"));
  EXPECT_THAT(errors("class c = foo"),
              ElementsAre("BP205 error main.intent:1:11: `foo` is not declared [no class or fact of this name]"));
  EXPECT_THAT(errors("export to any-neighbor { may tagged T then strip x, untag U }"), testing::SizeIs(3));
}

TEST(Resolve, NamesOfTheWrongKind) {
  EXPECT_THAT(errors("set own = { 192.0.2.0/24 }\nclass c = own"),
              ElementsAre("BP206 error main.intent:2:11: `own` is a set of prefixes, not a class or fact [expected a "
                          "class or fact] (help: write `prefix in own`)"));
  EXPECT_THAT(errors("tag T = 64500:1 means opaque\nclass c = has T"),
              ElementsAre(HasSubstr("`T` is a tag, not a set of communities [expected a set of communities] (help: a "
                                    "tag is used with `tagged`")));
  EXPECT_THAT(errors("asns a = { 1 }\nclass c = prefix in a"),
              ElementsAre(HasSubstr("BP206 error main.intent:2:21: `a` is a set of AS numbers")));
}

TEST(Resolve, DoublesAndCircles) {
  EXPECT_THAT(errors("set a = { 192.0.2.0/24 }\ntag a = 64500:1 means opaque"),
              ElementsAre("BP203 error main.intent:2:5: `a` is declared twice [declared again]"));
  EXPECT_THAT(errors("class a = b\nclass b = not a"),
              ElementsAre("BP204 error main.intent:1:7: `a` needs itself [a -> b -> a]"));
  EXPECT_THAT(errors("set a = { a }"), ElementsAre(HasSubstr("`a` needs itself")));
  std::string chain = "class c0 = any\n";
  for (int i = 1; i < 3000; ++i) chain += "class c" + std::to_string(i) + " = c" + std::to_string(i - 1) + "\n";
  EXPECT_THAT(errors(chain), ElementsAre(HasSubstr("chain of more than 500")));
}

TEST(Resolve, Words) {
  EXPECT_THAT(errors("class c = rpki vald"),
              ElementsAre("BP210 error main.intent:1:16: `vald` is not an RPKI state [expected `valid`, `invalid` or "
                          "`unknown`] (help: did you mean `valid`?)"));
  EXPECT_THAT(errors("class c = source ospf or origin x or route-type y"), testing::SizeIs(3));
  EXPECT_THAT(errors("export to role providr { may any then next-hop none }"),
              ElementsAre("BP207 error main.intent:1:16: no neighbor has the role `providr` [neither built in nor "
                          "given to any neighbor] (help: did you mean `provider`?)",
                          HasSubstr("BP210")));
  EXPECT_THAT(errors("role cdn = as 64501\nexport to role cdn { may learned-from cdn, originated }"), IsEmpty());
}

TEST(Resolve, ModifiersStandOnSumsAlone) {
  EXPECT_THAT(
      errors("set a = { 192.0.2.0/24 }\nset b = a - { 192.0.2.0/25 }\nset c = { b }\nclass d = prefix in c orlonger"),
      ElementsAre(HasSubstr("BP206 error main.intent:4:23: `c` takes no modifier")));
  EXPECT_THAT(errors("set a = { 192.0.2.0/24 }\nset b = a + { 192.0.2.0/25 }\nclass d = prefix in b orlonger"),
              IsEmpty());
  EXPECT_THAT(errors("set a = { 192.0.2.0/24 } & { 10.0.0.0/8 }\nset b = { a le 24 }"),
              ElementsAre(HasSubstr("takes no modifier")));
}

TEST(Resolve, WhatIsNotImplementedSaysSo) {
  EXPECT_THAT(
      errors("class c = aspa valid"),
      ElementsAre(
          "BP208 error main.intent:1:11: the condition `aspa` is not implemented yet [this version cannot check it]"));
  EXPECT_THAT(errors("set v = vrps \"v.json\" origin 64500"),
              ElementsAre(HasSubstr("a set from `vrps` is not implemented yet")));
  EXPECT_THAT(errors("set v = file \"v.yaml\" max-shrink 30%"), ElementsAre(HasSubstr("`max-shrink`")));
  EXPECT_THAT(errors("include builtin \"x\""), ElementsAre(HasSubstr("BP208")));
}

TEST(Resolve, Variables) {
  EXPECT_THAT(errors("neighbors from \"n.csv\"\nclass c = has 64500:$neighbor.tier"), IsEmpty());
  EXPECT_THAT(errors("class c = has 64500:$neighbor.tier"),
              ElementsAre(HasSubstr("BP211 error main.intent:1:21: there is no variable `$neighbor.tier`")));
  EXPECT_THAT(errors("class c = has 64500:$neighbor.ans"),
              ElementsAre(HasSubstr("(help: did you mean `$neighbor.asn`?)")));
}

TEST(Resolve, Warnings) {
  EXPECT_THAT(warnings("export to role peer { never any }"),
              ElementsAre(HasSubstr("BP215 warning main.intent:1:1: this block allows nothing")));
  EXPECT_THAT(warnings("tag T = 64500:1 means learned-from customer"),
              ElementsAre(HasSubstr("BP216 warning main.intent:1:23: the contract of tag `T` is not checked yet [not "
                                    "checked, and nothing is assumed from it]")));
  EXPECT_THAT(warnings("tag T = 64500:1 means opaque"), IsEmpty());
  EXPECT_THAT(warnings("export to role peer { may [x] any never [x] any }"), ElementsAre(HasSubstr("BP220")));
}

TEST(Resolve, AddNeedsLiterals) {
  EXPECT_THAT(errors("export to role peer { may any then add 64500:* }"), ElementsAre(HasSubstr("BP213")));
  EXPECT_THAT(errors("tag T = 64500:[1-2] means opaque"), ElementsAre(HasSubstr("BP213")));
}

TEST(Load, Includes) {
  World world;
  world.files["sub/a.intent"] = "include \"b.intent\"\nset a = { 192.0.2.0/24 }";
  world.files["sub/b.intent"] = "set b = { 192.0.2.0/24 }";
  world.load("include \"sub/a.intent\"\ninclude \"sub/b.intent\"\nclass c = prefix in a or prefix in b");
  EXPECT_THAT(world.said(), IsEmpty());
  EXPECT_EQ(world.intents.files.size(), 3u);

  World circle;
  circle.files["a.intent"] = "include \"main.intent\"";
  circle.load("include \"a.intent\"");
  EXPECT_THAT(circle.said(),
              ElementsAre("BP204 error a.intent:1:9: `main.intent` includes itself [this include closes the circle]"));

  World absent;
  absent.load("include \"nowhere.intent\"");
  EXPECT_THAT(absent.said(),
              ElementsAre("BP202 error main.intent:1:9: the intent file `nowhere.intent` cannot be read [named here]"));
}

TEST(Load, SyntaxErrorsHideNoOthersAndBringNoFollowers) {
  World world;
  world.load("set own = ;\nclass c = prefix in own");
  EXPECT_THAT(world.codes(), ElementsAre("BP201"));
}

TEST(Spelling, Distance) {
  EXPECT_EQ(edit_distance("own", "own"), 0u);
  EXPECT_EQ(edit_distance("own", "OWN"), 0u);
  EXPECT_EQ(edit_distance("orlonge", "orlonger"), 1u);
  EXPECT_EQ(edit_distance("ab", "ba"), 1u);
  EXPECT_EQ(nearest_word("anycas", {"anycast", "any"}), "anycast");
  EXPECT_EQ(nearest_word("zzz", {"anycast", "any"}), "");
}

}  // namespace
}  // namespace bgproof
