#include "cli/discover.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "cli/file_text.h"
#include "cli/walk.h"
#include "cli/workers.h"
#include "grammar/junos/syntax.h"
#include "grammar/routemap/syntax.h"

namespace bgproof {

namespace {

namespace fs = std::filesystem;

// Names of files that stand beside configs and are none, whatever is in them.
constexpr std::array<std::string_view, 27> kOtherExtensions = {
    ".intent", ".csv", ".json", ".yaml", ".yml", ".toml", ".md",   ".rst",  ".html",
    ".py",     ".sh",  ".pl",   ".rb",   ".go",  ".png",  ".jpg",  ".gif",  ".svg",
    ".pdf",    ".j2",  ".lock", ".sql",  ".log", ".adoc", ".xlsx", ".docx", ".bgproof-new"};
// Names that promise a config, whatever is in them.
constexpr std::array<std::string_view, 6> kConfigExtensions = {".conf", ".cfg", ".config", ".junos", ".set", ".rpl"};
constexpr std::array<std::string_view, 5> kOtherNames = {"README", "LICENSE", "CHANGELOG", "Makefile", "NOTES"};

template <size_t N>
bool is_one_of(const std::string& word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Those that are top-level domains as well: configs are often named by host, "edge1.waw.example.pl".
constexpr std::array<std::string_view, 4> kDomains = {".md", ".pl", ".py", ".sh"};

enum class Named : uint8_t { perhaps_config, document, other };
Named named(const fs::path& path) {
  if (is_one_of(path.stem().string(), kOtherNames)) return Named::other;
  if (!is_one_of(path.extension().string(), kOtherExtensions)) return Named::perhaps_config;
  if (!is_one_of(path.extension().string(), kDomains)) return Named::other;
  return path.stem().string().find('.') == std::string::npos ? Named::document : Named::perhaps_config;
}

struct NameHint {
  std::string_view word;  // a part of the file's name begins with it
  routemap::Dialect dialect;
};
constexpr std::array<NameHint, 11> kNameHints = {{{"frr", routemap::Dialect::frr},
                                                  {"bgpd", routemap::Dialect::frr},
                                                  {"quagga", routemap::Dialect::frr},
                                                  {"cumulus", routemap::Dialect::frr},
                                                  {"nxos", routemap::Dialect::nxos},
                                                  {"nexus", routemap::Dialect::nxos},
                                                  {"eos", routemap::Dialect::eos},
                                                  {"veos", routemap::Dialect::eos},
                                                  {"ceos", routemap::Dialect::eos},
                                                  {"arista", routemap::Dialect::eos},
                                                  {"ios", routemap::Dialect::ios}}};

std::optional<routemap::Dialect> hinted_by_name(const std::string& path) {
  std::string name = fs::path(path).filename().string();
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const NameHint& hint : kNameHints) {
    size_t at = name.find(hint.word);
    if (at != std::string::npos && (at == 0 || !std::isalnum(static_cast<unsigned char>(name[at - 1]))))
      return hint.dialect;
  }
  return std::nullopt;
}

// What the content leaves open is settled by the user, then by the file's name.
void find_dialect(FoundFile& found, const std::string& text, const ProjectFile& project) {
  std::string extension = fs::path(found.path).extension().string();
  if (junos::looks_like_junos(text) || extension == ".junos") {
    found.dialect = "junos";
    return;
  }
  std::optional<routemap::Detected> detected = routemap::detect(text);
  if (detected && detected->certain) {
    found.dialect = to_string(detected->dialect);
    return;
  }
  found.dialect = project.dialect(found.path);
  if (!found.dialect.empty() || !detected) return;
  std::optional<routemap::Dialect> hinted = hinted_by_name(found.path);
  found.guessed = !hinted;
  found.dialect = to_string(hinted.value_or(detected->dialect));
}

// A router's configuration all the same, of whatever dialect: it must not be taken for something else.
bool speaks_of_bgp(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line.erase(0, std::min(line.find_first_not_of(" \t"), line.size()));
    for (std::string_view begin : {"router bgp ", "route-policy ", "protocol bgp", "set protocols bgp "})
      if (line.starts_with(begin)) return true;
  }
  return false;
}

// A document is left out; it is said that it was if it could be a config.
void classify(FoundFile& found, FileText& read, const ProjectFile& project) {
  if (!found.named && named(found.path) == Named::document) {
    bool silent = !read.error.empty() || is_binary(read.text) || !speaks_of_bgp(read.text);
    found.kind = silent ? FoundFile::Kind::document : FoundFile::Kind::no_config;
    return;
  }
  auto unusable = [&](std::string code, std::string why) {
    found.kind = FoundFile::Kind::unusable;
    found.code = std::move(code);
    found.why = std::move(why);
  };
  if (!read.error.empty()) return unusable("BP130", "cannot be read: " + read.error);
  if (is_binary(read.text)) return unusable("BP132", "is binary, not text");
  bool blank = read.text.find_first_not_of(" \t\r\n\f") == std::string::npos;
  bool promised = found.named || is_one_of(fs::path(found.path).extension().string(), kConfigExtensions);
  if (blank && promised) return unusable("BP137", "is empty");
  if (!blank) find_dialect(found, read.text, project);
  if (!found.dialect.empty()) return;
  if (promised || speaks_of_bgp(read.text)) return unusable("BP133", "is of no known dialect");
  found.kind = FoundFile::Kind::no_config;
}

std::string help_for(const std::string& code) {
  if (code == "BP133")
    return "bgproof reads: junos, ios, nxos, eos, frr; name the dialect in bgproof.toml ([dialects] \"GLOB\" = "
           "\"ios\") "
           "or leave the file out (exclude)";
  if (code == "BP130") return "check its name and its permissions";
  return "give the device's whole configuration as text, or leave the file out (exclude in bgproof.toml)";
}

// "a, b, c and 5 more".
std::string first_of(const std::vector<std::string>& paths) {
  constexpr size_t kShown = 5;
  size_t shown = std::min(paths.size(), kShown);
  std::string names =
      fmt::format("{}", fmt::join(paths.begin(), paths.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < paths.size()) names += fmt::format(" and {} more", paths.size() - shown);
  return names;
}

void complain(const std::vector<FoundFile>& files, Diagnostics& diagnostics) {
  std::vector<std::string> others;
  std::map<std::string, std::vector<std::string>> guessed;  // by dialect
  for (const FoundFile& found : files) {
    if (found.kind == FoundFile::Kind::no_config) others.push_back(found.path);
    if (found.guessed) guessed[found.dialect].push_back(found.path);
    if (found.kind != FoundFile::Kind::unusable) continue;
    std::string message = fmt::format("{} {}", found.path, found.why);
    Diagnostic& said = found.named ? diagnostics.error(found.code, {}, message)
                                   : diagnostics.warning(found.code, {}, message + ", so its device is not checked");
    said.notes.emplace_back("help", help_for(found.code));
  }
  if (!others.empty()) diagnostics.note("BP139", {}, fmt::format("not router configs, left out: {}", first_of(others)));
  for (const auto& [dialect, paths] : guessed) {
    Diagnostic& said = diagnostics.note(
        "BP141", {}, fmt::format("read as {}, which nothing in it settles: {}", dialect, first_of(paths)));
    said.notes.emplace_back("help", "name the dialect in bgproof.toml ([dialects] \"GLOB\" = \"" + dialect + "\")");
  }
}

}  // namespace

std::vector<FoundFile> find_configs(const std::vector<std::string>& paths, const ProjectFile& project, unsigned threads,
                                    SourceSet& sources, Diagnostics& diagnostics) {
  Walk walk(project);
  for (const std::string& path : paths) {
    std::string error;
    if (!walk.add(path, error))
      diagnostics.error("BP130", {}, fmt::format("{} cannot be opened: {}", path, error))
          .notes.emplace_back("help", help_for("BP130"));
  }
  std::vector<FoundFile> files;
  std::vector<std::string> broken;
  for (Walk::Entry& entry : walk.take()) {
    if (!entry.named && named(entry.path) == Named::other) continue;
    FoundFile found;
    found.path = std::move(entry.path);
    found.named = entry.named;
    files.push_back(std::move(found));
    broken.push_back(std::move(entry.error));
  }
  std::vector<FileText> texts(files.size());
  for_each_index(files.size(), threads, [&](size_t i) {
    texts[i] = broken[i].empty() ? read_file(files[i].path) : FileText{{}, broken[i]};
    classify(files[i], texts[i], project);
    if (files[i].kind != FoundFile::Kind::config) texts[i].text = {};
  });
  for (size_t i = 0; i < files.size(); ++i)
    if (files[i].kind == FoundFile::Kind::config) files[i].file = sources.add(files[i].path, std::move(texts[i].text));
  std::erase_if(files, [](const FoundFile& found) { return found.kind == FoundFile::Kind::document; });
  complain(files, diagnostics);
  return files;
}

std::vector<FoundFile> sort_out(std::vector<NamedText> texts, const std::string& label, const ProjectFile& project,
                                SourceSet& sources, Diagnostics& diagnostics) {
  std::vector<FoundFile> files;
  for (NamedText& text : texts) {
    bool hidden = text.path.starts_with('.') || text.path.find("/.") != std::string::npos;
    if (hidden || project.excludes(text.path) || named(text.path) == Named::other) continue;
    FoundFile found;
    found.path = text.path;
    FileText read{std::move(text.text), std::move(text.error)};
    classify(found, read, project);
    found.path = label + found.path;
    if (found.kind == FoundFile::Kind::config) found.file = sources.add(found.path, std::move(read.text));
    files.push_back(std::move(found));
  }
  std::erase_if(files, [](const FoundFile& found) { return found.kind == FoundFile::Kind::document; });
  complain(files, diagnostics);
  return files;
}

std::vector<std::string> find_intents(const std::vector<std::string>& named, const std::vector<std::string>& paths,
                                      const ProjectFile& project, Diagnostics& diagnostics) {
  Walk walk(project);
  bool explicitly = !named.empty() || !project.intents.empty();
  if (explicitly) {
    for (const std::string& path : named.empty() ? project.intents : named) {
      std::string error;
      if (!walk.add(path, error))
        diagnostics.error("BP202", {}, fmt::format("{} cannot be opened: {}", path, error))
            .notes.emplace_back("help", "check its name and its permissions");
    }
  } else {
    std::error_code ignored;
    for (const std::string& path : paths) {
      std::string error;
      if (fs::is_directory(path, ignored)) walk.add(path, error);
      fs::path inside = fs::path(path).lexically_normal();
      if (!inside.has_filename()) inside = inside.parent_path();  // "after/" is "after"
      bool climbs = inside.empty() || inside.filename() == "." || inside.filename() == "..";
      fs::path beside = (climbs ? inside / ".." : inside.parent_path()) / "intents";
      if (fs::is_directory(beside, ignored)) walk.add(beside.lexically_normal().string(), error);
    }
  }
  std::vector<std::string> found;
  for (const Walk::Entry& entry : walk.take())
    if (entry.named || fs::path(entry.path).extension() == ".intent") found.push_back(entry.path);
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace bgproof
