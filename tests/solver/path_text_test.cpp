// Hundreds of expressions over the characters of a path in one policy, against intents that speak of numbers.
#include <gtest/gtest.h>

#include "intents/path_regex.h"
#include "solver/check.h"

namespace bgproof {
namespace {

constexpr Asn kFirst = 64000;
constexpr Asn kCount = 300;

std::string with_gaps(Asn asn) { return "(^|[,{}() ]|$)" + std::to_string(asn) + "(^|[,{}() ]|$)"; }

TaskRow may(Condition condition) {
  TaskRow row;
  row.kind = TaskRow::Kind::may;
  row.condition = std::move(condition);
  return row;
}

// Each number of [kFirst, kFirst + kCount) has a clause of its own that accepts paths with it.
Task one_clause_each() {
  Task task;
  task.device = "router";
  task.direction = Direction::import_from;
  task.families = {Family::ipv4, Family::ipv6};
  task.roles = {"peer", "originated"};
  task.offered = always();
  task.program.library = std::make_shared<PolicyLibrary>();
  for (Asn asn = kFirst; asn < kFirst + kCount; ++asn) {
    If test{{AsPathText{with_gaps(asn)}, {}}, {{Disposition{Decision::accept}, {}}}, {}};
    task.program.entry.push_back({std::to_string(asn), {{std::move(test), {}}}, {}, {}});
  }
  task.program.entry.push_back({"(default)", {{Disposition{Decision::reject}, {}}}, {}, {}});
  return task;
}

TEST(PathText, HundredsOfExpressionsAreProved) {
  Task by_row = one_clause_each(), at_once = one_clause_each();
  std::vector<NumberRange> all;
  for (Asn asn = kFirst; asn < kFirst + kCount; ++asn) {
    by_row.rows.push_back(may({AsPathMatches{path_contains({{asn, asn}})}, {}}));
    all.push_back({asn, asn});
  }
  at_once.rows.push_back(may({AsPathMatches{path_contains(all)}, {}}));
  EXPECT_EQ(check(by_row, {}, {}).verdict, Verdict::proved);
  EXPECT_EQ(check(at_once, {}, {}).verdict, Verdict::proved);
}

TEST(PathText, TheOneThatIsMissingIsFound) {
  Task task = one_clause_each();
  for (Asn asn = kFirst; asn < kFirst + kCount; ++asn)
    if (asn != kFirst + 177) task.rows.push_back(may({AsPathMatches{path_contains({{asn, asn}})}, {}}));
  const CheckResult result = check(task, {}, {});
  ASSERT_EQ(result.verdict, Verdict::violated);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(text_form(result.findings[0].input.as_path), std::to_string(kFirst + 177));
}

// 64000 without gaps is in 164000 too.
TEST(PathText, CutNumbersAreFound) {
  Task task = one_clause_each();
  std::get<If>(task.program.entry[0].body[0].is).condition = {AsPathText{std::to_string(kFirst)}, {}};
  std::vector<NumberRange> all;
  for (Asn asn = kFirst; asn < kFirst + kCount; ++asn) all.push_back({asn, asn});
  task.rows.push_back(may({AsPathMatches{path_contains(all)}, {}}));
  const CheckResult result = check(task, {}, {});
  ASSERT_EQ(result.verdict, Verdict::violated);
  EXPECT_EQ(text_form(result.findings[0].input.as_path), "164000");
}

// After a prepend the text is another.
TEST(PathText, PrependsAreSeen) {
  Task task = one_clause_each();
  task.program.entry.clear();
  Body body = {{PrependAsns{{64496}}, {}},
               {If{{AsPathText{"^64496 ([0-9]*1)?$"}, {}}, {{Disposition{Decision::accept}, {}}}, {}}, {}},
               {Disposition{Decision::reject}, {}}};
  task.program.entry.push_back({"10", std::move(body), {}, {}});
  task.rows.push_back(may({AsPathText{"^[0-9]*1$"}, {}}));
  const CheckResult proved = check(task, {}, {});
  EXPECT_EQ(proved.verdict, Verdict::proved);
  task.rows[0].condition = {AsPathText{"^[0-9]*11$"}, {}};
  const CheckResult result = check(task, {}, {});
  ASSERT_EQ(result.verdict, Verdict::violated);
  EXPECT_EQ(text_form(result.findings[0].input.as_path), "64501");
}

}  // namespace
}  // namespace bgproof
