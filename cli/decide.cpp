#include "cli/decide.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "cli/terminal.h"
#include "cli/workers.h"
#include "intents/bind.h"
#include "intents/fingerprint.h"
#include "intents/reach.h"
#include "intents/resolved_fingerprint.h"
#include "solver/check.h"

namespace bgproof {

namespace {

void add_unread_devices(const Options& options, const Inputs& inputs, std::vector<Check>& checks) {
  std::set<std::string> present;
  for (const Check& check : checks) present.insert(check.task.device);
  for (const Device& device : inputs.devices) {
    if (device.not_checked.empty() || !is_selected(options, device) || present.count(device.name)) continue;
    Check unread;
    unread.task.device = device.name;
    unread.task.not_checked = device.not_checked;
    unread.task.not_checked_code = "BP704";
    checks.push_back(std::move(unread));
  }
}

// Equal for tasks that ask the same question, on whatever device and with whatever names of policies: what is proved
// of one is proved of all. "" if the task shall be asked by itself.
std::string key_of(const Options& options, const Task& task, ResolvedFingerprints& resolved) {
  if (!task.not_checked.empty() || options.cross_check || !options.dump_queries.empty()) return {};
  std::string key = fmt::format("{}\n", static_cast<int>(task.direction));
  for (Family family : task.families) key += fmt::format("{} ", to_string(family));
  for (const std::string& role : task.roles) key += fmt::format("{}:{} ", role.size(), role);
  // From which neighbor a route comes is seen by policies that test it, and by obligations on the next hop.
  bool sees_neighbor =
      tests_neighbor(task.program) || std::any_of(task.rows.begin(), task.rows.end(), [](const TaskRow& row) {
        return std::any_of(row.obligations.begin(), row.obligations.end(),
                           [](const Obligation& it) { return std::holds_alternative<NextHopObligation>(it.is); });
      });
  if (sees_neighbor)
    key += resolved.of(task.offered);
  else
    for (const Fact& fact : task.facts)
      if (!std::holds_alternative<NeighborIn>(fact.condition.is)) key += "\n" + resolved.of(fact.condition);
  return key + "\n" + resolved.of(task.program) + "\n" + fingerprint(task.rows);
}

}  // namespace

bool bind_checks(const Options& options, Inputs& inputs, std::vector<Check>& checks) {
  return without_errors(inputs.diagnostics, [&](Diagnostics& said) {
    std::optional<uint32_t> date = parse_date(options.date);
    BGPROOF_CHECK(date.has_value(), "options hold a date of the calendar");
    for (Task& task : bind(inputs.intents, inputs.devices, {*date, options.device}, said))
      checks.push_back({std::move(task), {}});
    add_unread_devices(options, inputs, checks);
  });
}

void decide(const Options& options, const Inputs& inputs, std::vector<Check>& checks) {
  Questions none(options, checks, inputs.sources);
  decide(options, inputs, checks, none);
}

void decide(const Options& options, const Inputs& inputs, std::vector<Check>& checks, Questions& questions) {
  CheckOptions how;
  how.readings = settled_readings(options, inputs.project);
  Progress progress("checking", checks.size());
  auto decide_one = [&](size_t i) {
    Check& check = checks[i];
    if (check.task.not_checked.empty()) {
      check.result = questions.check(i, how);
    } else {
      check.result.verdict = Verdict::not_checked;
      check.result.reason = check.task.not_checked;
    }
    progress.one_more();
  };
  std::vector<std::string> keys(checks.size());
  ResolvedFingerprints resolved;
  for (size_t i = 0; i < checks.size(); ++i) keys[i] = key_of(options, checks[i].task, resolved);
  std::map<std::string, size_t> first;
  std::vector<size_t> firsts, others, rest;
  for (size_t i = 0; i < checks.size(); ++i)
    (keys[i].empty() || first.emplace(keys[i], i).second ? firsts : others).push_back(i);
  for_each_index(firsts.size(), options.jobs, [&](size_t i) { decide_one(firsts[i]); });
  for (size_t i : others) {
    const CheckResult& known = checks[first.at(keys[i])].result;
    if (known.verdict != Verdict::proved) {
      rest.push_back(i);
      continue;
    }
    checks[i].result = known;
    progress.one_more();
  }
  for_each_index(rest.size(), options.jobs, [&](size_t i) { decide_one(rest[i]); });
}

std::vector<UsedAssumption> used_assumptions(const Options& options, const ProjectFile& project,
                                             const std::set<std::string>& names) {
  std::vector<UsedAssumption> used;
  for (const std::string& name : names) {
    const Assumption* assumption = find_assumption(name);
    BGPROOF_CHECK(assumption, "every assumption that a model tests is in the table");
    if (auto set = options.readings.find(name); set != options.readings.end())
      used.push_back({name, set->second, "--assume"});
    else if (auto in_file = project.assumptions.find(name); in_file != project.assumptions.end())
      used.push_back({name, in_file->second, project.path});
    else if (assumption->open)
      used.push_back({name, fmt::format("{}", fmt::join(assumption->values, " or ")), std::string(assumption->source)});
    else
      used.push_back({name, std::string(assumption->values.front()), std::string(assumption->source)});
  }
  return used;
}

}  // namespace bgproof
