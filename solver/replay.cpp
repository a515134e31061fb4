#include "solver/replay.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "policy/watch.h"
#include "solver/cause.h"
#include "solver/entries_met.h"
#include "solver/property.h"

namespace bgproof {

namespace {

// The conjuncts of a condition that the route fails.
void failing(const Condition& condition, const Route& route, std::vector<const Condition*>& into) {
  if (holds(condition, route)) return;
  if (const All* all = std::get_if<All>(&condition.is)) {
    for (const Condition& part : all->of) failing(part, route, into);
  } else {
    into.push_back(&condition);
  }
}

// The allow row that comes nearest to the route: with the fewest conditions that fail.
std::string nearest(const Task& task, const SourceSet& sources, const Route& route) {
  const TaskRow* best = nullptr;
  std::vector<const Condition*> missing;
  for (const TaskRow& row : task.rows) {
    if (!allows(row)) continue;
    std::vector<const Condition*> fails;
    failing(row.condition, route, fails);
    if (best && fails.size() >= missing.size()) continue;
    best = &row;
    missing = std::move(fails);
  }
  if (!best) return {};
  std::string name = best->id.empty() ? best->text : "[" + best->id + "]";
  constexpr size_t kLongest = 160;
  std::string needs;
  for (const Condition* condition : missing) {
    std::string text = condition->range.known() ? std::string(sources.text(condition->range)) : to_string(*condition);
    if (!needs.empty()) needs += " and ";
    needs += text.size() > kLongest ? text.substr(0, kLongest) + "..." : text;
  }
  return name + " needs " + needs;
}

std::string direction_words(Direction direction, bool passes) {
  switch (direction) {
    case Direction::export_to:
      return passes ? "can leave" : "does not leave";
    case Direction::import_from:
      return passes ? "can come in" : "does not come in";
    case Direction::none:
      return passes ? "can pass" : "does not pass";
  }
  return {};
}

std::string row_name(const TaskRow& row) { return row.id.empty() ? "`" + row.text + "`" : "[" + row.id + "]"; }

std::string message(const Task& task, const std::string& code, std::optional<size_t> row,
                    std::optional<size_t> obligation) {
  std::string passes = direction_words(task.direction, true);
  if (!row) return fmt::format("a route {} that no intent row allows", passes);
  const TaskRow& broken = task.rows[*row];
  if (code == "BP302") return fmt::format("a route {} that the intent forbids: never {}", passes, row_name(broken));
  if (!obligation)
    return fmt::format("a route that the intent requires {}: must {}", direction_words(task.direction, false),
                       row_name(broken));
  return fmt::format("a route {} without what the intent asks: {}", passes, broken.obligations[*obligation].text);
}

void verify(const Task& task, const Route& before, const Outcome& outcome, const Judgement& judgement,
            const std::string& code, std::optional<size_t> row, std::optional<size_t> obligation) {
  BGPROOF_CHECK(!judgement.fine, "the reference judgement agrees that the witness breaks the intent");
  bool should_pass = code != "BP401";
  BGPROOF_CHECK(outcome.accepted == should_pass, "the reference evaluator decides the witness as the solver says");
  if (!row) {
    for (const TaskRow& it : task.rows)
      BGPROOF_CHECK(!allows(it) || !holds(it.condition, before), "no allow row's condition holds of the witness");
    return;
  }
  BGPROOF_CHECK(holds(task.rows[*row].condition, before), "the condition of the broken row holds of the witness");
  if (obligation)
    BGPROOF_CHECK(!holds(task.rows[*row].obligations[*obligation], before, outcome.route),
                  "the witness fails the obligation that the finding names");
}

bool touch(const SourceRange& one, const SourceRange& other) {
  return one.known() && one.file == other.file && one.begin < other.end && other.begin < one.end;
}

// The entries that the conditions of the deciding clause name, but for those that stand in the conditions themselves.
// A session that only names lists decides behind them.
std::vector<SourceRange> entries_of(const ClauseRef& decided_by, const std::vector<SourceRange>& conditions,
                                    const std::vector<MetEntry>& met) {
  std::vector<SourceRange> entries;
  for (const MetEntry& each : met) {
    auto touches = [&](const SourceRange& place) {
      return std::any_of(conditions.begin(), conditions.end(), [&](const SourceRange& it) { return touch(it, place); });
    };
    bool known = std::find(entries.begin(), entries.end(), each.entry) != entries.end();
    if ((each.clause == decided_by || touches(each.condition)) && !touches(each.entry) && !known)
      entries.push_back(each.entry);
  }
  return entries;
}

}  // namespace

Replay replay(const Task& task, const Route& route, const Choices& choices, const std::string& code,
              std::optional<size_t> row, std::optional<size_t> obligation) {
  BGPROOF_CHECK(is_legal(route), "a witness is a legal route");
  BGPROOF_CHECK(holds(task.offered, route), "a witness is a route that can be offered");
  std::vector<MetEntry> entries;
  auto on_step = [&](const Step& step, const Statement& statement, const Route&, const ConditionContext&) {
    const auto* branch = std::get_if<If>(&statement.is);
    if (step.kind != Step::Kind::matched || branch == nullptr) return;
    for (const SourceRange& entry : entries_met(branch->condition, route))
      entries.push_back({step.clause, step.range, entry});
  };
  Outcome outcome = evaluate_watched(task.program, route, choices, on_step);
  Judgement judgement = judge(task, route, outcome.accepted, outcome.route);
  verify(task, route, outcome, judgement, code, row, obligation);
  return {std::move(outcome), std::move(judgement), std::move(entries)};
}

Finding describe(const Task& task, const SourceSet& sources, const std::string& code, std::optional<size_t> row,
                 std::optional<size_t> obligation, const Witness& witness, const Replay& replay) {
  const Outcome& outcome = replay.outcome;
  const Clause& clause = clause_of(task.program, outcome.decided_by);
  Finding finding;
  finding.code = code;
  finding.row = row;
  finding.message = message(task, code, row, obligation);
  finding.clause = clause_name(task, outcome.decided_by);
  finding.location = outcome.decided_at;
  finding.clause_range = clause.range;
  finding.conditions = clause.conditions;
  finding.input = witness.route;
  finding.choices = witness.choices;
  finding.entries = entries_of(outcome.decided_by, finding.conditions, replay.entries);
  if (outcome.accepted) finding.output = outcome.route;
  finding.trace = outcome.trace;
  if (code == "BP301") {
    finding.crosses = replay.judgement.crosses;
    finding.nearest = nearest(task, sources, witness.route);
  }
  for (const ChoiceKey& key : outcome.met) {
    const UnmodelledLine& line = task.program.library->unmodelled.at(key.choice.value);
    bool known = std::any_of(finding.depends_on.begin(), finding.depends_on.end(),
                             [&](const Dependency& d) { return d.range == line.range; });
    if (!known) finding.depends_on.push_back({line.range, line.text});
  }
  std::string broken_row = row ? task.rows[*row].text : "";
  std::string broken_obligation = obligation ? task.rows[*row].obligations[*obligation].text : "";
  std::string key =
      code + "\n" + broken_row + "\n" + broken_obligation + "\n" + resolved_text(task.program, outcome.decided_by);
  finding.cause = fingerprint(key);
  std::string where = task.device + "\n" + std::string(to_string(task.direction));
  for (const std::string& policy : task.policies) where += "\n" + policy;
  for (const std::string& session : task.sessions) where += "\n" + session;
  finding.id = fingerprint(where + "\n" + key);
  return finding;
}

}  // namespace bgproof
