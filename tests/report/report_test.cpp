// Text and JSON of a report made by hand, one part of it at a time.
#include "report/report.h"

#include <gtest/gtest.h>

#include "report/dead_rows.h"
#include "report/json.h"
#include "report/text.h"

namespace bgproof {
namespace {

class ReportTest : public testing::Test {
 protected:
  ReportTest() {
    config_ =
        sources_.add("mia.conf", "term LEAK {\n    from route-type internal;\n    then accept;\n}\nsecret \"abc\";\n");
    intent_ = sources_.add("t.intent",
                           "export to role peer {\n  may [own] prefix in own\n  must [m] any\n  never [leak] any\n}\n");
    report_.date = "2026-11-24";
  }

  SourceRange in(FileId file, std::string_view text) const {
    size_t at = sources_.file(file).text().find(text);
    EXPECT_NE(at, std::string_view::npos) << text;
    return {file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + text.size())};
  }

  TaskRow row(TaskRow::Kind kind, std::string id, std::string_view text) const {
    TaskRow made;
    made.kind = kind;
    made.id = std::move(id);
    made.range = made.head = in(intent_, text);
    made.text = text;
    return made;
  }

  Check check(std::string policy, std::vector<std::string> sessions, Verdict verdict) const {
    Check made;
    made.task.device = "mia";
    made.task.direction = Direction::export_to;
    made.task.policies = {std::move(policy)};
    made.task.sessions = std::move(sessions);
    made.task.families = {Family::ipv6};
    made.task.block = in(intent_, "export to role peer {");
    made.task.rows = {row(TaskRow::Kind::may, "own", "may [own] prefix in own"),
                      row(TaskRow::Kind::must, "m", "must [m] any"),
                      row(TaskRow::Kind::never, "leak", "never [leak] any")};
    made.result.verdict = verdict;
    made.result.row_alive = {true, true, true};
    return made;
  }

  Finding finding(std::string policy) const {
    Finding made;
    made.code = "BP301";
    made.message = "a route can leave to peers that no intent row allows";
    made.clause = policy + "/LEAK";
    made.location = in(config_, "accept");
    made.clause_range = in(config_, "term LEAK {\n    from route-type internal;\n    then accept;\n}");
    made.conditions = {in(config_, "route-type internal")};
    made.input.prefix = *parse_prefix("2001:db8:f077::/48");
    made.input.route_type = RouteType::internal;
    made.input.as_path = path_of({64496});
    made.input.as_path.segments.push_back({AsSegment::Kind::set, {64497, 64498}});
    made.input.communities = {*parse_community("64500:1:3"), *parse_community("64500:7"),
                              *parse_community("rt:64500:1")};
    made.output = made.input;
    made.region.conditions = {"len v6 0..47", "len v6 48", "len v6 49", "len v6 50",
                              "len v6 51",    "len v6 52", "len v6 53"};
    made.crosses = {2};
    made.nearest = "[own] needs prefix in own";
    made.cause = "cause-1";
    made.id = "id-" + policy;
    made.trace = {{Step::Kind::matched, in(config_, "route-type internal"), "", {}, {}},
                  {Step::Kind::decided, in(config_, "accept"), "accept", {}, {}},
                  {Step::Kind::unchanged, in(config_, "secret \"abc\""), "", {}, {}}};
    return made;
  }

  void violate() {
    for (std::string policy : {"P1", "P2"}) {
      Check made = check(policy, {policy + "-a", policy + "-b"}, Verdict::violated);
      made.result.findings = {finding(policy)};
      report_.checks.push_back(std::move(made));
    }
  }

