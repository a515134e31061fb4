// The house keeps its shape: each folder includes only what its row in docs/architecture.md names.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = BGPROOF_SOURCE_DIR;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string trim(const std::string& text) {
  size_t begin = text.find_first_not_of(' '), end = text.find_last_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) parts.push_back(trim(part));
  return parts;
}

// Folder -> folders that it may include, as the table says.
std::map<std::string, std::set<std::string>> table(const std::string& document) {
  std::map<std::string, std::set<std::string>> rows;
  std::istringstream in(document);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells = split(line, '|');
    if (cells.size() < 5 || cells[1].size() < 2 || cells[1].back() != '/') continue;
    auto& allowed = rows[cells[1].substr(0, cells[1].size() - 1)];
    if (cells[3] == "-") continue;
    for (const std::string& name : split(cells[3], ',')) allowed.insert(name);
  }
  return rows;
}

std::vector<fs::path> sources_of(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && (entry.path().extension() == ".h" || entry.path().extension() == ".cpp"))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

// What is wrong with the includes of one file of a folder.
std::vector<std::string> wrong_includes(const std::string& folder, const std::string& text,
                                        const std::map<std::string, std::set<std::string>>& rows) {
  std::vector<std::string> wrong;
  static const std::regex kInclude(R"rx(^\s*#\s*include\s*"([^"]+)")rx");
  std::istringstream in(text);
  std::smatch found;
  for (std::string line; std::getline(in, line);) {
    if (!std::regex_search(line, found, kInclude)) continue;
    std::string path = found[1];
    std::string first = path.substr(0, path.find('/'));
    bool known = rows.count(first) != 0 && path.find('/') != std::string::npos;
    bool generated = folder == "grammar" && path.find('/') == std::string::npos;  // ANTLR's own headers, by name alone
    if (!known && !generated) wrong.push_back(path + ": includes start at the root");
    if (known && first != folder && rows.at(folder).count(first) == 0)
      wrong.push_back(path + ": not in the row of " + folder + "/");
  }
  return wrong;
}

TEST(House, TheTableNamesEveryFolderWithALibrary) {
  auto rows = table(text_of(kRoot / "docs/architecture.md"));
  ASSERT_GE(rows.size(), 9u);
  for (const auto& entry : fs::directory_iterator(kRoot)) {
    std::string name = entry.path().filename().string();
    if (!entry.is_directory() || !fs::exists(entry.path() / "CMakeLists.txt")) continue;
    if (name == "tests" || name == "bench" || name == "build") continue;
    EXPECT_TRUE(rows.count(name)) << name << "/ has no row in docs/architecture.md";
  }
}

TEST(House, EachFolderIncludesOnlyWhatItsRowAllows) {
  auto rows = table(text_of(kRoot / "docs/architecture.md"));
  size_t read = 0;
  for (const auto& [folder, allowed] : rows)
    for (const fs::path& file : sources_of(kRoot / folder)) {
      ++read;
      for (const std::string& wrong : wrong_includes(folder, text_of(file), rows))
        ADD_FAILURE() << fs::relative(file, kRoot) << ": " << wrong;
    }
  EXPECT_GT(read, 50u);
}

TEST(House, TheCheckSeesAForbiddenInclude) {
  std::map<std::string, std::set<std::string>> rows = {{"base", {}}, {"policy", {"base"}}};
  EXPECT_TRUE(wrong_includes("policy", "#include \"base/source.h\"\n#include <vector>\n", rows).empty());
  EXPECT_EQ(wrong_includes("base", "#include \"policy/route.h\"\n", rows).size(), 1u);
  EXPECT_EQ(wrong_includes("base", "  #  include \"source.h\"\n", rows).size(), 1u);
}

TEST(House, OnlyReadersSeeAntlr) {
  for (const fs::path& file : sources_of(kRoot / "grammar")) {
    std::string text = text_of(file);
    if (file.filename() == "reader.cpp") continue;
    EXPECT_EQ(text.find("grammar/byte_stream.h"), std::string::npos) << file;
    if (file.filename() == "byte_stream.h") continue;  // the readers' own
    EXPECT_EQ(text.find("antlr4-runtime.h"), std::string::npos) << file;
  }
}

TEST(House, HeadersAreGuardedAndFilesAreShort) {
  auto rows = table(text_of(kRoot / "docs/architecture.md"));
  std::vector<fs::path> files;
  for (const auto& [folder, allowed] : rows)
    for (const fs::path& file : sources_of(kRoot / folder)) files.push_back(file);
  for (const fs::path& file : sources_of(kRoot / "tests")) files.push_back(file);
  for (const fs::path& file : files) {
    std::string text = text_of(file);
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 500) << fs::relative(file, kRoot) << ": split it by noun";
    if (file.extension() != ".h") continue;
    EXPECT_NE(text.find("#pragma once"), std::string::npos) << fs::relative(file, kRoot);
    EXPECT_TRUE(text.starts_with("//")) << fs::relative(file, kRoot) << ": a header opens with what it holds";
  }
}

TEST(House, MainIsShort) {
  std::string text = text_of(kRoot / "cli/main.cpp");
  EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 100);
}

}  // namespace
