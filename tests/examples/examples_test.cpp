// Each folder of examples/ with an expected.json is run through the built program, as a reader would run it: exit status, summary and findings are
// what the file says, and two runs give the same bytes. The program is the one of the same build, beside the tests.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace bgproof {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Run {
  int status = -1;
  std::string out;
};

fs::path program() { return fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "bgproof"; }

// The date is fixed: exceptions in examples end some day.
Run run(const fs::path& path, const std::string& format) {
  std::string command = "'" + program().string() + "' check '" + path.string() + "' --date 2026-11-24 --out " + format +
                        " 2>/dev/null </dev/null";
  Run result;
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return result;
  char buffer[4096];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) result.out.append(buffer, n);
  int status = pclose(pipe);
  if (WIFEXITED(status)) result.status = WEXITSTATUS(status);
  return result;
}

struct Example {
  fs::path folder;
  std::string state;  // "before", "after"
  json expected;
};

void PrintTo(const Example& example, std::ostream* out) { *out << example.folder.filename().string() << " " << example.state; }

std::vector<Example> examples() {
  std::vector<Example> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(BGPROOF_SOURCE_DIR) / "examples")) {
    std::ifstream file(entry.path() / "expected.json");
    if (!file) continue;
    for (const auto& [state, expected] : json::parse(file).items()) found.push_back({entry.path(), state, expected});
  }
  std::sort(found.begin(), found.end(), [](const Example& a, const Example& b) {
    return std::pair(a.folder, b.state) < std::pair(b.folder, a.state);  // before stands before after
  });
  return found;
}

// "BP301 EXPORT/TERM" and "TERM" of an expected clause: a clause is named with its policy, an example names the clause alone.
bool same_clause(const std::string& full, const std::string& expected) {
  return full == expected || (full.size() > expected.size() && full.substr(full.size() - expected.size() - 1) == "/" + expected);
}

class Examples : public testing::TestWithParam<Example> {};

TEST_P(Examples, GiveTheExpectedVerdicts) {
  const Example& example = GetParam();
  Run result = run(example.folder / example.state, "json");
  ASSERT_EQ(result.status, example.expected.at("exit").get<int>()) << result.out.substr(0, 2000);
  json report = json::parse(result.out);
  for (const auto& [name, count] : example.expected.at("summary").items())
    EXPECT_EQ(report.at("summary").at(name), count) << name;

  std::set<std::pair<std::string, std::string>> found;  // code and clause as expected.json names it
  json expected = example.expected.value("findings", json::array());
  for (const json& check : report.at("checks")) {
    for (const json& finding : check.at("findings")) {
      std::string code = finding.at("code"), clause = finding.at("clause");
      for (const json& one : expected)
        if (one.at("code") == code && same_clause(clause, one.at("clause"))) clause = one.at("clause");
      found.emplace(code, clause);
      EXPECT_TRUE(finding.at("location").is_null() || finding.at("location").at("line").get<int>() > 0);
      EXPECT_FALSE(finding.at("region").empty());
    }
  }
  std::set<std::pair<std::string, std::string>> wanted;
  for (const json& one : expected) wanted.emplace(one.at("code"), one.at("clause"));
  EXPECT_EQ(found, wanted);
}

TEST_P(Examples, GiveTheSameBytesTwice) {
  const Example& example = GetParam();
  for (const char* format : {"json", "text"}) {
    Run first = run(example.folder / example.state, format);
    Run second = run(example.folder / example.state, format);
    EXPECT_FALSE(first.out.empty());
    EXPECT_EQ(first.out, second.out) << format;
  }
}

TEST(ExampleFolders, AreComplete) {
  ASSERT_FALSE(examples().empty());
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(BGPROOF_SOURCE_DIR) / "examples"))
    for (const char* part : {"expected.json", "README.md", "before", "after", "intents"})
      EXPECT_TRUE(fs::exists(entry.path() / part)) << entry.path() << " " << part;
  for (const Example& example : examples()) {
    EXPECT_TRUE(example.state == "before" || example.state == "after") << example.state;
    EXPECT_TRUE(example.expected.contains("exit") && example.expected.contains("summary"));
    EXPECT_EQ(example.expected.at("exit") != 0, example.expected.contains("findings")) << example.folder;
  }
}

INSTANTIATE_TEST_SUITE_P(Folders, Examples, testing::ValuesIn(examples()), [](const auto& info) {
  std::string name = info.param.folder.filename().string() + "_" + info.param.state;
  for (char& c : name)
    if (!isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

}  // namespace

}  // namespace bgproof
