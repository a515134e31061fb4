#include "cli/diff_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "cli/discover.h"
#include "cli/file_text.h"
#include "cli/git.h"
#include "cli/inputs.h"
#include "cli/project_file.h"
#include "cli/read_devices.h"
#include "intents/spelling.h"

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

// An unmodelled line does on both sides the same if its text is the same. It is not the same line if it was edited,
// even if the one line that reports show is the same, nor if it may depend on what was edited, nor on another kind of
// device: then its text says so.
void tell_apart(Device& device, const ChangedFile* file, bool same_dialect, const SourceSet& sources) {
  auto suspect = [&](std::string_view text, bool environment) -> std::string {
    auto on = file ? file->references->dependency(words_of(text), environment) : std::nullopt;
    return on ? fmt::format(" (may depend on {} line {}, which changed)", on->side == 0 ? "the old" : "the new",
                            on->line)
              : "";
  };
  auto library = std::make_shared<PolicyLibrary>(*device.library);
  for (UnmodelledLine& line : library->unmodelled) {
    auto edited = [&](const Hunk& hunk) {
      return touches(line.range, file->after, hunk.new_begin, hunk.new_end, sources);
    };
    if (!same_dialect)
      line.text += " (on another kind of device)";
    else if (file && std::any_of(file->hunks.begin(), file->hunks.end(), edited))
      line.text += " (edited)";
    else
      line.text +=
          suspect(line.range.known() ? sources.text(line.range) : std::string_view(line.text), line.environment);
  }
  device.library = library;
  for (NamedPolicy& policy : device.policies) policy.program.library = library;
  for (Session& session : device.sessions) {
    for (UnmodelledLine& line : session.outside) line.text += suspect(line.text, true);
    for (Attachment* each : {&session.import_from, &session.export_to}) each->program.library = library;
  }
}

class Reader {
 public:
  Reader(const Options& options, SourceSet& sources, Diagnostics& diagnostics)
      : options_(options), sources_(sources), diagnostics_(diagnostics) {}

  std::optional<DiffInputs> read() {
    std::vector<std::string> words = options_.paths;
    // As git writes two commits.
    size_t dots = words.front().find("..");
    if (words.size() == 1 && dots != std::string::npos && !exists(words.front()) &&
        words.front().find("...") == std::string::npos) {
      std::string after = words.front().substr(dots + 2);
      words = {words.front().substr(0, dots), after.empty() ? "HEAD" : after};
      if (words.front().empty()) words.front() = "HEAD";
    }
    inputs_.before_name = words.front();
    inputs_.after_name = words.size() > 1 ? words[1] : "the work tree";
    std::string old_path = words.front(), new_path = words.size() > 1 ? words[1] : "";
    bool fine = false;
    bool of_policy = words.size() == 2 && split_policy(words[0], old_path, inputs_.before_policy);
    bool to_policy = words.size() == 2 && split_policy(words[1], new_path, inputs_.after_policy);
    if (of_policy && to_policy)
      fine = of_paths(old_path, new_path);
    else if (of_policy || to_policy)
      fail("BP136", fmt::format("`{}` names a policy of a file and `{}` does not", words[of_policy ? 0 : 1],
                                words[of_policy ? 1 : 0]));
    else if (words.size() == 2 && exists(words[0]) && exists(words[1]))
      fine = of_paths(words[0], words[1]);
    else if (words.size() == 2 ? !exists(words[0]) && !exists(words[1]) : !exists(words[0]))
      fine = of_commits(words[0], words.size() == 2 ? words[1] : "");
    else
      fail("BP136",
           words.size() == 1
               ? fmt::format("`{0}` is a path, and there is nothing to compare it with; a commit of that name is "
                             "written {0}^0",
                             words[0])
               : fmt::format("`{}` is a path and `{}` is none", words[exists(words[0]) ? 0 : 1],
                             words[exists(words[0]) ? 1 : 0]));
    if (!fine) return std::nullopt;
    to_devices();
    warn_of_nothing(inputs_.before, inputs_.before_name, "new");
    warn_of_nothing(inputs_.after, inputs_.after_name, "gone");
    return std::move(inputs_);
  }

