// The corpora of real configurations, where they are: a folder beside the project, not part of it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/grammar/junos_tree.h"

namespace bgproof::junos {
namespace {

const std::filesystem::path kCorpora = std::filesystem::path(BGPROOF_SOURCE_DIR) / ".." / "shared" / "corpora";

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void expect_no_mistakes(const ReadText& read, const std::filesystem::path& path) {
  for (const Diagnostic& diagnostic : read.diagnostics.all())
    EXPECT_TRUE(diagnostic.code == "BP105" || diagnostic.code == "BP106")
        << path << ": " << diagnostic.code << " " << diagnostic.message;
  EXPECT_FALSE(read.config.truncated) << path;
  EXPECT_FALSE(read.config.host_name.empty()) << path;
}

size_t count(const Statement& statement, std::string_view keyword) {
  size_t found = statement.keyword() == keyword;
  for (const Statement& child : statement.children) found += count(child, keyword);
  return found;
}

size_t occurrences(std::string_view text, std::string_view needle) {
  size_t found = 0;
  for (size_t at = text.find(needle); at != std::string_view::npos; at = text.find(needle, at + 1)) ++found;
  return found;
}

// Lines that begin with a statement of that keyword.
size_t written(std::string_view text, const std::string& keyword) {
  return occurrences(text, "    " + keyword + " ") + occurrences(text, "inactive: " + keyword + " ");
}

TEST(JunosCorpus, Internet2) {
  if (!std::filesystem::is_directory(kCorpora / "internet2-2014")) GTEST_SKIP() << "no corpora beside the project";
  size_t routers = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kCorpora / "internet2-2014")) {
    if (entry.path().extension() != ".conf") continue;
    ++routers;
    std::string text = text_of(entry.path());
    EXPECT_TRUE(looks_like_junos(text));
    ReadText read = read_text(text);
    expect_no_mistakes(read, entry.path());
    EXPECT_EQ(occurrences(read.codes(), "BP106"), 1u);
    // What was written once is there once.
    EXPECT_EQ(count(read.config.root, "policy-statement"), written(text, "policy-statement"));
    EXPECT_EQ(count(read.config.root, "term"), written(text, "term"));
    EXPECT_EQ(count(read.config.root, "route-filter"), written(text, "route-filter"));
  }
  EXPECT_EQ(routers, 10u);
}

TEST(JunosCorpus, LabValidation) {
  if (!std::filesystem::is_directory(kCorpora / "lab-validation")) GTEST_SKIP() << "no corpora beside the project";
  size_t devices = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kCorpora / "lab-validation")) {
    std::string path = entry.path().string();
    if (!entry.is_regular_file() || path.find("/configs/") == std::string::npos) continue;
    if (path.find("/junos_") == std::string::npos && path.find("/juniper_") == std::string::npos) continue;
    if (entry.path().extension() != ".txt") continue;
    if (!looks_like_junos(text_of(entry.path()))) continue;  // the lab's other devices
    ++devices;
    ReadText read = read_text(text_of(entry.path()));
    expect_no_mistakes(read, entry.path());
  }
  EXPECT_GE(devices, 25u);
}

}  // namespace
}  // namespace bgproof::junos
