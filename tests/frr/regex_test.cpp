// FRR hands its expressions to the C library. Ours are matched by policy/text_regex.h: both have to find the same.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <regex.h>

#include "policy/as_path.h"
#include "policy/text_regex.h"
#include "tests/frr/experiments.h"
#include "tests/frr/random_regex.h"

namespace bgproof::frr {
namespace {

constexpr int kExpressions = 4000;
constexpr int kTexts = 20;

// As the daemon compiles it.
class LibraryRegex {
 public:
  explicit LibraryRegex(const std::string& expression) {
    good_ = ::regcomp(&compiled_, expression.c_str(), REG_EXTENDED | REG_NOSUB) == 0;
  }
  ~LibraryRegex() {
    if (good_) ::regfree(&compiled_);
  }
  LibraryRegex(const LibraryRegex&) = delete;
  LibraryRegex& operator=(const LibraryRegex&) = delete;
  bool good() const { return good_; }
  bool finds(const std::string& text) const { return ::regexec(&compiled_, text.c_str(), 0, nullptr, 0) == 0; }

 private:
  regex_t compiled_;
  bool good_;
};

std::string with_delimiters(const std::string& text) {
  std::string expanded;
  for (char character : text)
    if (character == '_')
      expanded += "(^|[,{}() ]|$)";
    else
      expanded += character;
  return expanded;
}

TEST(FrrRegex, FindsWhatTheLibraryFinds) {
  Random random(1);
  Neighbor internal{"127.0.1.1", kOwnAsn, "", "", {}, {}};
  int found = 0, compared = 0;
  for (int i = 0; i < kExpressions; ++i) {
    std::string expression = with_delimiters(random_path_regex(random));
    LibraryRegex library(expression);
    auto ours = parse_text_regex(expression);
    ASSERT_EQ(library.good(), std::holds_alternative<TextRegex>(ours)) << expression;
    if (!library.good()) continue;
    for (int j = 0; j < kTexts; ++j) {
      std::string text = text_form(random_import(random, internal).as_path);
      bool finds = library.finds(text);
      found += finds;
      ++compared;
      ASSERT_EQ(matches_somewhere(std::get<TextRegex>(ours), text), finds) << expression << " in '" << text << "'";
    }
  }
  EXPECT_GT(found, compared / 10);
  EXPECT_GT(compared, kExpressions * kTexts / 2);
}

}  // namespace
}  // namespace bgproof::frr
