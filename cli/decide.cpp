#include "cli/decide.h"

#include <fmt/format.h>

#include <set>

#include "base/check.h"
#include "cli/terminal.h"
#include "cli/workers.h"
#include "intents/bind.h"
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
  for_each_index(checks.size(), options.jobs, [&](size_t i) {
    Check& check = checks[i];
    if (check.task.not_checked.empty()) {
      check.result = questions.check(i, how);
    } else {
      check.result.verdict = Verdict::not_checked;
      check.result.reason = check.task.not_checked;
    }
    progress.one_more();
  });
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
