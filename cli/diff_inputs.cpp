#include "cli/diff_inputs.h"

#include <fmt/format.h>

#include <filesystem>
#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "cli/discover.h"
#include "cli/git.h"
#include "cli/project_file.h"
#include "cli/read_devices.h"
#include "report/changed_names.h"

namespace bgproof {

namespace {

namespace fs = std::filesystem;

constexpr const char* kHelp =
    "give two files or directories, FILE:POLICY twice, or one or two commits: bgproof diff main";

bool exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// "edge.conf:TO-PEER", if no file has the whole name.
bool split_policy(const std::string& word, std::string& path, std::string& policy) {
  size_t colon = word.rfind(':');
  if (exists(word) || colon == std::string::npos || colon == 0 || colon + 1 == word.size()) return false;
  std::error_code ignored;
  if (!fs::is_regular_file(word.substr(0, colon), ignored)) return false;
  path = word.substr(0, colon);
  policy = word.substr(colon + 1);
  return true;
}

// A file as it was found, and its path in the state.
struct StateFile {
  FoundFile found;
  std::string relative;
};

std::string relative_to(const std::string& root, const std::string& path) {
  if (path == root) return "";
  if (root == ".") return path;
  std::string rest = path.starts_with(root) ? path.substr(root.size()) : path;
  return rest.starts_with('/') ? rest.substr(1) : rest;
}

// An unmodelled line does on both sides the same if its text is the same. It is not the same line if what it names
// changed, or if it stands in changed lines and only its description is the same: then its text says so.
void tell_apart(Device& device, const ChangedFile& file, const SourceSet& sources) {
  std::set<std::string_view> names;
  for (const Hunk& hunk : file.hunks)
    add_changed_names(sources.file(file.before), sources.file(file.after), hunk, names);
  auto library = std::make_shared<PolicyLibrary>(*device.library);
  bool some = false;
  for (UnmodelledLine& line : library->unmodelled) {
    bool changed = names_any(line.text, names) || (line.range.known() && names_any(sources.text(line.range), names)) ||
                   std::any_of(file.hunks.begin(), file.hunks.end(), [&](const Hunk& hunk) {
                     return touches(line.range, file.after, hunk.new_begin, hunk.new_end, sources);
                   });
    if (!changed) continue;
    line.text += " (changed, or what it names)";
    some = true;
  }
  if (!some) return;
  device.library = library;
  for (NamedPolicy& policy : device.policies) policy.program.library = library;
  for (Session& session : device.sessions)
    for (Attachment* each : {&session.import_from, &session.export_to}) each->program.library = library;
}

class Reader {
 public:
  Reader(const Options& options, SourceSet& sources, Diagnostics& diagnostics)
      : options_(options), sources_(sources), diagnostics_(diagnostics) {}

  std::optional<DiffInputs> read() {
    const std::vector<std::string>& words = options_.paths;
    inputs_.before_name = words.front();
    inputs_.after_name = words.size() > 1 ? words[1] : "the work tree";
    std::string old_path = words.front(), new_path = words.size() > 1 ? words[1] : "";
    bool fine = false;
    if (words.size() == 2 && split_policy(words[0], old_path, inputs_.before_policy) &&
        split_policy(words[1], new_path, inputs_.after_policy))
      fine = of_paths(old_path, new_path);
    else if (words.size() == 2 && exists(words[0]) && exists(words[1]))
      fine = of_paths(words[0], words[1]);
    else if (words.size() == 2 ? !exists(words[0]) && !exists(words[1]) : !exists(words[0]))
      fine = of_commits(words[0], words.size() == 2 ? words[1] : "");
    else
      fail("BP136", words.size() == 1 ? fmt::format("{} is a path, and there is nothing to compare it with", words[0])
                                      : fmt::format("{} and {} are not of one kind", words[0], words[1]));
    if (!fine) return std::nullopt;
    to_devices();
    return std::move(inputs_);
  }

 private:
  bool fail(const char* code, const std::string& message) {
    diagnostics_.error(code, {}, message).notes.emplace_back("help", kHelp);
    return false;
  }

  bool project_of(const std::string& start) {
    project_ = find_project_file(start, sources_, diagnostics_);
    inputs_.assumptions = project_.assumptions;
    inputs_.project_path = project_.path;
    return !diagnostics_.has_errors();
  }

  bool of_paths(const std::string& before, const std::string& after) {
    if (!project_of(after)) return false;
    Diagnostics said;
    for (auto [root, files] : {std::pair(&before, &old_), std::pair(&after, &new_)})
      for (FoundFile& found : find_configs({*root}, project_, options_.jobs, sources_, said)) {
        std::string relative = relative_to(*root, found.path);
        files->push_back({std::move(found), std::move(relative)});
      }
    diagnostics_.append(said);
    return !said.has_errors();
  }

  bool of_commits(const std::string& before, const std::string& after) {
    if (!project_of(".")) return false;
    Git git;
    auto failed = [&] { return fail("BP140", git.error()); };
    std::optional<std::string> old_commit = git.commit(before);
    if (!old_commit) return failed();
    std::optional<std::string> new_commit = git.commit(after.empty() ? "HEAD" : after);
    if (!new_commit) return failed();
    auto old_files = git.files(*old_commit);
    if (!old_files) return failed();
    auto new_files = after.empty() ? git.work_tree() : git.files(*new_commit);
    if (!new_files) return failed();
    take(std::move(*old_files), before + ":", old_);
    take(std::move(*new_files), after.empty() ? "" : after + ":", new_);
    // Of a work tree that goes beyond the commit which it is compared with, no commit speaks.
    if (*old_commit == *new_commit) return true;
    std::optional<std::string> trailer = git.trailer(*new_commit, "Route-Effect");
    if (!trailer) return failed();
    inputs_.trailer = *trailer;
    inputs_.trailer_source = "Route-Effect of " + new_commit->substr(0, 8);
    return true;
  }

