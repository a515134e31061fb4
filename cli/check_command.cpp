#include <fmt/format.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "base/check.h"
#include "cli/commands.h"
#include "cli/discover.h"
#include "cli/file_text.h"
#include "cli/read_devices.h"
#include "cli/terminal.h"
#include "cli/workers.h"
#include "grammar/intent/reader.h"
#include "intents/bind.h"
#include "intents/intents.h"
#include "report/dead_rows.h"
#include "report/json.h"
#include "report/text.h"
#include "solver/check.h"

namespace bgproof {

namespace {

constexpr int kNothingChecked = 2;

// One run of `check`: every stage reads what the one before left, and stops the run if nothing could be checked.
class CheckRun {
 public:
  explicit CheckRun(const Options& options) : options_(options), paths_(options.paths) {
    if (paths_.empty()) paths_ = {"."};
  }

  int run() {
    if (!can_write(options_.outputs)) return kNothingChecked;
    bool fine = read_project() && read_network() && read_intents() && bind_tasks();
    if (fine) {
      decide();
      settle_dead_rows(report_.checks, diagnostics_);
      note_assumptions();
    }
    report_.date = options_.date;
    report_.diagnostics = diagnostics_.sorted();
    if (!write(fine)) return kNothingChecked;
    return fine ? exit_status(report_) : kNothingChecked;
  }

 private:
  bool read_project() {
    project_ = find_project_file(paths_.front(), sources_, diagnostics_);
    return !diagnostics_.has_errors();
  }

  bool read_network() {
    std::vector<FoundFile> found = find_configs(paths_, project_, options_.jobs, sources_, diagnostics_);
    bool failed = diagnostics_.has_errors();
    for (ReadFile& read : read_devices(std::move(found), sources_, options_.jobs, diagnostics_))
      for (Device& device : read.devices) devices_.push_back(std::move(device));
    if (failed) return false;
    if (devices_.empty()) {
      diagnostics_.error("BP131", {}, fmt::format("no router config was found under {}", fmt::join(paths_, ", ")))
          .notes.emplace_back("help",
                              "name config files or a directory of them; `bgproof parse` says how files are read");
      return false;
    }
    return some_device_matches();
  }

  bool some_device_matches() {
    if (options_.device.empty()) return true;
    std::vector<std::string> names;
    for (const Device& device : devices_) {
      if (selected(device)) return true;
      names.push_back(device.name);
    }
    diagnostics_.error("BP136", {}, fmt::format("no device matches {}", options_.device))
        .notes.emplace_back("help", fmt::format("devices are {}", fmt::join(names, ", ")));
    return false;
  }

  bool selected(const Device& device) const {
    return options_.device.empty() || fnmatch(options_.device.c_str(), device.name.c_str(), 0) == 0;
  }

  // Errors of configs were met before and are no reason to stop; errors of intents are.
  template <typename Stage>
  bool without_errors(Stage stage) {
    Diagnostics said;
    stage(said);
    diagnostics_.append(said);
    return !said.has_errors();
  }

  bool read_intents() {
    return without_errors([&](Diagnostics& said) {
      std::vector<std::string> files = find_intents(options_.intents, paths_, project_, said);
      if (files.empty() && !said.has_errors())
        said.error("BP230", {}, "no intent file was found")
            .notes.emplace_back("help",
                                "name one with --intents FILE, or put *.intent files into intents/ beside the configs");
      if (said.has_errors()) return;
      intents_ = load_intents(files, loader(), sources_, said);
      if (intents_.blocks.empty() && !said.has_errors())
        said.error("BP230", {}, fmt::format("there is no block to check in {}", fmt::join(files, ", ")))
            .notes.emplace_back("help",
                                "write an `export to`, `import from` or `policy` block with the rows that allow");
    });
  }

