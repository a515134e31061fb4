#include "cli/decide.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "base/check.h"
#include "cli/terminal.h"
#include "cli/workers.h"
#include "intents/bind.h"
#include "solver/check.h"
#include "solver/task_keys.h"

namespace bgproof {

namespace {

constexpr size_t kBatches = 32, kLargestBatch = 64;

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
  how.resource_limit = how.task_limit = options.steps;
  Progress progress("checking", checks.size());
  auto decide_one = [&](size_t i, Prover* prover) {
    Check& check = checks[i];
    if (check.task.not_checked.empty()) {
      check.result = questions.check(i, how, prover);
    } else {
      check.result.verdict = Verdict::not_checked;
      check.result.reason = check.task.not_checked;
    }
    progress.one_more();
  };
  auto decide_each = [&](const std::vector<size_t>& some) {
    for_each_index(some.size(), options.jobs, [&](size_t i) { decide_one(some[i], nullptr); });
  };
  // Many checks are proved in batches, which depend on their number alone, not on the workers.
  auto decide_in_batches = [&](const std::vector<size_t>& some) {
    size_t batch = std::clamp<size_t>(some.size() / kBatches, 1, kLargestBatch);
    for_each_index((some.size() + batch - 1) / batch, options.jobs, [&](size_t b) {
      std::optional<Prover> prover;
      if (batch > 1) prover.emplace();
      for (size_t i = b * batch; i < std::min(some.size(), (b + 1) * batch); ++i)
        decide_one(some[i], prover ? &*prover : nullptr);
    });
  };
  // With the questions written down or asked twice, every check has its own; and one alone is compared with nothing.
  std::vector<size_t> all(checks.size());
  std::iota(all.begin(), all.end(), size_t{0});
  if (questions.wanted() || all.size() < 2) return decide_each(all);
  auto prove_alike = [&](const std::vector<size_t>& some, const std::vector<std::string>& keys, auto&& decide_first) {
    std::map<std::string_view, size_t> first;
    std::vector<size_t> firsts, others, rest;
    for (size_t i : some) (keys[i].empty() || first.emplace(keys[i], i).second ? firsts : others).push_back(i);
    decide_first(firsts);
    for (size_t i : others) {
      const CheckResult& known = checks[first.at(keys[i])].result;
      if (known.verdict != Verdict::proved) {
        rest.push_back(i);
        continue;
      }
      checks[i].result = known;
      progress.one_more();
    }
    decide_each(rest);
  };
  TaskKeys keys;
  std::vector<std::string> equal(checks.size()), related(checks.size());
  for (size_t i : all)
    if (checks[i].task.not_checked.empty()) equal[i] = keys.of(checks[i].task);
  prove_alike(all, equal, [&](const std::vector<size_t>& firsts) {
    for_each_index(firsts.size(), options.jobs, [&](size_t i) {
      if (const Task& task = checks[firsts[i]].task; task.not_checked.empty() && is_small(task))
        related[firsts[i]] = keys.by_relations(task);
    });
    prove_alike(firsts, related, decide_in_batches);
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