  SourceSet sources_;
  FileId config_, intent_;
  Report report_;
};

TEST_F(ReportTest, OneCauseIsOneBlock) {
  violate();
  std::string text = to_text(report_, sources_, Style{});
  size_t first =
      text.find("error[BP301]: a route can leave to peers that no intent row allows\n   --> mia.conf:3:10\n");
  ASSERT_NE(first, std::string::npos) << text;
  EXPECT_EQ(text.find("error[", first + 1), std::string::npos) << "the second policy shares the cause";
  for (const char* part :
       {"  2 |     from route-type internal;\n    |          ------------------- the only condition: this route meets "
        "it\n",
        "  3 |     then accept;\n    |          ^^^^^^ accepted here\n", "   ::: t.intent:1:1\n",
        "--------------------- closed: none of 2 rows covers this route\n",
        "    = nearest     [own] needs prefix in own\n", "    = crosses     [leak] never [leak] any\n",
        "    = same cause  2 policies, 4 sessions, 1 device\n", "    = region      len v6 0..47\n",
        "                  len v6 51\n                  and 2 more\n",
        "    = replayed by the reference evaluator: accepted, same steps; bgproof trace id-P1\n",
        "    = at          mia export  P1: P1-a, P1-b\n",
        "checked 4 sessions on mia: 0 proved, 4 violated (1 cause), 0 possible, 0 unknown, 0 not checked\n"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nis missing in\n" << text;
  EXPECT_EQ(text.find("len v6 52"), std::string::npos);
}

TEST_F(ReportTest, JsonHasTheSchema) {
  violate();
  std::string json = to_json(report_, sources_);
  EXPECT_EQ(json, to_json(report_, sources_));
  for (const char* part :
       {"\"schema\": \"bgproof.report/1\"", "\"date\": \"2026-11-24\"", "\"violated\": 4", "\"causes\": 1",
        "\"direction\": \"export\"",
        "\"line\": 3,\n            \"column\": 10,\n            \"end_line\": 3,\n            \"end_column\": 16",
        "\"prefix\": \"2001:db8:f077::/48\"", "\"set\": [", "\"large_communities\": [\n              \"64500:1:3\"",
        "\"ext_communities\": [\n              \"rt:64500:1\"", "\"local_pref\": null", "\"tag\": 0",
        "\"rpki\": \"unknown\"", "\"result\": \"matched\"", "\"text\": \"secret \\\"<redacted>\\\";\"",
        "\"id\": \"leak\""})
    EXPECT_NE(json.find(part), std::string::npos) << part << "\nis missing in\n" << json;
  EXPECT_EQ(json.find("abc"), std::string::npos);
}

TEST_F(ReportTest, AUnitCountsOnceWithItsWorstVerdict) {
  report_.checks = {check("P", {"a", "b"}, Verdict::proved), check("P", {"b"}, Verdict::possible),
                    check("Q", {"c"}, Verdict::unknown), check("Q", {"d"}, Verdict::not_checked)};
  Counts counts = total(report_);
  EXPECT_EQ(counts.proved, 1u);
  EXPECT_EQ(counts.possible, 1u);
  EXPECT_EQ(counts.unknown, 1u);
  EXPECT_EQ(counts.not_checked, 1u);
  EXPECT_EQ(exit_status(report_), 3);
}

TEST_F(ReportTest, ExitStatus) {
  report_.checks = {check("P", {"a"}, Verdict::proved)};
  EXPECT_EQ(exit_status(report_), 0);
  for (Verdict verdict : {Verdict::possible, Verdict::unknown, Verdict::not_checked}) {
    report_.checks = {check("P", {"a"}, Verdict::proved), check("P", {"b"}, verdict)};
    EXPECT_EQ(exit_status(report_), 3);
  }
  report_.checks.push_back(check("P", {"c"}, Verdict::violated));
  EXPECT_EQ(exit_status(report_), 1);
}

TEST_F(ReportTest, SelectingNothingIsAUnit) {
  Check nothing = check("", {}, Verdict::not_checked);
  nothing.task.policies.clear();
  nothing.task.not_checked = "the block selects nothing";
  nothing.task.not_checked_code = "BP702";
  report_.checks = {nothing};
  EXPECT_EQ(total(report_).not_checked, 1u);
  std::string text = to_text(report_, sources_, Style{});
  EXPECT_NE(text.find("not checked[BP702]: the block selects nothing\n   --> t.intent:1:1\n"), std::string::npos)
      << text;
}

TEST_F(ReportTest, APossibleFindingSaysWhatItDependsOn) {
  Check made = check("P", {"a"}, Verdict::possible);
  Finding possible = finding("P");
  possible.verdict = Verdict::possible;
  possible.depends_on = {{in(config_, "route-type internal"), "from route-type internal"}};
  made.result.findings = {possible};
  report_.checks = {made};
  std::string text = to_text(report_, sources_, Style{});
  EXPECT_NE(text.find("possible[BP301]: "), std::string::npos) << text;
  EXPECT_NE(text.find("    = depends on  mia.conf:2: from route-type internal\n"), std::string::npos) << text;
}

TEST_F(ReportTest, AnAbsenceBlamesTheAttachmentOrTheIntent) {
  Check made = check("P", {"a"}, Verdict::violated);
  Finding absent = finding("P");
  absent.location = absent.clause_range = {};
  absent.conditions.clear();
  absent.clause = "(default)";
  made.result.findings = {absent};
  report_.checks = {made};
  std::string text = to_text(report_, sources_, Style{});
  EXPECT_NE(text.find("   --> t.intent:1:1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("    = decided by  (default)\n"), std::string::npos) << text;
  EXPECT_NE(to_json(report_, sources_).find("\"location\": null"), std::string::npos);
}

TEST_F(ReportTest, ARowAliveAnywhereIsAlive) {
  std::vector<Check> checks = {check("P", {"a"}, Verdict::proved), check("Q", {"b"}, Verdict::proved)};
  checks[0].result.row_alive = {false, true, true};
  Diagnostics diagnostics;
  settle_dead_rows(checks, diagnostics);
  EXPECT_TRUE(diagnostics.all().empty());
  EXPECT_EQ(checks[0].result.verdict, Verdict::proved);
}

TEST_F(ReportTest, ADeadMayRowIsAWarningAlone) {
  std::vector<Check> checks = {check("P", {"a"}, Verdict::proved), check("Q", {"b"}, Verdict::proved)};
  for (Check& made : checks) made.result.row_alive = {false, true, true};
  Diagnostics diagnostics;
  settle_dead_rows(checks, diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].code, "BP218");
  EXPECT_EQ(checks[0].result.verdict, Verdict::proved);
}

TEST_F(ReportTest, UnderADeadMustRowNothingIsProved) {
  std::vector<Check> checks = {check("P", {"a"}, Verdict::proved), check("Q", {"b"}, Verdict::violated)};
  for (Check& made : checks) made.result.row_alive = {true, false, true};
  Diagnostics diagnostics;
  settle_dead_rows(checks, diagnostics);
  EXPECT_EQ(checks[0].result.verdict, Verdict::not_checked);
  EXPECT_EQ(checks[1].result.verdict, Verdict::violated) << "a violation stands";
}

TEST_F(ReportTest, ACheckThatWasNotAskedKillsNoRow) {
  std::vector<Check> checks = {check("P", {"a"}, Verdict::proved), check("Q", {"b"}, Verdict::not_checked)};
  checks[0].result.row_alive = {false, false, true};
  checks[1].result.row_alive.clear();
  Diagnostics diagnostics;
  settle_dead_rows(checks, diagnostics);
  EXPECT_TRUE(diagnostics.all().empty());
}

}  // namespace
}  // namespace bgproof
