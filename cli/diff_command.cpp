#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/check.h"
#include "cli/commands.h"
#include "cli/diff_inputs.h"
#include "cli/terminal.h"
#include "cli/workers.h"
#include "intents/glob.h"
#include "report/diff_json.h"
#include "report/diff_markdown.h"
#include "report/diff_text.h"
#include "solver/compare.h"

namespace bgproof {

namespace {

constexpr int kNothingCompared = 2;

class DiffRun {
 public:
  explicit DiffRun(const Options& options) : options_(options) {}

  int run() {
    if (!can_write(options_.outputs)) return kNothingCompared;
    std::optional<DiffInputs> inputs = read_diff_inputs(options_, sources_, diagnostics_);
    if (!inputs || !find_expectation(*inputs) || !find_comparisons(*inputs)) {
      print_to_stderr(diagnostics_, sources_, options_.colour);
      return kNothingCompared;
    }
    report_.before = inputs->before_name;
    report_.after = inputs->after_name;
    report_.files = inputs->changed;
    decide(*inputs);
    report_.diagnostics = diagnostics_.sorted();
    return write() ? exit_status(report_) : kNothingCompared;
  }

 private:
  bool fail(const char* code, const std::string& message, const std::string& help) {
    diagnostics_.error(code, {}, message).notes.emplace_back("help", help);
    return false;
  }

  bool find_expectation(const DiffInputs& inputs) {
    const std::string& text = options_.expect.empty() ? inputs.trailer : options_.expect;
    if (text.empty()) return true;
    report_.expected = parse_expectation(text);
    if (!report_.expected)
      return fail("BP136",
                  fmt::format("`{}`{} is no effect that can be expected", text,
                              options_.expect.empty() ? " (" + inputs.trailer_source + ")" : ""),
                  "write none, or some of narrower, wider and attrs with commas between");
    report_.expected->source = options_.expect.empty() ? inputs.trailer_source : "--expect";
    return true;
  }

  bool find_comparisons(const DiffInputs& inputs) {
    if (inputs.before.devices.empty() && inputs.after.devices.empty())
      return fail("BP131",
                  fmt::format("no router config was found in {} and {}", inputs.before_name, inputs.after_name),
                  "name config files or directories of them; `bgproof parse` says how files are read");
    if (!inputs.before_policy.empty()) return two_policies(inputs);
    Pairing pairing = pair(inputs.before, inputs.after, options_.device);
    if (pairing.comparisons.empty() && pairing.changes.empty() && !options_.device.empty())
      return fail("BP136", fmt::format("no device matches {}", options_.device), "see `bgproof parse` for their names");
    report_.changes = std::move(pairing.changes);
    for (const NetworkChange& change : inputs.tables)
      if (options_.device.empty() || glob_matches(options_.device, change.device)) report_.changes.push_back(change);
    for (Comparison& comparison : pairing.comparisons) report_.checks.push_back({std::move(comparison), {}});
    return true;
  }

  const NamedPolicy* find_policy(const NetworkState& state, const std::string& name, const Device*& device) {
    std::vector<std::string> names;
    for (const Device& each : state.devices)
      for (const NamedPolicy& policy : each.policies) {
        names.push_back(policy.name);
        if (policy.name != name) continue;
        device = &each;
        return &policy;
      }
    fail("BP136", fmt::format("there is no policy {} in {}", name, state.devices.empty() ? "" : state.devices[0].path),
         names.empty() ? "no policy was found there" : fmt::format("policies are {}", fmt::join(names, ", ")));
    return nullptr;
  }

  bool two_policies(const DiffInputs& inputs) {
    const Device *old_device = nullptr, *new_device = nullptr;
    const NamedPolicy* before = find_policy(inputs.before, inputs.before_policy, old_device);
    const NamedPolicy* after = find_policy(inputs.after, inputs.after_policy, new_device);
    if (!before || !after) return false;
    auto is_used_beside_bgp = [](const NetworkState& state, const Device& device, const NamedPolicy& policy) {
      auto of_device = state.used_beside_bgp.find(device.name);
      return of_device != state.used_beside_bgp.end() && of_device->second.contains(policy.name);
    };
    bool beside_bgp = is_used_beside_bgp(inputs.before, *old_device, *before) ||
                      is_used_beside_bgp(inputs.after, *new_device, *after);
    report_.checks.push_back({compare_policies(*old_device, *before, *new_device, *after, beside_bgp), {}});
    return true;
  }

  void decide(const DiffInputs& inputs) {
    CheckOptions how;
    how.readings = inputs.assumptions;
    for (const auto& [name, value] : options_.readings) how.readings[name] = value;
    how.resource_limit = how.task_limit = options_.steps;
    Progress progress("comparing", report_.checks.size());
    for_each_index(report_.checks.size(), options_.jobs, [&](size_t i) {
      report_.checks[i].result = compare(report_.checks[i].comparison, sources_, how);
      progress.one_more();
    });
    std::set<std::string> used;
    for (const DiffCheck& check : report_.checks)
      used.insert(check.result.assumptions.begin(), check.result.assumptions.end());
    for (const std::string& name : used) {
      const Assumption* assumption = find_assumption(name);
      BGPROOF_CHECK(assumption, "every assumption that a model tests is in the table");
      auto given = how.readings.find(name);
      std::string value = given != how.readings.end() ? given->second
                          : assumption->open          ? fmt::format("{}", fmt::join(assumption->values, " or "))
                                                      : std::string(assumption->values.front());
      std::string source = options_.readings.count(name) ? "--assume"
                           : given != how.readings.end() ? inputs.project_path
                                                         : std::string(assumption->source);
      report_.assumptions.push_back({name, std::move(value), std::move(source)});
    }
  }

  bool write() const {
    for (const Output& output : options_.outputs) {
      Style style = output.file.empty() ? style_for(options_.colour, 1) : Style{options_.colour == Colour::always};
      std::string text = output.format == Format::json ? to_json(report_, sources_)
                         : output.format == Format::md ? to_markdown(report_, sources_)
                                                       : to_text(report_, sources_, style);
      if (!write_output(output, text)) return false;
    }
    return true;
  }

  const Options& options_;
  SourceSet sources_;
  Diagnostics diagnostics_;
  DiffReport report_;
};

}  // namespace

int run_diff(const Options& options) { return DiffRun(options).run(); }

}  // namespace bgproof
