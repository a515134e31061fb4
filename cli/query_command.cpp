#include <set>

#include "cli/commands.h"
#include "cli/decide.h"
#include "cli/question.h"
#include "cli/terminal.h"
#include "cli/unasked.h"
#include "cli/workers.h"
#include "report/answer.h"

namespace bgproof {

int run_query(const Options& options) {
  if (!can_write(options.outputs)) return 2;
  Inputs inputs;
  Direction direction = options.is_export   ? Direction::export_to
                        : options.is_import ? Direction::import_from
                                            : Direction::none;
  PolicyQuestion question{read_subject(options.subject, direction), options.condition, options.obligation};
  std::vector<Task> tasks;
  bool fine = read_network(options, inputs) && bind_question(options, question, inputs, tasks);

  QueryReport report;
  report.target = options.subject;
  report.condition = options.condition;
  report.obligation = options.obligation;
  report.rejects = options.rejects;
  if (fine) {
    CheckOptions how;
    how.readings = settled_readings(options, inputs.project);
    how.resource_limit = how.task_limit = options.steps;
    std::vector<Task> left = unasked(tasks, inputs.devices, how);
    for (std::vector<Task>* some : {&tasks, &left})
      for (Task& task : *some) report.answers.push_back({std::move(task), {}});
    Progress progress("asking", report.answers.size());
    for_each_index(report.answers.size(), options.jobs, [&](size_t i) {
      Answered& it = report.answers[i];
      it.answer = ask(it.task, options.rejects, inputs.sources, how);
      progress.one_more();
    });
    std::set<std::string> used;
    for (const Answered& it : report.answers) used.insert(it.answer.assumptions.begin(), it.answer.assumptions.end());
    report.assumptions = used_assumptions(options, inputs.project, used);
  } else {
    print_to_stderr(errors_of(inputs.diagnostics), inputs.sources, options.colour);
  }
  report.diagnostics = inputs.diagnostics.sorted();
  for (const Output& output : options.outputs) {
    if (output.format == Format::text && !fine) continue;
    std::string text = output.format == Format::json
                           ? to_json(report, inputs.sources)
                           : to_text(report, inputs.sources, style_of(output, options.colour));
    if (!write_output(output, text)) return 2;
  }
  return fine ? exit_status(report) : 2;
}

}  // namespace bgproof
