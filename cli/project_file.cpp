#include "cli/project_file.h"

#include <fmt/format.h>
#include <fnmatch.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "cli/file_text.h"
#include "cli/usage.h"

namespace bgproof {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "bgproof.toml";

std::string absolute(const std::string& path) {
  std::error_code error;
  fs::path result = fs::absolute(path.empty() ? "." : path, error).lexically_normal();
  std::string text = result.string();
  if (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

// A glob without a slash is held against the last part of the path and of each directory above, any other against all
// of it.
bool matches(const std::string& glob, const std::string& path) {
  if (fnmatch(glob.c_str(), path.c_str(), 0) == 0) return true;
  if (glob.find('/') != std::string::npos) return false;
  fs::path parts(path);
  for (const fs::path& part : parts)
    if (fnmatch(glob.c_str(), part.c_str(), 0) == 0) return true;
  return false;
}

std::string relative_to(const std::string& directory, const std::string& path) {
  return fs::path(absolute(path)).lexically_relative(directory).string();
}

class Reader {
 public:
  Reader(ProjectFile& project, const SourceSet& sources, FileId file, Diagnostics& diagnostics)
      : project_(project), sources_(sources), file_(file), diagnostics_(diagnostics) {}

  void read(const toml::table& table) {
    for (const auto& [key, value] : table) {
      std::string name(key.str());
      if (name == "intents")
        strings(name, value, [&](const std::string& text) {
          fs::path from_here = fs::path(project_.path).parent_path() / text;
          project_.intents.push_back(from_here.lexically_normal().string());
        });
      else if (name == "exclude")
        strings(name, value, [&](const std::string& text) { project_.exclude.push_back(text); });
      else if (name == "assumptions")
        pairs(name, value, [&](const std::string& assumption, const std::string& reading, const toml::node& at) {
          if (std::string why = why_not_reading(assumption, reading); !why.empty())
            wrong(at, why, "bgproof explain assumptions lists them");
          else
            project_.assumptions[assumption] = reading;
        });
      else if (name == "dialects")
        pairs(name, value, [&](const std::string& glob, const std::string& dialect, const toml::node& at) {
          constexpr std::array<std::string_view, 5> kDialects = {"junos", "ios", "nxos", "eos", "frr"};
          if (std::find(kDialects.begin(), kDialects.end(), dialect) == kDialects.end())
            wrong(at, fmt::format("there is no dialect `{}`", dialect),
                  fmt::format("dialects are: {}", fmt::join(kDialects, ", ")));
          else
            project_.dialects.emplace_back(glob, dialect);
        });
      else
        wrong(value, fmt::format("`{}` is not a setting", name),
              "settings are intents, exclude, [assumptions] and [dialects]");
    }
  }

  void wrong(const toml::node& at, const std::string& message, const std::string& help) {
    wrong(at.source(), message, help);
  }
  void wrong(const toml::source_region& at, const std::string& message, const std::string& help) {
    diagnostics_.error("BP135", range(at), message).notes.emplace_back("help", help);
  }

 private:
  template <typename Use>
  void strings(const std::string& name, const toml::node& node, Use use) {
    const toml::array* array = node.as_array();
    if (!array)
      return wrong(node, fmt::format("`{}` is not a list of texts", name), fmt::format("write {} = [\"...\"]", name));
    for (const toml::node& element : *array)
      if (const toml::value<std::string>* text = element.as_string())
        use(text->get());
      else
        wrong(element, fmt::format("an entry of `{}` is not a text", name), "put it in quotes");
  }

  template <typename Use>
  void pairs(const std::string& name, const toml::node& node, Use use) {
    const toml::table* table = node.as_table();
    if (!table)
      return wrong(node, fmt::format("`{}` is not a table", name),
                   fmt::format("write [{}] and one \"name\" = \"value\" a line", name));
    for (const auto& [key, value] : *table)
      if (const toml::value<std::string>* text = value.as_string())
        use(std::string(key.str()), text->get(), value);
      else
        wrong(value, fmt::format("the value of `{}` is not a text", key.str()),
              "put it in quotes; quote a name with a dot too");
  }

  SourceRange range(const toml::source_region& at) const {
    const SourceFile& file = sources_.file(file_);
    auto offset = [&](const toml::source_position& position) -> uint32_t {
      uint32_t line = std::clamp<uint32_t>(position.line, 1, file.line_count());
      std::string_view text = file.line(line);
      auto start = static_cast<uint32_t>(text.data() ? text.data() - file.text().data() : 0);
      return start + std::min<uint32_t>(position.column ? position.column - 1 : 0, static_cast<uint32_t>(text.size()));
    };
    uint32_t begin = offset(at.begin);
    return {file_, begin, std::max(begin, offset(at.end))};
  }

  ProjectFile& project_;
  const SourceSet& sources_;
  FileId file_;
  Diagnostics& diagnostics_;
};

}  // namespace

bool ProjectFile::excludes(const std::string& file) const {
  if (exclude.empty()) return false;
  std::string relative = relative_to(directory, file);
  return std::any_of(exclude.begin(), exclude.end(), [&](const std::string& glob) { return matches(glob, relative); });
}

std::string ProjectFile::dialect(const std::string& file) const {
  std::string relative = relative_to(directory, file);
  for (const auto& [glob, name] : dialects)
    if (matches(glob, relative)) return name;
  return {};
}

ProjectFile find_project_file(const std::string& start, SourceSet& sources, Diagnostics& diagnostics) {
  ProjectFile project;
  std::error_code error;
  fs::path shown = start.empty() ? "." : start;  // kept relative, as the user wrote it, while walking up
  fs::path here = absolute(start);
  if (!fs::is_directory(here, error)) {
    here = here.parent_path();
    shown = shown.has_parent_path() ? shown.parent_path() : fs::path(".");
  }
  while (true) {
    if (fs::exists(here / kName, error)) break;
    if (!here.has_parent_path() || here == here.parent_path()) return project;
    here = here.parent_path();
    shown = shown / "..";
  }
  shown = shown.lexically_normal();
  project.directory = here.string();
  project.path = (shown == "." ? fs::path(kName) : shown / kName).string();
  FileText read = read_file(project.path);
  if (!read.error.empty()) {
    diagnostics.error("BP135", {}, fmt::format("{} cannot be read: {}", project.path, read.error));
    return project;
  }
  FileId file = sources.add(project.path, std::move(read.text));
  Reader reader(project, sources, file, diagnostics);
  toml::parse_result parsed = toml::parse(sources.file(file).text(), std::string_view(project.path));
  if (!parsed) {
    reader.wrong(parsed.error().source(), fmt::format("not TOML: {}", parsed.error().description()),
                 "see https://toml.io for the form");
    return project;
  }
  reader.read(parsed.table());
  return project;
}

}  // namespace bgproof