 private:
  bool fail(const char* code, const std::string& message) {
    diagnostics_.error(code, {}, message).notes.emplace_back("help", kHelp);
    return false;
  }

  // A name that is mistyped is seldom meant as a network without devices.
  void warn_of_nothing(const NetworkState& state, const std::string& name, const char* others) {
    const NetworkState& other = &state == &inputs_.before ? inputs_.after : inputs_.before;
    if (!state.devices.empty() || other.devices.empty()) return;
    diagnostics_
        .warning("BP131", {},
                 fmt::format("no router config was found in {}, so every device counts as {}", name, others))
        .notes.emplace_back("help", "`bgproof parse` says how files are read");
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
    for (const StateFile& file : old_)
      if (const StateFile* twin = unusable_twin(file); twin && same_bytes(file.found.path, twin->found.path))
        unchanged_.insert(file.relative);
    diagnostics_.append(settled(said));
    return !said.has_errors();
  }

  const StateFile* unusable_twin(const StateFile& old) const {
    auto twin = std::find_if(new_.begin(), new_.end(), [&](const StateFile& file) {
      return file.relative == old.relative && file.found.kind == FoundFile::Kind::unusable;
    });
    return twin == new_.end() || old.found.kind != FoundFile::Kind::unusable ? nullptr : &*twin;
  }

  static bool same_bytes(const std::string& a, const std::string& b) {
    std::error_code ignored;
    if (fs::equivalent(a, b, ignored)) return true;
    FileText of_a = read_file(a), of_b = read_file(b);
    return of_a.error.empty() && of_b.error.empty() && of_a.text == of_b.text;
  }

  // A file that cannot be used and stands unchanged on both sides is no news; that it was taken for equal is said.
  Diagnostics settled(const Diagnostics& said) const {
    std::map<std::string, std::string> settled;  // by what is said of it otherwise; "": nothing
    auto settle = [&](const std::vector<StateFile>& files, bool now) {
      for (const auto& [found, relative] : files)
        if (found.kind == FoundFile::Kind::unusable && unchanged_.contains(relative))
          settled[fmt::format("{} {}, so its device is not checked", found.path, found.why)] =
              now ? fmt::format("{} {}; it is the same on both sides and taken as equal", found.path, found.why) : "";
    };
    settle(old_, false);
    settle(new_, true);
    Diagnostics all;
    for (Diagnostic each : said.all()) {
      auto known = settled.find(each.message);
      if (known != settled.end()) each.message = known->second;
      if (!each.message.empty()) bgproof::put(all, std::move(each));
    }
    return all;
  }

  bool of_commits(const std::string& before, const std::string& after) {
    if (!project_of(".")) return false;
    Git git;
    auto failed = [&] {
      bool of_git = git.error().starts_with("git says");
      return fail("BP140", of_git ? fmt::format("`{}` is no path here, and {}", before, git.error()) : git.error());
    };
    std::optional<std::string> old_commit = git.commit(before);
    if (!old_commit) return failed();
    std::optional<std::string> new_commit = git.commit(after.empty() ? "HEAD" : after);
    if (!new_commit) return failed();
    auto old_files = git.files(*old_commit);
    if (!old_files) return failed();
    auto new_files = after.empty() ? git.work_tree() : git.files(*new_commit);
    if (!new_files) return failed();
    std::map<std::string, const NamedText*> now;
    for (const NamedText& file : *new_files) now[file.path] = &file;
    for (const NamedText& file : *old_files)
      if (auto twin = now.find(file.path);
          twin != now.end() && file.error.empty() && twin->second->error.empty() && file.text == twin->second->text)
        unchanged_.insert(file.path);
    std::string new_label = after.empty() ? "" : after + ":";
    Diagnostics said_of_old, said_of_new;
    take(std::move(*old_files), before + ":", old_, said_of_old);
    take(std::move(*new_files), new_label, new_, said_of_new);
    append_once(settled(said_of_old), before + ":", settled(said_of_new), new_label);
    // Of a work tree that goes beyond the commit which it is compared with, no commit speaks.
    if (*old_commit == *new_commit) return true;
    auto trailers = git.trailers(*new_commit);
    return trailers ? read_trailers(*trailers, new_commit->substr(0, 8)) : failed();
  }

