#include "tests/golden/pipeline.h"

#include <algorithm>

#include "grammar/intent/reader.h"
#include "grammar/junos/lower.h"
#include "grammar/junos/syntax.h"
#include "grammar/routemap/lower.h"
#include "intents/bind.h"
#include "report/dead_rows.h"
#include "solver/check.h"

namespace bgproof {

namespace {

std::vector<Task> make_tasks(const std::vector<Device>& devices, const std::string& intent, SourceSet& sources,
                             Diagnostics& diagnostics) {
  IntentLoader loader;
  loader.read = [&](const std::string& path) {
    return path == "golden.intent" ? std::optional(intent) : std::optional<std::string>();
  };
  loader.modified = [](const std::string&) { return std::optional<int64_t>(); };
  loader.parse = intent::read;
  Intents intents = load_intents({"golden.intent"}, loader, sources, diagnostics);
  if (diagnostics.has_errors()) return {};
  BindOptions options;
  options.date = kGoldenDate;
  return bgproof::bind(intents, devices, options, diagnostics);
}

std::vector<Device> read_devices(const std::string& path, const std::string& text, SourceSet& sources,
                                 Diagnostics& diagnostics) {
  FileId file = sources.add(path, text);
  if (auto dialect = routemap::dialect_of(path.substr(0, path.find('/')))) {
    routemap::Config config = routemap::read(sources, file, *dialect, diagnostics);
    return routemap::lower(config, sources, file, diagnostics);
  }
  junos::Config config = junos::read(sources, file, diagnostics);
  return junos::lower(config, sources, file, diagnostics);
}

bool asked_for(const Golden& golden, const Task& task) {
  if (task.not_checked_code == "BP702") return true;  // a block that selects nothing names no policy and no session
  if (!golden.policy.empty())
    return task.direction == Direction::none && std::count(task.policies.begin(), task.policies.end(), golden.policy);
  return to_string(task.direction) == golden.direction &&
         std::ranges::any_of(task.sessions, [&](const std::string& session) {
           return session == golden.session || session.starts_with(golden.session + " vrf ");
         });
}

}  // namespace

void run(const std::string& path, const std::string& config, const Golden& golden, GoldenRun& run,
         const Readings& readings, const QuestionSink& asked) {
  // What is wrong with the config are findings of its own (unmodelled lines); errors of the intents end the run.
  Diagnostics of_config;
  std::vector<Device> devices = read_devices(path, config, run.sources, of_config);
  std::vector<Task> tasks = make_tasks(devices, golden.intent_text(), run.sources, run.diagnostics);
  if (run.diagnostics.has_errors()) return;
  CheckOptions how;
  how.readings = readings;
  how.asked = asked;
  for (Task& task : tasks) {
    if (!asked_for(golden, task)) continue;
    CheckResult result;
    if (task.not_checked.empty())
      result = check(task, run.sources, how);
    else
      result.verdict = Verdict::not_checked;
    run.checks.push_back({std::move(task), std::move(result)});
  }
  settle_dead_rows(run.checks, run.diagnostics);
}

std::vector<Condition> read_conditions(const std::vector<std::string>& texts, Diagnostics& diagnostics) {
  if (texts.empty()) return {};
  SourceSet sources;
  Diagnostics of_config;
  std::vector<Device> devices =
      read_devices("any.conf", "policy-options { policy-statement ANY { then accept; } }", sources, of_config);
  std::string intent = "intent 1\npolicy \"ANY\" {\n";
  for (const std::string& text : texts) intent += "  may " + text + "\n";
  std::vector<Condition> conditions;
  for (const Task& task : make_tasks(devices, intent + "}\n", sources, diagnostics))
    for (const TaskRow& row : task.rows) conditions.push_back(row.condition);
  return conditions;
}

}  // namespace bgproof
