// `diff` as users run it: paths, policies of two files, commits; expectations and exit statuses; what is attached
// otherwise; what cannot be read.
#include "tests/cli/diff_states.h"

namespace bgproof {
namespace {

TEST_F(DiffTest, EqualStatesAreEqual) {
  states(small_config(), small_config());
  Ran ran = diff({"--expect", "none"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("effect: equal"), std::string::npos);
}

TEST_F(DiffTest, AListThatGrewMakesUnchangedTextWider) {
  states(small_config(), replaced(small_config(), "198.51.100.0/24;", "198.51.100.0/24;\n        203.0.113.0/24;"));
  Ran ran = diff();
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("newly accepted[BP311]"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("203.0.113.0/24;"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("= unchanged"), std::string::npos) << ran.out;
  Json report = json();
  EXPECT_EQ(report["effect"], "wider");
  ASSERT_EQ(findings(report).size(), 1u);
  Json finding = findings(report)[0];
  EXPECT_EQ(finding["region"], Json({"prefix in { 203.0.113.0/24 }"}));
  EXPECT_EQ(finding["same_text"], true);
  EXPECT_EQ(finding["old"]["clause"], "TO-PEER/REST");
  EXPECT_EQ(finding["new"]["clause"], "TO-PEER/OWN");
  EXPECT_EQ(finding["input"]["prefix"], "203.0.113.0/24");
  EXPECT_FALSE(finding["old"]["trace"].empty());
  EXPECT_FALSE(finding["new"]["trace"].empty());
  EXPECT_EQ(finding["hunks"][0]["new"]["file"], "after/edge.conf");
}

// Two policies, one edit: one cause, and its region is that of both.
TEST_F(DiffTest, TheRegionOfACauseIsThatOfAllWhoShareIt) {
  const std::string before =
      "system { host-name edge01; }\nrouting-options { autonomous-system 64500; }\nprotocols { bgp { group UP { type "
      "external; peer-as 64501;\n neighbor 192.0.2.1 { export SOME; }\n neighbor 192.0.2.2 { export ALL; } } } }\n"
      "policy-options {\n    prefix-list OWN {\n        198.51.100.0/24;\n    }\n"
      "    policy-statement SOME {\n        term NOT { from { route-filter 203.0.113.128/25 exact; } then reject; }\n"
      "        term OWN { from { prefix-list OWN; } then accept; }\n        then reject;\n    }\n"
      "    policy-statement ALL {\n        term OWN { from { prefix-list OWN; } then accept; }\n"
      "        then reject;\n    }\n}\n";
  states(before,
         replaced(before, "198.51.100.0/24;", "198.51.100.0/24;\n        203.0.113.0/25;\n        203.0.113.128/25;"));
  Ran ran = diff();
  size_t first = ran.out.find("newly accepted[BP311]");
  ASSERT_NE(first, std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("newly accepted[BP311]", first + 1), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("= region      prefix in { 203.0.113.0/25 }\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("203.0.113.0/24 ge 25 le 25 }\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("= same cause  2 policies or chains, 2 sessions"), std::string::npos) << ran.out;
}

TEST_F(DiffTest, ExpectationsDecideTheStatus) {
  std::string wide = replaced(small_config(), "198.51.100.0/24;", "198.51.100.0/24; 203.0.113.0/24;");
  std::string other = replaced(small_config(), "then accept;", "then { metric 5; accept; }");
  auto status = [&](const std::string& before, const std::string& after, const std::string& expect) {
    states(before, after);
    return diff({"--expect", expect}).status;
  };
  EXPECT_EQ(status(small_config(), wide, "wider"), 0);
  EXPECT_EQ(status(small_config(), wide, "narrower"), 1);
  EXPECT_EQ(status(small_config(), wide, "none"), 1);
  EXPECT_EQ(status(small_config(), wide, "attrs"), 1);
  EXPECT_EQ(status(wide, small_config(), "narrower"), 0);
  EXPECT_EQ(status(wide, small_config(), "narrower,attrs"), 0);
  EXPECT_EQ(status(wide, small_config(), "wider"), 1);
  EXPECT_EQ(status(small_config(), other, "attrs"), 0);
  EXPECT_EQ(status(small_config(), other, "narrower"), 1);
  EXPECT_EQ(status(small_config(), small_config(), "narrower"), 0);
  // Wider with other attributes on the old routes.
  std::string both = replaced(wide, "then accept;", "then { metric 5; accept; }");
  EXPECT_EQ(status(small_config(), both, "wider"), 1);
  EXPECT_EQ(status(small_config(), both, "wider,attrs"), 0);
}

TEST_F(DiffTest, ChangedAttributesAreNamed) {
  states(small_config(), replaced(small_config(), "then accept;", "then { metric 5; as-path-prepend 64500; accept; }"));
  Json report = json();
  EXPECT_EQ(report["effect"], "changed");
  ASSERT_GE(findings(report).size(), 1u);  // routes that had this MED before are told apart
  EXPECT_EQ(findings(report)[0]["attributes"], Json({"as-path", "med"}));
  EXPECT_EQ(findings(report)[0]["change"], "changed");
}

TEST_F(DiffTest, BadUse) {
  states(small_config(), small_config());
  EXPECT_EQ(run({"diff"}).status, 2);
  EXPECT_EQ(run({"diff", "before"}).status, 2);
  EXPECT_EQ(run({"diff", "before", "nowhere"}).status, 2);
  EXPECT_EQ(run({"diff", "before", "after", "third"}).status, 2);
  EXPECT_EQ(diff({"--expect", "smaller"}).status, 2);
  EXPECT_EQ(diff({"--expect", "none,wider"}).status, 2);
  EXPECT_EQ(diff({"--device", "nobody"}).status, 2);
  EXPECT_EQ(run({"diff", "no-such-commit"}).status, 2);
  EXPECT_EQ(run({"diff", "--upload-pack=x"}).status, 2);
  EXPECT_EQ(diff({"--expect", ""}).status, 2);
  EXPECT_EQ(diff({"--steps", "0"}).status, 2);
  Ran ran = run({"diff", "before/edge.conf:TO-PEER", "after/edge.conf"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("`before/edge.conf:TO-PEER` names a policy of a file and `after/edge.conf` does not"),
            std::string::npos)
      << ran.err;
  std::filesystem::create_directories(place_of("empty"));
  ran = run({"diff", "before", "empty"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_NE(ran.out.find("no router config was found in empty, so every device counts as gone"), std::string::npos)
      << ran.out;
  EXPECT_EQ(run({"check", "before", "--out", "md"}).status, 2);
}

TEST_F(DiffTest, WhatCannotBeReadIsUnknown) {
  states(small_config(), small_config().substr(0, small_config().size() / 2));
  Ran ran = diff();
  EXPECT_EQ(ran.status, 3) << ran.out;
  EXPECT_NE(ran.out.find("unknown[BP704]"), std::string::npos) << ran.out;
  EXPECT_EQ(diff({"--expect", "none"}).status, 3);
}

TEST_F(DiffTest, AnUnmodelledLineIsOneChoiceOnBothSides) {
  std::string before = small_config("edge01", "some-future-keyword 1; prefix-list OWN;");
  // An edit elsewhere leaves the line what it is.
  states(before, replaced(before, "term REST", "term OTHER {\n then reject;\n }\n term REST"));
  EXPECT_EQ(json()["effect"], "equal");
  // An edit of the line may do anything.
  states(before, replaced(before, "some-future-keyword 1;", "some-future-keyword 2;"));
  Json report = json();
  EXPECT_EQ(report["effect"], "unknown");
  EXPECT_EQ(diff().status, 3);
  for (const Json& finding : findings(report)) {
    EXPECT_FALSE(finding["certain"]);
    EXPECT_FALSE(finding["depends_on"].empty());
  }
  // What is sure is said beside it.
  states(before, replaced(before, "term REST", "term MORE {\n from protocol static;\n then accept;\n }\n term REST"));
  EXPECT_EQ(json()["effect"], "wider");
}

TEST_F(DiffTest, ADetachedPolicyIsSaid) {
  states(small_config(), replaced(small_config(), "            export TO-PEER;\n", ""));
  Json report = json();
  // By default BGP routes leave, and others no longer do.
  EXPECT_EQ(report["effect"], "incomparable");
  EXPECT_EQ(kinds(report), (std::set<std::string>{"chain_changed", "detached"}));
  EXPECT_NE(diff().out.find("policy TO-PEER is attached nowhere any more"), std::string::npos);
}

TEST_F(DiffTest, SessionsAndDevicesThatComeAndGo) {
  std::string two = replaced(small_config(), "            neighbor 192.0.2.1 {",
                             "            neighbor 192.0.2.2 { peer-as 64502; }\n            neighbor 192.0.2.1 {");
  states(two, small_config());
  Json report = json();
  EXPECT_EQ(report["effect"], "narrower");
  EXPECT_EQ(kinds(report), (std::set<std::string>{"session_removed"}));
  states(small_config(), two);
  EXPECT_EQ(json()["effect"], "wider");
  states(small_config(), small_config());
  write("after/new.conf", small_config("edge02"));
  report = json();
  EXPECT_EQ(report["effect"], "wider");
  EXPECT_TRUE(kinds(report).count("device_added"));
  EXPECT_EQ(json({"--device", "edge01"})["effect"], "equal");
}

TEST_F(DiffTest, PoliciesOfTwoFiles) {
  states(small_config("a"), replaced(small_config("b"), "policy-statement TO-PEER", "policy-statement OTHER"));
  Ran ran = run({"diff", "before/edge.conf:TO-PEER", "after/edge.conf:OTHER", "--expect", "none"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(run({"diff", "before/edge.conf:TO-PEER", "after/edge.conf:TO-PEER"}).status, 2);
}

TEST_F(DiffTest, MarkdownIsShortIfAllIsAsAnnounced) {
  states(small_config(), replaced(small_config(), "198.51.100.0/24;", "198.51.100.0/24; 203.0.113.0/24;"));
  std::string fine = diff({"--out", "md", "--expect", "wider"}).out;
  EXPECT_LE(std::count(fine.begin(), fine.end(), '\n'), 4) << fine;
  EXPECT_NE(fine.find("as expected"), std::string::npos) << fine;
  std::string bad = diff({"--out", "md", "--expect", "none"}).out;
  EXPECT_NE(bad.find("+ "), std::string::npos) << bad;
  EXPECT_NE(bad.find("203.0.113.0/24"), std::string::npos) << bad;
  EXPECT_NE(bad.find("not as expected"), std::string::npos) << bad;
}

TEST_F(DiffTest, SecretsStayInside) {
  states(small_config(), replaced(small_config(), "SeCrEtKeY\";", "SeCrEtKeY2\";"));
  write("after/edge.conf", replaced(read("after/edge.conf"), "export TO-PEER;", "export REST;"));
  for (const char* format : {"text", "json", "md"}) {
    Ran ran = diff({"--out", format});
    EXPECT_EQ((ran.out + ran.err).find("SeCrEtKeY"), std::string::npos) << format;
  }
}

// OSPF rejects by default what BGP accepts by default.
TEST_F(DiffTest, WhatComesBehindAPolicyThatNoSessionUsesIsNotKnown) {
  auto config = [](const std::string& terms) {
    return "system { host-name edge01; }\nprotocols { ospf { export TO-OSPF; } }\n"
           "policy-options {\n  policy-statement TO-OSPF {\n    " +
           terms + "\n  }\n}\n";
  };
  const std::string one = "term a { from protocol static; then accept; }";
  const std::string accept = one + " term b { from protocol bgp; then accept; }";
  const std::string reject = one + " term b { from protocol direct; then reject; }";
  auto effect = [&](const std::string& before, const std::string& after) {
    states(config(before), config(after));
    return json()["effect"].get<std::string>();
  };
  EXPECT_EQ(effect(one, one + " term b { then next policy; }"), "equal");
  EXPECT_EQ(effect(one, accept), "wider");
  EXPECT_EQ(effect(accept, one), "narrower");
  EXPECT_EQ(effect(one, reject), "narrower");
  EXPECT_EQ(effect(accept, reject), "narrower");
  EXPECT_EQ(effect(reject, one + " term b { from protocol bgp; then accept; }"), "wider");
  EXPECT_EQ(effect(one + " term b { from protocol direct; then accept; }",
                   one + " term b { from protocol bgp; then accept; }"),
            "incomparable");
  EXPECT_EQ(effect(one, one + " term b { then tag 5; }"), "changed");
  // What it leaves to those behind it.
  EXPECT_EQ(effect(one + " term b { then default-action accept; }", one + " term b { then default-action reject; }"),
            "narrower");
  EXPECT_EQ(effect(one, one + " term b { then default-action accept; }"), "wider");
  states(config(one), config(accept));
  EXPECT_EQ(diff({"--expect", "none"}).status, 1);
  Ran two = run({"diff", "before/edge.conf:TO-OSPF", "after/edge.conf:TO-OSPF", "--expect", "none"});
  EXPECT_EQ(two.status, 1) << two.out;
  // BGP has a default, which a session that uses the policy ends in.
  auto used = [&](const std::string& terms) {
    return config(terms) +
           "routing-options { autonomous-system 64500; }\nprotocols { bgp { group G { type external; "
           "peer-as 64501; export TO-OSPF; neighbor 192.0.2.1; } } }\n";
  };
  // OSPF uses it all the same.
  states(used(one), used(accept));
  EXPECT_EQ(json()["effect"], "wider");
  EXPECT_EQ(diff({"--expect", "none"}).status, 1);
  const std::string ospf = "protocols { ospf { export TO-OSPF; } }\n";
  states(replaced(used(one), ospf, ""), replaced(used(accept), ospf, ""));
  EXPECT_EQ(diff({"--expect", "none"}).status, 0);
  EXPECT_EQ(run({"diff", "before/edge.conf:TO-OSPF", "after/edge.conf:TO-OSPF", "--expect", "none"}).status, 0);
  states(used(one), used(accept));
  EXPECT_EQ(run({"diff", "before/edge.conf:TO-OSPF", "after/edge.conf:TO-OSPF", "--expect", "none"}).status, 1);
}

class GitDiffTest : public DiffTest {
 protected:
  void git(const std::string& arguments) {
    std::filesystem::create_directories(directory_ / "work");
    std::string command = "cd '" + (directory_ / "work").string() +
                          "' && GIT_CONFIG_GLOBAL=/dev/null git -c user.name=t -c user.email=t@example.net " +
                          arguments + " >/dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << arguments;
  }
  void commit(const std::string& config, const std::string& message) {
    write("net/edge.conf", config);
    git("add -A");
    git("commit -q --allow-empty -m '" + message + "'");
  }
};

// What cannot be read and has not changed is no news; a device that is gone takes its sessions along.
TEST_F(GitDiffTest, FilesThatAreBinaryRenamedOrGone) {
  git("init -q -b main");
  write("net/picture.conf", std::string("\x89PNG\0\1\2", 7));
  commit(small_config(), "first");
  git("mv net/edge.conf net/other.conf");
  Ran ran = run({"diff", "main"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("effect: equal"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("picture.conf"), ran.out.rfind("picture.conf")) << ran.out;
  git("rm -q --cached net/other.conf");
  std::filesystem::remove(place_of("net/other.conf"));
  ran = run({"diff", "main"});
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_NE(ran.out.find("device edge01 is gone"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("session 192.0.2.1 is gone"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("effect: narrower"), std::string::npos) << ran.out;
  write("net/picture.conf", std::string("\x89PNG\0\1\3", 7));
  EXPECT_EQ(run({"diff", "main"}).status, 3);
}

TEST_F(GitDiffTest, ATrailerThatIsNoneIsNamedWithItsCommit) {
  git("init -q -b main");
  commit(small_config(), "first");
  commit(small_config("edge01", "prefix-list OWN; community X;"), "second\n\nRoute-Effect: smaller");
  Ran ran = run({"diff", "main~1", "main"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("`smaller` (Route-Effect of "), std::string::npos) << ran.err;
}

TEST_F(GitDiffTest, CommitsAndTheWorkTree) {
  std::string wide = replaced(small_config(), "198.51.100.0/24;", "198.51.100.0/24; 203.0.113.0/24;");
  git("init -q -b main");
  commit(small_config(), "first");
  git("tag one");
  commit(wide, "second\n\nRoute-Effect: narrower");
  // The trailer of the newest commit speaks.
  Ran ran = run({"diff", "one", "main"});
  EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("Route-Effect"), std::string::npos);
  EXPECT_EQ(run({"diff", "one"}).status, 1);
  EXPECT_EQ(run({"diff", "one", "--expect", "wider"}).status, 0);
  // A work tree that goes beyond the newest commit is its own.
  Json same = Json::parse(run({"diff", "HEAD", "--out", "json"}).out);
  EXPECT_EQ(same["effect"], "equal");
  EXPECT_TRUE(same["expected"].is_null());
  write("net/edge.conf", small_config());
  EXPECT_EQ(Json::parse(run({"diff", "HEAD", "--out", "json"}).out)["effect"], "narrower");
  std::filesystem::remove(directory_ / "work/net/edge.conf");
  Json gone = Json::parse(run({"diff", "HEAD", "--out", "json"}).out);
  EXPECT_EQ(gone["effect"], "narrower");
  EXPECT_EQ(kinds(gone), (std::set<std::string>{"device_removed", "session_removed"}));
}

TEST_F(GitDiffTest, SpellingsOfTheTrailer) {
  std::string wide = replaced(small_config(), "198.51.100.0/24;", "198.51.100.0/24; 203.0.113.0/24;");
  git("init -q -b main");
  commit(small_config(), "first");
  git("tag one");
  commit(wide, "second");
  auto amended = [&](const std::string& message) {
    git("commit -q --amend --cleanup=verbatim -m '" + message + "'");
    return run({"diff", "one", "HEAD"});
  };
  EXPECT_EQ(amended("x\n\nroute-effect:   NARROWER ").status, 1);
  EXPECT_EQ(amended("x\n\nRoute-Effect: wider, attrs").status, 0);
  EXPECT_EQ(amended("x\n\nRoute-Effect: wider\nRoute-Effect: wider\nSigned-off-by: A <a@example.net>").status, 0);
  // Two promises.
  Ran two = amended("x\n\nRoute-Effect: narrower\nRoute-Effect: wider");
  EXPECT_EQ(two.status, 2);
  EXPECT_NE(two.err.find("`Route-Effect: narrower` and `Route-Effect: wider`"), std::string::npos) << two.err;
  // What looks like one and is none.
  Ran misspelt = amended("x\n\nRoute-Efect: narrower");
  EXPECT_EQ(misspelt.status, 0);
  EXPECT_NE(misspelt.out.find("`Route-Efect:`, which is not `Route-Effect:`"), std::string::npos) << misspelt.out;
  Ran inside = amended("x\n\nRoute-Effect: narrower\n\nMore text in a paragraph of its own, as people write.");
  EXPECT_EQ(inside.status, 0);
  EXPECT_NE(inside.out.find("is not at the end of the message"), std::string::npos) << inside.out;
  for (const char* message : {"x\n\nRoute-Effect:", "x\n\nRoute-Effect: \nSigned-off-by: A <a@example.net>"}) {
    Ran empty = amended(message);
    EXPECT_EQ(empty.status, 0);
    EXPECT_NE(empty.out.find("`Route-Effect:` without an effect"), std::string::npos) << empty.out;
  }
}

TEST_F(GitDiffTest, NamesOfCommits) {
  std::string wide = replaced(small_config(), "198.51.100.0/24;", "198.51.100.0/24; 203.0.113.0/24;");
  git("init -q -b main");
  commit(small_config(), "first");
  git("tag one");
  commit(wide, "second");
  auto effect = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "diff");
    arguments.insert(arguments.end(), {"--out", "json"});
    Ran ran = run(arguments);
    return ran.status == 2 ? "none" : Json::parse(ran.out)["effect"].get<std::string>();
  };
  EXPECT_EQ(effect({"one..main"}), "wider");
  EXPECT_EQ(effect({"one.."}), "wider");
  EXPECT_EQ(effect({"main~1", "main"}), "wider");
  EXPECT_EQ(effect({"main", "one"}), "narrower");
  EXPECT_EQ(effect({"one...main"}), "none");
  EXPECT_EQ(effect({"one", "nowhere"}), "none");
  EXPECT_EQ(effect({"one", "net"}), "none");
  // A file that moved, with the device in it.
  git("mv net/edge.conf net/other.conf");
  git("commit -q -m third");
  EXPECT_EQ(effect({"HEAD~1", "HEAD"}), "equal");
  // A merge, against each parent.
  git("checkout -q -b side one");
  write("net/second.conf", small_config("edge02"));
  git("add -A");
  git("commit -q -m side");
  git("checkout -q main");
  git("merge -q side -m merged");
  EXPECT_EQ(effect({"HEAD^1", "HEAD"}), "wider");
  EXPECT_EQ(effect({"HEAD^2", "HEAD"}), "wider");
  // What is not committed counts, what is ignored does not.
  write("net/third.conf", small_config("edge03"));
  EXPECT_EQ(effect({"HEAD"}), "wider");
  write(".gitignore", "third.conf\n");
  EXPECT_EQ(effect({"HEAD"}), "equal");
  // A path and a commit of one name: the path, and how to say the other.
  std::filesystem::create_directories(place_of("one"));
  Ran both = run({"diff", "one"});
  EXPECT_EQ(both.status, 2);
  EXPECT_NE(both.err.find("written one^0"), std::string::npos) << both.err;
}

TEST_F(GitDiffTest, ATrailerThatSaysNothingKnownIsBadUse) {
  git("init -q -b main");
  commit(small_config(), "first");
  commit(small_config("edge02"), "second\n\nRoute-Effect: harmless");
  EXPECT_EQ(run({"diff", "HEAD~1", "HEAD"}).status, 2);
}

}  // namespace
}  // namespace bgproof