  // What looks like the trailer and is none would be a promise that nobody checks.
  bool read_trailers(const std::vector<Git::Trailer>& trailers, const std::string& commit) {
    const std::string key = "Route-Effect";
    constexpr size_t kNear = 3;
    for (const Git::Trailer& trailer : trailers) {
      size_t distance = edit_distance(trailer.key, key);
      if (distance > kNear) continue;
      if (distance > 0 || !trailer.real) {
        diagnostics_
            .warning("BP136", {},
                     distance > 0
                         ? fmt::format("commit {} says `{}:`, which is not `{}:`, so it is ignored", commit,
                                       trailer.key, key)
                         : fmt::format("`{}: {}` is not at the end of the message of commit {}, so it is ignored", key,
                                       trailer.value, commit))
            .notes.emplace_back("help",
                                "a trailer stands in the last paragraph of a message, among others of its kind");
        continue;
      }
      if (trailer.value.empty()) {
        diagnostics_
            .warning("BP136", {}, fmt::format("commit {} says `{}:` without an effect, so it is ignored", commit, key))
            .notes.emplace_back("help", "write none, or some of narrower, wider and attrs with commas between");
        continue;
      }
      if (!inputs_.trailer.empty() && inputs_.trailer != trailer.value)
        return fail("BP136", fmt::format("commit {} says `{}: {}` and `{}: {}`", commit, key, inputs_.trailer, key,
                                         trailer.value));
      inputs_.trailer = trailer.value;
      inputs_.trailer_source = key + " of " + commit;
    }
    return true;
  }

  // What is said of a file of both states alike is said of the new one.
  void append_once(const Diagnostics& of_old, const std::string& old_label, const Diagnostics& of_new,
                   const std::string& new_label) {
    std::set<std::string> said;
    for (const Diagnostic& each : of_new.all()) said.insert(each.message);
    diagnostics_.append(of_new);
    for (const Diagnostic& each : of_old.all()) {
      bool labelled = each.message.starts_with(old_label);
      if (labelled && said.contains(new_label + each.message.substr(old_label.size()))) continue;
      bgproof::put(diagnostics_, each);
    }
  }