  void take(std::vector<NamedText> texts, const std::string& label, std::vector<StateFile>& files) {
    for (FoundFile& found : sort_out(std::move(texts), label, project_, sources_, diagnostics_)) {
      std::string relative = found.path.substr(label.size());
      files.push_back({std::move(found), std::move(relative)});
    }
  }

  // A file with the same text on both sides is read once and stands on both.
  void to_devices() {
    std::map<std::string, const StateFile*> now;
    for (const StateFile& file : new_)
      if (file.found.kind == FoundFile::Kind::config) now[file.relative] = &file;
    std::vector<FoundFile> only_old, all_new;
    std::vector<std::string> old_relative, new_relative;
    std::map<std::string, bool> same;
    for (StateFile& file : old_) {
      auto found = now.find(file.relative);
      const StateFile* twin = found == now.end() ? nullptr : found->second;
      bool config = file.found.kind == FoundFile::Kind::config;
      if (config && twin) {
        const SourceFile &a = sources_.file(file.found.file), &b = sources_.file(twin->found.file);
        if (a.text() == b.text() && file.found.dialect == twin->found.dialect) {
          same[file.relative] = true;
          continue;
        }
        inputs_.changed.push_back({file.found.file, twin->found.file, hunks_of(a, b)});
      }
      old_relative.push_back(file.relative);
      only_old.push_back(file.found);
    }
    for (StateFile& file : new_) {
      new_relative.push_back(file.relative);
      all_new.push_back(file.found);
    }
    Diagnostics of_old, of_new;
    std::vector<ReadFile> new_files = read_devices(std::move(all_new), sources_, options_.jobs, of_new);
    std::vector<ReadFile> old_files = read_devices(std::move(only_old), sources_, options_.jobs, of_old);
    for (size_t i = 0; i < new_files.size(); ++i)
      for (size_t n = 0; n < new_files[i].devices.size(); ++n) {
        Device& device = new_files[i].devices[n];
        std::string relative = n == 0 ? new_relative[i] : fmt::format("{}\n{}", new_relative[i], n);
        if (same.count(new_relative[i])) put(inputs_.before, device, relative);
        put(inputs_.after, std::move(device), relative);
      }
    for (size_t i = 0; i < old_files.size(); ++i)
      for (size_t n = 0; n < old_files[i].devices.size(); ++n)
        put(inputs_.before, std::move(old_files[i].devices[n]),
            n == 0 ? old_relative[i] : fmt::format("{}\n{}", old_relative[i], n));
    for (Device& device : inputs_.after.devices)
      if (const ChangedFile* file = change_of(device)) tell_apart(device, *file, sources_);
    keep(of_new);
    keep(of_old);
  }

  // What changed between the file of the device and that of the old device of the same name, else of the same place.
  const ChangedFile* change_of(const Device& device) {
    auto file_of = [&](const std::vector<StateFile>& files, const std::string& path) -> std::optional<FileId> {
      for (const StateFile& file : files)
        if (file.found.kind == FoundFile::Kind::config && sources_.file(file.found.file).path() == path)
          return file.found.file;
      return std::nullopt;
    };
    std::optional<FileId> after = file_of(new_, device.path), before;
    for (const Device& old : inputs_.before.devices)
      if (old.name == device.name) before = file_of(old_, old.path);
    if (!after) return nullptr;
    for (const ChangedFile& file : inputs_.changed)
      if (file.after == *after && (!before || file.before == *before)) return &file;
    if (!before || sources_.file(*before).text() == sources_.file(*after).text()) return nullptr;
    inputs_.changed.push_back({*before, *after, hunks_of(sources_.file(*before), sources_.file(*after))});
    return &inputs_.changed.back();
  }

  static void put(NetworkState& state, Device device, const std::string& relative) {
    state.devices.push_back(std::move(device));
    state.relative.push_back(relative);
  }

  // What is not modelled shows where it matters; `parse` lists all of it. A message that both sides give is said once.
  void keep(const Diagnostics& said) {
    for (const Diagnostic& diagnostic : said.sorted()) {
      if (diagnostic.severity == Severity::note || !said_.emplace(diagnostic.message, true).second) continue;
      Diagnostics one;
      (diagnostic.severity == Severity::error
           ? one.error(diagnostic.code, diagnostic.where(), diagnostic.message)
           : one.warning(diagnostic.code, diagnostic.where(), diagnostic.message)) = diagnostic;
      diagnostics_.append(one);
    }
  }

  const Options& options_;
  SourceSet& sources_;
  Diagnostics& diagnostics_;
  ProjectFile project_;
  std::vector<StateFile> old_, new_;
  std::map<std::string, bool> said_;
  DiffInputs inputs_;
};

}  // namespace

std::optional<DiffInputs> read_diff_inputs(const Options& options, SourceSet& sources, Diagnostics& diagnostics) {
  return Reader(options, sources, diagnostics).read();
}

}  // namespace bgproof
