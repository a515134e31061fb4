// Random policies as text: reader, lowering and reference evaluator against a second interpreter that shares nothing
// with them (plain.h), and the solver's verdict on the same text against that interpreter too.
#include <fmt/format.h>

#include "solver/check.h"
#include "tests/junos/lowered.h"
#include "tests/junos/plain.h"

namespace bgproof::junos::testing {
namespace {

Readings random_readings(Random& random) {
  Readings readings;
  for (const Assumption& assumption : assumptions()) {
    if (!assumption.name.starts_with("junos.")) continue;
    std::vector<std::string_view> values = assumption.values;
    // The other readings of these leave things free.
    bool free = assumption.name == "junos.default-action-in-expression" || assumption.name == "junos.prefix-actions";
    bool asked = assumption.name == "junos.as-path-set" || (assumption.open && !free);
    readings[std::string(assumption.name)] = std::string(asked ? random.pick(values) : values.front());
  }
  return readings;
}

const Attachment& attachment(const Lowered& lowered, const plain::Config& config, Family family) {
  const Session& session = lowered.session(family == Family::ipv4 ? "192.0.2.1" : "2001:db8::1");
  return config.import ? session.import_from : session.export_to;
}

std::string shown(const Route& route, bool accepted) {
  return fmt::format("{} {}", accepted ? "accept" : "reject", accepted ? to_string(route) : "");
}

// Seeds that once found something, and many others.
class JunosAttack : public ::testing::TestWithParam<uint64_t> {};

constexpr uint64_t kConfigs = 150;
constexpr int kRoutes = 60;

TEST_P(JunosAttack, TwoInterpretersAgree) {
  int accepted = 0, rejected = 0;
  for (uint64_t seed = GetParam() * kConfigs; seed < (GetParam() + 1) * kConfigs; ++seed) {
    Random random(seed);
    plain::Config config = plain::random_config(random);
    std::string text = random.chance(50) ? plain::curly(config) : plain::display_set(config);
    Lowered lowered(text);
    // What is free in readings that are not asked here.
    for (const UnmodelledLine& line : lowered.unmodelled())
      ASSERT_TRUE(line.text == "default-action in an operand of a policy expression" ||
                  line.text == "one of several prefix conditions, where some have actions")
          << line.text << "\n"
          << text;
    Choices choices;
    choices.readings = random_readings(random);
    for (int i = 0; i < kRoutes; ++i) {
      Route route = plain::random_route(config, random);
      plain::Result expected = plain::run(config, route, choices.readings);
      Outcome outcome = evaluate(attachment(lowered, config, route.prefix.family).program, route, choices);
      (expected.accepted ? accepted : rejected)++;
      std::string readings;
      for (const auto& [name, value] : choices.readings) readings += name + "=" + value + " ";
      ASSERT_EQ(shown(outcome.route, outcome.accepted), shown(expected.route, expected.accepted))
          << "seed " << seed << "\n"
          << text << to_string(route) << " interface " << route.interface << "\n"
          << readings;
    }
  }
  EXPECT_GT(accepted, 1000);
  EXPECT_GT(rejected, 1000);
}

INSTANTIATE_TEST_SUITE_P(Seeds, JunosAttack, ::testing::Range(uint64_t{0}, uint64_t{4}));

// A block without rows allows nothing: what the solver finds is a route that the second interpreter accepts as well;
// what it proves closed accepts none of many routes.
TEST(JunosAttackOfVerdicts, WitnessesAreAccepted) {
  int violated = 0, proved = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Random random(seed);
    plain::Config config = plain::random_config(random);
    Lowered lowered(plain::curly(config));
    CheckOptions options;
    options.readings = random_readings(random);
    const Session& session = lowered.session("192.0.2.1");
    const Attachment& attached = config.import ? session.import_from : session.export_to;
    Task task{};
    task.direction = config.import ? Direction::import_from : Direction::export_to;
    task.families = {Family::ipv4};
    task.program = attached.program;
    std::vector<Condition> facts;
    for (const Fact& fact : attached.facts) facts.push_back(fact.condition);
    task.offered = all_of(std::move(facts));
    CheckResult result = check(task, lowered.sources, options);
    if (result.verdict == Verdict::violated) ++violated;
    if (result.verdict == Verdict::proved) ++proved;
    for (const Finding& finding : result.findings) {
      plain::Result expected = plain::run(config, finding.input, options.readings);
      EXPECT_TRUE(expected.accepted) << seed << ": " << to_string(finding.input);
      ASSERT_TRUE(finding.output.has_value());
      EXPECT_EQ(to_string(*finding.output), to_string(expected.route)) << seed << ": " << to_string(finding.input);
    }
    for (int i = 0; result.verdict == Verdict::proved && i < 300; ++i) {
      Route route = plain::random_route(config, random);
      if (route.prefix.family != Family::ipv4 || !offered(attached, route)) continue;
      EXPECT_FALSE(plain::run(config, route, options.readings).accepted) << seed << ": " << to_string(route);
    }
  }
  EXPECT_GT(violated, 30);
  EXPECT_GT(proved, 3);
}

}  // namespace
}  // namespace bgproof::junos::testing