  void take(std::vector<NamedText> texts, const std::string& label, std::vector<StateFile>& files, Diagnostics& said) {
    for (FoundFile& found : sort_out(std::move(texts), label, project_, sources_, said)) {
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
      if (file.found.kind == FoundFile::Kind::unusable && unchanged_.contains(file.relative)) {
        same[file.relative] = true;
        continue;
      }
      if (config && twin) {
        const SourceFile &was = sources_.file(file.found.file), &is = sources_.file(twin->found.file);
        if (was.text() == is.text() && file.found.dialect == twin->found.dialect) {
          same[file.relative] = true;
          continue;
        }
        note_changed(file.found.file, twin->found.file, file.found.dialect);
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
    for (size_t i = 0; i < inputs_.after.devices.size(); ++i)
      tell_apart(inputs_.after.devices[i], inputs_.after.relative[i]);
    for (const Device& device : inputs_.after.devices)
      if (const ChangedFile* file = change_of(device)) note_tables(device, *file);
    note_uses();
    keep(of_new);
    keep(of_old);
  }

  // What the device puts into its own table is not compared, but said.
  void note_tables(const Device& device, const ChangedFile& file) {
    const std::array<FileId, 2> files = {file.before, file.after};
    std::vector<References::Changed> lines = file.references->of_tables();
    if (lines.empty()) return;
    NetworkChange& change = inputs_.tables.emplace_back();
    change.kind = NetworkChange::Kind::table_changed;
    change.device = device.name;
    change.name = lines.size() == 1 ? "1 line" : fmt::format("{} lines", lines.size());
    for (const References::Changed& line : lines) {
      SourceRange& at = line.side == 0 ? change.before : change.after;
      const SourceFile& source = sources_.file(files[line.side]);
      uint32_t begin = static_cast<uint32_t>(source.line(line.line).data() - source.text().data());
      if (!at.known()) at = {files[line.side], begin, begin + static_cast<uint32_t>(source.line(line.line).size())};
    }
  }

  // Of states what changed is compared, of two policies by their names whatever the files say.
  void note_uses() {
    auto note = [](NetworkState& state, const Device& device, const References& references) {
      std::set<std::string_view> words = references.attached_beside_bgp();
      for (const NamedPolicy& policy : device.policies)
        if (words.contains(policy.name)) state.used_beside_bgp[device.name].insert(policy.name);
    };
    for (const Device& device : inputs_.after.devices)
      if (const ChangedFile* file = change_of(device)) note(inputs_.after, device, *file->references);
    if (inputs_.before_policy.empty()) return;
    for (auto [state, files] : {std::pair(&inputs_.before, &old_), std::pair(&inputs_.after, &new_)})
      for (const Device& device : state->devices) {
        if (!device.not_checked.empty()) continue;
        const SourceFile& file = sources_.file(files->front().found.file);
        note(*state, device, References(file, file, {}, device.dialect == "junos"));
      }
  }

  // A file of two devices or more may be compared with several: what may have changed in one is told apart for all.
  void tell_apart(Device& device, const std::string& relative) {
    const ChangedFile* file = change_of(device);
    const std::vector<Device>& olds = inputs_.before.devices;
    // By name, else by place, as they are paired; else with each.
    std::vector<const Device*> compared;
    for (const Device& old : olds)
      if (old.name == device.name || olds.size() == 1) compared.push_back(&old);
    for (size_t i = 0; i < olds.size() && compared.empty(); ++i)
      if (inputs_.before.relative[i] == relative) compared.push_back(&olds[i]);
    if (compared.empty())
      for (const Device& old : olds) compared.push_back(&old);
    bool same_dialect = std::all_of(compared.begin(), compared.end(),
                                    [&](const Device* old) { return old->dialect == device.dialect; });
    if (file || !same_dialect) bgproof::tell_apart(device, file, same_dialect, sources_);
  }

  void note_changed(FileId before, FileId after, const std::string& dialect) {
    const SourceFile &old_text = sources_.file(before), &new_text = sources_.file(after);
    bool braces = dialect == "junos";
    std::vector<Hunk> hunks = hunks_of(old_text, new_text, !braces);
    auto references = std::make_shared<References>(old_text, new_text, hunks, braces);
    inputs_.changed.push_back({before, after, std::move(hunks), std::move(references)});
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
    note_changed(*before, *after, device.dialect);
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
      (diagnostic.severity == Severity::error ? one.error(diagnostic.code, diagnostic.where(), diagnostic.message)
                                              : one.warning(diagnostic.code, diagnostic.where(), diagnostic.message)) =
          diagnostic;
      diagnostics_.append(one);
    }
  }

  const Options& options_;
  SourceSet& sources_;
  Diagnostics& diagnostics_;
  ProjectFile project_;
  std::vector<StateFile> old_, new_;
  std::set<std::string> unchanged_;  // files of the same bytes, by their relative paths
  std::map<std::string, bool> said_;
  DiffInputs inputs_;
};

}  // namespace

std::optional<DiffInputs> read_diff_inputs(const Options& options, SourceSet& sources, Diagnostics& diagnostics) {
  return Reader(options, sources, diagnostics).read();
}

}  // namespace bgproof