  IntentLoader loader() const {
    IntentLoader loader;
    loader.read = [](const std::string& path) -> std::optional<std::string> {
      FileText read = read_file(path);
      if (!read.error.empty()) return std::nullopt;
      return std::move(read.text);
    };
    loader.modified = [](const std::string& path) -> std::optional<int64_t> {
      struct stat about {};
      if (::stat(path.c_str(), &about) != 0) return std::nullopt;
      return about.st_mtime;
    };
    loader.parse = intent::read;
    loader.now = options_.now;
    return loader;
  }

  bool bind_tasks() {
    return without_errors([&](Diagnostics& said) {
      std::optional<uint32_t> date = parse_date(options_.date);
      BGPROOF_CHECK(date.has_value(), "options hold a date of the calendar");
      for (Task& task : bind(intents_, devices_, {*date, options_.device}, said))
        report_.checks.push_back({std::move(task), {}});
      add_unread_devices();
    });
  }

  // A device that could not be read has perhaps no session and no policy to be found; it must not be missing for that.
  void add_unread_devices() {
    std::set<std::string> present;
    for (const Check& check : report_.checks) present.insert(check.task.device);
    for (const Device& device : devices_) {
      if (device.not_checked.empty() || !selected(device) || present.count(device.name)) continue;
      Check unread;
      unread.task.device = device.name;
      unread.task.not_checked = device.not_checked;
      unread.task.not_checked_code = "BP704";
      report_.checks.push_back(std::move(unread));
    }
  }

  void decide() {
    CheckOptions how;
    how.readings = readings();
    Progress progress("checking", report_.checks.size());
    for_each_index(report_.checks.size(), options_.jobs, [&](size_t i) {
      Check& check = report_.checks[i];
      if (check.task.not_checked.empty()) {
        check.result = bgproof::check(check.task, sources_, how);
      } else {
        check.result.verdict = Verdict::not_checked;
        check.result.reason = check.task.not_checked;
      }
      progress.one_more();
    });
  }

  Readings readings() const {
    Readings all = project_.assumptions;
    for (const auto& [name, value] : options_.readings) all[name] = value;
    return all;
  }

  void note_assumptions() {
    std::set<std::string> used;
    for (const Check& check : report_.checks)
      used.insert(check.result.assumptions.begin(), check.result.assumptions.end());
    for (const std::string& name : used) {
      const Assumption* assumption = find_assumption(name);
      BGPROOF_CHECK(assumption, "every assumption that a model tests is in the table");
      if (auto set = options_.readings.find(name); set != options_.readings.end())
        report_.assumptions.push_back({name, set->second, "--assume"});
      else if (auto in_file = project_.assumptions.find(name); in_file != project_.assumptions.end())
        report_.assumptions.push_back({name, in_file->second, project_.path});
      else if (assumption->open)
        report_.assumptions.push_back(
            {name, fmt::format("{}", fmt::join(assumption->values, " or ")), std::string(assumption->source)});
      else
        report_.assumptions.push_back({name, std::string(assumption->values.front()), std::string(assumption->source)});
    }
  }

  // `fine`: something was checked; if not, the diagnostics say why, on stderr whatever the formats are.
  bool write(bool fine) const {
    if (!fine) print_to_stderr(diagnostics_, sources_, options_.colour);
    for (const Output& output : options_.outputs) {
      if (output.format == Format::text && !fine) continue;
      std::string text =
          output.format == Format::json ? to_json(report_, sources_) : to_text(report_, sources_, style_of(output));
      if (!write_output(output, text)) return false;
    }
    return true;
  }

  Style style_of(const Output& output) const {
    if (!output.file.empty()) return {options_.colour == Colour::always};
    return style_for(options_.colour, 1);
  }

  const Options& options_;
  std::vector<std::string> paths_;
  SourceSet sources_;
  Diagnostics diagnostics_;
  ProjectFile project_;
  std::vector<Device> devices_;
  Intents intents_;
  Report report_;
};

}  // namespace

int run_check(const Options& options) { return CheckRun(options).run(); }

}  // namespace bgproof
